"""Whatever members, stewards, leavers and workers do, in whatever order: nobody comes in too early, or too many."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from porch.community.circles.models import Circle, CircleMember, WayIn
from porch.community.joining.actions import seats_taken
from porch.community.joining.models import Way
from porch.community.knocking.actions import knock
from porch.community.membership.models import Member
from porch.community.requests.actions import withdraw_request
from porch.community.requests.deciding import decide_request, reopen_request
from porch.community.requests.keeping import expire_requests, fill_every_circle, withdraw_for_leavers
from porch.community.requests.models import OPEN_STATES, JoinRequest, State, Vouch
from porch.community.requests.moving import misplaced
from porch.community.vouching.actions import take_back_vouch, vouch
from porch.kit.refusals import Refusal
from porch.people.identity.models import Person
from tests.community.requests.wishes import add_members, asked, make_circle, whole
from tests.village import NOON, add_person, add_steward, build_village

SELDOM = (
    "withdraw", "no", "reopen", "take back", "leave", "come back", "shut out", "let in", "ceiling", "vouches", "way in",
    "fill", "expire", "withdraw leavers",
)  # fmt: skip
OFTEN = ("ask", "yes", "vouch", "invite", "open")
DEEDS = st.sampled_from(OFTEN) | st.sampled_from(SELDOM)
STEPS = st.lists(
    st.tuples(DEEDS, st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), min_size=20, max_size=40
)


class House:
    """One circle at whose door everything happens that can, and what has to be true after each of it."""

    def __init__(self, *, inside: bool) -> None:
        village = build_village()
        sol = add_steward()
        eve, fay = add_members("eve", "fay") if inside else (add_person("eve"), add_person("fay"))
        self.stewards = [village.ada, sol]
        self.people: list[Person] = [village.ada, sol, village.ben, eve, fay, village.dov]
        self.circle = make_circle("readers", village.ada, village.ben) if inside else whole()
        self.seats = seats_taken(self.circle)
        self.change(ceiling=self.seats + 1, vouches=1, way_in=WayIn.OPEN if inside else WayIn.REQUEST)
        self.at = NOON
        self.was_in: set[int] = set()

    def do(self, deed: str, n: int, m: int, number: int) -> None:
        """Do one thing; a refusal is an answer, everything else breaks the test."""
        self.at += timedelta(days=number)
        self.circle.refresh_from_db()
        self.was_in = self.inside()
        with suppress(Refusal):
            self.deed(deed, self.people[n], self.people[m], number)()
        self.hold()

    def deed(self, deed: str, who: Person, other: Person, number: int) -> Callable[[], object]:
        wish = JoinRequest.objects.filter(person=who).order_by("-pk").first()
        pk, by = (wish.pk if wish else 0), {"by": other, "at": self.at}
        steward = {"by": self.stewards[number % 2], "at": self.at}
        bringer = Member.objects.filter(person=other).first()
        knocks = {"person": who, "circle": self.circle, "at": self.at}
        return {
            "ask": lambda: asked(who, self.circle, self.at),
            "withdraw": lambda: withdraw_request(request_id=pk, by=who, at=self.at),
            "yes": lambda: decide_request(request_id=pk, is_yes=True, **steward),
            "no": lambda: decide_request(request_id=pk, is_yes=False, reason="No.", **steward),
            "reopen": lambda: reopen_request(request_id=pk, **steward),
            "vouch": lambda: vouch(request_id=pk, **by),
            "take back": lambda: take_back_vouch(request_id=pk, **by),
            "invite": lambda: knock(way=Way.INVITE, brought_by=bringer, **knocks),
            "open": lambda: knock(way=Way.OPEN, **knocks),
            "leave": lambda: Member.objects.filter(person=who).update(left_at=self.at),
            "come back": lambda: Member.objects.filter(person=who).update(left_at=None),
            "shut out": lambda: self.shut(who, is_active=False),
            "let in": lambda: self.shut(who, is_active=True),
            "ceiling": lambda: self.change(ceiling=self.seats + number if number else None),
            "vouches": lambda: self.change(vouches=number % 3),
            "way in": lambda: self.change(way_in=WayIn.values[number % 3]),
            "fill": lambda: fill_every_circle(at=self.at),
            "expire": lambda: expire_requests(at=self.at),
            "withdraw leavers": lambda: withdraw_for_leavers(at=self.at),
        }[deed]

    def shut(self, who: Person, *, is_active: bool) -> None:
        Person.objects.filter(pk=who.pk).update(is_active=is_active)

    def change(self, **how: object) -> None:
        Circle.objects.filter(pk=self.circle.pk).update(**how)

    def inside(self) -> set[int]:
        if self.circle.is_whole:
            return set(Member.objects.values_list("person", flat=True))
        return set(CircleMember.objects.filter(circle=self.circle).values_list("member__person", flat=True))

    def hold(self) -> None:
        """Say what has to be true."""
        self.circle.refresh_from_db()
        came = self.inside() - self.was_in
        if came and self.circle.ceiling is not None:
            assert seats_taken(self.circle) <= self.circle.ceiling
        for wish in JoinRequest.objects.filter(person__in=came, state=State.ADMITTED, closed_at=self.at):
            assert Vouch.objects.counting().filter(request=wish).count() >= self.circle.vouches
            assert wish.way != Way.REQUEST or wish.approved_at or self.circle.way_in == WayIn.OPEN
        for who in self.people:
            assert JoinRequest.objects.filter(person=who, state__in=OPEN_STATES).count() <= 1
        fill_every_circle(at=self.at)
        assert not misplaced().exists()


class Doors(TestCase):
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def test_at_the_door_of_the_whole(self, steps: list[tuple[str, int, int, int]]) -> None:
        house = House(inside=False)
        for step in steps:
            house.do(*step)

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def test_at_the_door_of_a_circle(self, steps: list[tuple[str, int, int, int]]) -> None:
        house = House(inside=True)
        for step in steps:
            house.do(*step)


def test_the_house_sees_who_comes_in(db: None) -> None:
    house = House(inside=False)
    for step in (("ask", 5, 0, 0), ("yes", 5, 0, 0), ("vouch", 5, 1, 0), ("invite", 4, 2, 0)):
        house.do(*step)
    states = JoinRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.ADMITTED, State.SEAT]
