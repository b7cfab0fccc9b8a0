"""日报: rates by the seal's day, waits by letter, ratings after day close, cards without the withdrawn; from rows and from a real store."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.hall import read_hall
from clerk_app.office.oversight.reporting import HEADS, month_span, paper_of, percent, read_report, table
from clerk_app.oversight.model import DayClose, Rating
from clerk_app.oversight.reports import (
    CaseLine,
    Figures,
    RatingLine,
    Rows,
    Span,
    TicketLine,
    ninth_decile,
    report,
)
from clerk_app.queueing.model import Ticket
from tests.desk import cut_office, training_document
from tests.oversight.some_cards import CASE, at, card, sealed

DAY = date(2026, 11, 20)
ONE_DAY = Span(DAY, DAY)
HALL = read_hall(training_document(), "v1")


def line(**more: Any) -> CaseLine:
    plain: dict[str, Any] = {
        "id": "c", "case_no": "JZ-1", "item": "i", "item_name": "公司设立", "window": 2, "ticketed": True, "late_entry": False,
        "received_at": at(11, 20, 9), "accepted_on": DAY, "sealed_at": None, "promised": date(2026, 11, 24),
    }  # fmt: skip
    return CaseLine(**{**plain, **more})


def test_rates_are_of_what_ended_and_by_the_day_of_the_seal():
    lines = (
        line(sealed_at=at(11, 20, 17)),  # on the spot, early
        line(sealed_at=at(11, 20), received_at=at(11, 16), accepted_on=date(2026, 11, 16), promised=DAY),  # in time
        line(sealed_at=at(11, 20), received_at=at(11, 2), accepted_on=None, promised=date(2026, 11, 19), window=3),  # late
        line(), line(item="j", item_name="食品", received_at=at(11, 19), sealed_at=at(11, 21)),  # still open; not this day's
    )  # fmt: skip
    found = report(Rows(cases=lines), ONE_DAY)
    assert found.totals == Figures(received=2, accepted=3, ended=3, on_time=2, early=1, on_spot=1)
    rates = (found.totals.on_time_rate, found.totals.early_rate, found.totals.spot_rate)
    assert [percent(rate) for rate in rates] == ["66.6%", "33.3%", "33.3%"]
    assert [(row.window, row.figures.ended) for row in found.windows] == [(2, 2), (3, 1)]
    assert [(row.item, row.figures.ended) for row in found.items] == [("i", 3), ("j", 0)]
    assert [(row.received, row.ended) for row in found.days] == [(2, 3)]
    assert report(Rows(), ONE_DAY).totals.on_time_rate is None, "nothing ended is no 100 %"
    assert percent(0.9999) == "99.9%", "one of ten thousand late is not all in time"


def test_a_decision_without_a_ticket_is_listed_and_a_late_entry_told_apart():
    none = line(sealed_at=at(11, 20), ticketed=False, case_no="JZ-7")
    slip = line(sealed_at=at(11, 20), ticketed=False, late_entry=True)
    found = report(Rows(cases=(none, slip, line(ticketed=False), line(sealed_at=at(11, 20)))), ONE_DAY)
    assert [one.case_no for one in found.off_hall] == ["JZ-7"]
    assert found.late_entries == 1


def test_waits_are_from_taking_to_calling_by_letter():
    taken = at(11, 20, 9)
    waits = [TicketLine("A", 2, taken, taken + timedelta(minutes=n)) for n in range(1, 11)]
    found = report(
        Rows(tickets=(*waits, TicketLine("A", None, taken, None), TicketLine("B", 3, taken, taken))), ONE_DAY
    )
    assert [(row.letter, row.called, row.mean, row.p90) for row in found.waits] == [
        ("A", 10, 5.5, 9.0),
        ("B", 1, 0.0, 0.0),
    ]
    assert [(row.window, row.called) for row in found.windows] == [(2, 10), (3, 1)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_nine_of_ten_wait_no_longer(waits):
    tenth = ninth_decile(waits)
    assert sum(wait <= tenth for wait in waits) * 10 >= len(waits) * 9
    assert sum(wait < tenth for wait in waits) * 10 < len(waits) * 9


def test_a_windows_ratings_wait_for_its_day_close():
    ratings = (
        RatingLine(1, 2, DAY),
        RatingLine(1, 3, DAY),
        RatingLine(4, 3, DAY),
        RatingLine(5, 3, DAY + timedelta(days=1)),
    )
    found = report(Rows(ratings=ratings, closed={DAY: {3}}), ONE_DAY)
    assert found.ratings == {1: 2, 4: 1}
    assert [(row.window, dict(row.ratings)) for row in found.windows] == [(3, {1: 1, 4: 1})]


ends = st.sampled_from(["", "kept", "explained", "withdrawn"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(ends, st.sampled_from(["yellow", "red", "severe"])), max_size=12))
def test_withdrawn_leaves_every_count(made):
    cards = tuple(card(str(n), ended=end, kind=kind, made_at=at(11, 20)) for n, (end, kind) in enumerate(made))
    with_them = report(Rows(cards=cards), ONE_DAY)
    without = report(Rows(cards=tuple(c for c in cards if c.ended != "withdrawn")), ONE_DAY)
    assert with_them == without
    assert sum(row.all for row in with_them.cards) == sum(end != "withdrawn" for end, _ in made)


def test_a_month_ends_today_or_with_its_last_day():
    assert month_span(date(2026, 11, 5), DAY) == Span(date(2026, 11, 1), DAY)
    assert month_span(date(2026, 10, 31), DAY) == Span(date(2026, 10, 1), date(2026, 10, 31))
    assert month_span(date(2026, 2, 28), DAY).end == date(2026, 2, 28)


def test_the_table_and_the_page_say_the_same_and_nobodys_name():
    lines = (line(sealed_at=at(11, 20, 17)), line(sealed_at=at(11, 20), ticketed=False, case_no="=JZ-7"))
    tickets = (TicketLine("A", 2, at(11, 20, 9), at(11, 20, 9, 12)),)
    rows = Rows(cases=lines, tickets=tickets, cards=(card(made_at=at(11, 20)),), ratings=(RatingLine(2, 2, DAY),))
    found = report(rows, ONE_DAY)
    data = table(found, HALL)
    assert data.startswith(b"\xef\xbb\xbf")
    cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert cells[0] == list(HEADS)
    by_kind = {row[0]: row for row in cells[1:]}
    assert by_kind["全大厅"][2:11] == ["2", "2", "2", "2", "100%", "2", "100%", "2", "100%"]
    assert (by_kind["等候"][11:14], by_kind["评价"][1], by_kind["评价"][14]) == (["1", "12.0", "12.0"], "满意", "1")
    assert by_kind["体外循环"][1] == "'=JZ-7", "no spreadsheet takes it for a formula"
    assert all(len(row) <= len(HEADS) for row in cells)


# From a real store.


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def put(office: Any, *rows: Any) -> None:
    with office.parts.vault.unit(office.hall) as work:
        for row in rows:
            {Ticket: work.books.put_ticket, Rating: work.books.put_rating, DayClose: work.books.put_day_close}.get(
                type(row), work.books.put_case
            )(row)


def test_a_report_is_read_from_the_store_by_the_days_that_count(office):
    ticket = Ticket(
        id="t", day=DAY, letter="A", number="A001", serial=1, reserve=False, taken_at=at(11, 20, 9), taken_window=2,
        state="finished", window=2, called_at=at(11, 20, 9, 30),
    )  # fmt: skip
    done = sealed(CASE, at(11, 20, 16))
    off = replace(done, id="d", case_no="JZ-2", ticket="gone", sealed_at=at(11, 20, 15))
    slip = replace(done, id="e", case_no="JZ-3", ticket="")
    before = replace(done, id="f", case_no="JZ-4", received_at=at(11, 2), accepted_at=at(11, 3), sealed_at=at(11, 4))
    close = DayClose(id="x", device="d", window=2, day=DAY, rows=1, head="", by="P203", at=at(11, 20, 18))
    put(office, ticket, done, off, slip, before, Rating(id="t", level=1, at=at(11, 20, 10), window=2), close)
    read = read_report(office, ONE_DAY)
    found = read.report
    assert read.whole
    assert found.totals == Figures(received=3, accepted=3, ended=3, on_time=3, early=3, on_spot=3)
    assert {one.case_no for one in found.off_hall} == {"JZ-3", "JZ-2"}, "no ticket, or one nobody knows"
    assert [(row.letter, row.p90) for row in found.waits] == [("A", 30.0)]
    assert found.windows[0].ratings == {1: 1}
    month = read_report(office, month_span(DAY, DAY)).report
    assert (month.totals.ended, len(month.days)) == (4, 20)
    assert "JZ-4" not in {one.case_no for one in month.off_hall}, "older than the tickets kept here"
    assert not read_report(office, Span(date(2026, 1, 1), date(2026, 1, 2))).whole
    paper = paper_of(read, office.hall, training=True)
    words = " ".join(line for part in paper.parts for line in part.lines)
    assert "没有号票的决定 2 件" in words
    assert "平均 30 分钟" in words
