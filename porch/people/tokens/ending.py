"""How the tokens of a person end together; apart from the other verbs, so that those of operators can call it."""

from datetime import datetime

from django.db import transaction

from porch.people.identity.models import Person
from porch.people.tokens.models import ApiToken


@transaction.atomic
def revoke_along(*, person: Person, at: datetime) -> int:
    """Revoke every token of a person as a part of another act, which leaves the trace; give how many."""
    return ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
