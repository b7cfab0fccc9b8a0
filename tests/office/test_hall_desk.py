"""大厅 over a real store: what the duty manager reads and does, the silent key, the lists of a cut, and a number's whole story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clerk_app.command import Refusal
from clerk_app.office.office import Done, Office
from clerk_app.office.oversight import hall_desk
from clerk_app.office.oversight.call_log import CallLog, call_log
from clerk_app.office.oversight.hall_reading import HallReader
from clerk_app.office.oversight.hall_statistics import paper_of, read_statistics, table, week_span
from clerk_app.office.oversight.reporting import day_span
from clerk_app.outside.ids import new_id
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.audit import AuditAsked, AuditLine, AuditPage, Signer
from tests.desk import cut_office, rows_of, sit
from tests.ui.hall.busy_hall import MANAGER, NOW, at, fill, served, ticket
from tests.visits import done

TODAY = NOW.date()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    office.parts.clock.moment = NOW
    yield office
    office.parts.vault.close()


@pytest.fixture
def busy(office: Office) -> Office:
    fill(office)
    sit(office, MANAGER)
    return office


def refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def jobs(office: Office, doc_type: str) -> list[Any]:
    return [job for job in office.parts.vault.spool.jobs(100) if job.doc_type == doc_type]


class TestReading:
    def test_windows_lines_who_rings_and_when_the_hall_closes(self, busy: Office) -> None:
        now = HallReader(busy).read()
        assert (now.figures.waiting, now.may_act, now.closes) == (27, True, at(17, 30))
        assert [task.window for task in now.alarms] == [4]
        assert {one.number: one.state for one in now.figures.windows if one.state != "closed"} == {
            2: "serving", 3: "silent", 4: "calling", 5: "paused", 6: "open", 7: "open",
        }  # fmt: skip
        assert [one.number for one in now.waiting("A", 40)][:3] == ["A040", "A041", "VA031"]
        assert {one.fallback for one in now.share(3)} == {3}

    def test_who_was_signed_in_yesterday_sits_nowhere_today(self, busy: Office) -> None:
        busy.parts.clock.moment = NOW + timedelta(days=3)
        windows = HallReader(busy).read().figures.windows
        assert {one.state for one in windows if one.number != 3} == {"closed"}

    def test_a_window_the_centre_calls_silent_is_silent_since_it_was_first_said(self, busy: Office) -> None:
        reader = HallReader(busy)
        first = reader.read([2]).figures.window(2)
        busy.parts.clock.moment += timedelta(minutes=3)
        later = reader.read([2]).figures.window(2)
        assert first is not None
        assert later is not None
        assert (later.state, later.since) == ("silent", first.since)
        back = reader.read().figures.window(2)
        assert back is not None
        assert back.state == "serving"

    def test_early_in_the_morning_the_last_open_day_says_how_long_one_takes(self, office: Office) -> None:
        with office.parts.vault.unit(office.hall) as work:
            for number in range(1, 8):
                old = served("A", number, 2, at(9), 8)
                moments = {
                    name: getattr(old, name) - timedelta(days=2) for name in ("taken_at", "served_at", "ended_at")
                }
                work.books.put_ticket(replace(old, day=TODAY - timedelta(days=2), **moments))
            work.books.put_ticket(ticket("A", 11, at(10)))
        line = HallReader(office).read().figures.line("A")
        assert line is not None
        assert line.pace is not None
        assert (line.pace.median, line.pace.served) == (timedelta(minutes=8), 7)
        assert line.outlook is None, "nobody serves it yet"


class TestActs:
    def test_only_the_duty_manager_orders(self, busy: Office) -> None:
        sit(busy, "P203")
        for outcome in (
            hall_desk.lift(busy, "A-15", "急"),
            hall_desk.stop_line(busy, "A", at(17), "人多"),
            hall_desk.move_window(busy, 5, ("A",), "人多"),
            hall_desk.free(busy, 3, "断线"),
            hall_desk.close_day(busy),
        ):
            refused(outcome)
        assert not HallReader(busy).read().may_act

    def test_a_line_is_stopped_until_the_hall_opens_again(self, busy: Office) -> None:
        reopens = hall_desk.usual_reopening(busy)
        assert reopens is not None
        assert f"{reopens:%m-%d %H:%M}" == "11-23 09:00"
        done(hall_desk.stop_line(busy, "A", reopens, "人多"))
        line = HallReader(busy).read().figures.line("A")
        assert line is not None
        assert line.stop is not None
        done(hall_desk.open_line(busy, line.stop.id))
        assert refused(hall_desk.open_line(busy, line.stop.id)).type == "line-open"

    def test_a_freed_share_goes_with_its_last_list_and_an_empty_one_is_told(self, busy: Office) -> None:
        done(hall_desk.free(busy, 3, "3号断线"))
        (job,) = jobs(busy, "等候名单")
        assert "A040" in job.payload.decode()
        assert refused(hall_desk.free(busy, 3, "3号断线")).sentence == "3号窗口名下没有人在等，没有要放开的。"

    def test_the_day_ends_with_a_slip_for_everybody_who_was_not_called(self, busy: Office) -> None:
        busy.parts.clock.moment = at(17, 40)
        done(hall_desk.close_day(busy))
        assert len(jobs(busy, "次日条")) == 28
        row = busy.read(lambda books: books.ticket("B-12"))
        assert row is not None
        assert (row.state, row.reason) == ("not_served", "挂起后没有回来")
        assert refused(hall_desk.close_day(busy)).type == "nobody-waiting"

    def test_ringing_is_silent_and_ringing_again_is_the_same_call(self, busy: Office) -> None:
        sit(busy, "P203")
        done(hall_desk.ring(busy))
        done(hall_desk.ring(busy))
        alarms = HallReader(busy).read().alarms
        assert [(task.window, task.words) for task in alarms] == [
            (4, "4号窗口 罗文静 在呼叫，请马上过去。"),
            (2, "2号窗口 许可心 在呼叫，请马上过去。"),
        ]
        sit(busy, MANAGER)
        done(hall_desk.answer_alarm(busy, alarms[1].id))
        sit(busy, "P203")
        done(hall_desk.ring(busy))
        assert len(HallReader(busy).read().alarms) == 2, "called again after somebody went there: a new call"


class TestLists:
    def test_one_slip_a_window_in_calling_order_and_no_name(self, busy: Office) -> None:
        slips = hall_desk.last_known_lists(busy, at(10, 12))
        assert [slip.subject for slip in slips] == ["window:0", "window:2", "window:3", "window:4", "window:6"]
        words = repr(slips[2])
        assert words.index("A040") < words.index("A041") < words.index("A011")
        assert "2026-11-20 10:12" in words
        assert "VA031" in repr(slips[1])
        assert [block.text for block in slips[1].blocks if "要大字" in getattr(block, "text", "")] == [
            "　 企业开办与登记　优先　要大字"
        ]
        assert not any(name in repr(slips) for name in ("罗文静", "许可心", "段明远"))

    def test_printed_with_the_line_cut_and_twice_if_wanted(self, busy: Office) -> None:
        first = hall_desk.print_lists(busy)
        assert isinstance(first, Done)
        busy.parts.clock.moment += timedelta(minutes=1)
        second = hall_desk.print_lists(busy)
        assert isinstance(second, Done)
        assert len({*first.papers, *second.papers}) == 10

    def test_nobody_waits_and_nobody_is_signed_in(self, office: Office) -> None:
        assert refused(hall_desk.print_lists(office)).type == "nobody-waiting"
        office.session = None
        assert refused(office.print_out([])).type == "signed-out"


class PretendCentre:
    """The hall's audit, by what is asked."""

    def __init__(self, lines: list[AuditLine], problem: Exception | None = None) -> None:
        self.lines, self.problem = lines, problem
        self.asked: list[AuditAsked] = []

    def page(self, asked: AuditAsked, cursor: str, by: Signer) -> AuditPage:
        self.asked.append(asked)
        if self.problem is not None:
            raise self.problem
        found = [line for line in self.lines if asked.kind in ("tickets", line.kind)]
        place = int(cursor or 0)
        return AuditPage(lines=tuple(found[place : place + 1]), cursor=str(place + 1) if place + 1 < len(found) else "")


