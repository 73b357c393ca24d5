"""What the doctor looks at, in the order in which it is worth mending. Each look gives one finding."""

from collections.abc import Callable, Iterator

from django.conf import settings

from porch.web.doctor.address import look_at_address, look_at_answer
from porch.web.doctor.backups import look_at_backups
from porch.web.doctor.clock import look_at_clock
from porch.web.doctor.database import look_at_database, look_at_integrity
from porch.web.doctor.finding import Finding
from porch.web.doctor.folder import look_at_folder, look_at_privacy, look_at_room
from porch.web.doctor.jumps import look_at_jumps
from porch.web.doctor.machine import look_at_memory, look_at_open_files, look_at_python, look_at_rights
from porch.web.doctor.mail import look_at_mail
from porch.web.doctor.roles import look_at_roles
from porch.web.doctor.stored_files import look_at_stored_files
from porch.web.settings.options import Options

LOOKS: tuple[Callable[[Options], Finding], ...] = (
    look_at_folder,
    look_at_privacy,
    look_at_room,
    look_at_database,
    look_at_integrity,
    look_at_stored_files,
    look_at_backups,
    look_at_address,
    look_at_answer,
    look_at_mail,
    look_at_clock,
    look_at_jumps,
    look_at_roles,
    look_at_rights,
    look_at_memory,
    look_at_open_files,
    look_at_python,
)
# A page that is being made knows that somebody answers, and would have to wait for itself.
ONLY_FROM_OUTSIDE = frozenset({look_at_answer})


def look_over(*, is_inside: bool = False) -> Iterator[Finding]:
    """Look at everything; ``is_inside`` while a page is made."""
    options: Options = settings.OPTIONS
    for look in LOOKS:
        if not (is_inside and look in ONLY_FROM_OUTSIDE):
            yield look(options)
