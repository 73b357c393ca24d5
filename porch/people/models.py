from porch.people.identity.models import Operator, Person, SignInLink
from porch.people.sessions.models import Session

__all__ = ["Operator", "Person", "Session", "SignInLink"]
