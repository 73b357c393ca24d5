"""Prepared querysets: written once in Django's words, compiled once, run as plain SQL into slotted rows.

Building a query costs Django more than running it. A prepared one keeps the compiled statement and only
binds its values. The queryset stays the definition, so a test can hold each against it (``plain``).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from threading import Lock
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.db import connections
from django.db.models import Count, Expression, Field, QuerySet


class RowClass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


# What a number in the database can be: 64 bits.
LOWEST, HIGHEST = -(2**63), 2**63 - 1

Row = TypeVar("Row", bound=RowClass)
Build = Callable[..., QuerySet[Any, Any]]
Convert = tuple[int, Callable[[Any], Any]]


class Param(Expression):
    """The place of a value that is known only when the query runs."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def bind(self, value: Any, connection: Any) -> Any:
        return self.output_field.get_db_prep_value(value, connection)


class Prepared(Generic[Row]):
    """A queryset whose parameters are fields by name and whose rows are instances of a dataclass.

    ``build`` takes a keyword for each of ``params`` and returns a queryset of model instances, of which the
    fields (or ``select_related`` paths, or annotations) named by ``row`` are read.

    >>> RECENT = Prepared(lambda topic: Post.objects.filter(topic=topic)[:20], PostRow, topic=BigIntegerField())
    >>> RECENT.all(topic=7)
    """

    # All of them, so that a test can hold each against its plain queryset.
    known: ClassVar[list["Prepared[Any]"]] = []

    def __init__(self, build: Build, row: type[Row], **params: Field[Any, Any]) -> None:
        self.build = build
        self.row = row
        self.params = {name: Param(name, field) for name, field in params.items()}
        self._statements: dict[str, Statement] = {}
        self._lock = Lock()
        self.known.append(self)

    def plain(self, **values: Any) -> QuerySet[Any, Any]:
        """Give the ordinary queryset of the same rows, as dictionaries: what the prepared one must equal."""
        return self.build(**values).values(*(each.name for each in fields(self.row)))

    def all(self, *, using: str = "default", **values: Any) -> list[Row]:
        statement = self._statements.get(using) or self._compile(using)
        return [self._make(raw, statement) for raw in self._fetch(statement, using, values)]

    def first(self, *, using: str = "default", **values: Any) -> Row | None:
        statement = self._statements.get(using) or self._compile(using)
        found = self._fetch(statement, using, values)
        return self._make(found[0], statement) if found else None

    def exists(self, *, using: str = "default", **values: Any) -> bool:
        return bool(self._fetch(self._statements.get(using) or self._compile(using), using, values))

    def _make(self, raw: tuple[Any, ...], statement: "Statement") -> Row:
        if not statement.converts:
            return self.row(*raw)
        cells = list(raw)
        for place, convert in statement.converts:
            cells[place] = convert(cells[place])
        return self.row(*cells)

    def _fetch(self, statement: "Statement", using: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        if values.keys() != self.params.keys():
            raise TypeError(f"this query takes {sorted(self.params)}, not {sorted(values)}")
        connection = connections[using]
        if any(type(value) is int and not LOWEST <= value <= HIGHEST for value in values.values()):
            return []  # No column holds such a number, and drivers fail at it.
        bound = [p.bind(values[p.name], connection) if isinstance(p, Param) else p for p in statement.params]
        if statement.native and is_plain(connection):
            with connection.wrap_database_errors:
                rows: list[tuple[Any, ...]] = connection.connection.execute(
                    statement.native, bound
                ).fetchall()
                return rows
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, bound)
            return list(cursor.fetchall())

    def _compile(self, using: str) -> "Statement":
        with self._lock:
            if using not in self._statements:
                names = [each.name for each in fields(self.row)]
                queryset = self.build(**self.params).using(using).values_list(*names)
                self._statements[using] = Statement(queryset, using)
            return self._statements[using]


class Statement:
    """What the compiler made of a queryset on one connection: text, places for values, converters by column.

    ``native`` is the text as the SQLite driver takes it, which saves Django's cursor from translating it each time.
    """

    __slots__ = ("converts", "native", "params", "sql")

    def __init__(self, queryset: QuerySet[Any, Any], using: str) -> None:
        compiler = queryset.query.get_compiler(using=using)
        sql, params = compiler.as_sql()
        selected = [expression for expression, _, _ in compiler.select]
        self.sql: str = sql
        self.params: list[Any] = list(params)
        connection = compiler.connection
        self.native = sql % (("?",) * len(params)) if connection.vendor == "sqlite" else ""
        self.converts: list[Convert] = [
            (place, converter(functions, expression, connection))
            for place, (functions, expression) in compiler.get_converters(selected).items()
        ]


@dataclass(frozen=True, slots=True)
class Counted:
    n: int


def counted(queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Turn a queryset into one whose only row, a ``Counted``, says how many rows there are."""
    counting: QuerySet[Any, Any] = queryset.order_by().annotate(n=Count("*"))
    counting.query.group_by = None
    return counting


def is_plain(connection: Any) -> bool:
    """Say whether nobody wants to see the statements of a connection, and nothing is wrong with it."""
    return not (
        connection.connection is None
        or connection.needs_rollback
        or connection.execute_wrappers
        or connection.queries_logged
    )


def converter(functions: list[Any], expression: Any, connection: Any) -> Callable[[Any], Any]:
    """Make one function of the converters of a column."""
    if connection.vendor == "sqlite" and functions == [connection.ops.convert_datetimefield_value]:
        return read_instant

    def convert(value: Any) -> Any:
        # The connection of whoever compiled: converters ask it for its settings only.
        for function in functions:
            value = function(value, expression, connection)
        return value

    return convert


def read_instant(value: datetime | str | None) -> datetime | None:
    """Read an instant as Django keeps it in SQLite: in UTC, without saying so."""
    if value is None:
        return None
    if isinstance(value, str):  # an expression: the driver knows only the types of columns
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC)


__all__ = ["Counted", "Param", "Prepared", "counted"]
