"""大厅 over a real store: windows and lines in words, who rings on top, every act with its reason, and one number answered for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_app.office.events import LineState
from clerk_app.office.office import Office
from tests.desk import cut_office, sit
from tests.ui.hall.busy_hall import CLERK, MANAGER, NOW, at, fill, task, ticket
from ui.background import Background
from ui.hall.house import LOG, ORDER, STATS, HallHouse, HallViews
from ui.hall.order_page import OrderPage
from ui.hall.reading import HallLine
from ui.hall.room import HallRoom
from ui.oversight.bars import Bars
from ui.widgets.row_model import Row


@dataclass
class Hall:
    qtbot: QtBot
    office: Office
    house: HallHouse
    room: HallRoom
    background: Background
    line: SimpleNamespace
    said: list[tuple[str, bool]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle)

    def start(self, person: str = MANAGER) -> None:
        sit(self.office, person)
        self.office.parts.clock.moment = NOW
        self.room.start()
        self.settle()

    def order(self, letter: str = "A") -> None:
        self.house.show_view(ORDER)
        self.room.order.open_line(letter)
        self.settle()

    def do(self, name: str, *typed: str) -> None:
        """As the bar says it, with these lines typed."""
        self.house.order.act.emit(name, list(typed))
        self.settle()

    def jobs(self) -> list[Any]:
        return list(self.office.parts.vault.spool.jobs(50))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def hall(qtbot: QtBot, office: Office) -> Iterator[Hall]:
    house, background = HallHouse(HallViews(OrderPage(tuple(office.hall.queue.letters)))), Background()
    qtbot.addWidget(house)
    line = SimpleNamespace(connected=True, silent=())

    state = HallLine(state=lambda: LineState(connected=line.connected, since=at(10, 12)), silent=lambda: line.silent)
    room = HallRoom(office, background, house, state)
    found = Hall(qtbot, office, house, room, background, line)
    room.said.connect(lambda text, good: found.said.append((text, good)))
    room.waiting.connect(found.counts.append)
    house.resize(1290, 600)
    house.show()
    yield found
    background.close()


def row(rows: tuple[Row, ...], key: str) -> str:
    return next(one for one in rows if one.id == key).summary()


class TestNow:
    def test_windows_and_lines_in_words(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        windows, lines = hall.house.now.windows.rows(), hall.house.now.lines.rows()
        assert row(windows, "2") == "2号窗口，许可心　A 队，A009　办理中 11 分钟，名下 8 人，今天办了 4 个"
        assert "B011　叫号中 1 分钟" in row(windows, "4")
        assert "暂停　到 10:50 送材料到后台" in row(windows, "5")
        assert "断线 4 分钟 名下的号给它留着，名下 10 人" in row(windows, "3")
        assert "没开" in row(windows, "1")
        assert row(lines, "A") == "A 企业开办与登记，等候 19 人，最久 38 分钟，1 个窗口办，一个 9 分钟，办到 15:03"
        assert row(lines, "C").endswith("1 个窗口办，办到 —"), "too few were served: no guess"
        assert row(lines, "D").endswith("止号")
        assert "H" not in {one.id for one in lines}, "a line nobody calls and nobody waits in takes no room"

    def test_a_window_that_rings_is_big_and_said_at_once_and_one_key_ends_it(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        assert hall.house.now.alarms()[0].text() == "4号窗口 罗文静 在呼叫"
        assert hall.said == [("4号窗口 罗文静 在呼叫，请马上过去。", False)]
        assert hall.counts[-1] == 1
        hall.room.note(("task:alarm-4",))
        hall.room.reading.read_now()
        hall.settle()
        assert len(hall.said) == 1, "said once"
        hall.qtbot.keyClick(hall.house.now, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        hall.settle()
        closed = hall.office.read(lambda books: books.task("alarm-4"))
        assert closed is not None
        assert (closed.closed_by, closed.note) == (MANAGER, "值班长到窗口看过。")
        assert hall.house.now.alarms()[0].text() == ""
        assert hall.counts[-1] == 0

    def test_three_that_ring_are_two_and_a_word(self, hall: Hall) -> None:
        fill(hall.office)
        with hall.office.parts.vault.unit(hall.office.hall) as work:
            for window in (2, 6):
                work.books.put_task(task("alarm", window, at(10, 41), f"{window}号窗口 某人 在呼叫，请马上过去。"))
        hall.start()
        assert [card.text() for card in hall.house.now.alarms()] == ["4号窗口 罗文静 在呼叫", "2号窗口 某人 在呼叫"]
        assert hall.counts[-1] == 3

    def test_who_does_not_go_there_is_not_rung_and_reads_why_he_cannot(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start(CLERK)
        assert hall.said == []
        assert hall.counts[-1] == 0
        button = hall.house.now.bar.button("answer")
        assert button is not None
        assert button.reason() == "由值班长办"
        button.click()
        assert hall.said == [("由值班长办。", False)]

    def test_in_a_cut_it_says_of_when_it_is_and_prints_a_list_for_every_window(self, hall: Hall) -> None:
        fill(hall.office, rings=False)
        hall.line.connected = False
        hall.start()
        hall.house.now.bar.button("lists").click()  # type: ignore[union-attr]
        hall.settle()
        assert hall.said[-1] == ("名单排上打印了，每个窗口一张。", True)
        jobs = [job for job in hall.jobs() if job.doc_type == "等候名单"]
        assert sorted(job.subject for job in jobs) == ["window:0", "window:2", "window:3", "window:4", "window:6"]
        text = next(job.payload for job in jobs if job.subject == "window:3").decode()
        assert "A040" in text
        assert "2026-11-20 10:12" in text
        assert "线路断着，这里是 10:12 的样子" in hall.house.now._strip.text()

    def test_after_closing_the_day_is_ended_and_nobody_is_passed(self, hall: Hall) -> None:
        fill(hall.office, rings=False)
        hall.start()
        assert hall.house.now.bar.button("close_day") is None
        hall.office.parts.clock.moment = at(17, 31)
        hall.room.reading.read_now()
        hall.settle()
        hall.house.now.bar.button("close_day").click()  # type: ignore[union-attr]
        hall.settle()
        assert hall.said[-1][1], hall.said
        ended = hall.office.read(lambda books: books.tickets_of(NOW.date(), ("A", "B", "C")))
        assert {one.state for one in ended} == {"finished", "not_served", "passed", "serving", "called"}
        assert sum(one.state == "passed" for one in ended) == 1, "the one that was called and did not come"
        assert sum(job.doc_type == "次日条" for job in hall.jobs()) == 28, "everybody who waited, and the held one"

    def test_enter_opens_the_order_of_a_line(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        hall.house.now.lines.row_opened.emit("B")
        hall.settle()
        assert hall.house.view() == ORDER
        assert hall.house.order.segments.current() == "B"

    def test_many_changes_are_read_together_and_none_is_missed(self, hall: Hall) -> None:
        fill(hall.office, rings=False)
        hall.start()
        told: list[object] = []
        hall.room.reading.landed.connect(told.append)
        with hall.office.parts.vault.unit(hall.office.hall) as work:
            work.books.put_task(task("alarm", 4, at(10, 41), "4号窗口 罗文静 在呼叫，请马上过去。"))
        for _ in range(20):
            hall.room.note(("task:alarm-4",))
        hall.qtbot.waitUntil(lambda: bool(told))
        hall.settle()
        assert len(told) == 1
        assert hall.counts[-1] == 1

    def test_the_empty_hall(self, hall: Hall) -> None:
        hall.office.parts.clock.moment = NOW
        hall.start()
        assert hall.house.now.lines.rows() == ()
        assert {one.cell(1).text for one in hall.house.now.windows.rows()} == {"没开"}


class TestOrder:
    def test_the_line_in_order_with_why(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        hall.order()
        told = [(one.cell(1).text, one.cell(1).note) for one in hall.house.order.table().rows()][:5]
        assert told == [
            ("A040", "值班长提前：孩子发烧，让他先办（沈启明）"),
            ("A041", "从2号窗口转来，10:05 取号"),
            ("VA031", "60 岁以上优先，10:18 取号"),
            ("YA042", "预约 11:00，还没到"),
            ("A011", "10:04 取号"),
        ]

    def test_put_on_top_with_a_reason_only(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        hall.order()
        hall.house.order.row_chosen.emit("A-15")
        hall.do("lift", " ")
        assert hall.said[-1] == ("还没写为什么，A015 没有提前。写一句再提。", False)
        hall.do("lift", "腿脚不便，家属说明")
        assert hall.said[-1] == ("提前了，原因记在号上。", True)
        assert [one.id for one in hall.house.order.table().rows()][:3] == ["A-40", "A-15", "A-41"], (
            "behind who was first"
        )

    def test_stopped_with_the_figures_and_opened_again(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        hall.order()
        hall.house.order.stop.click()
        fields = hall.house.order.detail.fields()
        assert fields[1].text() == "2026-11-23 09:00"
        assert "还有 19 人等，按现在的快慢办到 15:03" in hall.house.order.detail._words.text()
        hall.do("stop", "人多", "下周")
        assert hall.said[-1] == ("恢复的时间没看懂，没有止号。照 2026-11-23 09:00 这样写。", False)
        hall.do("stop", "人多", "２０２６-11-23 09：00")
        assert hall.said[-1] == ("止号了，取号机和大厅屏照着说。", True)
        assert hall.house.order.stop.words() == "恢复发号"
        hall.house.order.stop.click()
        hall.do("open")
        assert hall.said[-1] == ("恢复发号了。", True)
        stops = hall.office.read(lambda books: books.line_stops(NOW.date()))
        assert [(one.letter, one.ended_by) for one in stops] == [("D", ""), ("A", MANAGER)]

    def test_a_window_is_moved_for_the_day(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        hall.order("B")
        hall.house.order.move_window.click()
        hall.do("move", "六", "B", "B 队人多")
        assert hall.said[-1][0] == "窗口号没看懂，没有改。只写数字，如 5。"
        hall.do("move", "6号", "c、b", "B 队人多")
        assert hall.said[-1] == ("改好了，只管今天。", True)
        rows = hall.office.read(lambda books: books.window_letters(NOW.date()))
        assert [(one.window, one.letters) for one in rows] == [(6, ("C", "B"))]

    def test_a_silent_windows_share_is_freed_with_its_list(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        hall.order()
        hall.house.order.free.click()
        assert hall.house.order.detail._title.text() == "放开 3号窗口名下的 10 个号"
        hall.do("free", "3号窗口断线，人转到别的窗口")
        assert hall.said[-1][1], hall.said
        left = hall.office.read(lambda books: books.tickets_of(NOW.date(), ("A",)))
        assert not any(one.fallback == 3 for one in left if one.state == "waiting")
        (job,) = [job for job in hall.jobs() if job.doc_type == "等候名单"]
        assert job.subject == "window:3"

    def test_what_the_centre_said_is_silent_is_offered_too(self, hall: Hall) -> None:
        fill(hall.office, cut_window=0)
        hall.start()
        hall.order()
        assert hall.house.order.free.reason() == "没有断线的窗口名下有号"
        hall.line.silent = (2,)
        hall.room.reading.read_now()
        hall.settle()
        assert hall.house.order.free.reason() == ""

    def test_esc_leaves_the_act_and_a_clerk_reads_why_not(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        hall.order()
        hall.house.order.stop.click()
        hall.qtbot.keyClick(hall.house.order, Qt.Key.Key_Escape)
        assert hall.house.order.detail._title.text().startswith("A040")
        hall.start(CLERK)
        hall.order()
        assert {b.reason() for b in (hall.house.order.stop, hall.house.order.move_window)} == {"由值班长办"}


class TestStatistics:
    def test_the_day_by_line_hour_and_reason_and_its_table(self, hall: Hall, tmp_path: Path) -> None:
        fill(hall.office)
        hall.start()
        hall.house.show_view(STATS)
        hall.room.stats.refresh()
        hall.settle()
        page = hall.house.stats
        assert row(page.table("lines").rows(), "A").startswith("A 企业开办与登记，取号 29，办结 8，过号 1")
        assert [one.cell(0).text for one in page.table("hours").rows()] == ["8–9 点", "9–10 点", "10–11 点"]
        assert {one.id for one in page.table("reasons").rows()} == {"提前:孩子发烧，让他先办", "提前过号:本人不办了"}
        assert "A 八成不超过25分钟，中间的一个25分钟" in page.findChildren(Bars)[0].accessibleName()
        page.table_to.emit(str(tmp_path / "统计.csv"))
        hall.settle()
        assert hall.said[-1] == ("导出好了：统计.csv。", True)
        text = (tmp_path / "统计.csv").read_bytes().decode("utf-8-sig")
        assert "提前过号,本人不办了" in text
        assert "A040" not in text, "no number of anybody"
        page.table_to.emit(str(tmp_path / "没有" / "统计.csv"))
        hall.settle()
        assert hall.said[-1][0].startswith("“统计.csv”写不进去，没有导出")

    def test_turned_by_day_and_week(self, hall: Hall) -> None:
        fill(hall.office)
        earlier = ticket("A", 1, at(10).replace(day=17), state="not_served")
        with hall.office.parts.vault.unit(hall.office.hall) as work:
            work.books.put_ticket(replace(earlier, id="old", day=earlier.taken_at.date()))
        hall.start()
        hall.room.stats.refresh()
        hall.settle()
        hall.house.stats.spans.segment("week").click()
        hall.settle()
        assert hall.house.stats._view.title == "2026年11月16日至11月20日"
        assert hall.house.stats._view.tiles[-1].figure == "1"
        hall.house.stats.days_moved.emit(-1)
        hall.settle()
        assert hall.house.stats._view.title == "2026年11月9日至11月15日"
        assert hall.house.stats._view.later == ""


class TestLog:
    def ask(self, hall: Hall, number: str) -> None:
        hall.house.show_view(LOG)
        hall.house.log.number().set_text(number)
        hall.house.log.number().entered.emit()
        hall.settle()

    def test_one_number_with_its_verdict_its_acts_and_who_was_before(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        self.ask(hall, "a009")
        page = hall.house.log
        assert page.verdict().startswith("A009 没有被跳过：前面叫的 3 个都比它先取号。它 10:30 在2号窗口叫到。")
        assert [one.cell(1).text for one in page.acts.rows()] == ["取号", "叫号（第 1 次）", "到窗"]
        assert [(one.id, one.cell(2).text) for one in page.before.rows()] == [
            ("A-6", "09:34 先取号"),
            ("A-7", "09:43 先取号"),
            ("A-8", "09:52 先取号"),
        ]

    def test_a_number_nobody_has(self, hall: Hall) -> None:
        fill(hall.office)
        hall.start()
        self.ask(hall, "Z999")
        assert hall.house.log.number().finding() == "11月20日 没有 Z999 这个号。核对票上的日子和号码。"
        hall.house.log.days_moved.emit(-1)
        hall.settle()
        assert hall.house.log.number().finding().startswith("11月19日 没有 Z999")
