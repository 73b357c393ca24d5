from porch.bridge.door_sign.models import DoorSign
from porch.community.membership.reads import count_members


def is_sign_up() -> bool:
    return DoorSign.objects.exists()


def shown_count() -> int | None:
    """Give the number of members where the sign is up, else None."""
    return count_members() if is_sign_up() else None
