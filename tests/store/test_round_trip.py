"""What is written is read back equal: every shelf's value through SQL and through the feed's JSON, moments to the microsecond."""

from __future__ import annotations

import json
import typing
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.cases.catalogue_lines import CatalogueLine
from clerk_app.office.hold_rules import HELD
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.columns import HALL_ZONE, Moment
from clerk_app.store.rows import from_json, shelves, to_json
from tests.desk import cut_office

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
keys = st.uuids().map(str)
whole = st.integers(-(2**31), 2**31)
# Fixed offsets in whole minutes, as ISO 8601 has them; hall time comes back at +08:00, the same moment.
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2199, 1, 1), timezones=zones)  # noqa: DTZ001
days = st.dates(date(1990, 1, 1), date(2199, 1, 1))


def values(word: str) -> st.SearchStrategy:
    """Any frozen value of a shelf; what the types allow, not what the rules do."""
    plain = {str: texts, int: whole, datetime: moments, date: days}
    for kind, strategy in plain.items():
        st.register_type_strategy(kind, strategy)
    kind = shelves[word].value
    st.register_type_strategy(CatalogueLine, st.builds(CatalogueLine, key=texts, row=st.dictionaries(texts, texts)))
    papers = st.dictionaries(texts, st.one_of(texts, st.booleans(), st.lists(texts, max_size=3)), max_size=4)
    free = {name: papers for name, words in typing.get_type_hints(kind).items() if words == dict[str, typing.Any]}
    free |= {name: texts for name, words in typing.get_type_hints(kind).items() if words is typing.Any}
    return st.builds(kind, id=keys, **free)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = cut_office(tmp_path_factory.mktemp("round-trip"))
    yield office
    office.parts.vault.close()


@pytest.fixture(autouse=True)
def usual_types():
    yield
    for kind, strategy in ((str, st.text()), (int, st.integers()), (datetime, st.datetimes()), (date, st.dates())):
        st.register_type_strategy(kind, strategy)


@pytest.mark.parametrize("word", sorted(shelves))
def test_a_value_survives_the_store_and_the_feed(office, word):
    class Undo(Exception):
        pass

    held = f"{word}:" in HELD

    @given(values(word))
    def check(value):
        assert from_json(word, json.loads(json.dumps(to_json(value)))) == value
        gate = office.parts.vault._gate
        with pytest.raises(Undo), gate.begin() as connection:  # noqa: PT012
            writer = Cabinet(connection, "JZ01")
            writer.put(word, value)
            if held:
                writer.hold(f"{word}:{value.id}", "device")
            writer.flush()
            reader = Cabinet(connection, "JZ01")
            assert reader.get(word, value.id) == value
            assert reader.holder(f"{word}:{value.id}") == ("device" if held else None)
            assert reader.dump(f"{word}:{value.id}") == to_json(reader.get(word, value.id))
            assert Cabinet(connection, "JZ02").get(word, value.id) is None, "another hall sees nothing"
            raise Undo

    check()


class Sqlite:
    name = "sqlite"


@given(moments, moments)
def test_moments_sort_as_text_as_they_do_in_time(one, other):
    column = Moment()
    first, second = (column.process_bind_param(m, Sqlite()) for m in (one, other))
    assert (first < second) == (one < other)
    assert column.process_result_value(first, Sqlite()) == one
    assert column.process_result_value(first, Sqlite()).utcoffset() == HALL_ZONE.utcoffset(None)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="时区"):
        Moment().process_bind_param(datetime(2026, 11, 20, 10, 30), Sqlite())  # noqa: DTZ001


def test_many_subjects_are_loaded_with_one_statement_a_table(office):
    from sqlalchemy import event

    gate = office.parts.vault._gate
    said = []
    event.listen(gate.engine, "before_cursor_execute", lambda *words: said.append(words[2]))
    with gate.begin() as connection:
        cabinet = Cabinet(connection, "JZ01")
        cabinet.load([f"{word}:{n}" for n in range(50) for word in ("ticket", "case")])
        assert [cabinet.get("case", str(n)) for n in range(50)] == [None] * 50
        assert cabinet.holder("ticket:3") is None
    selects = [statement for statement in said if statement.startswith("SELECT")]
    assert len(selects) == 3
