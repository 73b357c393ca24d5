"""The beat of a ritual: due by the clock, opened by itself or its keeper, late after the grace, missed at the next."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import begin_topic
from porch.conversation.rituals.facts import RitualAwaited, RitualLateOpened, RitualMissed, RitualOpened
from porch.conversation.rituals.locking import lock_ritual
from porch.conversation.rituals.making import PLACE
from porch.conversation.rituals.models import Beat, Ritual, State
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rules import looked_after_by, reached_by
from porch.engine.facts.noting import note
from porch.kit.apart import each_apart
from porch.kit.refusals import Conflict, NotAllowed, NotFound, Refusal
from porch.people.identity.models import Person

MOST_AT_ONCE = 50
# Of a long time in which nobody looked, this many beats are written down as missed; the rest nobody would read.
MOST_MISSED = 60


class NothingIsDue(Conflict):
    text = _("Nothing is to be opened now.")
    hint = _("Somebody may have opened it already. The next time stands on the page.")


class NotTheKeeper(NotAllowed):
    text = _("Its keeper opens it, or those who look after the space.")
    hint = _("Remind them, if it is time.")


def beat_due(*, at: datetime, hold: bool = False) -> int:
    """Go on with every ritual that is due; give how many. ``hold`` says that the clock is in doubt."""
    if hold:
        return 0
    due = Ritual.objects.filter(next_at__lte=at).order_by("next_at").values_list("pk", flat=True)
    return sum(each_apart(list(due[:MOST_AT_ONCE]), lambda pk: beat_if_due(ritual_id=pk, at=at)))


@transaction.atomic
def beat_if_due(*, ritual_id: int, at: datetime) -> bool:
    """Go on with one ritual unless another worker was quicker; say whether it was just that.

    What was passed over is missed; only the newest time is opened or waited for. All of it stands, or nothing of it.
    """
    ritual = lock_ritual(ritual_id)
    if ritual.next_at is None or ritual.next_at > at:
        return False
    *before, newest = times_until(ritual, at)
    ritual.next_at = ritual.rhythm.after(at)
    ritual.save(update_fields=["next_at"])
    if Space.objects.filter(pk=ritual.space_id, archived_at__isnull=False).exists():
        return True
    miss_what_is_due(ritual, at)
    for due_at in before[-MOST_MISSED:]:
        miss(Beat(ritual=ritual, due_at=due_at), at)
    beat = Beat.objects.create(ritual=ritual, due_at=newest)
    if ritual.opens_itself:
        open_by_itself(ritual, beat, at)
    else:
        note(
            RitualAwaited(
                ritual_id=ritual.pk, space_id=ritual.space_id, keeper_member_id=ritual.keeper_id, at=at
            )
        )
    return True


def times_until(ritual: Ritual, at: datetime) -> Iterator[datetime]:
    """Give the times at which a ritual was due and nobody has looked yet, the oldest first; at least one."""
    due = ritual.next_at
    while due is not None and due <= at:
        yield due
        due = ritual.rhythm.after(due)


def open_by_itself(ritual: Ritual, beat: Beat, at: datetime) -> None:
    """Open a beat in the name of whoever made the ritual; where they may not write there any more, it is missed."""
    try:
        if ritual.made_by is None:
            raise NotFound
        with transaction.atomic():
            open_beat(ritual, beat, by=ritual.made_by, at=at)
    except Refusal:
        miss(beat, at)


@transaction.atomic
def open_ritual(*, ritual_id: int, by: Person, at: datetime, source: str = "") -> Post:
    """Open what a ritual waits for, with its own text or another: its keeper may, and those who look after the space.

    Raises ``NotFound``, ``NotTheKeeper``, ``NothingIsDue`` and what ``begin_topic`` does.
    """
    ritual = lock_ritual(ritual_id)
    space = Space.objects.filter(reached_by(by.pk), pk=ritual.space_id)
    if not space.exists():
        raise NotFound
    is_keeper = ritual.keeper is not None and ritual.keeper.person_id == by.pk
    if not is_keeper and not space.filter(looked_after_by(by.pk)).exists():
        raise NotTheKeeper
    beat = ritual.beats.filter(state=State.DUE).first()
    if beat is None:
        raise NothingIsDue
    return open_beat(ritual, beat, by=by, at=at, source=source)


def open_beat(ritual: Ritual, beat: Beat, *, by: Person, at: datetime, source: str = "") -> Post:
    """Begin the topic of a beat, under the next number."""
    number = ritual.number + 1
    title = title_of_next(ritual)
    post = begin_topic(space_id=ritual.space_id, title=title, source=source or ritual.source, by=by, at=at)
    is_late = at > beat.due_at + timedelta(hours=ritual.grace_hours)
    beat.state, beat.number = State.LATE if is_late else State.KEPT, number
    beat.topic_id, beat.opened_at = post.topic_id, at
    beat.save()
    ritual.number = number
    ritual.save(update_fields=["number"])
    kind = RitualLateOpened if is_late else RitualOpened
    note(kind(ritual_id=ritual.pk, space_id=ritual.space_id, topic_id=post.topic_id, at=at))
    return post


def title_of_next(ritual: Ritual) -> str:
    """Write the title of the next topic of a ritual."""
    return ritual.title.replace(PLACE, str(ritual.number + 1), 1)


def miss_what_is_due(ritual: Ritual, at: datetime) -> None:
    """Call missed what was waited for until now."""
    for beat in ritual.beats.filter(state=State.DUE):
        miss(beat, at)


def miss(beat: Beat, at: datetime) -> None:
    """Write down that a beat was missed."""
    beat.state, beat.number, beat.topic_id, beat.opened_at = State.MISSED, None, None, None
    beat.save()
    note(RitualMissed(ritual_id=beat.ritual_id, space_id=beat.ritual.space_id, at=at))
