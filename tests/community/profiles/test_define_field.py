"""Stewards say what members are asked, with what it is for; what was answered keeps to that."""

from datetime import timedelta

import pytest

from porch.community.profiles.defining import (
    KEPT,
    MOST_FIELDS,
    Asked,
    ChoiceIsTaken,
    ChoicesAreMissing,
    PurposeIsPromised,
    TooManyFields,
    change_field,
    define_field,
    drop_retired_fields,
    restore_field,
    retire_field,
)
from porch.community.profiles.models import ProfileAnswer, ProfileField, ProfileTerm
from porch.community.profiles.search import by_terms, find, seen_by
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import BadInput, NotFound
from porch.kit.text import LineIsEmpty
from tests.community.profiles.asking import PURPOSE, ask, member_of, tell
from tests.village import NOON, Village, add_steward, browser

SECOND = timedelta(seconds=1)
FORM = {
    "title": "Interests",
    "purpose": PURPOSE,
    "kind": "interests",
    "visibility": "members",
    "choose": "yes",
}


def test_a_steward_asks_something_and_it_is_recorded(village: Village) -> None:
    sol = add_steward()
    answer = browser(sol).post("/inside/profile-fields/new/", FORM)
    assert answer.headers["Location"] == "/inside/profile-fields/"
    field = ProfileField.objects.get()
    assert (field.title, field.kind, field.is_theirs_to_choose) == ("Interests", "interests", True)
    entry = AuditEntry.objects.get(act="profile-field-defined")
    assert (entry.by_id, entry.ids) == (sol.pk, {"field_id": field.pk})
    assert PURPOSE in browser(village.ben).get("/account/profile/").content.decode()


def test_nobody_else_does(village: Village) -> None:
    field = ask(village)
    asked = Asked(title="A", purpose="B", kind="line")
    for who in (village.ben, village.dov):
        assert browser(who).get("/inside/profile-fields/").status_code == 404
        with pytest.raises(NeedsRight):
            define_field(asked=asked, by=who, at=NOON)
        with pytest.raises(NeedsRight):
            change_field(field_id=field.pk, asked=asked, by=who, at=NOON)
        with pytest.raises(NeedsRight):
            retire_field(field_id=field.pk, by=who, at=NOON)
    assert ProfileField.objects.get().title == "Interests"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"title": " "}, LineIsEmpty),
        ({"purpose": ""}, LineIsEmpty),
        ({"kind": "secret"}, BadInput),
        ({"visibility": "everyone"}, BadInput),
        ({"kind": "choice", "choices": "only one"}, ChoicesAreMissing),
    ],
)
def test_what_makes_no_sense_is_refused(
    changed: dict[str, str], why: type[Exception], village: Village
) -> None:
    asked = Asked(**{"title": "A", "purpose": "B", "kind": "line", **changed})
    with pytest.raises(why):
        define_field(asked=asked, by=village.ada, at=NOON)
    assert browser(village.ada).post("/inside/profile-fields/new/", {**FORM, **changed}).status_code == 422
    assert not ProfileField.objects.exists()


def test_there_is_a_most_of_them(village: Village) -> None:
    for _n in range(MOST_FIELDS):
        ask(village, "line")
    with pytest.raises(TooManyFields):
        ask(village, "line")


def test_a_purpose_stays_once_somebody_has_answered(village: Village) -> None:
    field = ask(village)
    change = Asked(title="Loves", purpose="For a study.", kind="interests")
    change_field(field_id=field.pk, asked=change, by=village.ada, at=NOON)
    tell(village.ben, field, "chess")
    for other in ("For advertisers.", PURPOSE):
        asked = Asked(title="Loves", purpose=other, kind="interests")
        with pytest.raises(PurposeIsPromised):
            change_field(field_id=field.pk, asked=asked, by=village.ada, at=NOON)
    asked = Asked(title="Loves", purpose="For a study.", kind="line")
    with pytest.raises(PurposeIsPromised):
        change_field(field_id=field.pk, asked=asked, by=village.ada, at=NOON)


