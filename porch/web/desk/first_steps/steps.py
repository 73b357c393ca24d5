"""The first steps of a new house, on the desk until they are taken or put away."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porch.community.invites.models import Invite
from porch.people.account.steps import AWAY, has_address, has_passkey, steps_taken


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do first: where, and whether it is done."""

    title: Promise
    what: Promise
    url: str
    is_done: bool


def steps_of(person: Any) -> list[Step]:
    """List the first steps; none once all are taken or the list was put away."""
    taken = steps_taken(person)
    if AWAY in taken:
        return []
    steps = [
        Step(
            _("Add your address"), _("So that a code can be sent to you."), "addresses", has_address(person)
        ),
        Step(_("Add a passkey"), _("So that you come in without a link."), "passkeys", has_passkey(person)),
        Step(
            _("Look at the doctor"), _("It advises, and so does porch doctor."), "doctor", "doctor" in taken
        ),
        Step(
            _("Invite somebody"),
            _("By a link, or by a letter to an address."),
            "invites",
            Invite.objects.exists(),
        ),
        Step(_("Make a backup"), _("Here, or with porch backup."), "backups", "backup" in taken),
    ]
    return [] if all(step.is_done for step in steps) else steps
