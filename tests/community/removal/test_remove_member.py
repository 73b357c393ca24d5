"""A steward removes a member: with a reason, a message, an end and an address for appeals; only a steward undoes it."""

from datetime import datetime, timedelta

import pytest

from porch.community.away.actions import suspend_member
from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.membership.reads import is_member
from porch.community.removal.actions import (
    EndsInThePast,
    EndsTooFarAhead,
    RemovalIsOver,
    let_evidence_go,
    lift_removal,
    remove_member,
)
from porch.community.removal.models import Removal, RemovalHash
from porch.community.removal.rules import (
    HasMoreRights,
    NotAgainstAnOwner,
    NotAgainstASteward,
    NotAgainstOneself,
    WasRemoved,
    require_not_removed,
)
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import OWNER
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.engine.outbox.models import Delivery
from porch.kit.addresses import NotAnAddress
from porch.kit.refusals import BadInput, NotFound, Refusal
from porch.people.erasure.actions import erase_person
from porch.people.identity import operators
from porch.people.identity.models import Person
from tests.community.leaving.helpers import SECOND, at_once, go, in_circle, member_of
from tests.community.roles.giving import role_with
from tests.people.mails import html_of, text_of
from tests.village import NOON, Village, add_person, add_steward, browser, build_village

END = NOON + timedelta(days=30)
TERM = timedelta(days=730)


def remove(whom: Person, by: Person, *, expires_at: datetime | None = END, at: datetime = NOON) -> Removal:
    return remove_member(
        member=member_of(whom),
        by=by,
        reason="Threats in two topics",
        message="You threatened others.",
        appeal_to="appeals@example.org",
        expires_at=expires_at,
        at=at,
    )


def invite(person: Person, at: datetime) -> Member:
    return let_in(person=person, circle=Circle.objects.get(is_whole=True), way=Way.INVITE, at=at)


def test_the_removed_is_out_at_once(village: Village) -> None:
    circle = in_circle(village.ben)
    remove(village.ben, village.ada)
    assert not is_member(village.ben.pk)
    assert not CircleMember.objects.filter(circle=circle).exists()
    assert browser(village.ben).get("/inside/").headers["Location"] == "/account/removal/"


def test_they_are_told_why_until_when_and_where_to_appeal(village: Village) -> None:
    remove(village.ben, village.ada)
    letter = Delivery.objects.get(to_address="ben@example.org")
    for said in ("You threatened others.", "1 Apr 2026, 12:00 UTC", "appeals@example.org"):
        assert said in text_of(letter)
        assert said in html_of(letter)
    assert "two topics" not in text_of(letter), "the reason is for those who look after the place"


def test_both_stand_in_the_audit(village: Village) -> None:
    removal = remove(village.ben, village.ada)
    lift_removal(removal=removal, by=village.ada, at=NOON + SECOND)
    rows = AuditEntry.objects.filter(about_id=village.ben.pk, act__in=["member-removed", "removal-lifted"])
    assert [(row.act, row.by_id) for row in rows.order_by("pk")] == [
        ("member-removed", village.ada.pk),
        ("removal-lifted", village.ada.pk),
    ]


def test_no_way_leads_in_until_it_is_over_to_the_second(village: Village) -> None:
    remove(village.ben, village.ada)
    with pytest.raises(WasRemoved):
        invite(village.ben, END - SECOND)
    assert invite(village.ben, END).joined_at == END


def test_without_an_end_it_holds_until_it_is_lifted(village: Village) -> None:
    removal = remove(village.ben, village.ada, expires_at=None)
    with pytest.raises(WasRemoved):
        invite(village.ben, NOON + timedelta(days=9_000))
    lift_removal(removal=removal, by=village.ada, at=NOON + SECOND)
    assert not is_member(village.ben.pk), "lifted is not brought back"
    invite(village.ben, NOON + SECOND)
    assert is_member(village.ben.pk)


