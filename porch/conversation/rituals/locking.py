from porch.conversation.rituals.models import Ritual
from porch.kit.refusals import NotFound


def lock_ritual(ritual_id: int) -> Ritual:
    """Hold a ritual to the end of the transaction, before its space. Raises ``NotFound``."""
    found = Ritual.objects.select_for_update(no_key=True).filter(pk=ritual_id).first()
    if found is None:
        raise NotFound
    return found
