"""Prepared statements for verbs: models read, written anew and changed, without building the statement each time.

The definition stays in Django's words, as with ``Prepared``; what a verb gets is an ordinary model, so that rules and
hooks that take one need not know. Nothing here reads rows for a page: that is what ``Prepared`` is for.
"""

from collections.abc import Callable
from operator import attrgetter, methodcaller
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db.models import Field, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery

from porch.kit.prepared import Compiled, Param, Statement

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
    """What makes a model of a row, as Django's own iteration over a queryset does; worked out once."""

    __slots__ = ("annotations", "converts", "fields", "model", "names", "related", "using")

    def __init__(self, compiled: Compiled, using: str) -> None:
        compiler = compiled.compiler
        info = compiler.klass_info
        self.using, self.model, self.converts = using, info["model"], compiled.converts()
        self.fields = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self.names = [each[0].target.attname for each in compiler.select[self.fields]]
        self.related = get_related_populators(info, compiler.select, using)  # type: ignore[call-arg]  # of another version
        self.annotations = compiler.annotation_col_map

    def made(self, raw: Any) -> Any:
        row = list(raw)
        for place, convert in self.converts:
            row[place] = convert(row[place])
        found = self.model.from_db(self.using, self.names, row[self.fields])
        for each in self.related:
            each.populate(row, found)
        for name, place in self.annotations.items():
            setattr(found, name, row[place])
        return found


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


__all__ = ["PreparedInsert", "PreparedModel", "PreparedUpdate"]
