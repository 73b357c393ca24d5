"""Coming in by an invite: once for each use, in time, for whom it is, from whom may invite."""

from datetime import datetime, timedelta

import pytest

from porch.community.circles.actions import close_circle
from porch.community.circles.models import Circle, CircleMember
from porch.community.invites.accepting import (
    WRONG_LINKS,
    InviteIsExpired,
    InviteIsForAnother,
    InviteIsForMembers,
    InviteIsRevoked,
    InviteIsUnknown,
    InviteIsUsedUp,
    InviterMayNotInvite,
    accept_invite,
    find_invite,
)
from porch.community.invites.actions import revoke_invite
from porch.community.invites.jobs import write_some
from porch.community.invites.models import Invite
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member
from porch.community.requests.jobs import fill_free_seats
from porch.community.requests.models import JoinRequest, State, Vouch
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import RoleHolder
from porch.community.vouching.actions import take_back_vouch
from porch.engine.outbox.models import Delivery
from porch.kit.time import now
from porch.people.identity.models import Person
from porch.people.sign_in.limits import TooManyTries
from tests.community.invites.hands import bakers, is_in, is_member, let_invite, link, listed, member, whole
from tests.community.requests.wishes import add_members
from tests.engine.promises.owing import at_once
from tests.people.mails import text_of
from tests.village import NOON, Village, add_person, add_steward, browser, build_village

SECOND = timedelta(seconds=1)
WEEK = timedelta(days=7)


def accept(token: str, person: Person, at: datetime = NOON) -> Member | None:
    return accept_invite(token=token, person=person, at=at)


def letter_to(address: str, by: Person) -> str:
    """Invite an address, and give the secret in the letter."""
    listed(by, address)
    write_some(at=NOON)
    text = text_of(Delivery.objects.get(to_address=address))
    return text.partition("/join/")[2].partition("/")[0]


def test_dov_comes_in_and_it_is_remembered_who_brought_him(village: Village) -> None:
    invite, token = link(village.ada)
    accept(token, village.dov)
    arrival = Arrival.objects.get(member__person=village.dov)
    assert (arrival.way, arrival.brought_by) == (Way.INVITE, member(village.ada))
    invite.refresh_from_db()
    assert invite.used == 1


def test_a_link_for_one_lets_in_one(village: Village) -> None:
    _, token = link(village.ada)
    accept(token, village.dov)
    with pytest.raises(InviteIsUsedUp):
        accept(token, add_person("eve"))


def test_whoever_is_in_already_uses_nothing_up(village: Village) -> None:
    invite, token = link(village.ada)
    assert accept(token, village.ben) == member(village.ben)
    invite.refresh_from_db()
    assert invite.used == 0


def test_an_invite_into_a_circle_brings_into_the_community_too(village: Village) -> None:
    circle = bakers()
    _, token = link(village.ada, circle=circle, uses=2)
    accept(token, village.dov)
    accept(token, village.ben)
    assert is_member(village.dov)
    assert is_in(village.dov, circle)
    assert is_in(village.ben, circle)
    assert Arrival.objects.filter(member__person=village.dov).count() == 2


def test_a_link_for_one_circle_opens_no_other(village: Village) -> None:
    circle = bakers()
    other = Circle.objects.create(slug="other", name="Other", made_at=NOON)
    _, token = link(village.ada, circle=circle)
    accept(token, village.dov)
    assert is_in(village.dov, circle)
    assert not is_in(village.dov, other)


def test_whoever_comes_to_a_full_circle_stands_in_line_for_it(village: Village) -> None:
    invite, token = link(village.ada, circle=bakers(ceiling=1), uses=2)
    accept(token, village.ben)
    assert accept(token, village.dov) is None
    invite.refresh_from_db()
    assert invite.used == 2, "the place in the line is theirs"
    assert is_member(village.dov), "the community has room"
    assert JoinRequest.objects.get().state == State.SEAT


def test_it_is_good_to_the_last_second(village: Village) -> None:
    _, token = link(village.ada)
    assert accept(token, village.dov, NOON + WEEK - SECOND)


def test_it_has_run_out_when_its_time_is_over(village: Village) -> None:
    _, token = link(village.ada)
    with pytest.raises(InviteIsExpired, match=r"2026-03-09 12:00 UTC"):
        accept(token, village.dov, NOON + WEEK)
    with pytest.raises(InviteIsExpired):
        find_invite(token=token, place="here", at=NOON + WEEK)


