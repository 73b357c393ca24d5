"""The audit as pages list it."""

from django.db.models import QuerySet

from porch.engine.audit.acts import ACTS
from porch.engine.audit.models import AuditEntry
from porch.kit.paging import page_of as slice_of
from porch.kit.refusals import Text

PAGE = 30
MOST_ACTORS = 200


def entries(
    *, by_id: int | None = None, about_id: int | None = None, act: str = "", by_line: bool = False
) -> QuerySet[AuditEntry]:
    """Give the entries that fit all that is asked for, the newest first; ``by_line`` asks for the command line's."""
    found = AuditEntry.objects.order_by("-id")
    if by_line:
        found = found.filter(is_by_person=False)
    if by_id is not None:
        found = found.filter(by_id=by_id)
    if about_id is not None:
        found = found.filter(about_id=about_id)
    return found.filter(act=act) if act else found


def page_of(found: QuerySet[AuditEntry], number: int) -> tuple[list[AuditEntry], bool]:
    """Read a page, and say whether there is another."""
    return slice_of(found, number, PAGE)


def actors() -> list[int]:
    """Give the people who stand in the audit as those who acted."""
    ids = AuditEntry.objects.exclude(by_id=None).order_by("by_id").values_list("by_id", flat=True).distinct()
    return [each for each in ids[:MOST_ACTORS] if each is not None]


def text_of(entry: AuditEntry) -> Text:
    """Give the words of an act; one that this version does not know is shown by its name."""
    act = ACTS.get(entry.act)
    return entry.act if act is None else act.text


def names_in(found: list[AuditEntry]) -> set[int]:
    """Collect the people who are named in these entries."""
    return {each for entry in found for each in (entry.by_id, entry.about_id) if each is not None}
