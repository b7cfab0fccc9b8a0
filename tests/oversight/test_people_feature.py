"""首问与投诉: what a window head reads, played on the rules themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.command import Refusal, ticket_subject
from clerk_app.oversight.asking import CloseFirstAsked, LeadTo, OpenFirstAsked, RecordQuestion
from clerk_app.oversight.complaining import DisposeComplaint, InvestigateComplaint, RecordComplaint, ReplyComplaint
from clerk_app.oversight.following_up import CloseFollowUp, RecordContact, RecordFix
from clerk_app.oversight.model import levels
from clerk_app.oversight.people import complaint_due, follow_clocks
from clerk_app.oversight.ratings_seen import Rated, ratings_visible_to
from clerk_app.oversight.usecases import RateVisit
from clerk_app.queueing.forwarding import sent_elsewhere
from clerk_app.queueing.usecases import FinishTicket
from tests.duty.everyone import HALL
from tests.memory_books import MemoryBooks
from tests.oversight.acting import AT, by, refused, said
from tests.queueing.test_forwarding import serving, ticket

scenarios("首问与投诉.feature")


class Desk:
    """What was last said."""

    refusal: Refusal | None = None


@pytest.fixture
def desk() -> Desk:
    return Desk()


@given("总服务台陶小禾正在接待K001", target_fixture="books")
def _serving() -> MemoryBooks:
    return serving()


@given(parsers.parse("综合受理已有{count:d}个人在等"))
def _waiting(books: MemoryBooks, count: int) -> None:
    for number in range(10, 10 + count):
        books.put_ticket(replace(ticket(number, "B"), taken_at=books.tickets["t1"].taken_at))


@given(parsers.parse('总服务台陶小禾登记了首问"{words}"，留了电话'), target_fixture="books")
def _asked(words: str) -> MemoryBooks:
    books = MemoryBooks(HALL)
    opened = by(OpenFirstAsked, "K1", asked="q", ticket="", topic="8", words=words, phone="13900000421")
    assert refused(books, opened) == ""
    return books


@given(parsers.parse("K001在4号窗口由罗文静办过，叫了{calls:d}次"), target_fixture="books")
def _served(calls: int) -> MemoryBooks:
    books = MemoryBooks(HALL)
    books.put_ticket(replace(ticket(1), state="finished", window=4, clerk="P105", calls=calls))
    return books


@when(parsers.parse('她按"{key}"，类别是"{name}"'))
def _key(books: MemoryBooks, key: str, name: str) -> None:
    assert HALL.people.topic_name(key) == name
    assert refused(books, by(RecordQuestion, "K1", asked="q", ticket="t1", topic=key)) == ""
    assert refused(books, by(FinishTicket, "K1", ticket="t1")) == ""


@then("记下一条咨询，K001办结")
def _question(books: MemoryBooks) -> None:
    row = books.asked_rows["q"]
    assert (row.kind, row.number, row.open) == ("question", "K001", False)
    assert books.tickets["t1"].state == "finished"


@when(parsers.parse("她把K001带到{window:d}号窗口"))
def _lead(books: MemoryBooks, window: int) -> None:
    lead = by(LeadTo, "K1", asked="q", ticket="t1", topic="2", letter="B", to_window=window, words="综合窗口办")
    assert refused(books, lead) == ""


@then(parsers.parse('首问登记已销，写着带到"{where}"'))
def _led(books: MemoryBooks, where: str) -> None:
    assert (books.asked_rows["q"].how, books.asked_rows["q"].led_to) == ("led", where)


@then("5号窗口下一个叫的是K001，4号窗口下一个叫的不是K001")
def _next(books: MemoryBooks) -> None:
    def first(window: int) -> str:
        waiting = [t for t in books.tickets_of(AT.date(), "B") if not sent_elsewhere(t, window, books)]
        return min((t for t in waiting if t.state == "waiting"), key=lambda t: t.order).number

    assert (first(5), first(4)) == ("K001", "B010")
    assert books.holder(ticket_subject("t1")) is None


@then("号票上留着谁转的、为什么转")
def _log(books: MemoryBooks) -> None:
    (sent,) = books.tickets["t1"].forwards
    assert (sent.by, sent.reason, sent.from_window) == ("P103", "综合窗口办", 1)


@when(parsers.parse('4号窗口罗文静回过电话，写"{note}"'))
def _called(books: MemoryBooks, note: str) -> None:
    assert refused(books, by(CloseFirstAsked, "B1", asked="q", how="called_back", note=note)) == ""


@then("首问登记已销，电话不留了")
def _gone(books: MemoryBooks) -> None:
    assert (books.asked_rows["q"].how, books.asked_rows["q"].phone) == ("called_back", "")


@when(parsers.parse('值班长登记了对K001的投诉"{words}"'))
def _complain(books: MemoryBooks, words: str) -> None:
    told = by(
        RecordComplaint, "manager", complaint="x", matter="complaint", via="manager", words=words, ticket="t1"
    )  # fmt: skip
    assert refused(books, told) == ""


@then(parsers.parse("投诉里已有叫号{calls:d}次、牵涉罗文静和4号窗口"))
def _filled(books: MemoryBooks, calls: int) -> None:
    row = books.complaints["x"]
    assert (row.seen.calls, row.against, row.windows) == (calls, ("P105",), (4,))


@then("答复期限是11月27日")
def _due(books: MemoryBooks) -> None:
    assert complaint_due(books.complaints["x"], HALL.calendar, HALL.people).due == date(2026, 11, 27)


@then("罗文静看不到这条投诉，谁在4号窗口都看不到")
def _hidden(books: MemoryBooks) -> None:
    row = books.complaints["x"]
    assert row.hidden_from("P105", 5)
    assert row.hidden_from("P101", 4)
    assert not row.hidden_from("P101", 21)


@when("没调查就答复")
def _early(books: MemoryBooks, desk: Desk) -> None:
    desk.refusal = said(books, by(ReplyComplaint, "manager", complaint="x", words="好了"))


@then(parsers.parse('没有记，说的是"{words}"'))
def _not(desk: Desk, words: str) -> None:
    assert desk.refusal is not None
    assert words in desk.refusal.sentence


@when("值班长依次调查、处置、答复")
def _steps(books: MemoryBooks) -> None:
    for kind in (InvestigateComplaint, DisposeComplaint, ReplyComplaint):
        assert refused(books, by(kind, "manager", complaint="x", words="写一句")) == ""


@then("这条投诉办完，四步都有人、有时间、有话")
def _done(books: MemoryBooks) -> None:
    row = books.complaints["x"]
    assert not row.open
    assert row.received_by
    assert all(step and step.by and step.at and step.words for step in (row.investigated, row.disposed, row.replied))


@when(parsers.parse('群众给K001评了"{level}"'))
def _rate(books: MemoryBooks, level: str) -> None:
    number = next(number for number, word in levels.items() if word == level)
    assert refused(books, by(RateVisit, "B1", ticket="t1", level=number)) == ""


@then("要回访，11月23日前联系，12月11日前整改")
def _clocks(books: MemoryBooks) -> None:
    clocks = follow_clocks(books.follow_ups["t1"], HALL.calendar, HALL.people)
    assert (clocks.contact_by, clocks.fix_by) == (date(2026, 11, 23), date(2026, 12, 11))


@then("罗文静日结前看不到，日结后只看到几个、看不到是哪个号")
def _unnamed(books: MemoryBooks) -> None:
    rated = [Rated(rating=books.ratings["t1"], clerk="P105", number="K001")]
    assert ratings_visible_to("P105", rated, closed=False, answers_for_hall=False) == ()
    (seen,) = ratings_visible_to("P105", rated, closed=True, answers_for_hall=False)
    assert (seen.level, seen.number, seen.at) == (5, "", None)


@when("值班长联系、整改、回访")
def _follow(books: MemoryBooks) -> None:
    for kind in (RecordContact, RecordFix, CloseFollowUp):
        assert refused(books, by(kind, "manager", follow_up="t1", words="写一句")) == ""


@then("这条回访办完")
def _followed(books: MemoryBooks) -> None:
    assert not books.follow_ups["t1"].open
