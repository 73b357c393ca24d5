"""Warned, silenced, suspended, removed: with a reason, an end, a message, and an appeal that somebody else decides."""

from datetime import timedelta

import pytest

from porch.community.membership.models import Member
from porch.community.removal.actions import EndsInThePast
from porch.community.removal.models import Removal
from porch.community.removal.rules import (
    HasMoreRights,
    NotAgainstAnOwner,
    NotAgainstASteward,
    NotAgainstOneself,
)
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.engine.outbox.models import Delivery
from porch.engine.promises.models import Promise
from porch.kit.refusals import NotFound, Refusal
from porch.moderation.appeals.actions import (
    AppealIsDecided,
    CannotAppeal,
    SomebodyElseDecides,
    decide_appeal,
    make_appeal,
)
from porch.moderation.appeals.models import Appeal
from porch.moderation.sanctions.actions import IsLifted, NoSuchSanction, Sentence, lift, strike
from porch.moderation.sanctions.models import Strike
from porch.people.identity.models import Person
from tests.conversation.talk import space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.moderation.hands import LATER, newcomer, try_to_say
from tests.people.mails import text_of
from tests.village import NOON, Village, add_steward, browser, build_village

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
UNTIL = LATER + DAY


def struck(person: Person, by: Person, kind: str = "silence", **how: object) -> Strike:
    given = {"kind": kind, "why": "abuse", "message": "Calm down.", "until": UNTIL, **how}
    return strike(person=person, sentence=Sentence(**given), by=by, at=LATER)


