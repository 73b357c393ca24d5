from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWritten(CommunityFact):
    """Somebody wrote. ``target_member_id`` is whom they answered, where they said so and it was a member.

    What is said as the organisation names no member, neither who wrote it nor, where it is answered, who did.
    """

    post_id: int
    topic_id: int
    space_id: int
    number: int
    member_id: int | None
    parent_post_id: int | None = None
    target_member_id: int | None = None
    as_organisation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdited(CommunityFact):
    """A post was changed. ``by_person_id`` is None where the organisation says it."""

    post_id: int
    topic_id: int
    by_person_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDeleted(CommunityFact):
    """A post is not shown any more.

    ``by_person_id`` is None where reports hid it, and where whoever wrote it as the organisation took it back.
    """

    post_id: int
    topic_id: int
    by_person_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRestored(CommunityFact):
    """A post is shown again. ``by_person_id`` is None where it is whoever wrote it as the organisation."""

    post_id: int
    topic_id: int
    by_person_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectWritten(CommunityFact):
    """The same in a direct conversation: facts of these name nobody, and are counted and sent on nowhere."""

    post_id: int
    topic_id: int
    space_id: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectEdited(CommunityFact):
    post_id: int
    topic_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectDeleted(CommunityFact):
    post_id: int
    topic_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectRestored(CommunityFact):
    post_id: int
    topic_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMentioned(CommunityFact):
    """A post names a member whom it did not name before, and who reaches it."""

    post_id: int
    topic_id: int
    space_id: int
    member_id: int
    by_member_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMentioned(CommunityFact):
    """A post names a role that it did not name before. Who holds it is looked up when they are told."""

    post_id: int
    topic_id: int
    space_id: int
    role_id: int
    by_member_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMoved(CommunityFact):
    """A post stands in another topic now, under another number; its old address leads there."""

    post_id: int
    from_topic_id: int
    from_number: int
    topic_id: int
    number: int
    by_person_id: int
