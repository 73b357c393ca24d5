from porch.people.account.models import StepTaken
from porch.people.identity.models import Operator, Person, Session, SignInLink
from porch.people.sign_in.models import MailedCode, SecondStep, Tally

__all__ = ["MailedCode", "Operator", "Person", "SecondStep", "Session", "SignInLink", "StepTaken", "Tally"]
