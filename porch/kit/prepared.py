"""Prepared querysets: written once in Django's words, compiled once, run as plain SQL into slotted rows.

Building a query costs Django more than running it. A prepared one keeps the compiled statement and only
binds its values. The queryset stays the definition, so a test can hold each against it (``plain``).
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from threading import Lock
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.db import connections
from django.db.models import Expression, Field, QuerySet


class RowClass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


Row = TypeVar("Row", bound=RowClass)
Build = Callable[..., QuerySet[Any, Any]]
Convert = tuple[int, list[Callable[[Any, Any, Any], Any]], Any]


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
        return list(self._rows(using, values))

    def first(self, *, using: str = "default", **values: Any) -> Row | None:
        return next(self._rows(using, values), None)

    def _rows(self, using: str, values: dict[str, Any]) -> Iterator[Row]:
        if values.keys() != self.params.keys():
            raise TypeError(f"this query takes {sorted(self.params)}, not {sorted(values)}")
        connection = connections[using]
        statement = self._statements.get(using) or self._compile(using)
        bound = [p.bind(values[p.name], connection) if isinstance(p, Param) else p for p in statement.params]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, bound)
            found = cursor.fetchall()
        make, converts = self.row, statement.converts
        for raw in found:
            if converts:
                cells = list(raw)
                for place, functions, expression in converts:
                    for function in functions:
                        cells[place] = function(cells[place], expression, connection)
                yield make(*cells)
            else:
                yield make(*raw)

    def _compile(self, using: str) -> "Statement":
        with self._lock:
            if using not in self._statements:
                names = [each.name for each in fields(self.row)]
                queryset = self.build(**self.params).using(using).values_list(*names)
                self._statements[using] = Statement(queryset, using)
            return self._statements[using]


class Statement:
    """What the compiler made of a queryset on one connection: text, places for values, converters by column."""

    __slots__ = ("converts", "params", "sql")

    def __init__(self, queryset: QuerySet[Any, Any], using: str) -> None:
        compiler = queryset.query.get_compiler(using=using)
        sql, params = compiler.as_sql()
        selected = [expression for expression, _, _ in compiler.select]
        self.sql: str = sql
        self.params: list[Any] = list(params)
        self.converts: list[Convert] = [
            (place, functions, expression)
            for place, (functions, expression) in compiler.get_converters(selected).items()
        ]


__all__ = ["Param", "Prepared"]