def test_a_silence_holds_to_the_second(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    struck(village.ben, village.ada)
    assert try_to_say(topic, village.ben, "No", UNTIL - SECOND) == "is-silenced"
    assert try_to_say(topic, village.ben, "Yes", UNTIL) == "said"


def test_a_warning_changes_nothing_but_is_told_and_counted(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    struck(village.ben, village.ada, "warning")
    assert try_to_say(topic, village.ben, "Yes") == "said"
    (letter,) = Delivery.objects.filter(to_address="ben@example.org")
    assert "Calm down." in text_of(letter)
    entry = AuditEntry.objects.get(act="member-warned")
    assert (entry.about_id, entry.by_id, entry.reason) == (village.ben.pk, village.ada.pk, "Calm down.")


def test_a_strike_counts_for_180_days_to_the_second(village: Village) -> None:
    struck(village.ben, village.ada, "warning")
    edge = LATER + timedelta(days=180)
    assert [Strike.objects.counting(at).count() for at in (edge - SECOND, edge)] == [1, 0]


@pytest.mark.parametrize("kind", ["suspension", "removal"])
def test_who_is_kept_out_is_out_and_back_when_it_is_lifted(village: Village, kind: str) -> None:
    sol = add_steward()
    made = struck(village.ben, sol, kind)
    assert not Member.objects.present().filter(person=village.ben).exists()
    assert browser(village.ben).get("/inside/").status_code != 200
    lift(strike_id=made.pk, by=village.ada, at=LATER)
    if kind == "suspension":
        assert Member.objects.present().filter(person=village.ben).exists()
    else:
        assert Removal.objects.get().lifted_at == LATER
    with pytest.raises(IsLifted):
        lift(strike_id=made.pk, by=village.ada, at=LATER)


def test_only_one_letter_tells_of_a_suspension(village: Village) -> None:
    struck(village.ben, village.ada, "suspension")
    assert Delivery.objects.filter(to_address="ben@example.org").count() == 1


def test_who_may_strike_whom(village: Village) -> None:
    sol, sue = add_steward(), add_steward("sue")
    refused = [
        (village.ben, village.ben, NeedsRight),
        (newcomer(), village.ben, NeedsRight),
        (village.ada, village.dov, NeedsRight),
        (sol, sol, NotAgainstOneself),
        (village.ada, sol, NotAgainstAnOwner),
        (sue, sol, (NotAgainstASteward, HasMoreRights)),
        (village.dov, sol, NotFound),
    ]
    for about, by, no in refused:
        for kind in ("warning", "silence", "suspension", "removal"):
            with pytest.raises(no):
                struck(about, by, kind)
    assert Strike.objects.count() == 0
    assert struck(village.ben, sol).by == sol


def test_a_sanction_makes_sense(village: Village) -> None:
    for how in ({"kind": "exile"}, {"why": "mood"}, {"until": None}, {"kind": "suspension", "until": None}):
        with pytest.raises(NoSuchSanction):
            struck(village.ben, village.ada, **how)
    with pytest.raises(EndsInThePast):
        struck(village.ben, village.ada, until=LATER)


def test_an_appeal_is_decided_by_somebody_else(village: Village) -> None:
    sol = add_steward()
    made = struck(village.ben, village.ada)
    make_appeal(strike_id=made.pk, words="It was a joke.", by=village.ben, at=LATER)
    owed = Promise.objects.get(kind="appeal-answered")
    assert (owed.due_at, owed.owed_to_id) == (LATER + timedelta(days=7), village.ben.pk)
    with pytest.raises(SomebodyElseDecides):
        answer(made, village.ada)
    with pytest.raises(NeedsRight):
        answer(made, newcomer())
    answer(made, sol)
    topic = topic_in(space_for(village.ada), village.ada)
    assert try_to_say(topic, village.ben, "Thanks") == "said"
    owed.refresh_from_db()
    assert owed.state == "kept"
    with pytest.raises(AppealIsDecided):
        answer(made, sol)


def answer(made: Strike, by: Person, is_lifted: bool = True) -> Appeal:
    return decide_appeal(strike_id=made.pk, is_lifted=is_lifted, answer="Read.", by=by, at=LATER)


def test_what_stands_after_an_appeal_stands(village: Village) -> None:
    made = struck(village.ben, village.ada)
    make_appeal(strike_id=made.pk, words="It was a joke.", by=village.ben, at=LATER)
    answer(made, add_steward(), is_lifted=False)
    assert try_to_say(topic_in(space_for(village.ada), village.ada), village.ben, "No") == "is-silenced"
    with pytest.raises(CannotAppeal):
        make_appeal(strike_id=made.pk, words="Again.", by=village.ben, at=LATER)


def test_where_nobody_else_is_the_pages_say_so(village: Village) -> None:
    made = struck(village.ben, village.ada, until=LATER + timedelta(days=3650))
    page = browser(village.ben).get("/account/sanctions/").content.decode()
    assert "There is nobody else here who could decide" in page
    make_appeal(strike_id=made.pk, words="It was a joke.", by=village.ben, at=LATER)
    page = browser(village.ada).get(f"/inside/review/appeals/{made.pk}/").content.decode()
    assert "There is nobody else here who could decide" in page
    assert answer(made, village.ada).is_lifted


def test_one_appeals_against_what_was_done_to_oneself(village: Village) -> None:
    made = struck(village.ben, village.ada)
    for who in (village.ada, village.dov):
        with pytest.raises(NotFound):
            make_appeal(strike_id=made.pk, words="Hm.", by=who, at=LATER)
    lift(strike_id=made.pk, by=village.ada, at=LATER)
    with pytest.raises(CannotAppeal):
        make_appeal(strike_id=made.pk, words="Hm.", by=village.ben, at=LATER)


@pytest.mark.parametrize("kind", ["suspension", "removal"])
def test_who_is_kept_out_appeals_all_the_same(village: Village, kind: str) -> None:
    made = struck(village.ben, add_steward("sue"), kind, until=LATER + timedelta(days=3650))
    sol, ben = browser(add_steward()), browser(village.ben)
    assert "Calm down." in ben.get("/account/sanctions/").content.decode()
    page = ben.post(f"/account/sanctions/{made.pk}/appeal/", {"words": "It was a joke."}, follow=True)
    assert "Your appeal is sent." in page.content.decode()
    assert "It was a joke." in sol.get(f"/inside/review/appeals/{made.pk}/").content.decode()
    sol.post(f"/inside/review/appeals/{made.pk}/", {"answer": "So it was.", "is": "lifted"})
    assert "So it was." in ben.get("/account/sanctions/").content.decode()
    made.refresh_from_db()
    assert made.lifted_at is not None


def test_a_steward_strikes_from_the_page_of_a_member(village: Village) -> None:
    ben = Member.objects.get(person=village.ben)
    ada, path = browser(village.ada), f"/inside/members/{ben.pk}/sanctions/"
    form = {"sanction": "warning", "span": "7", "why": "abuse", "message": "Calm."}
    assert "1 of 3 strikes" in ada.post(path, form, follow=True).content.decode()
    assert ada.post(path, {**form, "message": ""}).status_code == 422
    lifted = ada.post(f"/inside/sanctions/{Strike.objects.get().pk}/lifting/", follow=True)
    assert "It is lifted." in lifted.content.decode()
    for who in (village.ben, village.dov, newcomer()):
        assert browser(who).post(path, form).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_appeal_decided_twice_at_once_is_decided_once() -> None:
    village = build_village()
    sol, sue = add_steward(), add_steward("sue")
    made = struck(village.ben, village.ada)
    make_appeal(strike_id=made.pk, words="It was a joke.", by=village.ben, at=NOON + DAY)
    came = at_once(lambda: answer(made, sol), lambda: answer(made, sue, is_lifted=False))
    assert sorted(type(each).__name__ for each in came) == ["Appeal", "AppealIsDecided"]
    assert sum(isinstance(each, Refusal) for each in came) == 1
