"""Find members by what they show: each page costs the same, however many members there are.

Every filter gives its newest members from an index, and says of any some which of them fit. What is hidden from
whoever asks has no part in it: the question is put to the terms that they may see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from porch.community.membership.models import Member
from porch.community.profiles.models import NameStart, ProfileTerm, Visibility

PAGE = 30
# Members looked at in one go, and how many goes a page may take: rarer finds go on with the next page.
LOOK, GOES = 400, 6
NEWEST = 2**62


@dataclass(frozen=True, slots=True)
class Filter:
    """What is sought: rows that name members. Only one that is ``ordered`` by its index can lead the search."""

    rows: QuerySet[Any]
    ordered: bool = True

    def newest(self, before: int, most: int) -> list[int]:
        """Give the newest members that fit, below a number."""
        found = self.rows.filter(member_id__lt=before).order_by("-member_id")
        return list(found.values_list("member_id", flat=True).distinct()[:most])

    def which(self, ids: Sequence[int]) -> set[int]:
        """Say which of some members fit."""
        return set(self.rows.filter(member_id__in=ids).values_list("member_id", flat=True))


@dataclass(frozen=True, slots=True)
class Found:
    """A page: the members, newest first, and below which number the next page begins, 0 where there is none."""

    ids: list[int] = field(default_factory=list)
    goes_on_below: int = 0


def by_terms(kind: str, terms: Sequence[str], seen: Sequence[str], **also: Any) -> Filter:
    """Seek those who show one of some terms to whoever may see answers of these visibilities."""
    rows = ProfileTerm.objects.filter(kind=kind, term__in=terms, visibility__in=seen, **also)
    if len(terms) == 1:
        rows = ProfileTerm.objects.filter(kind=kind, term=terms[0], visibility__in=seen, **also)
    return Filter(rows, ordered=len(terms) == 1)


def by_name(start: str) -> Filter:
    return Filter(NameStart.objects.filter(start=start))


def seen_by(*, for_stewards: bool) -> list[str]:
    """Name the visibilities of answers that somebody may see of others."""
    return [Visibility.MEMBERS, Visibility.STEWARDS] if for_stewards else [Visibility.MEMBERS]


def find(filters: Sequence[Filter], *, before: int = NEWEST, size: int = PAGE) -> Found:
    """Find a page of members that fit every filter, below a number."""
    lists = [(each.newest(before, LOOK), each) for each in filters if each.ordered]
    if lists:
        ids, leader = min(lists, key=lambda pair: len(pair[0]))
        rest = [each for each in filters if each is not leader]
        return gather(leader.newest, rest, ids, size)
    return gather(newest_members, filters, newest_members(before, LOOK), size)


def gather(
    more: Callable[[int, int], list[int]], filters: Sequence[Filter], ids: list[int], size: int
) -> Found:
    """Walk down the members that one list gives, and keep those who fit the rest, until a page is full."""
    found: list[int] = []
    for _go in range(GOES):
        found += fitting(ids, filters)
        if len(found) > size:
            return Found(found[:size], found[size - 1])
        if len(ids) < LOOK:
            return Found(found)
        last = ids[-1]
        ids = more(last, LOOK)
    return Found(found, last)


def fitting(ids: Sequence[int], filters: Sequence[Filter]) -> list[int]:
    """Keep those who are here and fit every filter, in their order."""
    left = set(
        Member.objects.present().filter(pk__in=ids, person__is_active=True).values_list("pk", flat=True)
    )
    for each in filters:
        left = left & each.which(sorted(left)) if left else left
    return [each for each in ids if each in left]


def newest_members(before: int, most: int) -> list[int]:
    """Give the newest members below a number."""
    found = Member.objects.present().filter(pk__lt=before).order_by("-pk")
    return list(found.values_list("pk", flat=True)[:most])
