"""Questions and answers for tests, as forms would bring them."""

from datetime import datetime

from porch.community.membership.models import Member
from porch.community.profiles.actions import Given, fill_profile
from porch.community.profiles.defining import Asked, define_field
from porch.community.profiles.indexing import index_name
from porch.community.profiles.models import ProfileField
from porch.people.identity.models import Person
from tests.village import NOON, Village

PURPOSE = "So that members find each other."
EVENINGS = {"zone": "Europe/Berlin", "mon-from": "18:00", "mon-to": "20:00"}


def ask(village: Village, kind: str = "interests", title: str = "Interests", **more: object) -> ProfileField:
    asked = Asked(title=title, purpose=PURPOSE, kind=kind, **more)  # type: ignore[arg-type]
    return define_field(asked=asked, by=village.ada, at=NOON)


def tell(person: Person, field: ProfileField, value: object, seen: str = "", at: datetime = NOON) -> None:
    texts = value if isinstance(value, dict) else {"": str(value)}
    fill_profile(given={field.pk: Given(texts, seen)}, by=person, at=at)


def member_of(person: Person) -> Member:
    return Member.objects.select_related("person").get(person=person)


def index_names() -> None:
    """Do what the worker does after each fact."""
    for each in Member.objects.select_related("person"):
        index_name(each)
