"""The words in the outbox, and what servers did, as sentences for operators."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porch.engine.outbox.models import Delivery
from porch.people.consent.purposes import BY_NAME
from porch.people.delivery.grounds import Reason

GROUNDS = {
    Reason.SIGN_IN_CODE: _("needed: a code to sign in with"),
    Reason.ADDRESS_PROOF: _("needed: a question whether the address is theirs"),
    Reason.SECURITY_NOTICE: _("needed: news about their account's safety"),
    Reason.ERASURE_RECEIPT: _("needed: that their data was erased"),
    Reason.LEAVING_RECEIPT: _("needed: what happens after they left, and how to undo it"),
    Reason.REMOVAL_NOTICE: _("needed: that they were removed or suspended, and where to appeal"),
    Reason.TEST_MAIL: _("needed: a test that an operator asked for"),
    Reason.INVITED: _("an invitation that a member or steward sent; it stops where anything was stopped"),
    Reason.RENEWAL: _("needed: that their tier is due for renewal, or has lapsed"),
    Reason.JOIN_REQUEST: _("needed: what became of their request to join"),
    Reason.MODERATION: _("needed: what was decided about them or what they wrote, and how to appeal"),
}
WHY = {
    "withdrawn": _("They stopped it."),
    "bounced": _("Their mailbox is gone."),
    "complaint": _("They reported mail from here as unwanted."),
    "erased": _("They asked to be erased."),
    "operator": _("An operator suppressed the address."),
    "suppressions-unreadable": _(
        "There are suppressions made with another secret.key, so nobody can tell whom they protect."
    ),
    "body-wiped": _("Its text was wiped before it could be sent."),
    "server-unreachable": _("The mail server cannot be reached."),
    "server-busy": _("The mail server is not taking mail just now."),
    "connection-lost": _("The connection broke before anything was sent."),
    "not-trusted": _("The mail server cannot prove its name: its certificate is not trusted."),
    "no-encryption": _("The mail server offers no encryption, and Porch sends nothing without."),
    "no-sign-in-there": _("The mail server takes no name and secret."),
    "name-or-secret-wrong": _("The mail server does not take this name and secret."),
    "needs-smtputf8": _(
        "The address has letters beyond ASCII before the @, and the mail server cannot pass those on."
    ),
    "sender-refused": _("The mail server does not take mail from the address in PORCH_MAIL_FROM."),
    "recipient-refused": _("The mail server does not take mail to this address."),
    "content-refused": _("The mail server did not take the mail itself."),
    "answer-lost": _("The mail was sent, and then the connection broke: it may have arrived, or not."),
    "worker-gone": _("The worker was ended in the middle."),
    "tried-too-long": _("It was tried for too long."),
}


def why(reason: str) -> str:
    """Say in a sentence why a mail stands where it does; a word that is not known says itself."""
    return str(WHY.get(reason, reason))


def ground_of(row: Delivery) -> str:
    """Say on what grounds a mail goes out."""
    if row.consent_id is None:
        return str(GROUNDS[Reason(row.ground)])
    title = BY_NAME[row.ground].current.shown_title if row.ground in BY_NAME else row.ground
    return gettext("their yes to “%(title)s”") % {"title": title}
