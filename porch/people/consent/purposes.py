"""What Porch may ask a yes for, and the words it asks with. Words that were shown are never edited.

A law keeps the hash of every wording: who wants other words adds a version. ``asks_anew`` says that the new one
means more than the old ones did, so that an earlier yes does not cover it.
"""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Literal

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from porch.kit.refusals import BadInput


class Basis(StrEnum):
    """The six grounds of art. 6(1) GDPR, (a) to (f)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal duty"
    VITAL_INTEREST = "vital interest"
    PUBLIC_TASK = "public task"
    LEGITIMATE_INTEREST = "legitimate interest"


class UnknownPurpose(BadInput):
    text = gettext_lazy("Nothing is asked for under this name.")


class UnknownWording(BadInput):
    text = gettext_lazy("These words were never shown here, so nobody can have agreed to them.")
    hint = gettext_lazy("Load the page again, read what stands there now, and answer that.")


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody reads before saying yes: a title and a few plain sentences."""

    version: int
    title: str
    text: str
    asks_anew: bool = False

    @property
    def hash(self) -> str:
        return sha256(f"{self.title}\n{self.text}".encode()).hexdigest()

    @property
    def shown_title(self) -> str:
        return gettext(self.title)

    @property
    def shown_text(self) -> str:
        return gettext(self.text)


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing for which somebody's address is used. ``of`` says who agrees: a person, or whoever has an address."""

    name: str
    side: Literal["community", "audience"]
    of: Literal["person", "address"]
    bases: tuple[Basis, ...]
    wordings: tuple[Wording, ...]

    @property
    def current(self) -> Wording:
        return self.wordings[-1]

    @property
    def is_optional(self) -> bool:
        return Basis.CONSENT in self.bases

    @property
    def covered_from(self) -> int:
        """The oldest version to which a yes still counts."""
        return max((each.version for each in self.wordings if each.asks_anew), default=1)

    def wording(self, version: int) -> Wording:
        """Give the words of a version. Raises ``UnknownWording``."""
        for each in self.wordings:
            if each.version == version:
                return each
        raise UnknownWording


PURPOSES: tuple[Purpose, ...] = (
    Purpose(
        "account-mail",
        side="community",
        of="person",
        bases=(Basis.CONTRACT,),
        wordings=(
            Wording(
                1,
                _("Mail that your account needs"),
                _(
                    "Codes to sign in with, questions whether an address is yours, and news about your account's "
                    "safety. An account cannot work without this mail, so it has no switch. It never holds anything "
                    "else."
                ),
            ),
        ),
    ),
    Purpose(
        "member-letter",
        side="community",
        of="person",
        bases=(Basis.CONSENT,),
        wordings=(
            Wording(
                1,
                _("Letters to members"),
                _(
                    "Now and then, the people who run this place write to those who belong here: what is planned, "
                    "what was decided, what they need help with. These letters come by mail to your account's "
                    "address. You can stop them at any time, here or by the link in each letter."
                ),
            ),
        ),
    ),
    Purpose(
        "conversation-mail",
        side="community",
        of="person",
        bases=(Basis.CONSENT,),
        wordings=(
            Wording(
                1,
                _("Mail about what is said to you"),
                _(
                    "When somebody answers you, mentions you, asks you, writes to you or in a topic that you follow, "
                    "when an announcement is sent to all, and when you wanted to be reminded: mail comes to your "
                    "account's address, with the beginning of what was said. You choose for each kind how often, and "
                    "at which hours none comes. You can stop each kind, or all of it, at any time, here or by a link "
                    "in each mail."
                ),
            ),
        ),
    ),
    Purpose(
        "digest",
        side="community",
        of="person",
        bases=(Basis.CONSENT,),
        wordings=(
            Wording(
                1,
                _("A digest each week"),
                _(
                    "Once a week, and only if you have not been here for six days: what was talked about most in the "
                    "spaces that you reach. It comes by mail to your account's address. You can stop it at any time, "
                    "here or by the link in each mail."
                ),
            ),
        ),
    ),
    Purpose(
        "news",
        side="audience",
        of="address",
        bases=(Basis.CONSENT,),
        wordings=(
            Wording(
                1,
                _("News by mail"),
                _(
                    "What is published here, sent to your address by the people who run this place. Your address is "
                    "used for nothing else and given to nobody. You can stop it at any time, here or by the link in "
                    "each mail."
                ),
            ),
        ),
    ),
)
BY_NAME = {each.name: each for each in PURPOSES}


def find_purpose(name: str) -> Purpose:
    """Find a purpose by its name. Raises ``UnknownPurpose``."""
    if name not in BY_NAME:
        raise UnknownPurpose
    return BY_NAME[name]


def other_purposes(name: str) -> list[str]:
    """Name the purposes that need a yes of their own, besides this one."""
    return [each.name for each in PURPOSES if each.is_optional and each.name != name]
