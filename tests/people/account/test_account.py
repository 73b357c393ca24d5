import pytest

from porch.people.account.slots import ROOMS
from porch.people.identity.models import Person
from tests.people.hands import is_in, letters, newest
from tests.village import Village, browser

STRONG = "correct horse battery"


def test_the_overview_shows_how_one_comes_in_and_what_others_put_below(village: Village) -> None:
    from markupsafe import Markup

    def show_room(request: object) -> Markup:
        return Markup("<p>A room of somebody else's</p>")

    ROOMS.fill(show_room)
    try:
        page = browser(village.ben).get("/account/").text
    finally:
        ROOMS.fillings.remove(show_room)
    assert "ben@example.org" in page
    assert page.index("Passkeys") < page.index("A room of somebody else's")


def test_a_name_is_changed_and_told(village: Village) -> None:
    ben = browser(village.ben)
    assert ben.post("/account/name/", {"name": " "}).status_code == 422
    assert ben.post("/account/name/", {"name": "  Benjamin  B. "}).status_code == 302
    assert Person.objects.get(pk=village.ben.pk).name == "Benjamin B."
    assert "Benjamin B." in newest()


def test_a_password_is_set_and_other_browsers_are_out(village: Village) -> None:
    ben, other = browser(village.ben), browser(village.ben)
    assert ben.post("/account/password/", {"password": STRONG}).status_code == 302
    assert is_in(ben)
    assert not is_in(other)
    assert Person.objects.get(pk=village.ben.pk).check_password(STRONG)
    assert "A password was set" in newest()
    ben.post("/account/password/removal/")
    assert is_in(ben)
    assert not Person.objects.get(pk=village.ben.pk).has_usable_password()


@pytest.mark.parametrize("weak", ["", "short", "password123", "1234567890", "ben@example.org", "x" * 1001])
def test_a_password_that_would_be_guessed_is_refused(village: Village, weak: str) -> None:
    assert browser(village.ben).post("/account/password/", {"password": weak}).status_code == 422
    assert not Person.objects.get(pk=village.ben.pk).has_usable_password()


def test_who_is_no_member_is_not_shown_the_way_inside(village: Village) -> None:
    assert 'href="/inside/"' not in browser(village.dov).get("/").text
    assert 'href="/inside/"' not in browser(village.dov).get("/account/").text
    assert 'href="/inside/"' in browser(village.ben).get("/").text
    assert 'href="/inside/"' in browser(village.ben).get("/account/").text


def test_a_person_without_an_address_is_not_written_to(village: Village) -> None:
    browser(village.ada).post("/account/name/", {"name": "Ada"})
    assert letters() == []
