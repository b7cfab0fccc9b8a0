"""外部系统办件: a trace and nothing else; always recorded, once."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from clerk_app.cases.external import ExternalMatter, RecordExternal, record_external
from clerk_app.office.judge import judge
from clerk_app.receipts.external_slip import external_slip
from clerk_app.receipts.slip import Pair, Text
from clerk_app.receipts.slips import Letterhead
from tests.cases.window import REGISTER, Window

HEAD = Letterhead("江州市政务服务中心", "滨湖大道88号", "12345", training=True)


def record(counter: Window, **more):
    usual = {
        "matter": "m", "ticket": "t", "item": counter.item.code, "outcome": "taken", "other_number": " GA-2026-0099 ",
        "promised_on": date(2026, 12, 10),
    }  # fmt: skip
    given = {**usual, **more}
    stamp = {
        "id": f"x{len(counter.books.external)}", "at": counter.now, "actor": counter.clerk, "post": counter.post.id,
        "window": counter.window, "basis": "", "hall_version": "v1",
    }  # fmt: skip
    return record_external(RecordExternal(**stamp, **given), counter.books)


def test_what_is_kept_is_the_trace_and_no_citizen():
    counter = Window("身份证换领")
    assert record(counter) is None
    row = counter.books.external["m"]
    assert (row.outcome, row.other_number, row.promised_on) == ("taken", "GA-2026-0099", date(2026, 12, 10))
    assert (row.by, row.window, row.ticket) == (counter.clerk, counter.window, "t")
    assert not {f.name for f in fields(ExternalMatter)} & {"applicant", "name", "id_number", "phone"}
    assert counter.books.cases == {}


def test_the_first_word_stands():
    counter = Window("身份证换领")
    record(counter)
    assert record(counter, outcome="finished") is None
    assert counter.books.external["m"].outcome == "taken"
    assert counter.books.external_matters_of("t") == (counter.books.external["m"],)
    assert counter.books.external_matters_since(counter.now) == (counter.books.external["m"],)


def test_it_is_a_fact_and_is_recorded_whatever_became_of_the_ticket():
    counter = Window("身份证换领")
    counter.books.tickets.clear()
    command = {"matter": "m", "ticket": "t", "item": counter.item.code, "outcome": "down"}
    stamp = {
        "id": "x", "at": counter.now, "actor": "nobody", "post": "", "window": 99, "basis": "", "hall_version": "v1",
    }  # fmt: skip
    assert judge(RecordExternal(**stamp, **command), counter.books, REGISTER) is None
    assert counter.books.external["m"].outcome == "down"


def test_the_slip_bears_the_other_systems_number_and_promise_and_no_name():
    counter = Window("身份证换领")
    record(counter)
    slip = external_slip(counter.books.external["m"], counter.item.name, "A001", "许可心", HEAD)
    pairs = {b.label: b.value for b in slip.blocks if isinstance(b, Pair)}
    assert (pairs["号票"], pairs["对方系统编号"], pairs["结果"]) == ("A001", "GA-2026-0099", "已在部门系统收件")
    assert pairs["对方承诺"] == "2026年12月10日（星期四）前"
    assert slip.subject == "external:m"
    assert not any("申请人" in b.text for b in slip.blocks if isinstance(b, Text))


def test_without_a_number_or_promise_the_slip_leaves_them_out():
    counter = Window("身份证换领")
    record(counter, outcome="down", other_number="", promised_on=None)
    slip = external_slip(counter.books.external["m"], counter.item.name, "A001", "许可心", HEAD)
    assert {"对方系统编号", "对方承诺"}.isdisjoint({b.label for b in slip.blocks if isinstance(b, Pair)})
