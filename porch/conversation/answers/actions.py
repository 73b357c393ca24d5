"""The post that answers a question, as its asker says."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.acts import MARKED
from porch.conversation.posts.models import Post
from porch.conversation.topics.facts import AnswerAccepted, AnswerWithdrawn
from porch.conversation.topics.finding import hold_topic, require_in_use
from porch.conversation.topics.models import Kind, Topic
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotAllowed
from porch.people.identity.models import Person


class NotAQuestion(Conflict):
    text = _("Only a question has an answer.")
    hint = _("Nothing was changed.")


class NotYourQuestion(NotAllowed):
    text = _("Whoever asked says what answers it, or those who look after the space.")
    hint = _("Tell them which post you would choose.")


class NoSuchAnswer(Conflict):
    text = _("This post cannot be the answer.")
    hint = _("Choose a post of this topic that was not deleted, and not the question itself.")


@transaction.atomic
def choose_answer(*, topic_id: int, number: int | None, by: Person, at: datetime) -> Topic:
    """Say which post answers a question, or that none does any more.

    Raises ``NotFound``, ``SpaceIsArchived``, ``NotAQuestion``, ``NotYourQuestion`` and ``NoSuchAnswer``.
    """
    held = hold_topic(topic_id, by)
    topic = held.topic
    require_in_use(topic.space)
    if topic.kind != Kind.QUESTION:
        raise NotAQuestion
    if topic.author_id != by.pk and not held.tends:
        raise NotYourQuestion
    if topic.answer == number:
        return topic
    if number is not None and (
        number == 1
        or not Post.objects.filter(
            topic=topic, number=number, deletion__isnull=True, moved_to__isnull=True
        ).exists()
    ):
        raise NoSuchAnswer
    before, topic.answer = topic.answer, number
    topic.save(update_fields=["answer"])
    if topic.author_id != by.pk:
        record(MARKED, by_id=by.pk, about_id=topic.author_id, at=at, topic_id=topic_id)
    if number is None:
        note(AnswerWithdrawn(topic_id=topic_id, number=before or 0, by_person_id=by.pk, at=at))
    else:
        note(AnswerAccepted(topic_id=topic_id, number=number, by_person_id=by.pk, instead_of=before, at=at))
    return topic
