from django.test import Client

from porch.people.sessions.models import Session
from tests.village import Village, browser


def test_signing_out_ends_the_session(ben: Client) -> None:
    assert ben.post("/sign-out/").status_code == 302
    assert ben.get("/inside/").status_code == 302
    assert Session.objects.count() == 0


def test_a_deleted_session_is_over_at_the_next_request(ben: Client) -> None:
    Session.objects.all().delete()
    assert ben.get("/inside/").status_code == 302


def test_a_session_knows_whose_it_is(village: Village) -> None:
    browser(village.ben)
    assert Session.objects.get().person == village.ben


def test_a_person_shut_out_is_out_at_once(village: Village) -> None:
    ben = browser(village.ben)
    assert ben.get("/inside/").status_code == 200
    village.ben.is_active = False
    village.ben.save()
    assert ben.get("/inside/").status_code == 302


def test_only_a_post_signs_out(ben: Client) -> None:
    assert ben.get("/sign-out/").status_code == 405
    assert ben.get("/inside/").status_code == 200
