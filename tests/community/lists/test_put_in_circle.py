"""Many are put in a circle at once: all or none, and each of them can read who did it."""

from datetime import timedelta

import pytest

from porch.community.away.actions import suspend_member, take_pause
from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import CircleIsFull, let_in
from porch.community.joining.models import Arrival, Way
from porch.community.lists import actions
from porch.community.lists.actions import EmptySet, Placed, TooManyAtOnce, put_in_circle
from porch.community.membership.models import Member
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.kit.time import now
from tests.village import NOON, Village, add_person, add_steward, browser


@pytest.fixture
def readers(village: Village) -> Circle:
    return Circle.objects.create(slug="readers", name="Readers", made_at=NOON)


def test_each_reads_who_did_it(village: Village, readers: Circle) -> None:
    sol = add_steward()
    everyone = Member.objects.present().select_related("person")
    assert put_in_circle(members=everyone, circle=readers, by=sol, at=NOON) == Placed(3, 0)
    assert put_in_circle(members=everyone, circle=readers, by=sol, at=NOON) == Placed(0, 0)
    entry = AuditEntry.objects.get(about_id=village.ben.pk, act="member-placed")
    assert (entry.by_id, entry.ids) == (sol.pk, {"circle_id": readers.pk})
    assert set(Arrival.objects.filter(circle=readers).values_list("way", flat=True)) == {Way.PLACED}
    assert "Put somebody in a circle" in browser(village.ben).get("/account/audit/").content.decode()


def test_without_room_for_all_none_comes_in(village: Village, readers: Circle) -> None:
    Circle.objects.filter(pk=readers.pk).update(ceiling=1)
    with pytest.raises(CircleIsFull):
        put_in_circle(members=Member.objects.present(), circle=readers, by=village.ada, at=NOON)
    assert not CircleMember.objects.exists()


def test_nobody_or_too_many_are_refused(
    village: Village, readers: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EmptySet):
        put_in_circle(members=[], circle=readers, by=village.ada, at=NOON)
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 1)
    with pytest.raises(TooManyAtOnce):
        put_in_circle(members=Member.objects.present(), circle=readers, by=village.ada, at=NOON)


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_nobody_else_may(who: str, village: Village, readers: Circle) -> None:
    person = village.cast()[who]
    assert person is not None
    with pytest.raises(NeedsRight):
        put_in_circle(members=Member.objects.present(), circle=readers, by=person, at=NOON)
    answer = browser(person).post("/inside/members/placing/", {"to": str(readers.pk), "everyone": "yes"})
    assert answer.status_code == 404


def test_by_the_page_those_who_are_ticked_come_in(village: Village, readers: Circle) -> None:
    ben = Member.objects.get(person=village.ben)
    ada = browser(village.ada)
    answer = ada.post(
        "/inside/members/placing/", {"to": str(readers.pk), "member": [str(ben.pk), "x", "9" * 40]}
    )
    assert answer.status_code == 302
    assert list(CircleMember.objects.values_list("member_id", flat=True)) == [ben.pk]
    assert "They are in the circle." in ada.get("/inside/members/").content.decode()
    assert ada.post("/inside/members/placing/", {"to": "x"}).status_code == 404
    assert ada.post("/inside/members/placing/", {"to": str(readers.pk)}).status_code == 422


def test_whoever_is_away_is_left_out_and_the_page_says_how_many(village: Village, readers: Circle) -> None:
    eve = let_in(person=add_person("eve"), circle=Circle.objects.get(is_whole=True), way=Way.OPEN, at=NOON)
    at = now()
    suspend_member(member=eve, until=at + timedelta(days=3), reason="Shouted.", by=village.ada, at=at)
    take_pause(person=village.ben, at=at)
    ada = browser(village.ada)
    answer = ada.post("/inside/members/placing/", {"to": str(readers.pk), "everyone": "yes"}, follow=True)
    assert "2 members were left out" in answer.text
    assert [each.member.person for each in CircleMember.objects.all()] == [village.ada]
    ada.cookies["porch-told"] = "placed-without-<b>"
    assert "left out" not in ada.get("/inside/members/").text


def test_whoever_is_suspended_in_this_moment_is_left_out_too(village: Village, readers: Circle) -> None:
    read_before = list(Member.objects.select_related("person").order_by("pk"))
    at = now()
    suspend_member(member=read_before[1], until=at + timedelta(1), reason="Shouted.", by=village.ada, at=at)
    assert put_in_circle(members=read_before, circle=readers, by=village.ada, at=at) == Placed(1, 1)
