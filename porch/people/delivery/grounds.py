"""On what grounds a mail may go out. There are two, and no third: a yes that stands, or one of these reasons."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn

from porch.people.consent.grounds import ConsentStands


class Reason(StrEnum):
    """Mail that is needed for what somebody is doing, or has to be told. Nothing that could as well not be sent."""

    SIGN_IN_CODE = "sign-in code"
    ADDRESS_PROOF = "proof of an address"
    SECURITY_NOTICE = "security notice"
    ERASURE_RECEIPT = "receipt of erasure"
    LEAVING_RECEIPT = "receipt of leaving"
    REMOVAL_NOTICE = "notice of removal"
    TEST_MAIL = "test mail"
    INVITED = "invitation"
    JOIN_REQUEST = "answer to a request to join"
    RENEWAL = "renewal of a tier"
    MODERATION = "notice about what they wrote"


# Somebody sits there and waits.
PROMPT = {Reason.SIGN_IN_CODE, Reason.ADDRESS_PROOF, Reason.TEST_MAIL}
# Mail that nobody has asked for: whatever stops an address, for it or for everything, stops it too.
UNASKED = {Reason.INVITED}


@dataclass(frozen=True, slots=True)
class Transactional:
    """One of the closed list of reasons."""

    reason: Reason

    def __post_init__(self) -> None:
        if type(self.reason) is not Reason:
            raise TypeError("a transactional reason is one of Reason, not a text of one's own")

    def __init_subclass__(cls, **_: Any) -> NoReturn:
        raise TypeError("the list of reasons is closed")


Grounds = Transactional | ConsentStands
