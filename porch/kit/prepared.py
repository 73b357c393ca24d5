"""Prepared querysets: written once in Django's words, compiled once, run as plain SQL into slotted rows.

Building a query costs Django more than running it. A prepared one keeps the compiled statement and only
binds its values. The queryset stays the definition, so a test can hold each against it (``plain``).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import lru_cache, partial
from operator import methodcaller
from threading import Lock
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.db import connections
from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Expression,
    Field,
    IntegerField,
    QuerySet,
    TextField,
)


class RowClass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


# What a number in the database can be: 64 bits.
LOWEST, HIGHEST = -(2**63), 2**63 - 1
# Values of these types SQLite takes as they are, for fields of these kinds.
AS_THEY_ARE: list[tuple[type[Field[Any, Any]], type]] = [
    (IntegerField, int),
    (CharField, str),
    (TextField, str),
]
FETCH_ALL = methodcaller("fetchall")

Row = TypeVar("Row", bound=RowClass)
Build = Callable[..., QuerySet[Any, Any]]
Bind = Callable[[Any], Any]
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


class Compiled:
    """A statement as the compiler wrote it on one connection: its text, and what stands at each of its places.

    ``native`` is the text as the SQLite driver takes it, which saves Django's cursor from translating it each time.
    Constants are written into it: where SQLite may use an index of some rows only, it would otherwise plan the
    statement anew whenever it is run.
    """

    __slots__ = ("compiler", "native", "native_places", "places", "sql")

    def __init__(self, compiler: Any, sql: str, params: Any) -> None:
        connection = compiler.connection
        self.compiler, self.sql = compiler, sql
        # A name with what binds its value, or no name with a constant.
        self.places: list[tuple[str, Any]] = [
            (each.name, binder(each, connection)) if isinstance(each, Param) else ("", each)
            for each in params
        ]
        written = [None if name else literal(each) for name, each in self.places]
        self.native_places = [place for place, text in zip(self.places, written, strict=True) if text is None]
        self.native = sql % tuple(text or "?" for text in written) if connection.vendor == "sqlite" else ""

    def run(self, using: str, values: dict[str, Any], take: Callable[[Any], Any]) -> Any:
        """Run it, past Django's cursor where that would only translate; give what is to be taken of the cursor."""
        connection = connections[using]
        if self.native and is_plain(connection):
            given = bound(self.native_places, values)
            with connection.wrap_database_errors:
                return take(connection.connection.execute(self.native, given))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, bound(self.places, values))
            return take(cursor)

    def converts(self) -> list[Convert]:
        """Give the functions that turn what the database says into values, by column."""
        selected = [expression for expression, _, _ in self.compiler.select]
        return [
            (place, converter(functions, expression, self.compiler.connection))
            for place, (functions, expression) in self.compiler.get_converters(selected).items()
        ]


class Statement:
    """What all that is prepared has in common: parameters by name, and one compiled statement for each connection."""

    # All of them, so that a test can hold each against what Django does.
    known: ClassVar[list["Statement"]] = []

    def __init__(self, **params: Field[Any, Any]) -> None:
        self.params = {name: Param(name, field) for name, field in params.items()}
        self._compiled: dict[str, Compiled] = {}
        self._lock = Lock()
        Statement.known.append(self)

    def compiled(self, using: str) -> Compiled:
        found = self._compiled.get(using)
        if found is None:
            with self._lock:
                found = self._compiled.get(using)
                if found is None:
                    found = self._compiled[using] = self.compile(using)
        return found

    def compile(self, using: str) -> Compiled:
        raise NotImplementedError

    def fits(self, values: dict[str, Any]) -> bool:
        """Say whether any column can hold the numbers: drivers fail at others.

        Raises ``TypeError`` for other names than those declared.
        """
        if values.keys() != self.params.keys():
            raise TypeError(f"this statement takes {sorted(self.params)}, not {sorted(values)}")
        for each in values.values():  # noqa: SIM110 - a generator costs more than what it looks at
            if type(each) is int and not LOWEST <= each <= HIGHEST:
                return False
        return True


