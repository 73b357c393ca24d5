"""Prepared statements for verbs: models read, written anew and changed, without building the statement each time.

The definition stays in Django's words, as with ``Prepared``; what a verb gets is an ordinary model, so that rules and
hooks that take one need not know. Nothing here reads rows for a page: that is what ``Prepared`` is for.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter, methodcaller
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db.models import Field, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.sql import InsertQuery, UpdateQuery

from porch.kit.prepared import Compiled, Statement

M = TypeVar("M", bound=Model)
FETCH_ONE, COUNT = methodcaller("fetchone"), attrgetter("rowcount")
NOTHING: Callable[[Any], None] = lambda cursor: None  # noqa: E731


class PreparedModel(Statement, Generic[M]):
    """A queryset of models whose parameters are fields by name, read with its related models and annotations.

    >>> FOUND = PreparedModel(lambda topic: Topic.objects.filter(pk=topic), topic=BigIntegerField())
    >>> FOUND.first(topic=7)
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **params: Field[Any, Any]) -> None:
        super().__init__(**params)
        self.build = build
        self._makers: dict[str, Maker] = {}

    def first(self, *, using: str = "default", **values: Any) -> M | None:
        if not self.fits(values):
            return None
        raw = self.compiled(using).run(using, values, FETCH_ONE)
        if raw is None:
            return None
        found: M = self._makers[using].made(raw)
        return found

    def compile(self, using: str) -> Compiled:
        compiler = self.build(**self.params).using(using).query.get_compiler(using=using)
        compiled = Compiled(compiler, *compiler.as_sql())
        self._makers[using] = Maker(compiled, using)
        return compiled


class Maker:
    """What makes models of a row, as Django's own iteration over a queryset does; worked out once."""

    __slots__ = ("annotations", "converts", "root")

    def __init__(self, compiled: Compiled, using: str) -> None:
        self.converts, self.root = (
            compiled.converts(),
            Part(compiled.compiler, compiled.compiler.klass_info, using),
        )
        self.annotations = list(compiled.compiler.annotation_col_map.items())

    def made(self, raw: Any) -> Any:
        row = list(raw)
        for place, convert in self.converts:
            row[place] = convert(row[place])
        found = self.root.made(row)
        for name, place in self.annotations:
            setattr(found, name, row[place])
        return found


class Part:
    """One model in a row that may hold several, and those that belong to it."""

    __slots__ = ("cells", "key", "model", "names", "related", "using")

    def __init__(self, compiler: Any, info: dict[str, Any], using: str) -> None:
        places = info["select_fields"]
        self.using, self.model, self.cells = using, info["model"], slice(places[0], places[-1] + 1)
        self.names = [each[0].target.attname for each in compiler.select[self.cells]]
        self.key = places[0] + self.names.index(self.model._meta.pk.attname)
        self.related = [
            (Part(compiler, each, using), each["local_setter"], each["remote_setter"])
            for each in info.get("related_klass_infos", [])
        ]

    def made(self, row: list[Any]) -> Any:
        found = put_together(self.model, zip(self.names, row[self.cells], strict=True))
        found._state.adding, found._state.db = False, self.using
        for part, set_here, set_there in self.related:
            other = None if row[part.key] is None else part.made(row)
            set_here(found, other)
            if other is not None:
                set_there(other, found)
        return found


def put_together(model: type[M], cells: Iterable[tuple[str, Any]]) -> M:
    """Make a model of its columns, past the long way of ``Model.__init__``, which asks for signals; we have none."""
    made = model.__new__(model)
    made._state = ModelState()
    made.__dict__.update(cells)
    return made


class PreparedUpdate(Statement):
    """A change of rows: ``build`` gives the queryset and the new values by field, in which parameters may stand."""

    def __init__(
        self, build: Callable[..., tuple[QuerySet[Any], dict[str, Any]]], **params: Field[Any, Any]
    ) -> None:
        super().__init__(**params)
        self.build = build

    def run(self, *, using: str = "default", **values: Any) -> int:
        """Change the rows; give how many there were."""
        return int(self.compiled(using).run(using, values, COUNT)) if self.fits(values) else 0

    def compile(self, using: str) -> Compiled:
        found, changes = self.build(**self.params)
        query = found.using(using).query.chain(UpdateQuery)
        query.add_update_values(changes)  # type: ignore[attr-defined]
        compiler = query.get_compiler(using=using)
        return Compiled(compiler, *compiler.as_sql())


class PreparedInsert(Statement, Generic[M]):
    """A new row of a model with a key that the database gives, or with one that it has already."""

    def __init__(self, model: type[M]) -> None:
        key = model._meta.pk
        self.is_given = not getattr(key, "db_returning", False)
        self.fields = [each for each in model._meta.concrete_fields if self.is_given or each is not key]
        super().__init__(**{each.attname: each for each in self.fields})
        self.model = model
        self.defaults = [
            (
                each.attname,
                each.default if each.has_default() and callable(each.default) else None,
                each.get_default(),
            )
            for each in model._meta.concrete_fields
        ]

    def make(self, *, using: str = "default", **given: Any) -> M:
        """Write a new row of these columns, the others as they are by default, and give its model.

        Raises ``TypeError`` for what is no column.
        """
        cells = {name: plain if make is None else make() for name, make, plain in self.defaults}
        if not given.keys() <= cells.keys():
            raise TypeError(f"{self.model.__name__} has no columns {sorted(given.keys() - cells.keys())}")
        return self.add(put_together(self.model, (cells | given).items()), using=using)

    def add(self, new: M, *, using: str = "default") -> M:
        """Write a model that is not in the database yet, and give it its key."""
        values = {each.attname: each.pre_save(new, add=True) for each in self.fields}
        found = self.compiled(using).run(using, values, NOTHING if self.is_given else FETCH_ONE)
        if not self.is_given:
            new.pk = found[0]
        new._state.adding, new._state.db = False, using
        return new

    def compile(self, using: str) -> Compiled:
        query = InsertQuery(self.model)
        query.insert_values(self.fields, [SimpleNamespace(**self.params)], raw=True)  # type: ignore[list-item]
        compiler = query.get_compiler(using=using)
        if not self.is_given:
            compiler.returning_fields = [self.model._meta.pk]
        ((sql, params),) = compiler.as_sql()
        return Compiled(compiler, sql, params)


__all__ = ["PreparedInsert", "PreparedModel", "PreparedUpdate", "put_together"]
