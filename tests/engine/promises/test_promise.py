"""Making a promise: what is refused, what is owed to whom, and once for each key."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from porch.engine.promises.actions import DueInThePast, DueTooFarAhead
from porch.engine.promises.kinds import EVERYONE, KINDS, OWN_WORDS, SYSTEM, Kind, Whom, declare
from porch.engine.promises.models import Promise
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong
from tests.engine.promises.owing import DUE, HOUR, MICROSECOND, at_once, facts, owe, state, story
from tests.village import NOON, Village

FILES = Kind("test-files", "Delete what a leaver left", "So that leaving is leaving.", ids=("file_id",))


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Kind:
    monkeypatch.setitem(KINDS, FILES.name, FILES)
    return FILES


def test_what_is_promised_is_owed(db: None) -> None:
    owed = owe(text="  Mend   the roof ")
    assert (owed.text, owed.state, owed.since, owed.due_at) == ("Mend the roof", "owed", NOON, DUE)
    assert facts() == ["PromiseMade"]
    assert story(owed) == []


def test_a_kind_of_code_has_its_text_and_ids(db: None, files: Kind) -> None:
    owed = owe(kind=files, text="ignored", to=EVERYONE, keeper=SYSTEM, file_id=7)
    assert (owed.text, owed.ids, owed.kept_by) == ("", {"file_id": 7}, "system")


def test_ids_that_the_kind_does_not_name_are_a_mistake(db: None, files: Kind) -> None:
    for wrong in ({}, {"file_id": 7, "other_id": 1}, {"file_id": "7"}, {"file_id": True}):
        with pytest.raises(TypeError):
            owe(kind=files, **wrong)


def test_a_kind_that_keeps_the_id_of_a_person_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="a person"):
        declare(Kind("test-someone", "x", "y", ids=("member_id",)))
    KINDS.pop("test-someone")
    with pytest.raises(ValueError, match="twice"):
        declare(Kind(OWN_WORDS.name, "another text", "x"))


def test_the_past_is_refused_and_this_very_moment_is_not(db: None) -> None:
    with pytest.raises(DueInThePast):
        owe(due_at=NOON - MICROSECOND)
    assert owe(due_at=NOON).state == "owed"


def test_more_than_twenty_years_ahead_is_refused(db: None) -> None:
    twenty_years = NOON.replace(year=NOON.year + 20)
    assert owe(due_at=twenty_years).state == "owed"
    with pytest.raises(DueTooFarAhead):
        owe(due_at=twenty_years + timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", LineIsEmpty),
        (" \u200b ", LineIsEmpty),
        ("a\x00b", LineIsNotPlain),
        ("a\x1bb", LineIsNotPlain),
        ("x" * 301, LineIsTooLong),
        ("x" * 5_000_000, LineIsTooLong),
    ],
)
def test_words_that_cannot_be_read_are_refused(text: str, why: type[Exception], db: None) -> None:
    with pytest.raises(why):
        owe(text=text)
    assert not Promise.objects.exists()
    assert facts() == []


def test_one_line_is_made_of_what_was_pasted(db: None) -> None:
    assert owe(text="Mend\nthe \u202eroof").text == "Mend the roof"


def test_twice_with_one_key_is_once(db: None) -> None:
    first = owe(key="roof:7")
    again = owe(key="roof:7", at=NOON + HOUR * 9, due_at=NOON + HOUR * 10)
    assert again == first
    assert Promise.objects.count() == 1
    assert facts() == ["PromiseMade"]


def test_a_key_has_no_room_for_an_address(db: None) -> None:
    with pytest.raises(ValueError, match="key"):
        owe(key="dov@example.org")


def test_a_promise_to_one_person_names_them_and_no_other_does(village: Village) -> None:
    assert owe(to=Whom("person", village.ben.pk)).owed_to_id == village.ben.pk
    for wrong in (Whom("person"), Whom("members", village.ben.pk)):
        with pytest.raises(ValueError, match="one person"):
            owe(to=wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "forgotten"},
        {"due_at": NOON - HOUR},
        {"owed_to": "members", "owed_to_id": 1},
        {"kept_by": "system", "kept_by_id": 1},
    ],
)
def test_the_database_takes_no_other_promise(wrong: dict[str, object], db: None) -> None:
    owed = owe()
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=owed.pk).update(**wrong)
    assert state(owed) == "owed"


@pytest.mark.django_db(transaction=True)
def test_four_at_once_with_one_key_promise_once() -> None:
    came = at_once(*[lambda: owe(key="roof:7").pk] * 4)
    assert len(set(came)) == 1
    assert facts() == ["PromiseMade"]
