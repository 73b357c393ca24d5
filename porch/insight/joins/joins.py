"""How many joined, counted from facts alone."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from porch.engine.facts.pull import pull
from porch.insight.measure import Figure
from porch.kit.time import to_micros

WEEK = timedelta(days=7)


def joins_this_week(*, at: datetime) -> Figure:
    """Count the members who joined in the seven days up to ``at``."""
    since, after, joined, left_out = to_micros(at - WEEK), 0, 0, 0
    while batch := pull("community", after=after):
        after = batch[-1].id
        joins = [fact for fact in batch if fact.kind == "MemberJoined" and fact.at >= since]
        left_out += sum(fact.at > to_micros(at) for fact in joins)
        joined += sum(fact.at <= to_micros(at) for fact in joins)
    return Figure(
        measure="joins_this_week",
        version=1,
        side="community",
        state="measured",
        value=joined,
        unit=ngettext_lazy("member", "members", joined),
        n=joined,
        left_out=left_out,
        definition=_("Members who joined in the last seven days. Joins dated in the future are left out."),
    )
