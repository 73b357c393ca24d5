"""Who is removed without an end is archived when a leaver would be; the removal stays."""

from datetime import timedelta

from porch.community.leaving.actions import UNDO_FOR
from porch.community.leaving.archiving import archive_leavers
from porch.community.membership.models import Member
from porch.community.removal.actions import lift_removal
from porch.community.removal.archiving import archive_removed
from porch.community.removal.models import Removal
from porch.engine.facts.models import CommunityFactRow
from porch.engine.outbox.models import Delivery
from porch.kit.time import now
from porch.people.identity.models import Person
from tests.community.leaving.helpers import SECOND, go, in_circle
from tests.community.removal.test_remove_member import TERM, invite, remove
from tests.people.mails import html_of, text_of
from tests.village import NOON, Village, browser

OVER = NOON + UNDO_FOR


def is_there(person: Person) -> bool:
    return Member.objects.filter(person=person).exists()


def test_to_the_second_the_membership_goes_and_the_removal_stays(village: Village) -> None:
    in_circle(village.ben)
    remove(village.ben, village.ada, expires_at=None)
    assert archive_removed(at=OVER - SECOND) == 0
    assert archive_removed(at=OVER, hold=True) == 0, "the clock is in doubt"
    assert archive_removed(at=OVER) == 1
    assert archive_removed(at=OVER) == 0
    assert not is_there(village.ben)
    assert Removal.objects.get().hashes.exists()
    assert Person.objects.filter(pk=village.ben.pk).exists()
    assert CommunityFactRow.objects.filter(kind="MemberArchived").count() == 1


def test_with_an_end_it_is_kept(village: Village) -> None:
    remove(village.ben, village.ada)
    assert archive_removed(at=OVER) == 0
    assert is_there(village.ben)


def test_who_was_let_in_again_meanwhile_is_not_archived(village: Village) -> None:
    removal = remove(village.ben, village.ada, expires_at=None)
    lift_removal(removal=removal, by=village.ada, at=NOON + SECOND)
    assert archive_removed(at=OVER) == 0, "lifted, they may come in as they were"
    invite(village.ben, OVER)
    remove(village.ben, village.ada, expires_at=None, at=OVER)
    assert archive_removed(at=OVER + UNDO_FOR - SECOND) == 0, "the days count from the removal that stands"
    assert archive_removed(at=OVER + UNDO_FOR) == 1


def test_who_had_left_before_is_archived_with_the_leavers(village: Village) -> None:
    go(village.ben)
    remove(village.ben, village.ada, expires_at=None)
    assert archive_removed(at=OVER) == 0
    assert archive_leavers(at=OVER) == 1
    assert not is_there(village.ben)


def test_they_are_told_so(village: Village) -> None:
    at = now()
    remove(village.ben, village.ada, expires_at=None, at=at)
    letter = Delivery.objects.get(to_address="ben@example.org")
    day = at + timedelta(days=7)
    # As pages write a day for machines, and as mails write it.
    days = f"{day:%Y-%m-%d}", f"{day.day} {day:%b} {day.year}"
    for said in (text_of(letter), html_of(letter), browser(village.ben).get("/account/removal/").text):
        assert "is archived by" in said
        assert any(each in said for each in days)


def test_of_one_with_an_end_they_are_told_what_holds_there(village: Village) -> None:
    remove(village.ben, village.ada, expires_at=now() + TERM, at=now())
    assert "is archived by" not in text_of(Delivery.objects.get(to_address="ben@example.org"))
    page = browser(village.ben).get("/account/removal/").text
    assert "is archived by" not in page
    assert "deleted together with this removal" in page
