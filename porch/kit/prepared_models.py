"""Prepared statements for verbs: models read, written anew and changed, without building the statement each time.

The definition stays in Django's words, as with ``Prepared``; what a verb gets is an ordinary model, so that rules and
hooks that take one need not know. Nothing here reads rows for a page: that is what ``Prepared`` is for.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Field, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery

from porch.kit.prepared import HIGHEST, LOWEST, Param, is_plain

M = TypeVar("M", bound=Model)


class Compiled:
    """A statement as the compiler wrote it on one connection, with the compiler that reads its rows."""

    __slots__ = ("compiler", "native", "params", "sql")

    def __init__(self, compiler: Any, sql: str, params: Any) -> None:
        self.compiler, self.sql, self.params = compiler, sql, list(params)
        plain = compiler.connection.vendor == "sqlite"
        self.native = sql % (("?",) * len(self.params)) if plain else ""

    def run(self, using: str, values: list[Any]) -> Any:
        """Run it, past Django's cursor where that would only translate; give a cursor."""
        connection = connections[using]
        if self.native and is_plain(connection):
            with connection.wrap_database_errors:
                return connection.connection.execute(self.native, values)
        cursor = connection.cursor()
        cursor.execute(self.sql, values)
        return cursor

    def bound(self, using: str, values: dict[str, Any]) -> list[Any]:
        connection = connections[using]
        return [p.bind(values[p.name], connection) if isinstance(p, Param) else p for p in self.params]


class _Statement:
    """What the three have in common: parameters by name, and one compiled statement for each connection."""

    def __init__(self, **params: Field[Any, Any]) -> None:
        self.params = {name: Param(name, field) for name, field in params.items()}
        self._compiled: dict[str, Compiled] = {}
        self._lock = Lock()

    def compiled(self, using: str) -> Compiled:
        found = self._compiled.get(using)
        if found is None:
            with self._lock:
                found = self._compiled[using] = self.compile(using)
        return found

    def compile(self, using: str) -> Compiled:
        raise NotImplementedError

    def checked(self, values: dict[str, Any]) -> bool:
        """Say whether any column can hold the numbers. Raises ``TypeError`` for other names than those declared."""
        if values.keys() != self.params.keys():
            raise TypeError(f"this statement takes {sorted(self.params)}, not {sorted(values)}")
        return all(type(each) is not int or LOWEST <= each <= HIGHEST for each in values.values())


class PreparedModel(_Statement, Generic[M]):
    """A queryset of models whose parameters are fields by name, read with its related models and annotations.

    >>> FOUND = PreparedModel(lambda topic: Topic.objects.filter(pk=topic), topic=BigIntegerField())
    >>> FOUND.first(topic=7)
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **params: Field[Any, Any]) -> None:
        super().__init__(**params)
        self.build = build
        self._makers: dict[str, Maker] = {}

    def first(self, *, using: str = "default", **values: Any) -> M | None:
        if not self.checked(values):
            return None
        compiled = self.compiled(using)
        raw = compiled.run(using, compiled.bound(using, values)).fetchone()
        if raw is None:
            return None
        maker = self._makers.get(using) or self._makers.setdefault(using, Maker(compiled.compiler, using))
        found: M = maker.made(raw)
        return found

    def compile(self, using: str) -> Compiled:
        compiler = self.build(**self.params).using(using).query.get_compiler(using=using)
        return Compiled(compiler, *compiler.as_sql())


class Maker:
    """What makes a model of a row, as Django's own iteration over a queryset does; worked out once."""

    __slots__ = ("annotations", "compiler", "converters", "fields", "model", "names", "related", "using")

    def __init__(self, compiler: Any, using: str) -> None:
        info = compiler.klass_info
        self.compiler, self.using, self.model = compiler, using, info["model"]
        self.fields = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self.names = [each[0].target.attname for each in compiler.select[self.fields]]
        self.converters = compiler.get_converters([each[0] for each in compiler.select])
        self.related = get_related_populators(info, compiler.select, using)  # type: ignore[call-arg]  # of another version
        self.annotations = compiler.annotation_col_map

    def made(self, raw: Any) -> Any:
        row = list(raw)
        for place, (functions, expression) in self.converters.items():
            for function in functions:
                row[place] = function(row[place], expression, self.compiler.connection)
        found = self.model.from_db(self.using, self.names, row[self.fields])
        for each in self.related:
            each.populate(row, found)
        for name, place in self.annotations.items():
            setattr(found, name, row[place])
        return found


class PreparedUpdate(_Statement):
    """A change of rows: ``build`` gives the queryset and the new values by field, in which parameters may stand."""

    def __init__(
        self, build: Callable[..., tuple[QuerySet[Any], dict[str, Any]]], **params: Field[Any, Any]
    ) -> None:
        super().__init__(**params)
        self.build = build

    def run(self, *, using: str = "default", **values: Any) -> int:
        """Change the rows; give how many there were."""
        if not self.checked(values):
            return 0
        compiled = self.compiled(using)
        return int(compiled.run(using, compiled.bound(using, values)).rowcount)

    def compile(self, using: str) -> Compiled:
        found, changes = self.build(**self.params)
        query = found.using(using).query.chain(UpdateQuery)
        query.add_update_values(changes)  # type: ignore[attr-defined]
        compiler = query.get_compiler(using=using)
        return Compiled(compiler, *compiler.as_sql())


class PreparedInsert(_Statement, Generic[M]):
    """A new row of a model with a key that the database gives, or with one that it has already."""

    def __init__(self, model: type[M]) -> None:
        super().__init__()
        self.model = model
        key = model._meta.pk
        self.is_given = not getattr(key, "db_returning", False)
        self.fields = [each for each in model._meta.concrete_fields if self.is_given or each is not key]

    def add(self, new: M, *, using: str = "default") -> M:
        """Write a model that is not in the database yet, and give it its key."""
        connection = connections[using]
        values = [
            each.get_db_prep_save(each.pre_save(new, add=True), connection=connection) for each in self.fields
        ]
        cursor = self.compiled(using).run(using, values)
        if not self.is_given:
            new.pk = cursor.fetchone()[0]
        new._state.adding, new._state.db = False, using
        return new

    def compile(self, using: str) -> Compiled:
        query = InsertQuery(self.model)
        query.insert_values(self.fields, [_Blank(self.fields)], raw=True)  # type: ignore[list-item]
        compiler = query.get_compiler(using=using)
        if not self.is_given:
            compiler.returning_fields = [self.model._meta.pk]
        ((sql, params),) = compiler.as_sql()
        return Compiled(compiler, sql, params)


class _Blank:
    """Something to compile an insertion with: its values are thrown away."""

    def __init__(self, fields: list[Any]) -> None:
        for each in fields:
            setattr(self, each.attname, None)


__all__ = ["PreparedInsert", "PreparedModel", "PreparedUpdate"]
