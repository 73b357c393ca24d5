"""The rooms behind the engine room's door, in the order in which an operator looks in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porch.engine.clock.reads import open_jumps
from porch.engine.facts.reads import stuck_consumers
from porch.engine.jobs.reads import failed_jobs
from porch.engine.webhooks.reads import endpoints_in_trouble


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the desk: the name of its address, its title, and what one finds there."""

    url: str
    title: Promise | str
    what: Promise | str
    # How many things wait for an operator in there; shown where there are any.
    waiting: Callable[[], int] | None = None


ROOMS: tuple[Room, ...] = (
    Room(
        "jobs",
        _("Jobs"),
        _("What runs, what waits, what failed, and what comes round by itself."),
        failed_jobs,
    ),
    Room("facts", _("Facts"), _("What happened, and who goes on from it."), stuck_consumers),
    Room("clock", _("Clock"), _("Whether the time can be trusted."), open_jumps),
    Room(
        "desk-promises",
        _("Promises"),
        _("What is owed, to whom and by when, and whether it was kept. Make one, keep it, take it back."),
    ),
    Room("audit", _("Audit"), _("What operators did, to whom, when and why.")),
    Room(
        "erasures", _("Erasures"), _("Take somebody out of every table, and read what went and what stayed.")
    ),
    Room("desk-files", _("Files"), _("What is stored, how much of it, and whether it is whole.")),
    Room("mails", _("Mail"), _("What was sent, to whom, on what grounds, and what became of it.")),
    Room(
        "consent-register", _("Consent"), _("What people agree to, in which words, and how many stand on it.")
    ),
    Room("suppression", _("Suppression"), _("Whether an address is not written to, why, and since when.")),
    Room(
        "service-tokens",
        _("Service tokens"),
        _("Programs that act for the house: what each may do, until when, and how to stop it."),
    ),
    Room(
        "webhooks",
        _("Webhooks"),
        _("Other programs that are told what happens here, and what became of each message."),
        endpoints_in_trouble,
    ),
    Room("backups", _("Backups"), _("One file with everything, every night, and how to restore it.")),
    Room("doctor", _("Doctor"), _("How this installation is, and what would help.")),
)
