from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from porch.people.consent.models import Consent


@pytest.fixture
def ledger_of_its_own(transactional_db: None) -> Iterator[None]:
    """Let a test commit lines, and take the guards off to clean up after it: nothing else can."""
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE people_consent")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'people_consent'"
        )
        guards: list[Any] = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(f'DELETE FROM "{Consent._meta.db_table}"')
        for _name, sql in guards:
            cursor.execute(sql)
