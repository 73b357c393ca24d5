"""What a circle asks of those who want in, edited as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.joining.actions import lock_circle
from porch.community.requests.acts import QUESTIONS_SET
from porch.community.requests.answers import questions_of
from porch.community.requests.models import Question
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.kit.refusals import BadInput
from porch.kit.text import clean_line
from porch.people.identity.models import Person

MOST_QUESTION = 300
MOST_QUESTIONS = 12


class TooManyQuestions(BadInput):
    text = _("These are %(n)s questions; at most %(most)s fit.")
    hint = _("Whoever has to answer many gives up: ask what you decide by.")


class AskedTwice(BadInput):
    text = _("“%(question)s” is asked twice.")
    hint = _("Leave one of them empty.")


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is to be asked."""

    text: str
    is_required: bool = True


@transaction.atomic
def set_questions(
    *, circle: Circle, questions: Sequence[Wording], by: Person, at: datetime
) -> list[Question]:
    """Set what a circle asks, in this order. What stays word for word keeps its row, so that open pages still fit.

    Raises ``NeedsRight``, ``TooManyQuestions`` and ``AskedTwice``, and what is said of lines.
    """
    require(by.pk, MANAGE_CIRCLES, circle.pk)
    wanted = [
        Wording(clean_line(each.text, most=MOST_QUESTION, name=_("question")), each.is_required)
        for each in questions
    ]
    if len(wanted) > MOST_QUESTIONS:
        raise TooManyQuestions(n=len(wanted), most=MOST_QUESTIONS)
    texts = [each.text for each in wanted]
    for text in texts:
        if texts.count(text) > 1:
            raise AskedTwice(question=text)
    circle = lock_circle(circle.pk)
    there = {(each.text, each.is_required): each for each in questions_of(circle)}
    kept = [there[key].pk for each in wanted if (key := (each.text, each.is_required)) in there]
    Question.objects.filter(circle=circle).exclude(pk__in=kept).delete()
    for n, each in enumerate(wanted, 1):
        same = there.get((each.text, each.is_required)) or Question(circle=circle)
        same.position, same.text, same.is_required = n, each.text, each.is_required
        same.save()
    record(QUESTIONS_SET, by_id=by.pk, at=at, circle_id=circle.pk)
    return questions_of(circle)