def act(kind: str, key: str, moment: Any, actor: str = "P203", **more: Any) -> AuditLine:
    plain = {"id": new_id(), "window": 2, "device": "d", "state": "applied", "hall_version": "v"}
    return AuditLine(**{**plain, "at": moment, "kind": kind, "actor": actor, "subjects": (f"ticket:{key}",), **more})


def log(office: Office, number: str) -> CallLog:
    found = call_log(office, TODAY, number)
    assert isinstance(found, CallLog), found
    return found


class TestCallLog:
    def test_with_the_line_cut_the_row_and_this_machines_journal_answer_and_say_so(self, busy: Office) -> None:
        done(hall_desk.lift(busy, "A-15", "腿脚不便"))
        found = log(busy, " a015 ")
        assert not found.whole
        assert "等线路恢复再核" in found.said
        told = [(line.what, line.who, line.words) for line in found.lines]
        assert told == [("取号", "", ""), ("提前", "沈启明", "腿脚不便")]
        assert found.answer.sentence.endswith("它还在等。")

    def test_the_centre_says_every_act_and_every_first_call(self, busy: Office) -> None:
        taken, first = at(9, 58), at(10, 6)
        centre = PretendCentre(
            [
                act("take_ticket", "A-9", taken, actor="P103", window=1),
                act("call_ticket", "A-9", at(10, 30)),
                act("arrive_ticket", "A-9", at(10, 31)),
                act("pass_ticket", "A-9", at(10, 32), state="refused"),
                act("call_ticket", "A-8", first, window=3, actor="P204"),
                act("call_ticket", "A-11", at(10, 29), state="refused"),
                act("take_ticket", "another", taken),
            ]
        )
        busy.parts = replace(busy.parts, audit=centre)
        found = log(busy, "A009")
        assert found.whole
        assert [(line.what, line.window, line.who) for line in found.lines] == [
            ("取号", 1, "陶小禾"), ("叫号", 2, "许可心"), ("到窗", 2, "许可心"), ("过号（中心没收）", 2, "许可心"),
        ]  # fmt: skip
        assert next(one.at for one in found.answer.before if one.ticket == "A-8") == first, (
            "its first call, not its last"
        )
        assert "A-11" not in {one.ticket for one in found.answer.before}, "what the centre refused called nobody"
        assert {(asked.kind, asked.number) for asked in centre.asked} == {("tickets", "A009"), ("call_ticket", "")}

    @pytest.mark.parametrize("problem", [CentreAway("cut"), CentreProblem(403, "audit-not-yours", "没有给。")])
    def test_a_centre_that_is_away_or_says_no_is_told_from_one_that_answered(self, busy: Office, problem) -> None:
        busy.parts = replace(busy.parts, audit=PretendCentre([], problem))
        found = log(busy, "A009")
        assert not found.whole
        assert [line.what for line in found.lines] == ["取号", "叫号（第 1 次）", "到窗"]

    def test_another_days_number_is_not_todays(self, busy: Office) -> None:
        yesterday = refused(call_log(busy, TODAY - timedelta(days=1), "A009"))
        assert yesterday.sentence == "11月19日 没有 A009 这个号。核对票上的日子和号码。"
        assert refused(call_log(busy, TODAY, " ")).type == "number-missing"


class TestStatistics:
    def test_the_table_and_the_a4_have_the_figures_and_nobodys_number(self, busy: Office) -> None:
        read = read_statistics(busy, day_span(TODAY))
        text = table(read.found, busy.hall).decode("utf-8-sig")
        assert "队,A 企业开办与登记,29,10,8,1,10%,0,25.0," in text
        assert "提前,孩子发烧，让他先办" in text
        assert "A040" not in text
        paper = paper_of(read, busy.hall, training=True)
        assert paper.title == "市政务中心叫号统计"
        assert any(part.head == "提前" for part in paper.parts)

    def test_a_week_ends_today(self) -> None:
        span = week_span(TODAY, TODAY)
        assert (span.start.isoformat(), span.end.isoformat()) == ("2026-11-16", "2026-11-20")

    def test_reading_writes_nothing(self, busy: Office) -> None:
        before = rows_of(busy)
        read_statistics(busy, week_span(TODAY, TODAY))
        HallReader(busy).read()
        assert rows_of(busy) == before
