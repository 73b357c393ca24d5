from dataclasses import dataclass

from porch.bridge.door_sign.models import DoorSign
from porch.community.membership.reads import count_members
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class SignRow:
    id: int


SIGN = Prepared(lambda: DoorSign.objects.filter(is_the_one=True), SignRow)


def is_sign_up() -> bool:
    return SIGN.exists()


def shown_count() -> int | None:
    """Give the number of members where the sign is up, else None."""
    return count_members() if is_sign_up() else None
