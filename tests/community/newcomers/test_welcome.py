"""Newcomers are told where to begin, see whom to ask, and are greeted."""

from datetime import datetime, timedelta

import pytest

from porch.community.membership.models import Member
from porch.community.newcomers.actions import (
    MOST_GREETERS,
    NEW_FOR,
    NotNewAnyMore,
    TooManyGreeters,
    mark_greeted,
    name_greeter,
    release_greeter,
    unmark_greeted,
    write_first_steps,
)
from porch.community.newcomers.models import FirstSteps, Greeter, Greeting
from porch.community.newcomers.reads import newcomer, newcomers
from porch.community.profiles.defining import retire_field
from porch.community.roles.founding import admit_founder
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.kit.markdown import render
from porch.kit.refusals import NotAllowed, NotFound
from porch.kit.time import now
from porch.people.identity.models import Person
from tests.community.portraits.pictures import hang
from tests.community.profiles.asking import ask, member_of, tell
from tests.village import NOON, Village, add_person, add_steward, browser

SECOND = timedelta(seconds=1)
HELLO = "Say **hello** at the gate."
LIST, STEPS = "/inside/newcomers/", "/inside/newcomers/first-steps/"


@pytest.fixture
def eve(village: Village) -> Person:
    """Somebody who has just come."""
    return join("eve", now())


def join(name: str, at: datetime) -> Person:
    person = add_person(name)
    admit_founder(person=person, at=at)
    return person


def welcome(person: Person) -> str:
    return browser(person).get("/inside/").content.decode()


def test_stewards_write_what_newcomers_read(village: Village, eve: Person) -> None:
    sol = add_steward()
    assert browser(sol).post(STEPS, {"text": HELLO}).headers["Location"] == STEPS
    assert "Say <strong>hello</strong> at the gate." in welcome(eve)
    assert "hello</strong>" not in welcome(village.ben), "Ben has been here for long"
    assert AuditEntry.objects.get(act="first-steps-written").by_id == sol.pk


def test_nobody_else_writes_it_or_names_greeters(village: Village) -> None:
    ben = member_of(village.ben).pk
    for who in (village.ben, village.dov):
        assert browser(who).post(STEPS, {"text": HELLO}).status_code == 404
        assert browser(who).post(f"/inside/newcomers/greeters/{ben}/", {"is": "yes"}).status_code == 404
        with pytest.raises(NeedsRight):
            write_first_steps(text=render(HELLO), by=who, at=NOON)
        with pytest.raises(NeedsRight):
            name_greeter(member_id=ben, by=who, at=NOON)
    assert not FirstSteps.objects.exists()
    assert not Greeter.objects.exists()


def test_an_empty_text_tells_nothing_and_the_last_one_counts(village: Village) -> None:
    for text in (HELLO, "Other."):
        write_first_steps(text=render(text), by=village.ada, at=NOON)
    assert FirstSteps.objects.get().source == "Other."
    write_first_steps(text=render(" "), by=village.ada, at=NOON)
    assert not FirstSteps.objects.exists()


def test_one_is_new_for_thirty_days_to_the_second(village: Village) -> None:
    assert newcomer(village.ben.pk, NOON + NEW_FOR - SECOND)
    assert newcomer(village.ben.pk, NOON + NEW_FOR) is None
    assert newcomer(village.dov.pk, NOON) is None
    assert newcomers(NOON + NEW_FOR - SECOND, waiting=True).count() == 1
    assert newcomers(NOON + NEW_FOR, waiting=True).count() == 0


def test_whoever_owns_the_place_is_no_newcomer_in_it(village: Village) -> None:
    assert newcomer(village.ada.pk, NOON) is None
    assert [each.person for each in newcomers(NOON, waiting=False)] == [village.ben]


def test_no_step_leads_to_a_page_that_asks_nothing(village: Village, eve: Person) -> None:
    step = "Tell members something about yourself"
    assert step not in welcome(eve)
    field = ask(village)
    assert step in welcome(eve)
    retire_field(field_id=field.pk, by=village.ada, at=NOON)
    assert step not in welcome(eve)
    assert "Choose a portrait" in welcome(eve)


def test_the_list_knows_what_is_done(village: Village, eve: Person) -> None:
    assert welcome(eve).count(">done<") == 0
    tell(eve, ask(village), "chess")
    assert welcome(eve).count(">done<") == 1
    hang(eve)
    assert welcome(eve).count(">done<") == 2


