"""By whose leave live lines are open: on one screen, how a leave is named, looked up, and ended by a fact."""

from collections.abc import Callable, Collection, Iterable

from django.http import HttpRequest

from porch.community.membership.reads import which_are_members
from porch.engine.facts.pull import Pulled
from porch.people.identity.models import Person
from porch.people.sessions.jobs import which_sessions_stand

# Given ids, each says which of them still stand.
STANDING: dict[str, Callable[[Collection[int]], set[int]]] = {
    "session": which_sessions_stand,
    "member": which_are_members,
}
# Facts after which a leave no longer stands: every process hears of them at once.
ENDED: dict[str, Callable[[Pulled], str]] = {
    "MemberLeft": lambda fact: name_leave("member", fact.ids["person_id"]),
    "MemberPaused": lambda fact: name_leave("member", fact.ids["person_id"]),
    "MemberRemoved": lambda fact: name_leave("member", fact.ids["person_id"]),
    "MemberSuspended": lambda fact: name_leave("member", fact.ids["person_id"]),
    "SessionEnded": lambda fact: name_leave("session", fact.ids["session_id"]),
}


def session_leave(request: HttpRequest) -> str:
    """Name the leave of the session that asks."""
    return name_leave("session", request.session.session_id or 0)  # type: ignore[attr-defined]


def member_leave(person: Person) -> str:
    """Name the leave of somebody's membership."""
    return name_leave("member", person.pk)


def name_leave(kind: str, pk: int) -> str:
    return f"{kind}:{pk}"


def leaves_ended(fact: Pulled) -> list[str]:
    """Name the leaves that a fact ends."""
    return [ENDED[fact.kind](fact)] if fact.kind in ENDED else []


def which_stand(leaves: Iterable[str]) -> set[str]:
    """Tell which of these leaves still stand: one query for each kind."""
    asked: dict[str, set[int]] = {}
    for leave in leaves:
        kind, _, pk = leave.partition(":")
        asked.setdefault(kind, set()).add(int(pk))
    return {name_leave(kind, pk) for kind, pks in asked.items() for pk in STANDING[kind](pks)}
