"""Why a fetch failed, in words that are safe to show.

None of them names an address that was resolved, a port that was open or closed, or a byte that was read:
whoever supplied the address could otherwise map the network that Porch stands in.
"""

from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import Refusal


class NotFetched(Refusal):
    """Any failure of a fetch; the others derive from it."""

    status = 502
    text = _("Porch could not fetch this.")


class MalformedAddress(NotFetched):
    """The address is not one; ``why`` goes on with "it …"."""

    status = 422
    text = _("Porch cannot visit this address: %(why)s.")
    hint = _("An address looks like https://example.org/page.")


class AddressNotAllowed(NotFetched):
    status = 422
    text = _("Porch does not visit this address.")
    hint = _("It visits public servers only, on the usual ports.")


class HeaderNotAllowed(NotFetched):
    status = 422
    text = _("The header %(name)s cannot be sent like this.")


class NotReachable(NotFetched):
    text = _("The other server cannot be reached.")
    hint = _("The address may be mistyped, or the server may be down. Trying later may help.")


class CertificateNotTrusted(NotReachable):
    text = _("The other server cannot prove that it is the one in the address.")
    hint = _("Its certificate is missing, expired or made for another name. Its operator can put that right.")


class TooSlow(NotFetched):
    status = 504
    text = _("The other server took too long.")
    hint = _("Trying later may help.")


class TooLarge(NotFetched):
    text = _("The other server's answer is too large.")


class TooManyRedirects(NotFetched):
    text = _("The other server sends Porch from address to address without end.")


class BadAnswer(NotFetched):
    """The answer cannot be used; ``why`` goes on with "it …"."""

    text = _("The other server's answer cannot be used: %(why)s.")
