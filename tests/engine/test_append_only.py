"""The database keeps the audit and the stories of promises as they were written, but for who it was."""

import pytest
from django.db import DatabaseError, connection, transaction

from porch.engine.models import AuditEntry, PromiseChange
from porch.engine.promises.by_hand import promise_by_hand, settle_by_hand
from porch.engine.promises.kinds import Whom
from tests.engine.promises.owing import DUE
from tests.village import NOON

AUDIT, STORY = "engine_auditentry", "engine_promisechange"


@pytest.fixture(autouse=True)
def _a_row_in_each(db: None) -> None:
    made = promise_by_hand(text="Call", to=Whom("person", 8), due_at=DUE, by_id=7, at=NOON)
    settle_by_hand(promise_id=made.pk, way="withdrawn", reason="Called.", by_id=7, at=NOON)


def rows() -> list[object]:
    return [*AuditEntry.objects.order_by("pk").values(), *PromiseChange.objects.order_by("pk").values()]


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM {AUDIT}",
        f"UPDATE {AUDIT} SET act = 'other'",
        f"UPDATE {AUDIT} SET by_id = 9",
        f"UPDATE {AUDIT} SET reason = 'another'",
        f"UPDATE {AUDIT} SET by_id = NULL, version = 2",
        f"UPDATE {AUDIT} SET ids = '{{}}'",
        f"DELETE FROM {STORY}",
        f"UPDATE {STORY} SET state = 'kept'",
        f"UPDATE {STORY} SET reason = 'another'",
        f"UPDATE {STORY} SET by_id = NULL, number = 2",
    ],
)
def test_what_was_written_stays_whoever_asks(statement: str) -> None:
    before = rows()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert rows() == before


@pytest.mark.parametrize("model", [AuditEntry, PromiseChange])
def test_neither_one_row_nor_many_can_be_deleted(model: type[AuditEntry]) -> None:
    for delete in (lambda: model.objects.first().delete(), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            delete()
    assert model.objects.exists()


def test_who_it_was_and_what_was_said_can_be_emptied_and_not_filled_again() -> None:
    AuditEntry.objects.update(by_id=None, about_id=None, reason="")
    PromiseChange.objects.update(by_id=None, reason="")
    assert set(AuditEntry.objects.values_list("by_id", "about_id", "reason")) == {(None, None, "")}
    for change in (lambda: AuditEntry.objects.update(by_id=7), lambda: PromiseChange.objects.update(by_id=7)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