class Prepared(Statement, Generic[Row]):
    """A queryset whose parameters are fields by name and whose rows are instances of a dataclass.

    ``build`` takes a keyword for each of ``params`` and returns a queryset of model instances, of which the
    fields (or ``select_related`` paths, or annotations) named by ``row`` are read.

    >>> RECENT = Prepared(lambda topic: Post.objects.filter(topic=topic)[:20], PostRow, topic=BigIntegerField())
    >>> RECENT.all(topic=7)
    """

    def __init__(self, build: Build, row: type[Row], **params: Field[Any, Any]) -> None:
        super().__init__(**params)
        self.build = build
        self.row = row
        self._converts: dict[str, list[Convert]] = {}

    def plain(self, **values: Any) -> QuerySet[Any, Any]:
        """Give the ordinary queryset of the same rows, as dictionaries: what the prepared one must equal."""
        return self.build(**values).values(*(each.name for each in fields(self.row)))

    def all(self, *, using: str = "default", **values: Any) -> list[Row]:
        raws = self._fetch(using, values)
        return self._made(raws, self._converts[using]) if raws else []

    def first(self, *, using: str = "default", **values: Any) -> Row | None:
        raws = self._fetch(using, values)
        return self._made(raws[:1], self._converts[using])[0] if raws else None

    def exists(self, *, using: str = "default", **values: Any) -> bool:
        return bool(self._fetch(using, values))

    def compile(self, using: str) -> Compiled:
        names = [each.name for each in fields(self.row)]
        queryset = self.build(**self.params).using(using).values_list(*names)
        compiler = queryset.query.get_compiler(using=using)
        compiled = Compiled(compiler, *compiler.as_sql())
        self._converts[using] = compiled.converts()
        return compiled

    def _fetch(self, using: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        if not self.fits(values):
            return []
        rows: list[tuple[Any, ...]] = self.compiled(using).run(using, values, FETCH_ALL)
        return rows

    def _made(self, raws: list[tuple[Any, ...]], converts: list[Convert]) -> list[Row]:
        if not converts:
            return [self.row(*raw) for raw in raws]
        found = []
        for raw in raws:
            cells = list(raw)
            for place, convert in converts:
                cells[place] = convert(cells[place])
            found.append(self.row(*cells))
        return found


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


def bound(places: list[tuple[str, Any]], values: dict[str, Any]) -> list[Any]:
    """Give what stands at each place of a statement."""
    return [each(values[name]) if name else each for name, each in places]


def binder(param: Param, connection: Any) -> Bind:
    """Make the function that writes a value as the driver takes it."""
    # The connection of whoever compiled: fields ask it for its settings only.
    bind = partial(param.bind, connection=connection)
    if connection.vendor != "sqlite":
        return bind
    field = getattr(param.output_field, "target_field", param.output_field)
    if type(field) is DateTimeField:
        return lambda value: write_instant(value) if is_in_utc(value) else bind(value)
    for kind, plain in AS_THEY_ARE:
        if isinstance(field, kind):
            return lambda value: value if type(value) is plain else bind(value)
    return bind


def literal(value: Any) -> str | None:
    """Write a constant of our own as SQLite reads it; None where it is better bound."""
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str) and "\0" not in value:
        return "'" + str.__str__(value).replace("'", "''") + "'"
    return None


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


def is_in_utc(value: Any) -> bool:
    """Say whether a value is an instant in UTC, as Porch has them all, and no subclass of one."""
    return type(value) is datetime and value.tzinfo is UTC


@lru_cache(maxsize=256)
def write_instant(value: datetime) -> str:
    """Write an instant as Django keeps it in SQLite: in UTC, without saying so. A verb writes the same one often."""
    return str(value)[:-6]


def read_instant(value: datetime | str | None) -> datetime | None:
    """Read an instant as Django keeps it in SQLite: in UTC, without saying so."""
    if value is None:
        return None
    if isinstance(value, str):  # an expression: the driver knows only the types of columns
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC)


__all__ = ["Compiled", "Counted", "Param", "Prepared", "Statement", "counted"]
