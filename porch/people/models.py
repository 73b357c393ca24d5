from porch.people.account.models import StepTaken
from porch.people.consent.models import Consent, ConsentAddress
from porch.people.erasure import correspondence, engine, libraries
from porch.people.erasure.models import Erasure
from porch.people.holdings.models import HoldingCount
from porch.people.identity.models import FormerAddress, Operator, Person, SignInLink
from porch.people.opt_in.models import ConsentRequest
from porch.people.sessions.models import Session
from porch.people.sign_in.models import MailedCode, SecondStep, Tally
from porch.people.suppression.models import Suppression
from porch.people.takeout.models import TakeOut
from porch.people.tokens.models import ApiToken, KeptAnswer

__all__ = [
    "ApiToken",
    "Consent",
    "ConsentAddress",
    "ConsentRequest",
    "Erasure",
    "FormerAddress",
    "HoldingCount",
    "KeptAnswer",
    "MailedCode",
    "Operator",
    "Person",
    "SecondStep",
    "Session",
    "SignInLink",
    "StepTaken",
    "Suppression",
    "TakeOut",
    "Tally",
    "correspondence",
    "engine",
    "libraries",
]
