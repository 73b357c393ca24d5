"""Members and roles that a post names, as far as they reach the space: found, kept, and told of once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member, here
from porch.community.profiles.models import NameStart
from porch.community.profiles.values import MOST_START
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import MEMBER
from porch.conversation.posts.facts import MemberMentioned, RoleMentioned
from porch.conversation.posts.models import Mention, Post, link_to
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.reaching import likely_in, reaches
from porch.conversation.spaces.rules import looked_after_by, reached_by
from porch.conversation.topics.voices import Voice
from porch.conversation.wording.naming import PATTERN, Written, first_word, folded, read
from porch.engine.facts.noting import note
from porch.kit.markdown import Extension, Link
from porch.kit.refusals import BadInput
from porch.people.identity.models import Person

# So many may be called by a role at once by those who do not look after the space.
MOST_CALLED = 25
MOST_CANDIDATES, MOST_ROLES = 2_000, 500


class TooManyCalled(BadInput):
    text = _("“%(name)s” are %(count)s members; so many are called only by those who look after the space.")
    hint = _("Name some of them, or write it without the @.")


class Names:
    """The names in one text that is written in a space. What they led to stands in ``found`` when it is rendered."""

    def __init__(self, where: Callable[[], Q], by: Person, before: Iterable[Mention] = ()) -> None:
        # ``where``, the space, is asked and ``before`` read only where a text has names at all.
        self.where, self.by, self.before = where, by, before
        self.found: dict[str, Mention] = {}
        self.extension = Extension("mention", "@", PATTERN, self.resolve)

    def resolve(self, names: Set[str]) -> Mapping[str, Link]:
        """Link the names of those who reach the space. Raises ``TooManyCalled``."""
        written = {name: read(name) for name in names}
        space = (
            Space.objects.filter(reached_by(self.by.pk), self.where())
            .select_related("circle", "role")
            .annotate(tends=Q(looked_after_by(self.by.pk)))
            .first()
        )
        links = {name: Link("", text=f"@{each.label}") for name, each in written.items() if not each.is_bare}
        if space is None:
            return links
        meant = self.meant_in(space, written)
        for name, each in written.items():
            mention = meant.get(each.key)
            if mention is not None:
                links[name] = link_to(mention, each.label)
                self.found[each.key] = mention
        return links

    def known(self, written: Iterable[Written]) -> dict[str, Mention]:
        """Take over whom names meant before, whatever they are called now."""
        keys = {each.key for each in written}
        return {each.written: each for each in self.before if each.written in keys}

    def meant_in(self, space: Space, written: Mapping[str, Written]) -> dict[str, Mention]:
        """Find whom names mean, by those who reach the space. What names nobody is left out."""
        asked = [each for each in written.values() if each.key]
        old = self.known(asked)
        people = People(space, [each for each in asked if each.key not in old])
        people.add(row.member_id for row in old.values() if row.member_id)
        meant: dict[str, Mention] = {}
        for each in asked:
            member = people.get(old[each.key].member_id) if each.key in old else people.meant_by(each)
            if member is not None and reaches(member.person_id, space.pk):
                meant[each.key] = Mention(member=member, written=each.key)
        rest = [each for each in asked if each.key not in meant]
        return meant | (self.roles_in(space, rest, old) if rest else {})

    def roles_in(
        self, space: Space, written: list[Written], old: Mapping[str, Mention]
    ) -> dict[str, Mention]:
        """Find the roles among names: those of the whole community, and of the circle that the space is for."""
        roles = list(roles_for(space))
        by_name = {folded(role.name): role for role in reversed(roles)}
        by_number = {role.pk: role for role in roles}
        meant = {}
        for each in written:
            before = old.get(each.key)
            number = before.role_id if before else each.number if each.kind == "role" else None
            role = by_number.get(number or 0) or by_name.get(each.key)
            # A number counts with the name beside it, so that nobody is shown under another's.
            if role is not None and (before or not each.kind or folded(each.label) == folded(role.name)):
                require_few(role, space)
                meant[each.key] = Mention(role=role, written=each.key)
        return meant


class People:
    """Those who may be meant by some names, among those who may reach a space."""

    def __init__(self, space: Space, written: list[Written]) -> None:
        self.space = space
        self.by_id: dict[int, Member] = {}
        self.by_name: dict[str, list[Member]] = defaultdict(list)
        self.by_first: dict[str, list[Member]] = defaultdict(list)
        starts = {first_word(each.label)[:MOST_START] for each in written if not each.kind}
        named = NameStart.objects.filter(start__in=starts - {""}).values("member")
        if starts:
            self.take(Q(pk__in=named))
        self.add(each.number for each in written if each.kind == "member")

    def add(self, ids: Iterable[int]) -> None:
        """Add members by their numbers."""
        missing = set(ids) - self.by_id.keys()
        if missing:
            self.take(Q(pk__in=missing))

    def take(self, which: Q) -> None:
        """Read some of the members."""
        for member in likely_in(self.space).filter(which).select_related("person")[:MOST_CANDIDATES]:
            if member.pk not in self.by_id:
                self.by_id[member.pk] = member
                self.by_name[folded(member.person.name)].append(member)
                self.by_first[first_word(member.person.name)].append(member)

    def get(self, number: int | None) -> Member | None:
        """Give a member by number."""
        return self.by_id.get(number or 0)

    def meant_by(self, name: Written) -> Member | None:
        """Give the one member whom a name means: by number and name, by the whole name, or by its first word."""
        if name.kind:
            member = self.get(name.number) if name.kind == "member" else None
            return member if member and folded(member.person.name) == folded(name.label) else None
        alike = self.alone(self.by_name.get(name.key, []))
        if not alike and name.is_bare:
            alike = self.alone(self.by_first.get(name.key, []))
        return alike[0] if len(alike) == 1 else None

    def alone(self, alike: list[Member]) -> list[Member]:
        """Leave out those who do not reach the space, where there are several with a name."""
        return alike if len(alike) < 2 else [m for m in alike[:20] if reaches(m.person_id, self.space.pk)]


def roles_for(space: Space) -> list[Role]:
    """List the roles that may be named in a space, held by name: those of the community, then those of its circle."""
    circle = space.circle_id or (space.role.circle_id if space.role else None)
    found = Role.objects.filter(Q(circle__is_whole=True) | Q(circle=circle)).exclude(key=MEMBER)
    return list(found.order_by("-circle__is_whole", "pk")[:MOST_ROLES])


def require_few(role: Role, space: Space) -> None:
    """Refuse to call many at once. Raises ``TooManyCalled``."""
    count = RoleHolder.objects.filter(here("member__"), role=role).count()
    if count > MOST_CALLED and not space.tends:  # type: ignore[attr-defined]
        raise TooManyCalled(name=role.name, count=count)


def keep_mentions(post: Post, names: Names, *, space: Space, by_member_id: int, at: datetime) -> None:
    """Keep whom a post names, in place of whom it named before; note those who are new in it, but not oneself.

    In a direct conversation everyone is told of everything, and facts name nobody.
    """
    before = list(Mention.objects.filter(post=post)) if post.edits else []
    wanted: dict[tuple[int | None, int | None], Mention] = {}
    for each in names.found.values():
        wanted.setdefault((each.member_id, each.role_id), each)
    there = {(each.member_id, each.role_id): each for each in before}
    gone = [each.pk for key, each in there.items() if key not in wanted]
    if gone:
        Mention.objects.filter(pk__in=gone).delete()
    new = [each for key, each in wanted.items() if key not in there]
    if not new:
        return
    Mention.objects.bulk_create(
        Mention(post=post, member_id=each.member_id, role_id=each.role_id, written=each.written)
        for each in new
    )
    if space.is_direct:
        return
    ids = {"post_id": post.pk, "topic_id": post.topic_id, "space_id": space.pk}
    named_by = None if post.voice == Voice.ORGANISATION else by_member_id
    for each in new:
        if each.role_id is not None:
            note(RoleMentioned(**ids, role_id=each.role_id, by_member_id=named_by, at=at))
        elif each.member_id is not None and each.member_id != by_member_id:
            note(MemberMentioned(**ids, member_id=each.member_id, by_member_id=named_by, at=at))
