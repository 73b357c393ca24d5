"""What the doctor looks at, in order. Each look gives one finding; they stand in porch/web/doctor."""

from collections.abc import Callable, Iterator

from django.conf import settings

from porch.web.doctor.address import look_at_address, look_at_answer
from porch.web.doctor.backups import look_at_backups
from porch.web.doctor.clock import look_at_clock
from porch.web.doctor.database import look_at_database, look_at_integrity
from porch.web.doctor.finding import Finding
from porch.web.doctor.folder import look_at_folder, look_at_privacy, look_at_room
from porch.web.doctor.machine import look_at_files, look_at_memory, look_at_python, look_at_rights
from porch.web.settings.options import Options

__all__ = ["LOOKS", "Finding", "look_over"]
Look = Callable[[Options], Finding]

LOOKS: tuple[Look, ...] = (
    look_at_folder,
    look_at_privacy,
    look_at_room,
    look_at_database,
    look_at_integrity,
    look_at_backups,
    look_at_address,
    look_at_answer,
    look_at_clock,
    look_at_rights,
    look_at_memory,
    look_at_files,
    look_at_python,
)
# A page that is being made knows that somebody answers, and would have to wait for itself.
ONLY_FROM_OUTSIDE = frozenset({look_at_answer})


def look_over(*, is_inside: bool = False) -> Iterator[Finding]:
    """Look at everything, in the order in which it is worth mending; ``is_inside`` while a page is made."""
    options: Options = settings.OPTIONS
    for look in LOOKS:
        if not (is_inside and look in ONLY_FROM_OUTSIDE):
            yield look(options)
