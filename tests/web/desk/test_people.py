from datetime import timedelta

from django.test import Client

from porch.engine.audit.models import AuditEntry
from porch.people.identity.models import Operator, Person
from tests.village import Village, browser, prove

PAGE = "/desk/people/"


def test_ada_sees_everybody(village: Village, ada: Client) -> None:
    page = ada.get(PAGE).text
    for shown in ("Ben", "dov@example.org", "no address", "Operator"):
        assert shown in page


def test_appointing_and_dismissing(village: Village, ada: Client) -> None:
    way = f"{PAGE}{village.ben.pk}/operator/"
    ada.post(way, {"is": "yes"})
    assert Operator.objects.filter(person=village.ben).exists()
    ada.post(way, {"is": "no"})
    assert not Operator.objects.filter(person=village.ben).exists()
    assert ada.post(f"{PAGE}{village.ada.pk}/operator/", {"is": "no"}).status_code == 409


def test_shutting_out_and_letting_in(village: Village, ada: Client) -> None:
    way = f"{PAGE}{village.ben.pk}/way-in/"
    assert "Where they are signed in, that ends at once" in ada.get(way).text
    assert ada.post(way, {"open": "no", "reason": " "}).status_code == 422
    assert Person.objects.get(pk=village.ben.pk).is_active
    ada.post(way, {"open": "no", "reason": "Spam."})
    assert not Person.objects.get(pk=village.ben.pk).is_active
    assert AuditEntry.objects.get(act="person-shut-out").reason == "Spam."
    assert "Shut out" in ada.get(PAGE).text
    ada.post(way, {"open": "yes"})
    assert Person.objects.get(pk=village.ben.pk).is_active


def test_it_wants_a_recent_proof(village: Village) -> None:
    ada = browser(village.ada)
    prove(ada, ago=timedelta(hours=1))
    assert ada.get(PAGE).status_code == 200
    assert ada.post(f"{PAGE}{village.ben.pk}/operator/", {"is": "yes"}).status_code == 403
    assert ada.post(f"{PAGE}{village.ben.pk}/way-in/", {"reason": "Spam."}).status_code == 403
    assert Operator.objects.count() == 1
    assert Person.objects.get(pk=village.ben.pk).is_active


def test_nobody_else_may(village: Village) -> None:
    for who in ("ben", "dov"):
        client = browser(village.cast()[who])
        for what in ("operator", "way-in"):
            assert client.post(f"{PAGE}{village.ada.pk}/{what}/", {"is": "yes"}).status_code == 404
    assert Person.objects.get(pk=village.ada.pk).is_active


def test_a_hundred_to_a_page(village: Village, ada: Client) -> None:
    Person.objects.bulk_create(Person(name=f"P{n}", created_at=village.ben.created_at) for n in range(120))
    first = ada.get(PAGE).text
    assert "P5<" in first
    assert "P119" not in first
    assert 'href="?page=2"' in first
    second = ada.get(f"{PAGE}?page=2").text
    assert "P119" in second
    assert f'href="{PAGE}" rel="prev"' in second
    assert ada.get(f"{PAGE}?page=nonsense").status_code == 404
