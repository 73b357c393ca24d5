"""The two databases behind one interface: which posts may have some words, newest or oldest first, so many at most.

Both are given words that are told apart already (``words``), and are asked for whole words that stand in one row, and
for beginnings; so they have nothing to decide, and give the same posts. What goes beyond (phrases, words left out) is
asked of the row itself, in the same words on both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from porch.conversation.search.words import IN_SPACE, IN_TITLE

SQLITE, POSTGRESQL = "sqlite", "postgresql"
NEWEST, OLDEST = 2**62, 0
# What is deleted is found by nobody, and nobody is told how much of it there is.
FOUND = {
    SQLITE: "SELECT rowid FROM conversation_found WHERE conversation_found MATCH %s AND rowid {than} %s "
    "AND NOT EXISTS (SELECT 1 FROM conversation_deletion d WHERE d.post_id = conversation_found.rowid) "
    "ORDER BY rowid {order} LIMIT {most}",
    POSTGRESQL: "SELECT post_id FROM conversation_entry e WHERE found @@ %s::tsquery AND post_id {than} %s "
    "AND NOT EXISTS (SELECT 1 FROM conversation_deletion d WHERE d.post_id = e.post_id) "
    "ORDER BY post_id {order} LIMIT {most}",
}
LISTED = {
    SQLITE: "SELECT value FROM json_each(%s)",
    POSTGRESQL: "SELECT value::bigint FROM json_array_elements_text((%s)::json)",
}
# What leads where no word does: the posts of some people, of some spaces, or the first of each topic.
OTHERS = {"authors": "p.author_id IN ({ids})", "spaces": "TRUE", "beginnings": "p.number = 1"}
OTHER = (
    "SELECT p.id FROM conversation_post p JOIN conversation_topic t ON t.id = p.topic_id "
    "WHERE {which} AND t.space_id IN ({spaces}) AND p.id {than} %s "
    "AND NOT EXISTS (SELECT 1 FROM conversation_deletion d WHERE d.post_id = p.id) "
    "ORDER BY p.id {order} LIMIT {most}"
)
GO_IN = "INSERT INTO conversation_found(rowid, words) VALUES (new.post_id, new.words);"
GO_OUT = (
    "INSERT INTO conversation_found(conversation_found, rowid, words) "
    "VALUES ('delete', old.post_id, old.words);"
)
TRIGGER = "CREATE TRIGGER conversation_entry_"
# No table of its own for the texts: it reads them from the entries. No places: whole words are asked for.
TABLE = (
    "CREATE VIRTUAL TABLE conversation_found USING fts5(words, content='conversation_entry', "
    "content_rowid='post_id', detail=none, columnsize=0, prefix='3', tokenize=\"ascii tokenchars '+#='\")"
)
COLUMN = (
    "ALTER TABLE conversation_entry ADD COLUMN found tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED"
)
MAKE = {
    SQLITE: (
        TABLE,
        f"{TRIGGER}added AFTER INSERT ON conversation_entry BEGIN {GO_IN} END",
        f"{TRIGGER}gone AFTER DELETE ON conversation_entry BEGIN {GO_OUT} END",
        f"{TRIGGER}changed AFTER UPDATE ON conversation_entry BEGIN {GO_OUT} {GO_IN} END",
    ),
    POSTGRESQL: (
        COLUMN,
        "CREATE INDEX posts_by_words ON conversation_entry USING gin (found) WITH (fastupdate = off)",
    ),
}
UNMAKE = {
    SQLITE: (
        "DROP TRIGGER conversation_entry_added",
        "DROP TRIGGER conversation_entry_gone",
        "DROP TRIGGER conversation_entry_changed",
        "DROP TABLE conversation_found",
    ),
    POSTGRESQL: ("ALTER TABLE conversation_entry DROP COLUMN found",),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is asked for: the whole of it, or only its beginning."""

    text: str
    is_beginning: bool = False


def match_all(words: Sequence[Word], spaces: Sequence[int], *, in_title: bool | None = None) -> str:
    """Write what a database is asked: all these words in posts of some spaces, of which there is one at least;
    wherever they stand, in the title, or not all in the title.
    """
    within = either([written(f"{IN_SPACE}{each}", is_beginning=False) for each in spaces])
    return joined([f"({match_words(words, in_title)})", f"({within})"])


