from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWritten(CommunityFact):
    """Somebody wrote. ``target_member_id`` is whom they answered, where they said so and it was a member."""

    post_id: int
    topic_id: int
    space_id: int
    number: int
    member_id: int
    parent_post_id: int | None = None
    target_member_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdited(CommunityFact):
    post_id: int
    topic_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDeleted(CommunityFact):
    """A post is not shown any more. ``by_person_id`` is None where reports hid it."""

    post_id: int
    topic_id: int
    by_person_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRestored(CommunityFact):
    post_id: int
    topic_id: int
    by_person_id: int
