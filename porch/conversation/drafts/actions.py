"""Drafts: kept while somebody writes, and gone when it is posted. They note no fact: what is not said is nobody's."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField, F, Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.drafts.models import Draft
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.models import LONGEST_TITLE, Kind, Topic
from porch.kit.markdown.limits import MOST_CHARACTERS, TextIsTooLong
from porch.kit.prepared_models import PreparedModel
from porch.kit.refusals import Conflict, NotFound
from porch.kit.text import NOT_TEXT
from porch.people.identity.models import Person

MOST_DRAFTS = 200
IN_TOPIC = PreparedModel(
    lambda person, topic: Draft.objects.filter(person_id=person, topic_id=topic),
    person=BigIntegerField(),
    topic=BigIntegerField(),
)


class TooManyDrafts(Conflict):
    text = _("You have %(most)s drafts; no more are kept.")
    hint = _("Post some of them, or discard them under Your drafts.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft is for: a topic, or a space for a new topic."""

    topic_id: int | None = None
    space_id: int | None = None

    def require_reached(self, by: Person) -> None:
        """Refuse what somebody does not reach. Raises ``NotFound``."""
        if self.topic_id is not None:
            found = Topic.objects.filter(reached_by(by.pk, "space__"), pk=self.topic_id).exists()
        else:
            found = Space.objects.filter(reached_by(by.pk), pk=self.space_id or 0).exists()
        if not found:
            raise NotFound

    def draft_of(self, person_id: int) -> Q:
        """Select what somebody is writing there."""
        return Q(person_id=person_id, topic_id=self.topic_id, space_id=self.space_id)


@dataclass(frozen=True, slots=True)
class Words:
    source: str
    title: str = ""
    kind: str = ""

    def clean(self) -> dict[str, str]:
        """Give the words as they are kept: with plain line ends, and without what no database holds."""
        return {
            "source": plain_ends(self.source),
            "title": NOT_TEXT.sub("", self.title)[:LONGEST_TITLE],
            "kind": self.kind if self.kind in Kind.values else "",
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept now: its version, 0 where nothing is, and whether this wording stands beside another device's."""

    version: int
    is_beside: bool = False


@transaction.atomic
def keep_draft(*, place: Place, words: Words, version: int, by: Person, at: datetime) -> Kept:
    """Keep what somebody is writing; ``version`` is what their device saw, 0 for nothing. Nothing written is no draft.

    Where another device was first, this wording is kept beside its. Raises ``NotFound``, ``TextIsTooLong`` and
    ``TooManyDrafts``.
    """
    if len(words.source) > MOST_CHARACTERS:
        raise TextIsTooLong(length=len(words.source), most=MOST_CHARACTERS)
    place.require_reached(by)
    said = words.clean()
    mine = Draft.objects.filter(place.draft_of(by.pk))
    if not said["source"].strip() and not said["title"].strip():
        mine.filter(version=version, beside="").delete()
        return Kept(0)
    if mine.filter(version=version).update(**said, version=version + 1, at=at):
        return Kept(version + 1)
    if version == 0:
        require_room(by)
        new = Draft(person=by, topic_id=place.topic_id, space_id=place.space_id, **said, at=at)
        # Two devices may begin in one moment: one of them finds the other's.
        Draft.objects.bulk_create([new], ignore_conflicts=True)
    found = mine.first()
    if found is None or (found.source, found.title) == (said["source"], said["title"]):
        return Kept(found.version if found else 0)
    mine.update(beside=said["source"])
    return Kept(version, is_beside=True)


@transaction.atomic
def discard_draft(*, place: Place, by: Person) -> None:
    """Let go of what somebody was writing, on whichever device."""
    Draft.objects.filter(place.draft_of(by.pk)).delete()


def drop_posted(*, place: Place, source: str, version: int, by: Person) -> None:
    """Let go of a draft that was posted. What another device wrote since, or beside it, stays."""
    # Most who reply have none there.
    if place.topic_id is None or IN_TOPIC.first(person=by.pk, topic=place.topic_id) is not None:
        drop_draft(place, source, version, by)


@transaction.atomic
def drop_draft(place: Place, source: str, version: int, by: Person) -> None:
    """Let go of a draft with these words or of this version, or of the part of it that has them."""
    posted = Q(version=version) | Q(source=plain_ends(source))
    mine = Draft.objects.filter(place.draft_of(by.pk) & posted)
    mine.filter(beside="").delete()
    mine.update(source=F("beside"), beside="", version=F("version") + 1)


def require_room(by: Person) -> None:
    """Refuse more drafts than anybody writes. Raises ``TooManyDrafts``."""
    if Draft.objects.filter(person=by).count() >= MOST_DRAFTS:
        raise TooManyDrafts(most=MOST_DRAFTS)


def plain_ends(text: str) -> str:
    """Give a text with plain line ends, without what no database holds."""
    return NOT_TEXT.sub("", text.replace("\r\n", "\n"))
