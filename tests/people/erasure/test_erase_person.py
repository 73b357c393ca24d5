"""Erasing a person: from every table or from none, once, with a receipt."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from porch.community.membership.models import Member
from porch.community.notes.actions import answer_note, write_note
from porch.community.roles.founding import admit_founder
from porch.community.vouching.actions import vouch
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.engine.outbox.models import Delivery
from porch.engine.promises.actions import keep_promise
from porch.engine.promises.by_hand import settle_by_hand
from porch.engine.promises.kinds import Whom
from porch.kit.refusals import NotAllowed, NotFound
from porch.people.erasure import actions
from porch.people.erasure.actions import AFTERMATH, clear_aftermath, erase_person
from porch.people.erasure.models import Erasure
from porch.people.erasure.reads import held
from porch.people.identity.addresses import give_address, take_address
from porch.people.identity.models import Operator, Person
from porch.people.identity.operators import LastOperator
from porch.people.opt_in.actions import ask_for_consent, confirm_consent
from porch.people.sessions.models import Session
from porch.people.suppression.reads import suppressions_of
from tests.community.profiles.asking import member_of
from tests.community.requests.wishes import asked, whole
from tests.engine.promises.owing import at_once, owe, state, story
from tests.people.delivery.letters import send_test
from tests.people.erasure.fullness import everything_kept, live_fully, stranger
from tests.people.mails import token_in
from tests.village import NOON, Village, add_person, browser


def test_the_receipt_says_what_went_what_stayed_and_why(village: Village) -> None:
    live_fully(village)
    lines = {line.table: line for line in erase_person(person=village.dov, by=village.ada, at=NOON)}
    assert (lines["people.Person"].deleted, lines["people.Person"].kept) == (1, 0)
    assert (lines["people.Session"].deleted, lines["people.SignInLink"].deleted) == (1, 1)
    assert lines["people.Session"].kept == 1, "that of a stranger, without the address"
    assert (lines["community.Member"].deleted, lines["people.Operator"].deleted) == (1, 1)
    assert (lines["audience.Article"].deleted, lines["audience.Article"].kept) == (0, 1)
    assert lines["engine.Promise"].kept == 3
    for line in lines.values():
        assert line.purpose
        assert bool(line.why_kept) == bool(line.kept)


def test_promises_and_acts_stay_as_evidence(village: Village) -> None:
    open_one = owe(to=Whom("person", village.dov.pk), text="Write to Dov")
    settled = owe(to=Whom("person", village.dov.pk))
    settle_by_hand(promise_id=settled.pk, way="kept", reason="Met Dov.", by_id=village.ada.pk, at=NOON)
    erase_person(person=village.dov, by=village.ada, at=NOON)
    assert (state(open_one), state(settled), story(settled)) == ("owed", "kept", ["kept"])
    assert (open_one.owed_to, open_one.owed_to_id, open_one.text) == ("person", None, "")
    entry = AuditEntry.objects.get(act="promise-kept")
    assert (entry.by_id, entry.about_id, entry.is_about_person, entry.reason) == (
        village.ada.pk, None, True, "",
    )  # fmt: skip
    assert keep_promise(promise_id=open_one.pk, at=NOON).state == "kept", "it can still be kept"


def test_it_is_noted_and_recorded_once(village: Village) -> None:
    dov = village.dov
    first = erase_person(person=dov, by=village.ada, at=NOON, reason="As they asked.")
    dov.pk = pull("community")[-1].ids["person_id"]
    again = erase_person(person=dov, by=village.ada, at=NOON + timedelta(days=1))
    assert [(line.table, line.deleted) for line in again] == [(line.table, line.deleted) for line in first]
    assert [fact.kind for fact in pull("community")].count("PersonErased") == 1
    (entry,) = AuditEntry.objects.filter(act="person-erased")
    assert (entry.by_id, entry.reason) == (village.ada.pk, "As they asked.")


def test_whoever_never_was_is_not_found(village: Village) -> None:
    with pytest.raises(NotFound):
        erase_person(person=Person(pk=10**12), by=None, at=NOON)


def test_the_last_operator_stays(village: Village) -> None:
    with pytest.raises(LastOperator):
        erase_person(person=village.ada, by=village.ada, at=NOON)
    Operator.objects.create(person=village.ben, since=NOON)
    erase_person(person=village.ada, by=village.ada, at=NOON)
    (entry,) = AuditEntry.objects.filter(act="person-erased")
    assert (entry.is_by_person, entry.by_id) == (True, None), "whoever erases themselves does not stay in it"


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_only_operators_erase(village: Village, who: str) -> None:
    for whom in (village.dov, Person(pk=10**12)):
        with pytest.raises(NotAllowed):
            erase_person(person=whom, by=village.cast()[who], at=NOON)
    assert Person.objects.filter(pk=village.dov.pk).exists()


def test_others_keep_what_is_theirs(village: Village) -> None:
    live_fully(village)
    admit_founder(person=add_person("edov"), at=NOON)
    Person.objects.filter(name="Edov").update(email="edov@example.org")
    longer = stranger("l", data='{"wants":"edov@example.org"}')
    mine = {held_.table: held_.rows.count() for held_ in held(village.ben)}
    erase_person(person=village.dov, by=village.ada, at=NOON)
    assert {held_.table: held_.rows.count() for held_ in held(village.ben)} == mine
    assert Session.objects.filter(pk=longer.pk).exists(), "another address that ends in the same letters"
    assert Member.objects.count() == 4


def test_what_we_hold_of_somebody_is_listed_with_its_purpose(village: Village) -> None:
    live_fully(village)
    rows = {each.table: list(each.rows) for each in held(village.dov)}
    assert rows["people.Person"] == [village.dov]
    assert len(rows["engine.Promise"]) == 3
    assert len(rows["engine.PromiseChange"]) == 2
    assert all(each.purpose for each in held(village.dov))
    erase_person(person=village.dov, by=village.ada, at=NOON)
    left = {each.table for each in held(village.dov) if each.rows.exists()}
    # Found by the address that only this test still has.
    left -= {"people.Suppression", "community.RemovalHash", "community.SuspensionHash", "engine.Delivery"}
    assert left <= {"engine.CommunityFactRow", "people.Erasure"}


def test_failed_work_forgets_the_words_in_which_somebody_stood(village: Village) -> None:
    def failed(**what: object) -> DBTaskResult:
        given = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "run_after": NOON}
        given |= dict.fromkeys(("exception_class_path", "traceback", "queue_name", "backend_name"), "")
        return DBTaskResult.objects.create(**{**given, **what})

    told = failed(traceback="ValueError: no mail for <dov@example.org>.")
    asked = failed(args_kwargs={"args": ["dov@example.org"], "kwargs": {}})
    other = failed(traceback="ValueError: no mail for dov@example.org.uk, xdov@example.org")
    erase_person(person=village.dov, by=village.ada, at=NOON)
    assert DBTaskResult.objects.get(pk=told.pk).traceback == ""
    assert not DBTaskResult.objects.filter(pk=asked.pk).exists()
    assert "dov" in DBTaskResult.objects.get(pk=other.pk).traceback


def test_a_browser_of_somebody_else_forgets_the_address_and_stays_signed_in(village: Village) -> None:
    bens = browser(village.ben)
    session = Session.objects.get(person=village.ben)
    held_there = json.loads(session.data)
    with_dov = {
        **held_there,
        "asked": {"ticket": "t", "address": "DOV@example.org"},
        "word": "edov@example.org",
    }
    Session.objects.filter(pk=session.pk).update(data=json.dumps(with_dov))
    half_way = stranger("h", data='{"wants":"dov@example.org","next":"/"}')
    erase_person(person=village.dov, by=village.ada, at=NOON)
    session.refresh_from_db()
    assert json.loads(session.data) == {**held_there, "word": "edov@example.org"}
    assert bens.get("/inside/").status_code == 200
    assert json.loads(Session.objects.get(pk=half_way.pk).data) == {"next": "/"}


def test_their_address_goes_from_what_was_written_about_others(village: Village) -> None:
    ada = admit_founder(person=village.ada, at=NOON)
    about = write_note(
        member_id=member_of(village.ben).pk, text="Came with dov@example.org.", by=village.ada, at=NOON
    )
    answer_note(note_id=about.pk, text="Dov@Example.org came with me.", by=village.ben, at=NOON)
    other = write_note(
        member_id=member_of(village.ben).pk, text="Likes edov@example.org.", by=village.ada, at=NOON
    )
    wish = asked(add_person("eve"), whole(vouches=1))
    said = vouch(request_id=wish.pk, by=village.ben, text="dov@example.org knows her too.", at=NOON)
    erase_person(person=village.dov, by=village.ada, at=NOON)
    for row in (about, other, said):
        row.refresh_from_db()
    assert (about.text, about.answer, about.by) == ("…", "…", ada)
    assert other.text == "Likes edov@example.org."
    assert said.text == "…"


def test_whoever_is_erased_is_signed_out(village: Village) -> None:
    dov = browser(village.dov)
    assert dov.get("/sign-out/").status_code == 405
    erase_person(person=village.dov, by=village.ada, at=NOON)
    assert dov.get("/sign-out/").status_code == 302


def test_nobody_is_half_erased(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    live_fully(village)
    before = everything_kept()
    monkeypatch.setattr(actions, "note", trip)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        erase_person(person=village.dov, by=village.ada, at=NOON)
    assert everything_kept() == before


def trip(fact: object) -> None:
    raise ZeroDivisionError


def test_what_was_under_way_is_cleared_soon_after(village: Village) -> None:
    number = village.dov.pk
    erase_person(person=village.dov, by=village.ada, at=NOON)
    late = owe(to=Whom("person", number), by_id=number)
    assert clear_aftermath(at=NOON + timedelta(minutes=10)) == 1
    late.refresh_from_db()
    assert (late.owed_to_id, late.promised_by_id) == (None, None)
    assert clear_aftermath(at=NOON + AFTERMATH) == 0


def test_what_was_under_way_to_their_address_is_cleared_too(village: Village) -> None:
    erase_person(person=village.dov, by=village.ada, at=NOON)
    write_to_dov(at=NOON)
    clear_aftermath(at=NOON + timedelta(minutes=10))
    assert not Delivery.objects.exclude(to_address="").exists()
    assert "dov@example" not in everything_kept().lower()
    clear_aftermath(at=NOON + AFTERMATH)
    assert Erasure.objects.get().address_hashes == []


def test_whoever_comes_back_is_left_alone(village: Village) -> None:
    erase_person(person=village.dov, by=village.ada, at=NOON)
    write_to_dov(at=NOON + timedelta(hours=1))
    before = everything_kept()
    clear_aftermath(at=NOON + timedelta(hours=2))
    assert everything_kept() == before


def write_to_dov(at: datetime) -> None:
    ask_for_consent(address="Dov@example.org", purpose="news", wording=1, source="test", at=at)
    token = token_in(Delivery.objects.latest("pk"))
    ask_for_consent(
        address="dov@example.org", purpose="news", wording=1, source="test", at=at + timedelta(seconds=1)
    )
    confirm_consent(token=token, at=at)
    ask_for_consent(address="dov@example.org", purpose="news", wording=1, source="test", at=at)


@pytest.mark.django_db(transaction=True)
def test_of_two_last_operators_who_erase_each_other_one_stays(village: Village) -> None:
    Operator.objects.create(person=village.ben, since=NOON)
    ada, ben = village.ada, village.ben
    came = at_once(
        lambda: erase_person(person=ben, by=ada, at=NOON), lambda: erase_person(person=ada, by=ben, at=NOON)
    )
    # The one who is gone by then may erase nobody either.
    assert sum(isinstance(each, LastOperator | NotAllowed) for each in came) == 1
    assert Operator.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_erasing_while_a_promise_is_kept_loses_neither(village: Village) -> None:
    owed = owe(to=Whom("person", village.dov.pk))
    dov = village.dov
    came = at_once(
        lambda: keep_promise(promise_id=owed.pk, at=NOON, by_id=dov.pk),
        lambda: erase_person(person=dov, by=None, at=NOON),
        lambda: erase_person(person=dov, by=None, at=NOON),
    )
    assert not [each for each in came if isinstance(each, Exception)]
    clear_aftermath(at=NOON)
    owed.refresh_from_db()
    assert (owed.state, owed.owed_to_id, owed.story.get().by_id) == ("kept", None, None)
    assert Erasure.objects.count() == 1


def test_an_address_that_somebody_had_before_is_forgotten_too(village: Village) -> None:
    old = give_address(person=village.dov, address="dov@old.example")
    send_test("dov@old.example")
    take_address(person=village.dov, number=old.pk)
    erase_person(person=village.dov, by=village.ada, at=NOON)
    assert "dov@old.example" not in everything_kept()
    assert suppressions_of("dov@old.example")


def test_an_address_that_went_on_to_somebody_else_stays_theirs(village: Village) -> None:
    old = give_address(person=village.dov, address="shared@example.net")
    take_address(person=village.dov, number=old.pk)
    give_address(person=village.ben, address="shared@example.net")
    send_test("shared@example.net")
    erase_person(person=village.dov, by=village.ada, at=NOON)
    assert Delivery.objects.get().to_address == "shared@example.net"
    assert not suppressions_of("shared@example.net")