def test_it_is_put_away_and_taken_out_again(village: Village, eve: Person) -> None:
    away = "/inside/newcomers/first-steps/dismissal/"
    client = browser(eve)
    assert client.post(away).headers["Location"] == "/inside/"
    page = client.get("/inside/").content.decode()
    assert "The first steps are put away." in page
    assert 'name="is" value="no"' in page, "and can be taken out again"
    assert "first steps" not in client.get("/inside/").content.decode()
    client.post(away, {"is": "no"})
    assert "Good that you are here" in client.get("/inside/").content.decode()
    assert browser(village.dov).post(away).status_code == 404


def test_greeters_are_named_shown_and_released(village: Village, eve: Person) -> None:
    ben = member_of(village.ben)
    browser(village.ada).post(f"/inside/newcomers/greeters/{ben.pk}/", {"is": "yes"})
    assert f'href="/inside/members/{ben.pk}/"' in welcome(eve).partition('id="members"')[0]
    assert "Ben" in browser(village.ada).get(STEPS).content.decode()
    assert browser(village.ben).get(LIST).status_code == 200
    assert AuditEntry.objects.get(act="greeter-named").about_id == village.ben.pk
    with pytest.raises(NeedsRight):
        release_greeter(member_id=ben.pk, by=eve, at=NOON)
    release_greeter(member_id=ben.pk, by=village.ben, at=NOON)
    assert browser(village.ben).get(LIST).status_code == 404
    with pytest.raises(NotFound):
        release_greeter(member_id=ben.pk, by=village.ada, at=NOON)


def test_there_is_a_most_of_greeters(village: Village) -> None:
    for n in range(MOST_GREETERS):
        name_greeter(member_id=member_of(join(f"g{n}", NOON)).pk, by=village.ada, at=NOON)
    with pytest.raises(TooManyGreeters):
        name_greeter(member_id=member_of(village.ben).pk, by=village.ada, at=NOON)


def test_a_greeter_marks_who_was_greeted_and_takes_it_back(village: Village, eve: Person) -> None:
    name_greeter(member_id=member_of(village.ben).pk, by=village.ada, at=NOON)
    ben, mark = browser(village.ben), f"/inside/newcomers/{member_of(eve).pk}/greeting/"
    assert ">Eve</a>" in ben.get(LIST).content.decode()
    ben.post(mark, {"is": "yes"})
    assert ">Eve</a>" not in ben.get(LIST).content.decode()
    assert "greeted by Ben" in ben.get(LIST, {"show": "all"}).content.decode()
    browser(village.ada).post(mark, {"is": "yes"})
    assert Greeting.objects.get().by == member_of(village.ben), "the first greeting stays"
    ben.post(mark, {"is": "no"})
    assert ">Eve</a>" in ben.get(LIST).content.decode()


def test_whoever_was_greeted_reads_who_marked_it(village: Village, eve: Person) -> None:
    name_greeter(member_id=member_of(village.ben).pk, by=village.ada, at=NOON)
    mark_greeted(member_id=member_of(eve).pk, by=village.ben, at=now())
    mark_greeted(member_id=member_of(eve).pk, by=village.ada, at=now())
    for _twice in range(2):
        unmark_greeted(member_id=member_of(eve).pk, by=village.ada, at=now())
    rows = AuditEntry.objects.filter(about_id=eve.pk, is_by_person=True).order_by("pk")
    assert list(rows.values_list("act", "by_id")) == [
        ("newcomer-greeted", village.ben.pk),
        ("greeting-taken-back", village.ada.pk),
    ]


def test_who_greets_nobody_marks_nobody(village: Village, eve: Person) -> None:
    pk = member_of(eve).pk
    for who in (village.ben, village.dov, eve):
        assert browser(who).get(LIST).status_code == 404
        assert browser(who).post(f"/inside/newcomers/{pk}/greeting/").status_code == 404
        with pytest.raises(NotAllowed):
            mark_greeted(member_id=pk, by=who, at=NOON)
        with pytest.raises(NotAllowed):
            unmark_greeted(member_id=pk, by=who, at=now())
    assert not Greeting.objects.exists()


def test_a_greeter_who_has_left_greets_nobody(village: Village, eve: Person) -> None:
    ben = member_of(village.ben)
    name_greeter(member_id=ben.pk, by=village.ada, at=NOON)
    Member.objects.filter(pk=ben.pk).update(left_at=NOON)
    assert browser(village.ben).get(LIST).headers["Location"] == "/account/leaving/"
    assert "Whom to ask" not in welcome(eve)


def test_who_is_not_new_any_more_is_not_greeted(village: Village) -> None:
    ben = member_of(village.ben).pk
    with pytest.raises(NotNewAnyMore):
        mark_greeted(member_id=ben, by=village.ada, at=NOON + NEW_FOR)
    with pytest.raises(NotFound):
        mark_greeted(member_id=0, by=village.ada, at=NOON)
    assert mark_greeted(member_id=ben, by=village.ada, at=NOON + NEW_FOR - SECOND)
