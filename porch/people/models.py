from porch.people.identity.models import Operator, Person, Session, SignInLink

__all__ = ["Operator", "Person", "Session", "SignInLink"]