def match_words(words: Sequence[Word], in_title: bool | None) -> str:
    """Write what a database is asked of the words alone."""
    anywhere = joined([written(each.text, each.is_beginning) for each in words])
    if in_title is None:
        return anywhere
    titled = joined([written(IN_TITLE + each.text, each.is_beginning) for each in words])
    if in_title:
        return titled
    return f"({anywhere}) NOT ({titled})" if is_sqlite() else f"({anywhere}) & !({titled})"


def joined(words: Sequence[str]) -> str:
    return (" AND " if is_sqlite() else " & ").join(words)


def either(words: Sequence[str]) -> str:
    return (" OR " if is_sqlite() else " | ").join(words)


def written(word: str, is_beginning: bool) -> str:
    """Quote a word, which has no quotes in it; its beginning is asked for with a sign after it."""
    if is_sqlite():
        return f'"{word}"' + " *" * is_beginning
    return f"'{word}'" + ":*" * is_beginning


def is_sqlite() -> bool:
    return connection.vendor == SQLITE


class Found(RawSQL):
    """The numbers of posts that may have some words, from one on, the newest first or the oldest."""

    def __init__(self, match: Any, start: Any, *, most: int, is_newest: bool = True) -> None:
        super().__init__("", (match, start), BigIntegerField())
        self.most, self.is_newest = most, is_newest

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return f"({ordered(FOUND[connection.vendor], self.most, self.is_newest)})", self.params


class Listed(RawSQL):
    """The numbers of posts that were found to fit, as ``list_of`` writes them."""

    def __init__(self, numbers: Any) -> None:
        super().__init__("", (numbers,), BigIntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return f"({LISTED[connection.vendor]})", self.params


def list_of(numbers: Iterable[int]) -> str:
    """Write numbers as one text, which a statement takes however many they are."""
    return f"[{','.join(map(str, numbers))}]"


def led_by(
    name: str, ids: Sequence[int], spaces: Sequence[int], start: int, *, most: int, is_newest: bool
) -> RawSQL:
    """Give the numbers of posts in some spaces: all, those of some authors, or those that begin topics; from one on."""
    which = OTHERS[name].replace("{ids}", numbered(ids))
    text = OTHER.replace("{which}", which).replace("{spaces}", numbered(spaces))
    return RawSQL(ordered(text, most, is_newest), (start,), BigIntegerField())  # noqa: S611 - numbers alone


def numbered(ids: Sequence[int]) -> str:
    return ", ".join(str(int(each)) for each in ids)


def ordered(text: str, most: int, is_newest: bool) -> str:
    """Fill in the direction and the bound."""
    than, order = ("<", "DESC") if is_newest else (">", "ASC")
    return text.replace("{than}", than).replace("{order}", order).replace("{most}", str(most))


def taken(numbers: RawSQL) -> list[int]:
    """Take a list out of the database, in its order."""
    sql, params = numbers.as_sql(None, connection)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute(sql[1:-1], params)
        return [row[0] for row in cursor.fetchall()]


def edge(numbers: RawSQL, most: int) -> int | None:
    """Say how far a list reaches: the number of its last post where it is full, None where it is at its end."""
    sql, params = numbers.as_sql(None, connection)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql[1:-1].rpartition(' LIMIT ')[0]} LIMIT 1 OFFSET {most - 1}", params)
        row = cursor.fetchone()
    return row[0] if row else None


def make_anew(connection: Any) -> None:
    """Make the index of the database anew from the entries; whoever writes waits meanwhile."""
    with connection.cursor() as cursor:
        if connection.vendor == SQLITE:
            cursor.execute("INSERT INTO conversation_found(conversation_found) VALUES ('rebuild')")
        else:
            cursor.execute("REINDEX INDEX posts_by_words")


def drop_what_is_gone(connection: Any) -> None:
    """Have no word left in the index of the database that no entry has: SQLite would only mark it as gone.

    It writes the whole index anew, which takes seconds where much was said: for what has to be gone.
    """
    if connection.vendor == SQLITE:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO conversation_found(conversation_found) VALUES ('optimize')")


def is_whole(connection: Any) -> bool:
    """Say whether the index of the database has what the entries have; PostgreSQL sees to that itself."""
    if connection.vendor != SQLITE:
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO conversation_found(conversation_found, rank) VALUES ('integrity-check', 1)"
            )
    except DatabaseError:
        return False
    return True
