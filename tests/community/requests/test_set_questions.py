"""What a circle asks is set by whoever looks after circles, as a whole."""

import pytest
from django.test import Client

from porch.community.requests.models import Question
from porch.community.requests.questions import (
    MOST_QUESTIONS,
    AskedTwice,
    TooManyQuestions,
    Wording,
    set_questions,
)
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import BadInput
from tests.community.requests.wishes import ask_what, make_circle, whole
from tests.village import NOON, Village, add_steward, browser

PAGE = "/inside/circles/community/questions/"


def texts() -> list[tuple[str, bool]]:
    return list(Question.objects.order_by("position").values_list("text", "is_required"))


def test_they_are_set_in_their_order_and_leave_a_trace(village: Village) -> None:
    sol = add_steward()
    set_questions(circle=whole(), questions=[Wording(" Why  us? "), Wording("Else?", False)], by=sol, at=NOON)
    assert texts() == [("Why us?", True), ("Else?", False)]
    assert AuditEntry.objects.get(act="questions-set").by_id == sol.pk


def test_what_stays_word_for_word_keeps_its_number(village: Village) -> None:
    circle = whole()
    why, gone = ask_what(circle, "Why?"), ask_what(circle, "Gone?")
    other = ask_what(make_circle(), "Why?")
    set_questions(circle=circle, questions=[Wording("New?"), Wording("Why?")], by=village.ada, at=NOON)
    why.refresh_from_db()
    assert why.position == 2
    assert not Question.objects.filter(pk=gone.pk).exists()
    assert Question.objects.filter(pk=other.pk).exists()
    set_questions(circle=circle, questions=[Wording("Why?", False)], by=village.ada, at=NOON)
    assert not Question.objects.filter(pk=why.pk).exists(), (
        "whether it needs an answer is part of the question"
    )


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ([Wording(f"{n}?") for n in range(MOST_QUESTIONS + 1)], TooManyQuestions),
        ([Wording("Why?"), Wording(" Why? ", False)], AskedTwice),
        ([Wording("x" * 301)], BadInput),
        ([Wording("a\x00")], BadInput),
    ],
)
def test_what_does_not_fit_changes_nothing(village: Village, given: list[Wording], refusal: type) -> None:
    circle = whole()
    ask_what(circle)
    with pytest.raises(refusal):
        set_questions(circle=circle, questions=given, by=village.ada, at=NOON)
    assert texts() == [("Why?", True)]


def test_only_those_with_the_right_set_them(village: Village) -> None:
    circle = whole()
    for person in (village.ben, village.dov):
        with pytest.raises(NeedsRight):
            set_questions(circle=circle, questions=[Wording("Why?")], by=person, at=NOON)
        assert browser(person).post(PAGE, {"text-0": "Why?"}).status_code == 404
    assert browser().post(PAGE, {"text-0": "Why?"}).status_code == 403
    assert texts() == []


def test_the_page_sorts_by_place_and_drops_what_is_empty(village: Village, ada: Client) -> None:
    whole()
    form = {
        "text-0": "Last?",
        "place-0": "9",
        "text-1": " ",
        "text-2": "First?",
        "required-2": "yes",
        "place-2": "1",
    }
    assert "The questions are saved" in ada.post(PAGE, form, follow=True).content.decode()
    assert texts() == [("First?", True), ("Last?", False)]
    answer = ada.post(PAGE, {"text-0": "Twice?", "text-1": "Twice?", "place-1": "²"})
    assert (answer.status_code, answer.content.decode().count('value="Twice?"')) == (422, 2)
    assert ada.get("/inside/circles/nothing/questions/").status_code == 404
