import pytest

from tests.bench.stage import settled
from tests.bench.writers import write_together


@pytest.mark.slow
def test_eight_writing_processes_and_two_readers_lose_nothing() -> None:
    """For two seconds on one SQLite file; `make bench` does the same for a minute."""
    with settled() as ground:
        done = write_together(ground, seconds=2)
    assert done.errors == []
    assert done.lost == 0, "as many articles and facts more as were acknowledged"
    assert done.acknowledged > 0
    assert done.read > 0
