from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class AskMade(CommunityFact):
    """Members were asked to answer a post by a time; a ``MemberAsked`` for each of them follows."""

    ask_id: int
    post_id: int
    topic_id: int
    space_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAsked(CommunityFact):
    ask_id: int
    post_id: int
    topic_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAnswered(CommunityFact):
    """A member answered what they had been asked, for the first time. Its ``at`` says whether in time."""

    ask_id: int
    topic_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDeclined(CommunityFact):
    ask_id: int
    topic_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReminded(CommunityFact):
    """Whoever asked wants those reminded who have not answered."""

    ask_id: int
    post_id: int
    topic_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskEnded(CommunityFact):
    """The time by which to answer has passed. ``at`` is when that was noticed."""

    ask_id: int
    post_id: int
    topic_id: int
