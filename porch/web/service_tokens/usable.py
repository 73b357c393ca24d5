"""Of which scopes a token of somebody could make use: of those with an operation that would let them in."""

from collections.abc import Collection

from porch.community.membership.reads import is_member
from porch.community.roles.reads import RightRow, rights_of
from porch.community.roles.rules import covers, covers_somewhere
from porch.people.identity.models import Operator
from porch.web.api.gate import Needs, Whom
from porch.web.api.schema import needs


def scopes_useful_to(person_id: int) -> Collection[str]:
    """Give the names of the scopes that somebody has the rights for now."""
    rights, belongs = rights_of(person_id), is_member(person_id)
    operates = Operator.objects.filter(person=person_id).exists()
    open_to = [each for each in needs().values() if lets_in(each, rights, belongs, operates)]
    besides = [each.also for each in open_to if each.also and covers_somewhere(rights, each.also.right)]
    return {*(each.scope.name for each in open_to if each.scope), *(each.scope.name for each in besides)}


def lets_in(need: Needs, rights: list[RightRow], belongs: bool, operates: bool) -> bool:
    """Say whether an operation would let in a person with these rights."""
    if need.whom in (Whom.MEMBER, Whom.INSIDE) and not belongs:
        return False
    if need.whom is Whom.OPERATOR and not operates:
        return False
    if need.right is not None and not covers(rights, need.right):
        return False
    return need.somewhere is None or covers_somewhere(rights, need.somewhere)
