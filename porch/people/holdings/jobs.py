from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import task

from porch.kit.time import now
from porch.people.holdings.counting import count_holdings
from porch.people.sign_in.limits import Rate, count

# It reads whole tables.
BY_HAND = Rate("counts of the register by hand", 10, timedelta(hours=1))


@task()
def count_register() -> int:
    """Count how many stand on each purpose."""
    return count_holdings(at=now())


@transaction.atomic
def ask_for_count(*, at: datetime) -> None:
    """Have it counted soon. Raises ``TooManyTries``."""
    count(BY_HAND, "", at=at)
    count_register.enqueue()
