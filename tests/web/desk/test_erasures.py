"""Erasing at the desk: look first, say why and that one is sure, read the receipt."""

import pytest
from django.test import Client

from porch.people.erasure.models import Erasure
from porch.people.identity.models import Person
from tests.village import NOON, Village, browser

SURE = {"who": "dov@example.org", "reason": "As they asked.", "sure": "yes"}


def test_looking_shows_what_would_go_and_does_nothing(village: Village, ada: Client) -> None:
    page = ada.get("/desk/erasures/?who=Dov@Example.org").text
    assert "What erasing Dov would do" in page
    assert "people.Person" in page
    assert Person.objects.filter(pk=village.dov.pk).exists()


def test_erasing_gives_the_receipt_and_no_name(village: Village, ada: Client) -> None:
    receipt = ada.post("/desk/erasures/", SURE, follow=True)
    assert receipt.redirect_chain == [(f"/desk/erasures/{Erasure.objects.get().pk}/", 302)]
    assert f"Person {village.dov.pk} is gone" in receipt.text
    assert "dov@example.org" not in receipt.text
    assert "Nobody here has this address" in ada.get("/desk/erasures/?who=dov@example.org").text


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"sure": ""}, 422),
        ({"reason": ""}, 422),
        ({"reason": "a\x00"}, 422),
        ({"who": "x"}, 404),
        ({"who": ""}, 404),
    ],
)
def test_without_being_sure_or_a_reason_nobody_goes(
    wrong: dict[str, str], status: int, village: Village, ada: Client
) -> None:
    assert ada.post("/desk/erasures/", {**SURE, **wrong}).status_code == status
    assert Person.objects.filter(pk=village.dov.pk).exists()


def test_older_receipts_are_on_the_next_page(ada: Client) -> None:
    Erasure.objects.bulk_create(Erasure(person_id=1000 + n, at=NOON, receipt=[]) for n in range(25))
    first, second = ada.get("/desk/erasures/").text, ada.get("/desk/erasures/?page=2").text
    assert "Person 1024" in first
    assert "Person 1004" not in first
    assert 'href="?page=2"' in first
    assert "Person 1004" in second
    assert ada.get("/desk/erasures/?page=x").status_code == 404


def test_the_last_operator_is_told_why_not(village: Village, ada: Client) -> None:
    answer = ada.post("/desk/erasures/", {**SURE, "who": str(village.ada.pk)})
    assert answer.status_code == 409
    assert "This is the last operator" in answer.text


def test_nobody_else_erases_or_looks(village: Village) -> None:
    for who in ("ben", "dov", "cleo"):
        client = browser(village.cast()[who])
        assert client.get("/desk/erasures/?who=ben@example.org").status_code in (302, 404)
        client.post("/desk/erasures/", SURE)
    assert Person.objects.filter(pk=village.dov.pk).exists()
