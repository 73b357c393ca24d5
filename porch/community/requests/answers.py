"""What a circle asks, and what is answered: read whole or refused at the first that does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.requests.models import Question
from porch.kit.refusals import BadInput, Conflict
from porch.kit.text import NOT_TEXT, UNSEEN, clean_line

MOST_ANSWER = 2_000


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with its question, both as they are kept."""

    question: str
    text: str


class OfAQuestion(BadInput):
    """What does not fit in one answer; ``question_id`` says in which."""

    def __init__(self, question: Question, **values: object) -> None:
        super().__init__(question=question.text, **values)
        self.question_id = question.pk


class AnswerIsMissing(OfAQuestion):
    text = _("“%(question)s” needs an answer.")
    hint = _("A few words will do.")


class AnswerIsTooLong(OfAQuestion):
    text = _("The answer to “%(question)s” has %(length)s characters; at most %(most)s fit.")
    hint = _("Shorten it.")


class AnswerIsNotPlain(OfAQuestion):
    text = _("The answer to “%(question)s” holds a character that is not writing.")
    hint = _("Type it in instead of pasting it.")


class QuestionsChanged(Conflict):
    text = _("The questions were changed while you were writing.")
    hint = _("They stand below as they are now. What you wrote to those that stayed is still there.")


def questions_of(circle: Circle) -> list[Question]:
    """Give what a circle asks, in its order."""
    return list(Question.objects.filter(circle=circle).order_by("position", "id"))


def read_answers(circle: Circle, answers: Mapping[int, str]) -> list[Given]:
    """Read answers by the numbers of their questions; what may be left empty and is, is left out."""
    asked = questions_of(circle)
    if {each.pk for each in asked} != set(answers):
        raise QuestionsChanged
    read = [(each, read_one(each, answers[each.pk])) for each in asked]
    return [Given(question.text, text) for question, text in read if text]


def read_one(question: Question, said: str) -> str:
    """Read one answer: lines of plain writing, without empty ones at its ends."""
    said = UNSEEN.sub("", said.replace("\r\n", "\n")).strip()
    if len(said) > MOST_ANSWER:
        raise AnswerIsTooLong(question, length=len(said), most=MOST_ANSWER)
    if NOT_TEXT.search(said):
        raise AnswerIsNotPlain(question)
    lines = [
        clean_line(line, most=MOST_ANSWER, name=_("answer")) if line.strip() else ""
        for line in said.split("\n")
    ]
    if question.is_required and not said:
        raise AnswerIsMissing(question)
    return "\n".join(lines)
