"""By whose leave live lines are open: on one screen, how a leave is named, looked up, and ended by a fact."""

from collections.abc import Callable, Collection, Iterable, Sequence

from django.http import HttpRequest

from porch.community.membership.reads import people_of, which_are_members
from porch.conversation.pages.reaching import which_reach
from porch.conversation.spaces.reaching import reached_of_all
from porch.engine.facts.pull import Pulled
from porch.people.identity.models import Person
from porch.people.sessions.jobs import which_sessions_stand

Keys = Collection[str]


def numbered(which: Callable[[Collection[int]], set[int]]) -> Callable[[Keys], set[str]]:
    """Ask about numbers what is asked about keys."""
    return lambda keys: {str(each) for each in which({int(key) for key in keys})}


def which_topics_are_reached(keys: Keys) -> set[str]:
    """Tell which people still reach which topics; a key is the number of a topic and that of a person."""
    pairs = {tuple(map(int, key.split("-"))): key for key in keys}
    return {pairs[pair] for pair in which_reach((topic, person) for topic, person in pairs)}


def which_spaces_are_reached(keys: Keys) -> set[str]:
    """Tell which people still reach all of some spaces; a key is the numbers of the spaces and that of a person."""
    asked: dict[str, tuple[int, set[int]]] = {}
    for key in keys:
        spaces, _, person = key.rpartition("-")
        asked[key] = int(person), {int(each) for each in spaces.split(".") if each}
    people = {person for person, _ in asked.values()}
    reached = reached_of_all(people, set().union(*(spaces for _, spaces in asked.values())))
    return {key for key, (person, spaces) in asked.items() if spaces <= reached.get(person, set())}


# Given keys, each says which of them still stand.
STANDING: dict[str, Callable[[Keys], set[str]]] = {
    "session": numbered(which_sessions_stand),
    "member": numbered(which_are_members),
    "topic": which_topics_are_reached,
    "spaces": which_spaces_are_reached,
}
# Facts after which a leave no longer stands: every process hears of them at once.
ENDED: dict[str, Callable[[Pulled], str]] = {
    "MemberLeft": lambda fact: name_leave("member", fact.ids["person_id"]),
    "MemberPaused": lambda fact: name_leave("member", fact.ids["person_id"]),
    "MemberRemoved": lambda fact: name_leave("member", fact.ids["person_id"]),
    "MemberSuspended": lambda fact: name_leave("member", fact.ids["person_id"]),
    "SessionEnded": lambda fact: name_leave("session", fact.ids["session_id"]),
}
# Facts after which somebody may no longer reach a topic. Who that is stands under this name in the fact; without one,
# it may be anyone. They are asked about at once.
DOUBTED: dict[str, str] = {
    "CircleClosed": "",
    "CircleLeft": "member_id",
    "CircleMemberRemoved": "member_id",
    "DirectLeft": "",
    "OwnershipAccepted": "from_member_id",
    "RoleChanged": "",
    "RoleDeleted": "",
    "RoleTaken": "member_id",
    "SpaceChanged": "",
    "TierCircleClosed": "member_id",
    "TierEnded": "member_id",
    "TierLapsed": "member_id",
    "TopicMoved": "",
}
# Facts that change who reaches a topic, and nobody's reach of a space.
OF_TOPICS_ALONE = {"TopicMoved"}


def session_leave(request: HttpRequest) -> str:
    """Name the leave of the session that asks."""
    return name_leave("session", request.session.session_id or 0)  # type: ignore[attr-defined]


def member_leave(person: Person) -> str:
    """Name the leave of somebody's membership."""
    return name_leave("member", person.pk)


def topic_leave(topic_id: int, person: Person) -> str:
    """Name the leave by which somebody hears what is said in a topic: that they reach it."""
    return name_leave("topic", f"{topic_id}-{person.pk}")


def spaces_leave(space_ids: Iterable[int], person: Person) -> str:
    """Name the leave by which somebody hears that lists of spaces are old: that they reach all of these."""
    return name_leave("spaces", f"{'.'.join(map(str, space_ids))}-{person.pk}")


def name_leave(kind: str, key: int | str) -> str:
    return f"{kind}:{key}"


def leaves_ended(fact: Pulled) -> list[str]:
    """Name the leaves that a fact ends."""
    return [ENDED[fact.kind](fact)] if fact.kind in ENDED else []


def doubted(facts: Sequence[Pulled], leaves: Collection[str]) -> set[str]:
    """Choose of the leaves of topics and spaces those that have to be asked about after these facts."""
    found = [fact for fact in facts if fact.kind in DOUBTED]
    if not found or not leaves:
        return set()
    names = [DOUBTED[fact.kind] for fact in found]
    if all(fact.kind in OF_TOPICS_ALONE for fact in found):
        return {each for each in leaves if each.startswith("topic:")}
    if not all(names):
        return set(leaves)
    people = people_of({fact.ids[name] for fact, name in zip(found, names, strict=True)})
    return {each for each in leaves if int(each.rpartition("-")[2]) in people}


def which_stand(leaves: Iterable[str]) -> set[str]:
    """Tell which of these leaves still stand.

    Sessions and members are one query each, spaces one for each batch of people, topics one for each and person.
    """
    asked: dict[str, set[str]] = {}
    for leave in leaves:
        kind, _, key = leave.partition(":")
        asked.setdefault(kind, set()).add(key)
    return {name_leave(kind, key) for kind, keys in asked.items() for key in STANDING[kind](keys)}
