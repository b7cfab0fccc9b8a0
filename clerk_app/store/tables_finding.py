"""找件表 the words a case is found by: an array for PostgreSQL, a text with an index of words (FTS5) for the window's file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, BigInteger, Column, Dialect, Index, LargeBinary, String, Table, Text, event, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

from clerk_app.store.columns import shared
from clerk_app.store.local import local


class Words(TypeDecorator[Any]):
    """词 a list of words: text[] in PostgreSQL, one text with a space around each in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where the database knows no arrays."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(postgresql.ARRAY(Text()))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """A list, or the text of it."""
        return f" {' '.join(value)} " if dialect.name == "sqlite" else value


case_words = Table(
    "case_words",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("place", BigInteger, nullable=False),
    Column("words", Words, nullable=False),
    Index("ix_case_words_place", "hall", "place"),
    # In SQLite it stays empty: there the index of words is another table.
    Index("ix_case_words_words", "words", postgresql_using="gin", sqlite_where=text("words IS NULL")),
)
"""`place` grows with the receipt, so that the newest are found first; it is the row's number in the index of words."""

finding_keys = Table(
    "finding_keys",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("key", LargeBinary, nullable=False),
)
"""This end's own key for the numbers of persons: what is written down of them is worth nothing elsewhere."""

# What only the window's file has; the same statements stand in its migration.
_made = (
    "CREATE VIRTUAL TABLE word_index USING fts5"
    "(words, content='case_words', content_rowid='place', detail='none', columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER case_words_added AFTER INSERT ON case_words BEGIN"
    " INSERT INTO word_index (rowid, words) VALUES (new.place, new.words); END",
    "CREATE TRIGGER case_words_changed AFTER UPDATE ON case_words"
    " WHEN old.words <> new.words OR old.place <> new.place BEGIN"
    " INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', old.place, old.words);"
    " INSERT INTO word_index (rowid, words) VALUES (new.place, new.words); END",
    "CREATE TRIGGER case_words_gone AFTER DELETE ON case_words BEGIN"
    " INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', old.place, old.words); END",
)
for _statement in _made:
    event.listen(local, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
