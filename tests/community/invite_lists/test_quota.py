"""One member has so many addresses invited within a day, and a list is worked off in parts that stand by themselves."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from porch.community.invite_lists import actions as listing
from porch.community.invite_lists.actions import MOST_AT_A_PRESS, NO_ADDRESS, Report, look_through
from porch.community.invite_lists.rules import EnoughForToday
from porch.community.invites.models import Invite
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from tests.community.invites.hands import bakers, let_invite, link, listed, whole
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, add_steward, browser, build_village

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
FIVE = "a@x.org b@x.org c@x.org d@x.org e@x.org"


def seen(village: Village, text: str) -> Report:
    return look_through(circle=whole(), by=village.ada, text=text, days=7, note="", at=NOON)


def test_beyond_the_number_for_a_day_addresses_are_left(village: Village, settings: Settings) -> None:
    settings.PORCH_INVITES_A_DAY = 3
    report = listed(village.ada, FIVE)
    assert (report.invited, report.left, report.go_on_at) == (3, 2, NOON + DAY)
    with pytest.raises(EnoughForToday, match="3 addresses") as no:
        listed(village.ada, FIVE, at=NOON + DAY - SECOND)
    assert no.value.values["until"] == "2026-03-03 12:00 UTC"
    assert no.value.values["seconds"] == 1
    assert Invite.objects.count() == 3


def test_the_same_list_goes_on_to_the_second_and_invites_nobody_twice(
    village: Village, settings: Settings
) -> None:
    settings.PORCH_INVITES_A_DAY = 3
    listed(village.ada, FIVE)
    report = listed(village.ada, FIVE, at=NOON + DAY)
    assert (report.invited, report.left, report.go_on_at) == (2, 0, None)
    assert Invite.objects.values("address").distinct().count() == Invite.objects.count() == 5


def test_each_member_has_a_number_of_their_own_and_links_are_not_counted(
    village: Village, settings: Settings
) -> None:
    settings.PORCH_INVITES_A_DAY = 1
    sol = add_steward()
    link(village.ada)
    assert listed(village.ada, "a@x.org").invited == 1
    assert listed(sol, "b@x.org").invited == 1
    with pytest.raises(EnoughForToday):
        listed(sol, "c@x.org", circle=bakers())


def test_who_is_invited_or_in_already_needs_no_room(village: Village, settings: Settings) -> None:
    settings.PORCH_INVITES_A_DAY = 1
    listed(village.ada, "a@x.org")
    report = listed(village.ada, "a@x.org ben@example.org nobody@")
    assert (report.invited, report.left, report.go_on_at) == (0, 0, None)


def test_a_clock_set_back_does_not_shut_anybody_out(village: Village, settings: Settings) -> None:
    settings.PORCH_INVITES_A_DAY = 1
    listed(village.ada, "a@x.org")
    assert listed(village.ada, "b@x.org", at=NOON - DAY).invited == 1


def test_what_was_done_before_it_broke_stands_and_the_rest_follows(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "AT_ONCE", 2)
    whole_record, calls = listing.record, []

    def break_at_the_second(*args: object, **values: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError
        return whole_record(*args, **values)

    monkeypatch.setattr(listing, "record", break_at_the_second)
    with pytest.raises(RuntimeError):
        listed(village.ada, FIVE)
    assert set(Invite.objects.values_list("address", flat=True)) == {"a@x.org", "b@x.org"}
    assert listed(village.ada, FIVE).invited == 3
    told = AuditEntry.objects.filter(act="addresses-invited").order_by("pk")
    assert [entry.ids["invited"] for entry in told] == [2, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_two_lists_at_once_stay_within_the_number(settings: Settings) -> None:
    settings.PORCH_INVITES_A_DAY = 4
    village, circle = build_village(), bakers()
    at_once(
        lambda: listed(village.ada, "a@x.org b@x.org c@x.org"),
        lambda: listed(village.ada, "d@x.org e@x.org f@x.org", circle=circle),
    )
    assert Invite.objects.count() == 4


def test_looking_through_says_what_would_be_and_does_nothing(village: Village) -> None:
    listed(village.ada, "old@example.org")
    report = seen(village, "eve@example.org\nold@example.org\nben@example.org\nno one\n")
    assert (report.wanted, report.left) == (["eve@example.org"], 0)
    assert sum(report.counts.values()) == 3
    assert (4, "no one", NO_ADDRESS) in report.refused
    assert Invite.objects.count() == 1


def test_looking_through_stops_at_what_one_press_or_one_day_takes(
    village: Village, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    assert MOST_AT_A_PRESS * 260 < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    monkeypatch.setattr(listing, "MOST_AT_A_PRESS", 3)
    report = seen(village, FIVE)
    assert (report.invited, report.left, report.go_on_at) == (3, 2, None)
    settings.PORCH_INVITES_A_DAY = 2
    report = seen(village, FIVE)
    assert (report.invited, report.left, report.go_on_at) == (2, 3, NOON + DAY)
    listed(village.ada, "y@x.org z@x.org")
    with pytest.raises(EnoughForToday):
        seen(village, FIVE)


def test_a_right_in_one_circle_sends_no_letters(village: Village) -> None:
    circle = bakers()
    let_invite(village.ben, circle)
    with pytest.raises(NeedsRight):
        listed(village.ben, "eve@example.org", circle=circle)
    client = browser(village.ben)
    assert client.get("/inside/invites/list/").status_code == 404
    assert "/inside/invites/list/" not in client.get("/inside/invites/").text
    assert "Whoever is a member" in client.get("/inside/invites/new/").text
