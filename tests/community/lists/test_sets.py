"""A saved set is a filter with a name; who may see the list may save and delete it, and nobody else."""

import pytest

from porch.community.lists.actions import SetNameIsTaken, delete_set, save_set
from porch.community.lists.filtering import MemberFilter
from porch.community.lists.models import SavedSet
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.kit.text import LineIsEmpty
from tests.village import NOON, Village, add_steward, browser

WANTED = MemberFilter(name="en")


def test_it_takes_those_too_who_come_later(village: Village) -> None:
    sol = add_steward()
    save_set(name=" The  Bens ", wanted=WANTED, by=sol, at=NOON)
    kept = SavedSet.objects.get()
    assert (kept.name, kept.wanted) == ("The Bens", {"name": "en"})
    page = browser(sol).get("/inside/members/?name=en").content.decode()
    assert "Delete the set The Bens" in page


def test_a_name_is_there_once(village: Village) -> None:
    save_set(name="One", wanted=WANTED, by=village.ada, at=NOON)
    with pytest.raises(SetNameIsTaken):
        save_set(name="One", wanted=MemberFilter(), by=village.ada, at=NOON)
    with pytest.raises(LineIsEmpty):
        save_set(name=" ", wanted=WANTED, by=village.ada, at=NOON)


def test_to_delete_it_twice_is_to_delete_it(village: Village) -> None:
    saved = save_set(name="One", wanted=WANTED, by=village.ada, at=NOON)
    delete_set(saved=saved, by=village.ada, at=NOON)
    delete_set(saved=saved, by=village.ada, at=NOON)
    assert AuditEntry.objects.filter(act="set-deleted").count() == 1


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_nobody_else_may(who: str, village: Village) -> None:
    person = village.cast()[who]
    assert person is not None
    with pytest.raises(NeedsRight):
        save_set(name="One", wanted=WANTED, by=person, at=NOON)


def test_a_form_with_nothing_in_it_is_told_what_is_missing(village: Village) -> None:
    answer = browser(village.ada).post("/inside/members/sets/", {"wanted": "name=en", "name": ""})
    assert answer.status_code == 422
    assert "That was not done." in answer.content.decode()
    assert not SavedSet.objects.exists()
    assert browser(village.ada).post("/inside/members/sets/", {"delete": "9" * 30}).status_code == 404


def test_a_name_that_is_taken_is_told_on_the_page(village: Village) -> None:
    save_set(name="One", wanted=WANTED, by=village.ada, at=NOON)
    answer = browser(village.ada).post("/inside/members/sets/", {"wanted": "name=en", "name": "One"})
    assert answer.status_code == 409
    assert "There is a set of this name already." in answer.text
    assert "All members" in answer.text, "the page stays"
