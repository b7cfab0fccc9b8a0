"""号票的经过: one ticket's day in order of time, from its row, the slips kept, and a journal where there is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.office.register import build_register
from clerk_app.queueing.forwarding import ForwardTicket
from clerk_app.queueing.issuing import CloseTickets
from clerk_app.queueing.model import PaperServed, Ticket
from clerk_app.queueing.ordering import LiftTicket, RightTicket
from clerk_app.queueing.parking import HoldTicket, RejoinTicket, ResumeTicket, ReturnTicket
from clerk_app.queueing.story import Act, _act_words, story
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, FinishTicket, PassTicket
from tests.queueing.line_of_a import DESKS, MANAGER, LineOfA


def names(person: str) -> str:
    return {"P203": "许可心", "P204": "程以宁", "P101": "沈启明"}.get(person, person)


@pytest.fixture
def line() -> LineOfA:
    return LineOfA()


def told(ticket: Ticket, papers=(), acts=()) -> list[str]:
    lines = story(ticket, names, papers, acts)
    assert [one.at for one in lines] == sorted(one.at for one in lines)
    return [one.words for one in lines]


class Noted(LineOfA):
    """Each act is kept as a journal has it."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[Act] = []

    def good(self, window: int, kind: type, **fields: object) -> str:
        self.later(60)
        done = super().good(window, kind, **fields)
        self.acts.append(Act(kind=kind.kind, at=self.clock.moment, by=DESKS[window][0], window=window))
        return done


def test_a_plain_visit(line: LineOfA) -> None:
    ticket = line.ticket()
    assert told(ticket) == ["取号 A001，1号窗口"]
    assert told(replace(ticket, fallback=3)) == ["取号 A001，1号窗口，分到3号窗口"]
    assert told(replace(ticket, state="issuing", reserve=True)) == ["取号 A001，1号窗口，备用号，号票还没打出来"]
    line.good(2, CallTicket, ticket=ticket.id)
    line.later(40)
    line.good(2, CallTicket, ticket=ticket.id)
    line.good(2, ArriveTicket, ticket=ticket.id)
    line.later(60)
    line.good(2, FinishTicket, ticket=ticket.id, outcome="licence")
    assert told(line.now(ticket)) == [
        "取号 A001，1号窗口",
        "叫号，第 2 次（2号窗口 许可心）",
        "到窗（2号窗口 许可心）",
        "办结：领证（2号窗口 许可心）",
    ]


def test_sent_on_put_on_top_held(line: LineOfA) -> None:
    ticket = line.ticket(priority="elderly", appointment=line.clock.now() - timedelta(minutes=5))
    line.good(2, CallTicket, ticket=ticket.id)
    line.good(2, ForwardTicket, ticket=ticket.id, letter="B", reason="走错队", to_window=4)
    line.good(MANAGER, LiftTicket, ticket=ticket.id, reason="孩子发烧")
    line.good(4, RightTicket, ticket=ticket.id, reason="被跳过")
    line.good(4, CallTicket, ticket=ticket.id)
    line.good(4, HoldTicket, ticket=ticket.id, reason="去复印")
    assert told(line.now(ticket)) == [
        "取号 A001，1号窗口，预约 10:25，优先",
        "从2号窗口 A 类转出到4号窗口：走错队（许可心）",
        "值班长提前：孩子发烧（沈启明）",
        "下一个就办：被跳过（P105）",
        "叫号（4号窗口 P105）",
        "挂起：去复印（4号窗口 P105）",
    ]


def test_put_back_passed_and_waiting_again(line: LineOfA) -> None:
    ticket = line.ticket()
    line.good(2, CallTicket, ticket=ticket.id)
    line.good(2, ReturnTicket, ticket=ticket.id, reason="叫错了")
    assert told(line.now(ticket))[1:] == ["退回队里：叫错了（2号窗口 许可心）"]
    line.good(2, CallTicket, ticket=ticket.id)
    line.good(2, PassTicket, ticket=ticket.id, reason="叫号未到")
    assert told(line.now(ticket))[-1] == "过号：叫号未到（2号窗口 许可心）"
    line.good(2, RejoinTicket, ticket=ticket.id)
    assert told(line.now(ticket))[1:] == ["重排"]
    assert told(replace(line.now(ticket), rejoins=2))[1:] == ["重排，第 2 次"]


def test_not_called_that_day(line: LineOfA) -> None:
    ticket = line.ticket()
    line.good(MANAGER, CloseTickets, day=ticket.day, tickets=(ticket.id,))
    assert told(line.now(ticket))[-1] == "当日未办：当天没有叫到"


def test_its_slips_and_what_was_known_of_it(line: LineOfA) -> None:
    at = line.clock.now()
    ticket = line.ticket(
        state="finished", window=2, clerk="P203", by_paper=True, called_at=at, served_at=at + timedelta(minutes=1),
        ended_at=at + timedelta(minutes=9), outcome="handled",
    )  # fmt: skip
    mine = PaperServed(
        id="p1", day=ticket.day, ticket=ticket.id, number=ticket.number, letter="A", window=2, by="P203",
        at=at + timedelta(minutes=1), how="code", ended_at=at + timedelta(minutes=9), outcome="handled",
    )  # fmt: skip
    theirs = replace(
        mine, id="p2", ticket="from-check", real=ticket.id, window=3, by="P204", how="check",
        at=at + timedelta(minutes=2), ended_at=at + timedelta(minutes=7), known="10:31 在2号窗口办理中",
    )  # fmt: skip
    other = replace(mine, id="p3", ticket="another")
    assert told(ticket, (mine, theirs, other)) == [
        "取号 A001，1号窗口",
        "叫号（2号窗口 许可心）",
        "凭票接待（2号窗口 许可心）",
        "凭票接待，按校验码（3号窗口 程以宁）；中心另记着 10:31 在2号窗口办理中",
        "凭票办结（3号窗口 程以宁）",
        "办结：办了（2号窗口 许可心）",
    ]


def test_a_journal_adds_what_the_row_forgot_and_says_nothing_twice() -> None:
    line = Noted()
    ticket = line.ticket()
    line.good(2, CallTicket, ticket=ticket.id)
    line.good(2, HoldTicket, ticket=ticket.id, reason="填表")
    line.good(2, ResumeTicket, ticket=ticket.id)
    line.good(2, ArriveTicket, ticket=ticket.id)
    line.good(2, FinishTicket, ticket=ticket.id)
    line.acts.append(Act(kind="record_sign_in", at=line.clock.moment, by="P203"))
    assert told(line.now(ticket), (), line.acts) == [
        "取号 A001，1号窗口",
        "叫号（2号窗口 许可心）",
        "挂起（2号窗口 许可心）",
        "叫号，第 2 次（2号窗口 许可心）",
        "到窗（2号窗口 许可心）",
        "办结：办了（2号窗口 许可心）",
    ]


def test_every_act_on_a_ticket_has_its_word() -> None:
    """A new kind of command about tickets is told too."""
    rooms = ("clerk_app.queueing.",)
    kinds = {kind for kind, use in build_register().items() if use.command.__module__.startswith(rooms)}
    about_lines = {"stop_line", "open_line", "move_window"}
    assert kinds - about_lines - set(_act_words) == set()
