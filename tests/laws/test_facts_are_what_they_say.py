"""Facts are frozen, in the past tense and made of ids; those of the open side name nobody."""

import typing
from dataclasses import dataclass, fields
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, Literal

import pytest

from porch.engine.facts.kinds import AudienceFact, CommunityFact, Fact
from tests.laws.facts import kinds
from tests.laws.test_words import in_words
from tests.laws.trees import assert_none

# Whoever has a part in something is a person by another name.
NAMES_SOMEBODY = {
    "person", "people", "member", "subscriber", "subscribers", "reader", "readers", "guest", "steward",
    "operator", "owner", "author", "by", "actor", "address", "email", "mail", "phone", "name", "ip", "visitor",
    "session", "token", "device",
}  # fmt: skip
# Past tenses that do not end in -ed.
ALSO_PAST = {
    "Begun", "Bound", "Broken", "Brought", "Built", "Chosen", "Found", "Given", "Gone", "Grown", "Held", "Hidden",
    "Kept", "Left", "Lent", "Lost", "Made", "Met", "Paid", "Put", "Read", "Redone", "Sent", "Set", "Shown", "Shut",
    "Sold", "Spent", "Split", "Struck", "Taken", "Told", "Undone", "Withdrawn", "Won", "Written",
}  # fmt: skip
PLAIN = (int, bool, float, NoneType)


def offences(found: list[type[Fact]]) -> list[str]:
    """Find kinds that can be changed, are not past, hold more than ids and counts, or name somebody outside."""
    return [f"{kind.__name__} {what}" for kind in found for what in faults(kind)]


def faults(kind: type[Fact]) -> list[str]:
    said = []
    if not kind.__dataclass_params__.frozen or "__dict__" in dir(kind):  # type: ignore[attr-defined]
        said.append("can be changed: it wants frozen=True, slots=True")
    last = in_words(kind.__name__)[-1].title()
    if not last.endswith("ed") and last not in ALSO_PAST:
        said.append("is not in the past tense")
    if kind.stream not in ("community", "audience"):
        said.append("belongs to neither stream")
    types = typing.get_type_hints(kind)
    for each in fields(kind):
        if each.name != "at" and not is_plain(types[each.name]):
            said.append(f"holds {each.name}, which is neither an id nor a count")
        if kind.stream == "audience" and NAMES_SOMEBODY & set(in_words(each.name)):
            said.append(f"names somebody of the audience in {each.name}")
    return said


def is_plain(kind: Any) -> bool:
    """Accept numbers, yes and no, nothing, and one of a few words."""
    if typing.get_origin(kind) in (UnionType, typing.Union):
        return all(map(is_plain, typing.get_args(kind)))
    return kind in PLAIN or typing.get_origin(kind) is Literal


def test_facts_are_what_they_say() -> None:
    assert len(kinds()) >= 3
    assert_none(offences(kinds()))


def test_no_two_kinds_share_a_name() -> None:
    names = [kind.__name__ for kind in kinds()]
    assert sorted(set(names)) == names


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRead(AudienceFact):
    article_id: int
    surface: Literal["web", "mail"]
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedByReader(AudienceFact):
    reader_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceAnswered(AudienceFact):
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRenamed(CommunityFact):
    member_id: int
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMoved(CommunityFact):
    moved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinCommunity(CommunityFact):
    member_id: int


class MemberFaded(CommunityFact):
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoofFixed(Fact):
    roof_id: int


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (SignedByReader, "names somebody"),
        (SignedByReader, "past tense"),
        (PieceAnswered, "names somebody"),
        (MemberRenamed, "neither an id nor a count"),
        (MemberMoved, "neither an id nor a count"),
        (JoinCommunity, "past tense"),
        (MemberFaded, "can be changed"),
        (RoofFixed, "neither stream"),
    ],
)
def test_a_planted_fact_is_caught(kind: type[Fact], said: str) -> None:
    assert any(said in each for each in offences([kind]))


def test_an_honest_fact_is_let_be() -> None:
    assert offences([PieceRead]) == []
