"""For whom what is said in a space was said (B18, C18)."""

from typing import Protocol


class Readable(Protocol):
    """What says who reads: a space, or the terms that it is to have."""

    @property
    def circle(self) -> object: ...
    @property
    def role(self) -> object: ...
    @property
    def is_glass(self) -> bool: ...
    @property
    def is_sensitive(self) -> bool: ...


def opens(before: Readable, after: Readable) -> bool:
    """Say whether what was said would be read by somebody else, or used for more, than when it was said."""
    is_for_all = before.circle is None and before.role is None
    return (
        (after.is_glass and not before.is_glass)
        or (before.is_sensitive and not after.is_sensitive)
        or (not is_for_all and (after.circle, after.role) != (before.circle, before.role))
    )
