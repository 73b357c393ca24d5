"""Promises as pages list them, and how many were kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from porch.engine.promises.kinds import KINDS, OWN_WORDS
from porch.engine.promises.models import Promise
from porch.engine.promises.states import SHOWN, State
from porch.kit.paging import page_of as slice_of
from porch.kit.refusals import Text

PAGE = 20


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises stand where. ``late`` were broken and made good; they are among the broken."""

    owed: int
    kept: int
    broken: int
    late: int
    withdrawn: int

    @property
    def settled(self) -> int:
        """What the share is taken of: withdrawn ones too, so that withdrawing does not improve it."""
        return self.kept + self.broken + self.withdrawn

    @property
    def all(self) -> int:
        return self.owed + self.settled


def owed_to(person_id: int, *, is_member: bool) -> Q:
    """Say which promises somebody may read: those to themselves, and as a member those to more than one person."""
    own = Q(owed_to_id=person_id)
    return own | ~Q(owed_to="person") if is_member else own


def tally(found: QuerySet[Promise]) -> Tally:
    """Count promises by where they stand."""
    rows = found.order_by().values_list("state").annotate(n=Count("pk"))
    n: dict[str, int] = dict(rows)
    owed, kept, broken, late, withdrawn = (n.get(state, 0) for state in State)
    return Tally(owed, kept, broken + late, late, withdrawn)


def page_of(found: QuerySet[Promise], shown: str, number: int) -> tuple[list[Promise], bool]:
    """Read a page of one filter, with the stories; say too whether there is another page."""
    order = ("due_at", "id") if shown == State.OWED else ("-since", "-id")
    rows = found.filter(state__in=SHOWN[shown]).order_by(*order).prefetch_related("story")
    return slice_of(rows, number, PAGE)


def text_of(owed: Promise) -> Text:
    """Give the words of a promise: its own, or those of its kind. Empty where they were erased or are unknown."""
    kind = KINDS.get(owed.kind)
    return owed.text if kind is OWN_WORDS or kind is None else kind.text


def is_overdue(owed: Promise, *, at: datetime) -> bool:
    """Say whether an open promise is past its time and only not marked yet."""
    return owed.state == State.OWED and owed.due_at < at


def count_overdue(at: datetime) -> int:
    """Count what was not done in time and is not made good yet."""
    late = Q(state=State.OWED, due_at__lt=at) | Q(state=State.BROKEN)
    return Promise.objects.filter(late).count()


def names_in(found: list[Promise]) -> set[int]:
    """Collect the people who are named in these promises and their stories."""
    ids = {each for owed in found for each in (owed.owed_to_id, owed.kept_by_id, owed.promised_by_id)}
    ids |= {step.by_id for owed in found for step in owed.story.all()}
    return {each for each in ids if each is not None}
