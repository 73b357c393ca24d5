"""Drafts: kept while somebody writes, and gone when it is posted. They note no fact: what is not said is nobody's."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.drafts.models import Draft
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.models import LONGEST_TITLE, Kind, Topic
from porch.kit.markdown.limits import MOST_CHARACTERS, TextIsTooLong
from porch.kit.refusals import Conflict, NotFound
from porch.kit.text import NOT_TEXT
from porch.people.identity.models import Person

MOST_DRAFTS = 200


class TooManyDrafts(Conflict):
    text = _("You have %(most)s drafts; no more are kept.")
    hint = _("Post some of them, or discard them under Your drafts.")


class DraftIsElsewhere(Conflict):
    text = _("Another device kept something else here meanwhile.")
    hint = _("Both wordings are kept: load the page anew to see them.")


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
            found = Space.objects.filter(reached_by(by.pk), pk=self.space_id).exists()
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


@transaction.atomic
def keep_draft(*, place: Place, words: Words, version: int, by: Person, at: datetime) -> Draft | None:
    """Keep what somebody is writing; ``version`` is what their device saw, 0 for nothing. Nothing written is no draft.

    Where another device was first, this wording is kept beside. Raises ``NotFound``, ``TextIsTooLong``,
    ``TooManyDrafts`` and ``DraftIsElsewhere``, which leaves both kept.
    """
    if len(words.source) > MOST_CHARACTERS:
        raise TextIsTooLong(length=len(words.source), most=MOST_CHARACTERS)
    place.require_reached(by)
    said = {
        "source": NOT_TEXT.sub("", words.source),
        "title": NOT_TEXT.sub("", words.title)[:LONGEST_TITLE],
        "kind": words.kind if words.kind in Kind.values else "",
    }
    mine = Draft.objects.filter(place.draft_of(by.pk))
    if not words.source.strip() and not words.title.strip():
        mine.filter(version=version, beside="").delete()
        return None
    if mine.filter(version=version).update(**said, version=F("version") + 1, at=at):
        return mine.get()
    if version == 0:
        if Draft.objects.filter(person=by).count() >= MOST_DRAFTS:
            raise TooManyDrafts(most=MOST_DRAFTS)
        new = Draft(person=by, topic_id=place.topic_id, space_id=place.space_id, **said, at=at)
        # Two devices may begin in one moment: one of them finds the other's.
        Draft.objects.bulk_create([new], ignore_conflicts=True)
    found = mine.first()
    if found is not None and (found.source, found.title) != (said["source"], said["title"]):
        mine.update(beside=said["source"])
    return found


@transaction.atomic
def discard_draft(*, place: Place, by: Person, version: int | None = None) -> None:
    """Let go of what somebody was writing. With a version, only of that: what another device wrote since stays."""
    mine = Draft.objects.filter(place.draft_of(by.pk))
    if version is None:
        mine.delete()
        return
    mine.filter(version=version, beside="").delete()
    mine.filter(version=version).update(source=F("beside"), beside="", version=F("version") + 1)
