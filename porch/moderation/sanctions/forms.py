"""What a form says is to happen to a member, read into a sentence."""

from datetime import datetime, timedelta

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porch.moderation.sanctions.actions import NoSuchSanction, Sentence
from porch.moderation.sanctions.models import Sanction

SPANS: dict[str, tuple[Promise, timedelta | None]] = {
    "1": (_("a day"), timedelta(days=1)),
    "3": (_("3 days"), timedelta(days=3)),
    "7": (_("a week"), timedelta(days=7)),
    "30": (_("30 days"), timedelta(days=30)),
    "365": (_("a year"), timedelta(days=365)),
    "": (_("until it is lifted (only a removal)"), None),
}


def sentence_in(form: QueryDict, at: datetime) -> Sentence | None:
    """Read what is to happen to a member; None where nothing is. Raises ``NoSuchSanction``."""
    kind = form.get("sanction", "")
    if not kind:
        return None
    if form.get("span", "") not in SPANS or kind not in Sanction.values:
        raise NoSuchSanction
    span = SPANS[form.get("span", "")][1]
    until = None if span is None or kind == Sanction.WARNING else at + span
    return Sentence(kind=kind, why=form.get("why", ""), message=form.get("message", ""), until=until)


def choices() -> dict[str, object]:
    """Give what a form offers."""
    return {"sanctions": Sanction.choices, "spans": [(key, text) for key, (text, _span) in SPANS.items()]}