def test_who_may_not_remove_whom(village: Village) -> None:
    sol, sue = add_steward(), add_steward("sue")
    eve = add_person("eve")
    invite(eve, NOON)
    refused: list[tuple[Person, Person, type[Refusal]]] = [
        (eve, village.ben, NeedsRight),
        (eve, village.dov, NeedsRight),
        (sol, sol, NotAgainstOneself),
        (village.ada, sol, NotAgainstAnOwner),
        (sue, sol, NotAgainstASteward),
    ]
    for whom, by, why in refused:
        with pytest.raises(why):
            remove(whom, by)
    assert not Removal.objects.exists()
    remove(eve, sol)
    remove(sue, village.ada)


def test_nobody_removes_or_suspends_somebody_who_may_more(village: Village) -> None:
    sol, circle = add_steward(), in_circle(village.ben)
    role_with(MANAGE_ROLES, circle=circle, held_by=village.ben)
    with pytest.raises(HasMoreRights):
        remove(village.ben, sol)
    with pytest.raises(HasMoreRights):
        suspend_member(member=member_of(village.ben), until=END, reason="a", by=sol, at=NOON)
    go(village.ben)
    with pytest.raises(HasMoreRights):
        remove(village.ben, sol)
    remove(village.ben, village.ada)


def test_what_both_may_hinders_nobody(village: Village) -> None:
    sol = add_steward()
    role_with(MANAGE_CIRCLES, held_by=village.ben)
    remove(village.ben, sol)


def test_an_owner_who_has_just_left_is_removed_by_owners_alone(village: Village) -> None:
    RoleHolder.objects.create(role=Role.objects.get(key=OWNER), member=member_of(village.ben), given_at=NOON)
    go(village.ben)
    with pytest.raises(HasMoreRights):
        remove(village.ben, add_steward())
    remove(village.ben, village.ada)


def test_owners_do_not_remove_each_other(village: Village) -> None:
    RoleHolder.objects.create(role=Role.objects.get(key=OWNER), member=member_of(village.ben), given_at=NOON)
    with pytest.raises(NotAgainstAnOwner):
        remove(village.ben, village.ada)


def test_what_does_not_fit_is_refused_and_changes_nothing(village: Village) -> None:
    good = {"reason": "a", "message": "b", "appeal_to": "a@example.org", "expires_at": END}
    bad: list[tuple[dict[str, object], type[Refusal]]] = [
        ({"reason": " "}, BadInput),
        ({"message": ""}, BadInput),
        ({"message": "a" * 1001}, BadInput),
        ({"appeal_to": "nowhere"}, NotAnAddress),
        ({"expires_at": NOON}, EndsInThePast),
        ({"expires_at": NOON + timedelta(days=9_999)}, EndsTooFarAhead),
    ]
    for wrong, why in bad:
        with pytest.raises(why):
            remove_member(member=member_of(village.ben), by=village.ada, at=NOON, **{**good, **wrong})  # type: ignore[arg-type]
    assert is_member(village.ben.pk)


def test_removed_twice_is_removed_once(village: Village) -> None:
    assert remove(village.ben, village.ada) == remove(village.ben, village.ada, at=NOON + SECOND)
    assert Delivery.objects.count() == 1


def test_it_is_lifted_once_and_not_after_its_end(village: Village) -> None:
    removal = remove(village.ben, village.ada)
    with pytest.raises(NeedsRight):
        lift_removal(removal=removal, by=village.ben, at=NOON)
    with pytest.raises(RemovalIsOver):
        lift_removal(removal=removal, by=village.ada, at=END)
    lift_removal(removal=removal, by=village.ada, at=END - SECOND)
    with pytest.raises(RemovalIsOver):
        lift_removal(removal=removal, by=village.ada, at=END - SECOND)


