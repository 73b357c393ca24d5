"""Whatever the law of erasure finds of somebody, they read on their pages and take out with them."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from porch.engine.files.store import LocalStore
from porch.engine.outbox.models import Delivery
from porch.people.erasure.holdings import HOLDINGS, Holding
from porch.people.erasure.reads import held, receipt_of, subject_of
from porch.people.holdings.columns import columns_of
from porch.people.holdings.reads import overview_of
from porch.people.takeout.archive import NOT_SHOWN
from tests.engine.files.conftest import shelf  # noqa: F401 - a fixture
from tests.laws.tables import apart, table
from tests.laws.trees import assert_none
from tests.people.holdings.filling import labels, live_in_every_table
from tests.people.takeout.archives import opened, tables_in, take_out
from tests.village import Village

SOUNDS_SECRET = re.compile(
    r"(^|_)(digests?|hash(es)?|tokens?|keys?|secrets?|password|macs?|ticket|codes?|salt|credentials?|nonce|data)(_|$)"
)


NO_ROOM = (models.BooleanField, models.DateField, models.IntegerField)


def offences(found: Mapping[str, type[models.Model]], holdings: Mapping[str, Holding]) -> list[str]:
    """Name columns that sound secret, or hold bytes, of which nobody says whether they are; and names of none."""
    wrong = []
    for label, holding in holdings.items():
        if label not in found:
            continue
        columns = {column.attname: column for column in columns_of(found[label])}
        said = {*holding.secret, *holding.harmless}
        wrong += [
            f"{label}.{name} sounds secret: declare it secret or harmless with hold()"
            for name, column in columns.items()
            if not isinstance(column, NO_ROOM)
            and (SOUNDS_SECRET.search(name) or isinstance(column, models.BinaryField))
            and name not in said
        ]
        named = {*said, *holding.shows} - set(columns)
        wrong += [f"{label} has no column {name}" for name in sorted(named)]
        wrong += [
            f"{label}.{name} is secret and harmless" for name in set(holding.secret) & set(holding.harmless)
        ]
    return wrong


def test_every_column_that_sounds_secret_is_declared() -> None:
    assert_none(offences({model._meta.label: model for model in apps.get_models()}, HOLDINGS))


@pytest.mark.parametrize(
    "name", ["digest", "mac", "session_key", "api_token", "password", "address_hash", "data"]
)
def test_a_column_that_sounds_secret_is_caught(name: str) -> None:
    column: dict[str, Any] = {name: models.TextField()}
    with apart():
        made = table("community", **column)
        label = made._meta.label
        assert len(offences({label: made}, {label: Holding(label, "Why")})) == 1
        assert not offences({label: made}, {label: Holding(label, "Why", secret=(name,))})
        assert not offences({label: made}, {label: Holding(label, "Why", harmless=(name,))})
        assert len(offences({label: made}, {label: Holding(label, "Why", secret=("gone", name))})) == 1


def test_bytes_are_caught_whatever_they_are_called() -> None:
    with apart():
        made = table("community", drawing=models.BinaryField())
        assert len(offences({made._meta.label: made}, {made._meta.label: Holding("x", "Why")})) == 1


def test_an_export_holds_every_row_that_the_law_of_erasure_finds(
    village: Village,
    shelf: LocalStore,  # noqa: F811
) -> None:
    """For somebody who stands in every table that there is."""
    dov = live_in_every_table(village)
    made = take_out(dov)
    exported = tables_in(opened(made))
    assert set(exported) == labels()
    for each in held(dov):
        key = each.rows.model._meta.pk.attname
        written = [row[key] for row in exported[each.table]["rows"]]
        # What the making itself wrote stands in no copy of what was there before: the file, its row, the letter.
        found = each.rows.exclude(pk__in=made_after(each.table, made)).values_list("pk", flat=True)
        is_secret = key in HOLDINGS[each.table].secret
        assert len(written) == len(found) > 0, each.table
        assert is_secret or sorted(map(str, written)) == sorted(map(str, found)), each.table
        for name in HOLDINGS[each.table].secret:
            if name not in HOLDINGS[each.table].shows:
                assert {row[name] for row in exported[each.table]["rows"]} == {NOT_SHOWN}


def made_after(table: str, made: Any) -> list[Any]:
    """Name the rows that came after the copy was read."""
    letters = list(Delivery.objects.filter(kind="people/takeout/mail/ready").values_list("pk", flat=True))
    return {
        "engine.Holding": [made.holding_id],
        "engine.Delivery": letters,
        "engine.DeliveryBody": letters,
    }.get(table, [])


def test_the_page_lists_every_table_that_the_law_finds(village: Village, shelf: LocalStore) -> None:  # noqa: F811
    dov = live_in_every_table(village)
    overview = overview_of(dov)
    assert {line.table for line in overview.lines} == labels()
    assert overview.empty == []
    assert {line.table: line.deleted + line.kept for line in overview.lines} == {
        each.table: each.rows.count() for each in held(dov)
    }
    assert overview.lines == receipt_of(subject_of(dov))