def test_a_clock_set_back_opens_nothing(village: Village) -> None:
    _, token = link(village.ada)
    with pytest.raises(InviteIsUnknown):
        accept(token, village.dov, NOON - SECOND)


def test_a_revoked_one_says_so(village: Village) -> None:
    invite, token = link(village.ada)
    revoke_invite(invite=invite, by=village.ada, at=NOON)
    with pytest.raises(InviteIsRevoked):
        accept(token, village.dov)


def test_who_lost_the_right_invites_nobody_any_more(village: Village) -> None:
    sol = add_steward()
    _, token = link(sol)
    RoleHolder.objects.filter(member=member(sol)).delete()
    with pytest.raises(InviterMayNotInvite):
        accept(token, village.dov)


@pytest.mark.parametrize("how", ["left", "shut out"])
def test_who_is_gone_invites_nobody_any_more(village: Village, how: str) -> None:
    sol = add_steward()
    _, token = link(sol)
    if how == "left":
        Member.objects.filter(person=sol).update(left_at=NOON)
    else:
        Person.objects.filter(pk=sol.pk).update(is_active=False)
    with pytest.raises(InviterMayNotInvite):
        accept(token, village.dov)
    assert not is_member(village.dov)


def test_whoever_waits_by_it_uses_nothing_more_and_hears_the_same(village: Village) -> None:
    Circle.objects.update(ceiling=2)
    invite, token = link(village.ada)
    for _ in range(3):
        assert accept(token, village.dov) is None
        invite.refresh_from_db()
        assert invite.used == 1
    with pytest.raises(InviteIsUsedUp):
        accept(token, add_person("eve"))
    path = f"/join/{link(village.ada, at=now())[1]}/"
    pages = [browser(village.dov).post(path).headers["Location"] for _ in range(2)]
    assert pages == ["/account/requests/"] * 2


def test_the_page_of_a_used_link_is_there_for_whoever_waits_by_it(village: Village) -> None:
    Circle.objects.update(ceiling=2)
    path = f"/join/{link(village.ada, at=now())[1]}/"
    dov, eve = browser(village.dov), browser(add_person("eve"))
    for _ in range(2):
        assert dov.post(path).status_code == 302
        assert dov.get(path).status_code == 200
    assert eve.post(path).status_code == 410


def test_pressing_again_does_not_restore_a_word_that_was_taken_back(village: Village) -> None:
    Circle.objects.update(vouches=2)
    _, token = link(village.ada, uses=3)
    accept(token, village.dov)
    take_back_vouch(request_id=JoinRequest.objects.get().pk, by=village.ada, at=NOON)
    accept(token, village.dov)
    assert not Vouch.objects.standing().exists()


def test_where_the_community_lets_them_wait_their_use_of_a_link_to_a_circle_is_held(village: Village) -> None:
    circle, eve = bakers(), add_person("eve")
    Circle.objects.filter(is_whole=True).update(ceiling=2)
    invite, token = link(village.ada, circle=circle)
    for _ in range(2):
        assert accept(token, village.dov) is None
        invite.refresh_from_db()
        assert invite.used == 1
        with pytest.raises(InviteIsUsedUp):
            accept(token, eve)
    assert not JoinRequest.objects.filter(person=eve).exists()
    Circle.objects.filter(is_whole=True).update(ceiling=3)
    fill_free_seats(NOON)
    assert not is_in(village.dov, circle), "the wish for the circle is not kept"
    assert find_invite(token=token, place="here", at=NOON, person=village.dov)
    accept(token, village.dov)
    invite.refresh_from_db()
    assert (invite.used, is_in(village.dov, circle)) == (1, True)
    CircleMember.objects.filter(circle=circle).delete()
    with pytest.raises(InviteIsUsedUp):
        accept(token, village.dov)


def test_who_holds_a_use_of_a_link_holds_it_only_as_long_as_the_link_is_good(village: Village) -> None:
    Circle.objects.filter(is_whole=True).update(ceiling=2)
    invite, token = link(village.ada, circle=bakers())
    accept(token, village.dov)
    Circle.objects.filter(is_whole=True).update(ceiling=3)
    fill_free_seats(NOON)
    with pytest.raises(InviteIsExpired):
        accept(token, village.dov, NOON + WEEK)
    revoke_invite(invite=invite, by=village.ada, at=NOON)
    with pytest.raises(InviteIsRevoked):
        accept(token, village.dov)


