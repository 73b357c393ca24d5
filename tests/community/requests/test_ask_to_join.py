"""Whoever wants in asks once, answers what is asked, and may take it back."""

import pytest
from django.db import IntegrityError, transaction

from porch.community.circles.models import Circle, WayIn
from porch.community.joining.actions import NotYetAMember
from porch.community.requests.actions import (
    AlreadyAsked,
    AlreadyIn,
    OnlyByInvitation,
    RequestIsClosed,
    ask_to_join,
    withdraw_request,
)
from porch.community.requests.answers import (
    AnswerIsMissing,
    AnswerIsNotPlain,
    AnswerIsTooLong,
    QuestionsChanged,
)
from porch.community.requests.models import LIFE, JoinRequest, State
from porch.engine.facts.models import CommunityFactRow
from porch.kit.refusals import NotFound
from tests.community.requests.wishes import LATER, ask_what, asked, at_once, is_member, make_circle, whole
from tests.village import NOON, Village, build_village


def test_somebody_outside_asks_and_is_not_in_yet(village: Village) -> None:
    wish = asked(village.dov, whole())
    assert (wish.state, wish.expires_at, is_member(village.dov)) == (State.ASKED, NOON + LIFE, False)
    assert CommunityFactRow.objects.latest("pk").ids == {
        "request_id": wish.pk,
        "circle_id": wish.circle_id,
        "person_id": village.dov.pk,
    }


def test_answers_keep_the_words_of_their_questions(village: Village) -> None:
    circle = whole()
    why, more = ask_what(circle, "Why?"), ask_what(circle, "Anything else?", is_required=False)
    wish = ask_to_join(
        person=village.dov, circle=circle, answers={why.pk: " For\r\n\r\nthe  food ", more.pk: " "}, at=NOON
    )
    why.delete()
    assert [(each.question, each.text) for each in wish.answers.all()] == [("Why?", "For\n\nthe food")]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("", AnswerIsMissing),
        ("  \n ", AnswerIsMissing),
        ("\u200b", AnswerIsMissing),
        ("x" * 2001, AnswerIsTooLong),
        ("a\x00b", AnswerIsNotPlain),
    ],
)
def test_an_answer_that_does_not_fit_names_its_question(village: Village, said: str, refusal: type) -> None:
    circle = whole()
    why = ask_what(circle)
    with pytest.raises(refusal, match="Why") as caught:
        ask_to_join(person=village.dov, circle=circle, answers={why.pk: said}, at=NOON)
    assert caught.value.question_id == why.pk
    assert not JoinRequest.objects.exists()


def test_questions_that_changed_meanwhile_are_shown_anew(village: Village) -> None:
    circle = whole()
    why = ask_what(circle)
    for answers in ({}, {why.pk: "a", why.pk + 1: "b"}, {why.pk + 1: "b"}):
        with pytest.raises(QuestionsChanged):
            ask_to_join(person=village.dov, circle=circle, answers=answers, at=NOON)


def test_one_asks_once_at_a_time(village: Village) -> None:
    circle = whole()
    asked(village.dov, circle)
    with pytest.raises(AlreadyAsked):
        asked(village.dov, circle, LATER)


def test_where_one_is_in_there_is_nothing_to_ask(village: Village) -> None:
    for circle in (whole(), make_circle("readers", village.ben)):
        with pytest.raises(AlreadyIn):
            asked(village.ben, circle)


def test_by_invitation_only_means_it(village: Village) -> None:
    with pytest.raises(OnlyByInvitation, match="Ask a member"):
        asked(village.dov, whole(way_in=WayIn.INVITE))


def test_only_members_ask_for_a_circle_inside(village: Village) -> None:
    with pytest.raises(NotYetAMember):
        asked(village.dov, make_circle())
    assert asked(village.ben, make_circle("cooks")).state == State.ASKED


def test_a_hidden_circle_is_not_there_for_those_outside(village: Village) -> None:
    circle = make_circle("secret", village.ada, is_hidden=True)
    for person in (village.ben, village.dov):
        with pytest.raises(NotFound):
            asked(person, circle)


def test_an_open_circle_that_wants_vouches_asks_nothing(village: Village) -> None:
    circle = whole(way_in=WayIn.OPEN, vouches=1)
    ask_what(circle)
    wish = ask_to_join(person=village.dov, circle=circle, answers={}, word=" Met  at the fair ", at=NOON)
    assert (wish.state, wish.note) == (State.VOUCHES, "Met at the fair")


def test_withdrawing_is_for_whoever_asked(village: Village) -> None:
    wish = asked(village.dov, whole())
    for person in (village.ada, village.ben):
        with pytest.raises(NotFound):
            withdraw_request(request_id=wish.pk, by=person, at=LATER)
    with pytest.raises(NotFound):
        withdraw_request(request_id=wish.pk + 1, by=village.dov, at=LATER)
    wish = withdraw_request(request_id=wish.pk, by=village.dov, at=LATER)
    assert (wish.state, wish.closed_at) == (State.WITHDRAWN, LATER)
    with pytest.raises(RequestIsClosed):
        withdraw_request(request_id=wish.pk, by=village.dov, at=LATER)
    assert asked(village.dov, Circle.objects.get(is_whole=True), LATER).state == State.ASKED


def test_the_database_holds_to_it(village: Village) -> None:
    wish = asked(village.dov, whole())
    for wrong in (
        {"state": "lost"},
        {"way": "window"},
        {"closed_at": NOON},
        {"expires_at": None},
        {"state": State.SEAT, "expires_at": None},
        {"state": State.DECLINED, "closed_at": NOON, "expires_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            JoinRequest.objects.filter(pk=wish.pk).update(**wrong)
    with pytest.raises(IntegrityError, match=r"one_open_request|UNIQUE"), transaction.atomic():
        JoinRequest.objects.create(
            circle_id=wish.circle_id,
            person=village.dov,
            way="request",
            state="asked",
            asked_at=NOON,
            expires_at=NOON,
        )


@pytest.mark.django_db(transaction=True)
def test_asking_twice_at_once_is_asking_once() -> None:
    village = build_village()
    circle = whole()
    came = at_once(*[lambda: asked(village.dov, circle)] * 2)
    assert AlreadyAsked in came
    assert JoinRequest.objects.count() == 1