def test_who_is_erased_and_comes_back_is_recognised(village: Village) -> None:
    removal = remove(village.ben, village.ada)
    Removal.objects.update(reason="ben@example.org wrote this")
    erase_person(person=village.ben, by=None, at=NOON + SECOND)
    removal.refresh_from_db()
    assert removal.person is None
    assert "ben@" not in removal.reason
    again = add_person("ben")
    with pytest.raises(WasRemoved):
        require_not_removed(person=again, at=END - SECOND)
    require_not_removed(person=again, at=END)
    require_not_removed(person=village.dov, at=NOON)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("bo@example.org", "bo+x@example.org"),
        ("bo@example.org", "bo+a+b@example.org"),
        ("bo+x@example.org", "bo@example.org"),
        ("bo+x@example.org", "bo.+y@example.org"),
    ],
)
def test_another_tag_is_the_same_address(village: Village, first: str, again: str) -> None:
    whom = operators.add_person(address=first, name="Bo", at=NOON)
    invite(whom, NOON)
    remove(whom, village.ada)
    back = operators.add_person(address=again, name="B again", at=NOON)
    with pytest.raises(WasRemoved):
        invite(back, NOON + SECOND)
    assert "You were removed" in browser(back).get("/account/removal/").content.decode()
    erase_person(person=whom, by=None, at=NOON + SECOND)
    with pytest.raises(WasRemoved):
        invite(back, END - SECOND)
    assert invite(back, END)


def test_a_name_that_only_begins_alike_is_another(village: Village) -> None:
    remove(village.ben, village.ada)
    for address in ("bena@example.org", "be+n@example.org", "ben+x@example.com"):
        invite(operators.add_person(address=address, name="Other", at=NOON), NOON + SECOND)


def test_evidence_goes_when_its_term_is_over_to_the_second(village: Village) -> None:
    remove(village.ben, village.ada)
    assert let_evidence_go(at=END + TERM - SECOND) == 0
    assert let_evidence_go(at=END + TERM, hold=True) == 0, "the clock is in doubt"
    assert let_evidence_go(at=END + TERM) == 1
    assert not RemovalHash.objects.exists()
    assert not Member.objects.filter(person=village.ben).exists(), "nothing else keeps what was left of it"
    assert Person.objects.filter(pk=village.ben.pk).exists()


def test_evidence_of_what_was_lifted_goes_by_the_day_it_was_lifted(village: Village) -> None:
    lift_removal(removal=remove(village.ben, village.ada, expires_at=None), by=village.ada, at=END)
    invite(village.ben, END)
    assert let_evidence_go(at=END + TERM - SECOND) == 0
    assert let_evidence_go(at=END + TERM) == 1
    assert is_member(village.ben.pk), "who came back stays"


def test_what_holds_without_an_end_is_kept_as_long_as_it_holds(village: Village) -> None:
    remove(village.ben, village.ada, expires_at=None)
    assert let_evidence_go(at=NOON + 20 * TERM) == 0


def test_who_is_archived_already_is_not_found(village: Village) -> None:
    member = member_of(village.ben)
    Member.objects.filter(pk=member.pk).delete()
    with pytest.raises(NotFound):
        remove_member(
            member=member, by=village.ada, reason="a", message="b", appeal_to="a@example.org", expires_at=None, at=NOON
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_stewards_who_remove_one_at_once_remove_once() -> None:
    village = build_village()
    sol = add_steward()
    first, second = at_once(lambda: remove(village.ben, village.ada), lambda: remove(village.ben, sol))
    assert first == second
    assert Removal.objects.count() == Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_removed_while_they_leave_is_removed() -> None:
    village = build_village()
    at_once(lambda: go(village.ben), lambda: remove(village.ben, village.ada))
    assert not is_member(village.ben.pk)
    assert Removal.objects.count() == 1
    with pytest.raises(WasRemoved):
        invite(village.ben, NOON + SECOND)


@pytest.mark.django_db(transaction=True)
def test_removed_and_erased_at_once_ends_well() -> None:
    village = build_village()
    came = at_once(
        lambda: erase_person(person=village.ben, by=village.ada, at=NOON),
        lambda: remove(village.ben, village.ada),
    )
    assert not Person.objects.filter(pk=village.ben.pk).exists()
    assert Removal.objects.count() == sum(isinstance(each, Removal) for each in came)
    assert not Delivery.objects.filter(to_address="ben@example.org").exists()
