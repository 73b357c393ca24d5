"""How a stranger proves an address: a name and an address in, a code by mail, and nothing kept of a person before it.

Whose address it is makes no difference to what is shown and sent. The name waits in the browser's session.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from porch.people.identity.addresses import find_by_address, sign_in_address
from porch.people.identity.operators import clean_name
from porch.people.sign_in import limits
from porch.people.sign_in.codes import JOIN, spend_code
from porch.people.sign_in.letters import mail_code
from porch.people.sign_in.views.ways import place

ASKED = "join_code"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a stranger said of themselves, until they have proved it."""

    ticket: str
    address: str
    name: str


def ask_for_code(request: HttpRequest, *, address: str, name: str, at: datetime) -> None:
    """Send a code to an address, and remember in this browser who asked.

    Raises ``NotAnAddress``, ``TooManyTries``, and what a name is refused for.
    """
    address, name = sign_in_address(address), clean_name(name)
    limits.count(limits.LETTERS_FROM_PLACE, place(request), at=at)
    limits.count(limits.LETTERS_TO_ADDRESS, address, at=at)
    limits.count(limits.LETTERS_IN_A_DAY, address, at=at)
    issued = mail_code(request, purpose=JOIN, person=find_by_address(address), address=address, at=at)
    request.session[ASKED] = {"ticket": issued.ticket, "address": address, "name": name}


def asked_here(request: HttpRequest) -> Asked | None:
    """Give what was asked for in this browser and is not proved yet."""
    held = request.session.get(ASKED)
    return Asked(**held) if isinstance(held, dict) else None


def prove(request: HttpRequest, asked: Asked, *, code: str, at: datetime) -> str:
    """Hold a code against what went out, and give the address that it proves.

    Raises ``CodeIsWrong``, ``CodeIsSpent`` and ``TooManyTries``.
    """
    limits.count(limits.CODES_FROM_PLACE, place(request), at=at)
    spent = spend_code(purpose=JOIN, ticket=asked.ticket, code=code, at=at)
    request.session.pop(ASKED, None)
    return spent.address
