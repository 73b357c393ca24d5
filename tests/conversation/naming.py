"""Mentions for tests: members who can be found by name, and what was noted of them."""

from porch.community.membership.models import Member
from porch.community.profiles.indexing import index_name
from porch.conversation.posts.models import Mention
from porch.engine.facts.pull import pull
from porch.people.identity.models import Person


def findable(*people: Person) -> None:
    for member in Member.objects.filter(person__in=people) if people else Member.objects.all():
        index_name(member)


def rename(person: Person, name: str) -> None:
    person.name = name
    person.save(update_fields=["name"])
    findable(person)


def mentioned() -> list[str]:
    """Give whom facts say to have been named, in order: members by name, roles with an @."""
    told = []
    for fact in pull("community", most=10_000):
        if fact.kind == "MemberMentioned":
            told.append(Member.objects.get(pk=fact.ids["member_id"]).person.name)
        elif fact.kind == "RoleMentioned":
            told.append(f"role {fact.ids['role_id']}")
    return told


def rows() -> list[str]:
    """Give whom posts name now."""
    found = Mention.objects.select_related("member__person", "role").order_by("pk")
    return [each.member.person.name if each.member else f"role {each.role_id}" for each in found]