@pytest.mark.parametrize("words", [{"title": "Debts"}, {"help": "With whom?"}])
def test_no_answer_comes_to_stand_under_another_question(village: Village, words: dict[str, str]) -> None:
    field = ask(village)
    tell(village.ben, field, "chess")
    asked = Asked(**{"title": field.title, "purpose": field.purpose, "kind": field.kind, **words})
    with pytest.raises(PurposeIsPromised):
        change_field(field_id=field.pk, asked=asked, by=village.ada, at=NOON)
    page = browser(village.ada).post(f"/inside/profile-fields/{field.pk}/", {**FORM, **words})
    assert (page.status_code, "Stop asking this" in page.text) == (409, True)
    ProfileAnswer.objects.all().delete()
    assert change_field(field_id=field.pk, asked=asked, by=village.ada, at=NOON)


def test_a_wider_field_shows_no_earlier_answer_to_more(village: Village) -> None:
    field = ask(village, visibility="stewards", is_theirs_to_choose=False)
    tell(village.ben, field, "chess")
    wide = Asked(title="Interests", purpose=PURPOSE, kind="interests", is_theirs_to_choose=False)
    change_field(field_id=field.pk, asked=wide, by=village.ada, at=NOON)
    tell(village.ben, field, "chess, go")
    assert ProfileAnswer.objects.get().visibility == "stewards"


def test_a_choice_that_somebody_made_stays(village: Village) -> None:
    field = ask(village, "choice", "Tea", choices="black\ngreen\n")
    tell(village.ben, field, "green")
    asked = Asked(title="Tea", purpose=PURPOSE, kind="choice", choices="black\nwhite")
    with pytest.raises(ChoiceIsTaken):
        change_field(field_id=field.pk, asked=asked, by=village.ada, at=NOON)


def test_what_is_retired_is_shown_and_found_no_more_and_comes_back(village: Village) -> None:
    field = ask(village)
    tell(village.ben, field, "chess")
    ben = member_of(village.ben)
    sought = [by_terms("interests", ["chess"], seen_by(for_stewards=True))]
    assert find(sought).ids == [ben.pk]
    browser(village.ada).post(f"/inside/profile-fields/{field.pk}/retirement/", {"is": "yes"})
    assert find(sought).ids == []
    assert "chess" not in browser(village.ada).get(f"/inside/members/{ben.pk}/").content.decode()
    assert "chess" in browser(village.ben).get("/account/profile/").content.decode(), "it is still theirs"
    browser(village.ada).post(f"/inside/profile-fields/{field.pk}/retirement/", {"is": "no"})
    assert find(sought).ids == [ben.pk]


def test_its_member_can_remove_an_answer_that_is_asked_no_more(village: Village) -> None:
    field = ask(village)
    tell(village.ben, field, "chess")
    retire_field(field_id=field.pk, by=village.ada, at=NOON)
    for who in (village.ada, village.dov, None):
        browser(who).post(f"/account/profile/answers/{field.pk}/removal/")
    assert ProfileAnswer.objects.count() == 1
    browser(village.ben).post(f"/account/profile/answers/{field.pk}/removal/")
    assert not ProfileAnswer.objects.exists()


def test_it_goes_after_thirty_days_to_the_second(village: Village) -> None:
    field = ask(village)
    tell(village.ben, field, "chess")
    retire_field(field_id=field.pk, by=village.ada, at=NOON)
    assert drop_retired_fields(at=NOON + KEPT - SECOND, hold=False) == 0
    assert drop_retired_fields(at=NOON + KEPT, hold=True) == 0, "not while the clock is in doubt"
    with pytest.raises(NotFound):
        restore_field(field_id=field.pk, by=village.ada, at=NOON + KEPT)
    assert drop_retired_fields(at=NOON + KEPT, hold=False) == 1
    assert not ProfileAnswer.objects.exists()
    assert not ProfileTerm.objects.exists()


def test_until_the_last_second_it_can_be_asked_again(village: Village) -> None:
    field = ask(village)
    retire_field(field_id=field.pk, by=village.ada, at=NOON)
    restore_field(field_id=field.pk, by=village.ada, at=NOON + KEPT - SECOND)
    with pytest.raises(NotFound):
        restore_field(field_id=field.pk, by=village.ada, at=NOON)
