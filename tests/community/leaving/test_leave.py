"""A member leaves at once, for the whole house, and is told once what happens."""

import pytest

from porch.community.circles.models import CircleMember
from porch.community.leaving.actions import Answers, leave
from porch.community.leaving.models import AskAgain, ExitAnswer, Leaving
from porch.community.leaving.rules import NothingToLeave
from porch.community.membership.models import Member
from porch.community.membership.reads import count_members, is_member
from porch.community.roles.limits import LastOwner
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import OWNER, rights_of
from porch.engine.facts.models import CommunityFactRow
from porch.engine.outbox.models import Delivery
from porch.engine.promises.models import Promise
from porch.people.consent.actions import give_consent
from porch.people.consent.models import Proof
from porch.people.consent.reads import state_for
from porch.people.consent.subjects import Subject, address_subject, person_subject
from porch.people.identity.models import Person
from porch.web.live.leave import name_leave, which_stand
from tests.community.leaving.helpers import OVER, at_once, go, in_circle, member_of
from tests.people.mails import html_of, text_of
from tests.village import NOON, Village, add_person, add_steward, browser, build_village


def subscribe(person: Person) -> list[tuple[Subject, str]]:
    both = [(address_subject(person.email or ""), "news"), (person_subject(person), "member-letter")]
    for subject, purpose in both:
        give_consent(
            subject=subject,
            purpose=purpose,
            wording=1,
            source="test",
            proof=Proof.SESSION,
            by=person,
            at=NOON,
        )
    return both


def test_a_leaver_is_gone_at_once(village: Village) -> None:
    before = count_members()
    go(village.ben)
    assert not is_member(village.ben.pk)
    assert count_members() == before - 1
    assert which_stand([name_leave("member", village.ben.pk)]) == set()
    assert browser(village.ben).get("/inside/").headers["Location"] == "/account/leaving/"
    assert browser(village.ben).get("/account/").status_code == 200, "the account is theirs all the same"


def test_roles_and_circles_end_with_it(village: Village) -> None:
    sol = add_steward()
    in_circle(sol)
    go(sol)
    assert rights_of(sol.pk) == []
    assert not RoleHolder.objects.filter(member__person=sol).exists()
    assert not CircleMember.objects.filter(member__person=sol).exists()


def test_it_is_promised_when_they_are_archived(village: Village) -> None:
    leaving = go(village.ben)
    owed = Promise.objects.get(pk=leaving.promise_id)
    assert (owed.kind, owed.owed_to_id, owed.state) == ("archive-after-leaving", village.ben.pk, "owed")
    assert leaving.archive_at == OVER <= owed.due_at


def test_one_letter_goes_with_the_link_that_undoes_it(village: Village) -> None:
    go(village.ben)
    letter = Delivery.objects.get(to_address="ben@example.org")
    assert letter.is_secret
    assert "/leaving/" in text_of(letter)
    assert "/leaving/" in html_of(letter)
    assert "9 Mar 2026, 11:00 UTC" in text_of(letter)
    assert "Who is a member, since when" in text_of(letter), "it says what goes"


def test_the_letter_promises_no_erasure_that_will_not_be(village: Village) -> None:
    eve = add_person("eve")
    Member.objects.create(person=eve, joined_at=NOON)
    subscribe(village.ben)
    go(village.ben, wants_erasure=True)
    go(eve, wants_erasure=True)
    assert "Your account stays." in text_of(Delivery.objects.get(to_address="ben@example.org"))
    assert "your account erased" in text_of(Delivery.objects.get(to_address="eve@example.org"))


def test_who_leaves_twice_left_once(village: Village) -> None:
    assert go(village.ben) == go(village.ben, wants_erasure=True, at=OVER)
    assert Delivery.objects.count() == 1
    assert CommunityFactRow.objects.filter(kind="MemberLeft").count() == 1


def test_the_last_owner_is_told_what_to_do_first(village: Village) -> None:
    with pytest.raises(LastOwner) as no:
        go(village.ada)
    assert "Roles" in no.value.advice
    assert is_member(village.ada.pk)
    owner = Role.objects.get(key=OWNER)
    RoleHolder.objects.create(role=owner, member=member_of(village.ben), given_at=NOON)
    go(village.ada)
    with pytest.raises(LastOwner):
        go(village.ben)


def test_an_owner_who_cannot_sign_in_counts_for_none(village: Village) -> None:
    RoleHolder.objects.create(role=Role.objects.get(key=OWNER), member=member_of(village.ben), given_at=NOON)
    Person.objects.filter(pk=village.ben.pk).update(is_active=False)
    with pytest.raises(LastOwner):
        go(village.ada)


def test_who_is_no_member_has_nothing_to_leave(village: Village) -> None:
    with pytest.raises(NothingToLeave):
        go(village.dov)
    assert not Leaving.objects.exists()


def test_subscriptions_stand_unless_they_are_ticked(village: Village) -> None:
    eve = add_person("eve")
    Member.objects.create(person=eve, joined_at=NOON)
    bens, eves = subscribe(village.ben), subscribe(eve)
    go(village.ben)
    go(eve, stops_mail=True)
    assert all(state_for(subject.name, name).stands for subject, name in bens)  # type: ignore[union-attr]
    assert not any(state_for(subject.name, name).stands for subject, name in eves)  # type: ignore[union-attr]


def test_answers_hold_no_name(village: Village) -> None:
    said = Answers(why="Too  loud", what_would_have_kept=" ", may_ask_again=True)
    leave(person=village.ben, wants_erasure=False, stops_mail=False, at=NOON, answers=said)
    answer = ExitAnswer.objects.get()
    assert (answer.month.isoformat(), answer.why, answer.what_would_have_kept) == (
        "2026-03-01",
        "Too loud",
        "",
    )
    assert {field.name for field in ExitAnswer._meta.local_fields} == {
        "id",
        "month",
        "why",
        "what_would_have_kept",
    }
    assert AskAgain.objects.get().person == village.ben


def test_who_says_nothing_leaves_no_answer(village: Village) -> None:
    leave(
        person=village.ben, wants_erasure=True, stops_mail=False, at=NOON, answers=Answers(may_ask_again=True)
    )
    assert not ExitAnswer.objects.exists()
    assert not AskAgain.objects.exists(), "whoever is erased cannot be asked"


def test_whoever_has_no_address_leaves_too(village: Village) -> None:
    RoleHolder.objects.create(role=Role.objects.get(key=OWNER), member=member_of(village.ben), given_at=NOON)
    go(village.ada)
    assert not Delivery.objects.exists()
    assert not is_member(village.ada.pk)


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_with_one_account_at_once_leave_once() -> None:
    village = build_village()
    first, second = at_once(lambda: go(village.ben), lambda: go(village.ben))
    assert first == second
    assert Leaving.objects.count() == Delivery.objects.count() == 1
    assert Promise.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_leave_at_once_one_stays() -> None:
    village = build_village()
    RoleHolder.objects.create(role=Role.objects.get(key=OWNER), member=member_of(village.ben), given_at=NOON)
    came = at_once(lambda: go(village.ada), lambda: go(village.ben))
    assert sum(isinstance(each, LastOwner) for each in came) == 1
    assert RoleHolder.objects.filter(role__key=OWNER).count() == 1
