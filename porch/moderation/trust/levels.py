"""What trust is made of, and what it allows: every number on one screen."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(IntEnum):
    NEW = 1
    MEMBER = 2
    TRUSTED = 3
    STEWARD = 4


NAMES: dict[Level, Promise] = {
    Level.NEW: _("New"),
    Level.MEMBER: _("Member"),
    Level.TRUSTED: _("Trusted"),
    Level.STEWARD: _("Looks after what is said"),
}


@dataclass(frozen=True, slots=True)
class Needs:
    """What a level asks for: days since one joined, posts of one's own that stand, topics that one has read."""

    days: int
    posts: int
    topics: int


# Three days are longer than a weekend: who writes spam on Friday is new on Monday.
NEEDS = {Level.MEMBER: Needs(days=3, posts=3, topics=3), Level.TRUSTED: Needs(days=30, posts=20, topics=20)}
# Posts that were reported and removed, within these days: so many keep one from being trusted, or make one new again.
UPHELD_WITHIN, UPHELD_NOT_TRUSTED, UPHELD_NEW = timedelta(days=90), 1, 3


@dataclass(frozen=True, slots=True)
class Limits:
    """How much somebody may write: posts in an hour and in a day, topics in a day, and what may be in one post."""

    an_hour: int
    a_day: int
    topics: int
    links: int
    mentions: int
    pictures: int
    reports: int


LIMITS = {
    Level.NEW: Limits(an_hour=5, a_day=12, topics=2, links=2, mentions=3, pictures=1, reports=5),
    Level.MEMBER: Limits(an_hour=40, a_day=150, topics=10, links=20, mentions=15, pictures=15, reports=20),
    Level.TRUSTED: Limits(
        an_hour=200, a_day=1000, topics=100, links=60, mentions=50, pictures=40, reports=60
    ),
}

# What the report of each counts, and how much hides a post of each. New members alone hide nothing: together they
# count less than it takes; and against somebody who is trusted they count nothing.
WEIGHTS = {Level.NEW: 1, Level.MEMBER: 3, Level.TRUSTED: 5, Level.STEWARD: 5}
NEW_TOGETHER = 4
HIDES_AT = {Level.NEW: 5, Level.MEMBER: 10, Level.TRUSTED: 20}
