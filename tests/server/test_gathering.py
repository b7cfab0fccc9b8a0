"""Asked together or one by one, written as JSON or row by row: the values are the same, to the zone of each moment."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from clerk_app.cases.catalogue_lines import CatalogueLine
from clerk_app.server.database import Database
from clerk_app.server.tables import envelopes
from clerk_app.store.bulk import Rows, insert_rows, write_together
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.duty import who_is_away
from clerk_app.store.gathering import Look, look_together
from clerk_app.store.rows import shelves, to_row, to_value
from clerk_app.store.tables import holds, number_blocks, numbers_used
from tests.server.conftest import Cluster
from tests.store.test_round_trip import days, moments, usual_types

__all__ = ["usual_types"]

HALL = "JZ01"
short = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3)
key = st.text("0123456789abcdef", min_size=10, max_size=10)
far = datetime(2026, 11, 20, 23, 59, 59, 999_999, tzinfo=UTC)


def values(word: str) -> st.SearchStrategy[Any]:
    """Any frozen value whose texts fit into the narrowest column."""
    for kind, strategy in ((str, short), (int, st.integers(-(2**31), 2**31 - 1)), (datetime, moments), (date, days)):
        st.register_type_strategy(kind, strategy)
    st.register_type_strategy(CatalogueLine, st.builds(CatalogueLine, key=short, row=st.dictionaries(short, short)))
    value = shelves[word].value
    papers = st.dictionaries(short, st.one_of(short, st.booleans(), st.none(), st.lists(short, max_size=3)), max_size=3)
    hints = typing.get_type_hints(value)
    free = {name: papers for name, words in hints.items() if words == dict[str, Any]}
    return st.builds(value, id=key, **free, **{name: short for name, words in hints.items() if words is Any})


@pytest.fixture
def connection(cluster: Cluster) -> Iterator[Connection]:
    with closing(Database(cluster.loaded())) as database, database.engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize("word", sorted(shelves))
def test_a_value_is_the_same_asked_together_or_alone(connection: Connection, word: str) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(values(word))
    def check(value: Any) -> None:
        table = shelves[word].table
        with connection.begin_nested() as mark:
            writer = Cabinet(connection, HALL)
            writer.put(word, value)
            writer.flush()
            reader = Cabinet(connection, HALL)
            reader.load([f"{word}:{value.id}", f"{word}:other"])
            together = reader.get(word, value.id)
            row = connection.execute(select(table).where(table.c.hall == HALL, table.c.id == value.id)).mappings().one()
            alone = to_value(shelves[word], row)
            assert together == alone == value
            assert repr(together) == repr(alone), "moments in the same zone"
            assert reader.get(word, "other") is None
            mark.rollback()

    check()


@given(at=moments)
@example(far)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_hold_and_its_end_come_back_in_hall_time(connection: Connection, at: datetime) -> None:
    with connection.begin_nested() as mark:
        writer = Cabinet(connection, HALL)
        writer.hold("case:c-1", "device", 1 << 40, at)
        writer.flush()
        found = Cabinet(connection, HALL).hold_of("case:c-1")
        assert (found.device, found.fence, found.until) == ("device", 1 << 40, at)
        assert found.until is not None
        assert found.until.tzinfo is HALL_ZONE
        mark.rollback()


def test_nothing_but_tickets_cases_and_bills_is_asked_for_a_hold(connection: Connection) -> None:
    upright = [{"hall": HALL, "subject": f"{word}:x", "device": "d", "fence": 1, "until": None} for word in shelves]
    insert_rows(connection, holds, upright)
    cabinet = Cabinet(connection, HALL)
    assert [word for word in shelves if cabinet.holder(f"{word}:x")] == ["ticket", "case", "bill"]


def test_who_is_away_is_asked_once_however_often_it_is_wanted(connection: Connection) -> None:
    from sqlalchemy import event

    said: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *words: said.append(words[2]))
    cabinet, day = Cabinet(connection, HALL), date(2026, 11, 20)
    questions = who_is_away(HALL, day)
    cabinet.load(["case:c-1"], cabinet.looks(questions))
    assert len(said) == 1
    assert [cabinet.ask(question, **wanted) for question, wanted in questions] == [(), ()]
    assert cabinet.looks(questions) == []
    assert len(said) == 1


def test_spent_numbers_are_told_apart_by_their_kind(connection: Connection) -> None:
    block = {"hall": HALL, "device": "d", "first": 1, "last": 20}
    given_ = [{**block, "id": "b-1", "kind": "ticket:A"}, {**block, "id": "b-2", "kind": "case"}]
    insert_rows(connection, number_blocks, given_)
    insert_rows(connection, numbers_used, [{"hall": HALL, "kind": "case", "serial": 7, "command": "c"}])
    numbers = Cabinet(connection, HALL).numbers
    look_together(connection, numbers.looks([("b-1", 7), ("b-2", 7), ("b-2", 8), ("b-9", 7)]))
    assert numbers.block("b-9", 7) is None
    assert numbers.block("b-1", 7) is not None
    assert numbers.spend("ticket:A", 7, "c-1")
    assert not numbers.spend("case", 7, "c-2")
    assert numbers.spend("case", 8, "c-3")


def test_a_moment_without_its_zone_is_not_written(connection: Connection) -> None:
    row = {"hall": HALL, "subject": "case:c", "device": "d", "fence": 1, "until": datetime(2026, 11, 20, 9)}  # noqa: DTZ001
    with pytest.raises(ValueError, match="时区"):
        write_together(connection, [Rows(holds, [row])])


@given(data=st.binary(max_size=300), words=short)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bytes_come_back_as_they_went(connection: Connection, data: bytes, words: str) -> None:
    texts = dict.fromkeys(("kind", "subjects", "signature", "state", "type"), "")
    frame = {"device": "d", "incarnation": 1, "device_seq": 1, "hash": "0", "prev_hash": "0", "fact": False}
    rest = {"envelope": data, "sentence": words, "received_at": far, "day": None}
    with connection.begin_nested() as mark:
        insert_rows(connection, envelopes, [{"hall": HALL, "id": "e-1", **frame, **texts, **rest}])
        query = select(envelopes.c.envelope, envelopes.c.sentence, envelopes.c.received_at, envelopes.c.day)
        kept = connection.execute(query.where(envelopes.c.id == "e-1")).one()
        assert (bytes(kept.envelope), kept.sentence, kept.received_at, kept.day) == (data, words, far, None)
        mark.rollback()


@pytest.mark.parametrize(("text", "fine"), [("a\0b", False), ("\\\0", False), ("\\u0000", True), ("\\\\u0000", True)])
def test_nul_is_refused_before_the_database_could_repeat_the_text(
    connection: Connection, text: str, fine: bool
) -> None:
    row = {"hall": HALL, "subject": text, "device": "d", "fence": 1, "until": None}
    if fine:
        insert_rows(connection, holds, [row])
        assert connection.execute(select(holds.c.subject)).scalars().all() == [text]
        return
    with pytest.raises(ValueError, match="空字符"):
        insert_rows(connection, holds, [row])


def test_a_text_too_long_for_its_column_is_refused_not_cut(connection: Connection) -> None:
    from sqlalchemy.exc import DataError

    row = {"hall": HALL, "subject": "case:" + "x" * 60, "device": "d", "fence": 1, "until": far + timedelta(days=1)}
    with pytest.raises(DataError), connection.begin_nested():
        insert_rows(connection, holds, [row])


def test_a_question_without_what_it_asks_for_is_no_question(connection: Connection) -> None:
    query, _ = who_is_away(HALL, date(2026, 11, 20))[0]
    with pytest.raises(KeyError):
        look_together(connection, [Look(query.statement, {"hall": HALL}, list)])


@given(st.deferred(lambda: values("case")))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_document_that_is_null_is_no_missing_one(connection: Connection, case: Any) -> None:
    with connection.begin_nested() as mark:
        insert_rows(connection, shelves["case"].table, [{**to_row(HALL, case), "sent_out": None}])
        (text,) = connection.exec_driver_sql(
            "SELECT sent_out::text FROM cases WHERE id = %(id)s", {"id": case.id}
        ).one()
        assert text == "null"
        mark.rollback()
