from datetime import datetime

from porch.people.identity.models import Person
from porch.people.sign_in.letters import tell_change


def tell(person: Person, change: str, what: str = "", *, also: str = "", browser: str, at: datetime) -> None:
    """Tell of a change at the main address, and at one more where that is concerned.

    Call it in the transaction of the change: there is none then of which nobody is told.
    """
    for address in sorted({person.email or "", also} - {""}):
        tell_change(change=change, what=what, to=address, browser=browser, at=at)
