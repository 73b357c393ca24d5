from django_tasks import task

from porch.kit.time import now
from porch.people.holdings.counting import count_holdings


@task()
def count_register() -> int:
    """Count how many stand on each purpose."""
    return count_holdings(at=now())