def test_a_right_in_one_circle_brings_members_in_and_no_strangers(village: Village) -> None:
    circle, (eve,) = bakers(), add_members("eve")
    let_invite(village.ben, circle)
    invite, token = link(village.ben, circle=circle, uses=3)
    with pytest.raises(InviteIsForMembers):
        accept(token, village.dov)
    assert not is_member(village.dov)
    assert not JoinRequest.objects.exists()
    assert accept(token, eve) == member(eve)
    invite.refresh_from_db()
    assert invite.used == 1
    let_invite(village.ben, whole())
    assert accept(token, village.dov) == member(village.dov)


def test_a_link_to_a_circle_that_was_closed_leads_nowhere(village: Village) -> None:
    circle = bakers()
    _, token = link(village.ada, circle=circle)
    close_circle(circle=circle, by=village.ada, at=NOON)
    with pytest.raises(InviteIsUnknown):
        accept(token, village.dov)


@pytest.mark.django_db(transaction=True)
def test_a_circle_that_is_closed_while_somebody_comes_in_makes_nobody_wait_for_ever() -> None:
    village = build_village()
    for _ in range(3):
        circle = bakers()
        _, token = link(village.ada, circle=circle)
        at_once(
            lambda circle=circle: close_circle(circle=circle, by=village.ada, at=NOON),
            lambda token=token: accept(token, village.dov),
        )
        assert not Circle.objects.filter(pk=circle.pk).exists()


def test_a_letter_is_for_the_address_it_went_to(village: Village) -> None:
    eve = add_person("eve")
    token = letter_to("eve@example.org", village.ada)
    with pytest.raises(InviteIsForAnother):
        accept(token, village.dov)
    assert accept(token, eve) == member(eve)


@pytest.mark.parametrize("token", ["", "guess", "\udcff", "x" * 10_000, "' OR 1=1 --", "nul\x00"])
def test_a_guess_leads_nowhere(village: Village, token: str) -> None:
    link(village.ada)
    with pytest.raises(InviteIsUnknown):
        accept(token, village.dov)


def test_guesses_are_counted_by_place_and_shut_nobody_out_who_has_a_link(village: Village) -> None:
    _, token = link(village.ada)
    for _ in range(WRONG_LINKS.most):
        with pytest.raises(InviteIsUnknown):
            find_invite(token="guess", place="192.0.2.1", at=NOON)
    with pytest.raises(TooManyTries):
        find_invite(token="guess", place="192.0.2.1", at=NOON)
    assert find_invite(token=token, place="192.0.2.1", at=NOON)
    with pytest.raises(InviteIsUnknown):
        find_invite(token="guess", place="192.0.2.2", at=NOON)


def test_an_erased_inviter_takes_the_links_along(village: Village) -> None:
    _, token = link(add_steward())
    Person.objects.get(name="Sol").delete()
    with pytest.raises(InviteIsUnknown):
        accept(token, village.dov)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_takes_the_last_use() -> None:
    village = build_village()
    invite, token = link(village.ada)
    people = [add_person(f"p{n}") for n in range(6)]
    came = at_once(*[lambda each=each: accept(token, each) for each in people])
    assert sum(isinstance(each, Member) for each in came) == 1
    assert sum(isinstance(each, InviteIsUsedUp) for each in came) == 5
    assert Arrival.objects.filter(brought_by=member(village.ada)).count() == 1
    assert Invite.objects.get(pk=invite.pk).used == 1


@pytest.mark.django_db(transaction=True)
def test_two_links_at_once_do_not_overfill_the_community() -> None:
    village = build_village()
    Circle.objects.filter(is_whole=True).update(ceiling=3)
    links = [link(village.ada)[1] for _ in range(4)]
    people = [add_person(f"p{n}") for n in range(4)]
    came = at_once(
        *[lambda t=token, p=person: accept(t, p) for token, person in zip(links, people, strict=True)]
    )
    assert came.count(None) == 3
    assert JoinRequest.objects.filter(state=State.SEAT).count() == 3
    assert Member.objects.count() == 3


def test_a_member_who_left_comes_back_by_an_invite(village: Village) -> None:
    admit_founder(person=village.dov, at=NOON)
    Member.objects.filter(person=village.dov).update(left_at=NOON)
    _, token = link(village.ada)
    accept(token, village.dov)
    assert is_member(village.dov)
