from porch.community.membership.models import here
from porch.community.newcomers.models import Greeter
from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.roles.rules import may
from porch.kit.refusals import NotAllowed
from porch.people.doors import Door


def greets(person_id: int | None) -> bool:
    """Say whether somebody may greet newcomers: those named for it who are here, and whoever names them."""
    if person_id is None:
        return False
    is_named = Greeter.objects.filter(here("member__"), member__person=person_id).exists()
    return is_named or may(person_id, WELCOME_NEWCOMERS)


def require_greeter(person_id: int) -> None:
    """Refuse whoever does not greet newcomers."""
    if not greets(person_id):
        raise NotAllowed


greeters = Door("greeters", lambda request: greets(request.user.pk))
