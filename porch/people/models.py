from porch.people.erasure import engine, libraries
from porch.people.erasure.models import Erasure
from porch.people.identity.models import Operator, Person, Session, SignInLink

__all__ = ["Erasure", "Operator", "Person", "Session", "SignInLink", "engine", "libraries"]
