from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import Conflict


class NothingToLeave(Conflict):
    text = _("You are not a member, so there is nothing to leave.")
    hint = _("If you want your account erased, ask whoever runs this server.")


class TooLateToReturn(Conflict):
    """One answer for a link that was guessed, used, or left too long: the three must look alike."""

    status = 410
    text = _("This can no longer be undone.")
    hint = _(
        "It can be undone once, until the hour that the letter names. After that, come in again by an invitation."
    )
