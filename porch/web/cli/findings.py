"""What the doctor looks at. Each look gives one finding: good, a piece of advice, or wrong."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import Error, connection

from porch.web.cli.database import missing_migrations
from porch.web.cli.finding import Finding
from porch.web.cli.look_at_clock import look_at_clock
from porch.web.cli.mail_look import look_at_mail
from porch.web.cli.stored_files import look_at_files
from porch.web.settings.folder import NAME
from porch.web.settings.options import Options

ROOMY = 1_000_000_000


def look_over() -> Iterator[Finding]:
    """Look at everything, in the order in which it is worth mending."""
    options: Options = settings.OPTIONS
    for look in LOOKS:
        yield look(options)


def look_at_folder(options: Options) -> Finding:
    """Can the data folder be written, and is its key kept from others?"""
    probe = options.data / ".doctor"
    try:
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        return Finding(
            "data",
            "wrong",
            f"{options.data} cannot be written: {error.strerror}",
            "Mend its owner, its permissions, or the disk.",
        )
    mode = stat.S_IMODE((options.data / NAME).stat().st_mode)
    if mode & 0o077:
        return Finding("data", "wrong", f"others may read {NAME}", f"chmod 600 {options.data / NAME}")
    return Finding("data", "good", f"{options.data}")


def look_at_room(options: Options) -> Finding:
    """Is there room on the disk?"""
    free = shutil.disk_usage(options.data).free
    text = f"{free / 1e9:.1f} GB free"
    if free < ROOMY:
        return Finding("disk", "wrong", text, "Make room: below 1 GB backups and uploads soon fail.")
    return Finding("disk", "good", text)


def look_at_database(options: Options) -> Finding:
    """Can the database be reached, and is it on today's schema?"""
    try:
        missing = missing_migrations()
        name = connection.vendor
    except Error as error:
        return Finding(
            "database", "wrong", str(error).strip(), "See that it runs and that PORCH_DATABASE is right."
        )
    if missing:
        return Finding(
            "database", "wrong", f"{name}, {len(missing)} steps behind", "`porch serve` prepares it."
        )
    return Finding("database", "good", name)


def look_at_address(options: Options) -> Finding:
    """Is the address one for others, and is the way there encrypted?"""
    if options.is_secure:
        trusted = ", ".join(map(str, options.trusted_proxies))
        if trusted:
            return Finding("address", "good", f"{options.url}, behind {trusted}")
        return Finding(
            "address",
            "advice",
            options.url,
            "If a proxy brings the HTTPS, name it in PORCH_TRUSTED_PROXIES: otherwise everyone looks like one visitor.",
        )
    if options.host in ("localhost", "127.0.0.1", "::1"):
        return Finding(
            "address",
            "advice",
            options.url,
            "Fine for trying out. For others, set PORCH_URL to an https:// address.",
        )
    return Finding(
        "address",
        "wrong",
        f"{options.url} is not encrypted",
        "Put a proxy with HTTPS in front, and set PORCH_URL to https://….",
    )


def look_at_rights(options: Options) -> Finding:
    """Does Porch run with more rights than it needs?"""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Finding("rights", "advice", "runs as root", "An account of its own is safer.")
    return Finding("rights", "good", "not root")


def look_at_python(options: Options) -> Finding:
    return Finding("python", "good", sys.version.split()[0])


LOOKS: tuple[Callable[[Options], Finding], ...] = (
    look_at_folder,
    look_at_room,
    look_at_database,
    look_at_files,
    look_at_address,
    look_at_mail,
    look_at_rights,
    look_at_clock,
    look_at_python,
)
