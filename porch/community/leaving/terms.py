"""The charter's text on leaving, and who may write it."""

import re
import unicodedata
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.leaving.acts import TERMS_WRITTEN
from porch.community.leaving.models import LeavingTerms
from porch.community.leaving.reads import terms_of_leaving
from porch.community.leaving.rights import EDIT_CHARTER
from porch.community.membership.models import Member
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.kit.refusals import BadInput
from porch.kit.text import NOT_TEXT
from porch.people.identity.models import Person

MOST_TERMS = 5000


class TermsAreEmpty(BadInput):
    text = _("The text is empty.")
    hint = _("Whoever leaves has to read what becomes of what they leave behind.")


class TermsAreTooLong(BadInput):
    text = _("The text has %(length)s characters; at most %(most)s fit.")
    hint = _("Shorten it: whoever leaves reads it in a minute.")


class TermsAreNotPlain(BadInput):
    text = _("The text holds a character that is not writing.")
    hint = _("Type it in instead of pasting it.")


@transaction.atomic
def write_terms(*, text: str, by: Person, at: datetime) -> bool:
    """Write the text anew, for whoever leaves from now on; say whether it is another one. Raises ``NeedsRight``."""
    require(by.pk, EDIT_CHARTER)
    text = clean_terms(text)
    if text == terms_of_leaving():
        return False
    LeavingTerms.objects.create(text=text, at=at, by=Member.objects.present().get(person=by))
    record(TERMS_WRITTEN, by_id=by.pk, at=at)
    return True


def clean_terms(text: str) -> str:
    """Give the text in paragraphs, without what cannot be seen."""
    if len(text) > 4 * MOST_TERMS:
        raise TermsAreTooLong(length=len(text), most=MOST_TERMS)
    if NOT_TEXT.search(text):
        raise TermsAreNotPlain
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", lines)]
    cleaned = "\n\n".join(each for each in paragraphs if each)
    if not cleaned:
        raise TermsAreEmpty
    if len(cleaned) > MOST_TERMS:
        raise TermsAreTooLong(length=len(cleaned), most=MOST_TERMS)
    return cleaned
