"""Cuts and their words: each is a record that survives a restart, a lamp that says what goes on, and a page that sums up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from clerk_app.office.counter import visit
from clerk_app.office.events import LineState
from clerk_app.office.line.after_cut import cut_summary
from clerk_app.office.line.cuts import CutBook, last_cut
from clerk_app.office.line.keeper import LineKeeper
from clerk_app.office.line.line_words import line_words
from clerk_app.ports import CentreProblem, Hello, Verdict
from clerk_app.receipts.paper import Delivery
from tests.desk import ZONE, CutCentre, StandingClock, cut_office
from tests.sync.scripted import ScriptedCentre, applied, nothing_new
from tests.visits import done, take

KEY = bytes(range(32))
TEN = datetime(2026, 11, 20, 10, 12, tzinfo=ZONE)


class Greeting(ScriptedCentre):
    """Says hello, takes everything, and has no numbers to give."""

    def hello(self, said=None) -> Hello:
        journal = self.office.parts.vault.journal
        return Hello(
            time=self.office.parts.clock.moment, epoch="e", hall_version=self.office.hall.version,
            incarnation=1, last_seq=0, head=journal.head().hash,
        )  # fmt: skip

    def number_block(self, kind: str, count: int):
        raise CentreProblem("numbers-used-up", "没有号。", 409)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path, KEY)
    yield office
    office.parts.vault.close()


def joined(office, **answers) -> None:
    centre = Greeting(**{"pushes": [applied] * 5, "pages": [nothing_new] * 9, **answers})
    centre.office = office
    office.parts = replace(office.parts, centre=centre)


def test_a_cut_is_recorded_with_its_acts_when_the_line_is_back(office):
    keeper = LineKeeper(office)
    keeper.round()
    start = keeper.state.since
    assert not keeper.state.connected
    take(office)
    take(office)
    keeper.round()
    assert keeper.state.since == start, "since the beginning, however often it was tried"
    joined(office)
    keeper.round()
    assert keeper.state.connected
    (fact,) = (row for row in office.parts.vault.journal.rows((), 9) if row.kind == "record_cut")
    cut = office.read(lambda books: books.cut(fact.subjects[0].partition(":")[2]))
    assert (cut.start, cut.acts, cut.window) == (start, 2, 2)
    assert cut.end > cut.start
    keeper.round()
    assert [row.kind for row in office.parts.vault.journal.rows((), 9)].count("record_cut") == 1


def test_an_open_cut_survives_a_restart(office, tmp_path):
    keeper = LineKeeper(office)
    keeper.round()
    start = keeper.state.since
    take(office)
    office.parts.vault.close()
    clock = StandingClock(office.parts.clock.moment + timedelta(hours=1))
    again = cut_office(tmp_path, KEY, fill=False, clock=clock)
    later = LineKeeper(again)
    later.round()
    assert later.state.since == start
    again.parts.vault.close()


def test_it_waits_for_somebody_to_sign_in(office):
    session, office.session = office.session, None
    keeper = LineKeeper(office)
    keeper.round()
    office.parts.clock.moment += timedelta(minutes=10)
    joined(office)
    keeper.round()
    assert office.parts.vault.journal.rows((), 9) == ()
    assert len(json.loads(office.parts.vault.keep.meta("cuts"))) == 1
    office.session = session
    keeper.round()
    assert [row.kind for row in office.parts.vault.journal.rows((), 9)] == ["record_cut"]
    assert json.loads(office.parts.vault.keep.meta("cuts")) == []


def test_a_blink_in_which_nothing_was_done_is_no_cut(office):
    book = CutBook(office)
    book.begin()
    office.parts.clock.moment += timedelta(seconds=5)
    assert book.end() is None
    assert last_cut(office) is None
    book.begin()
    office.parts.clock.moment += timedelta(seconds=31)
    assert book.end() is not None
    assert last_cut(office).acts == 0


def test_the_summary_says_what_was_sent_what_is_to_settle_and_which_paper_to_take_back(office):
    book, vault = CutBook(office), office.parts.vault
    take(office)
    vault.journal.settle([Verdict(id=r.id, state="applied") for r in vault.journal.rows((), 9)], 1.0)
    book.begin()
    good, bad, silent = take(office), take(office), take(office)
    done(visit.call(office, good.id))
    for _ in range(
        3
    ):  # the first one's of before the cut, then the good one's and the bad one's; the last stays queued
        job = vault.spool.take_next(vault.spool.jobs(1)[0].printer)
        vault.spool.settle(job.id, Delivery("done", ""))
    assert [job.state for job in vault.spool.jobs(9) if job.subject == f"ticket:{silent.id}"] == ["queued"]
    book.end()
    rows = {row.subjects[0]: row.id for row in vault.journal.rows((), 9) if row.kind == "take_ticket"}
    call = next(row.id for row in vault.journal.rows((), 9) if row.kind == "call_ticket")
    verdicts = [Verdict(id=rows[f"ticket:{good.id}"], state="applied"), Verdict(id=call, state="applied")]
    refused = Verdict(id=rows[f"ticket:{bad.id}"], state="refused", type="number-taken", sentence="号已用过。")
    vault.journal.settle([*verdicts, refused], 1.0)
    summary = cut_summary(office)
    assert summary.acts == {"call_ticket": 1, "take_ticket": 3}
    assert (summary.sent, summary.waiting) == (2, 1)
    assert [row.id for row in summary.to_settle] == [refused.id]
    told = [(paper.job.subject, paper.take_back) for paper in summary.papers]
    assert told == [(f"ticket:{bad.id}", True)], "the good one's stands, the silent one's never left the printer"


def test_no_cut_no_summary(office):
    assert cut_summary(office) is None
    CutBook(office).begin()
    assert cut_summary(office) is None


CUT = LineState(connected=False, since=TEN, waiting=3)


@pytest.mark.parametrize(
    ("state", "head", "limited"),
    [
        (CUT, "线路 10:12 中断，照常办。本窗办的 3 条都已存好，恢复后自动送。", True),
        (replace(CUT, waiting=0), "线路 10:12 中断，照常办。办的都存在本机，恢复后自动送。", True),
        (replace(CUT, paused="中心不认这台电脑，什么都没动，本机的都留着。"), "中心不认这台电脑，什么都没动，本机的都留着。", True),
        (LineState(connected=True, since=TEN), "线路 10:12 起连着，办的事马上到中心。", False),
        (LineState(connected=True, since=TEN, troubled=2), "线路 10:12 起连着，办的事马上到中心。有 2 条中心没收，等人定。", False),
        (LineState(connected=True, since=TEN, catching_up=True, sent=40, to_send=100), "线路恢复了，正在补送 40/100 条。", False),
        (replace(CUT, store="这台电脑上的数据不是最新的一份。"), "这台电脑上的数据不是最新的一份。", True),
    ],
    ids=["cut", "cut-empty", "paused", "up", "troubled", "catching-up", "old-copy"],
)  # fmt: skip
def test_the_lamp_says_what_goes_what_not_and_what_to_tell(state, head, limited):
    words = line_words(state)
    assert words.head == head
    assert bool(words.stops) is limited
    assert bool(words.citizen) is limited
    assert words.since == TEN
    for sentence in (words.head, words.goes, words.stops, words.citizen):
        assert not sentence or sentence.endswith("。")


def test_the_lamp_before_the_first_answer_promises_nothing_yet():
    words = line_words(LineState(connected=False))
    assert (words.head, words.stops, words.since) == ("正在连中心。", "", None)


def test_a_clock_nobody_vouches_for_is_said_too():
    assert "时间对不上" in line_words(replace(CUT, clock="unknown")).stops
    assert "时间对不上" not in line_words(CUT).stops


def test_a_pause_is_said_by_the_keeper_and_keeps_everything(office):
    take(office)
    joined(office, pushes=[CentreProblem("token-of-tomorrow", "令牌过期了，什么都没动，本机的都留着。", 401)] * 3)
    keeper = LineKeeper(office)
    keeper.round()
    assert keeper.state.connected
    assert line_words(keeper.state).head == "令牌过期了，什么都没动，本机的都留着。"
    assert office.parts.vault.journal.tally() == {"pending": 1}
    office.parts = replace(office.parts, centre=CutCentre())
    keeper.round()
    assert keeper.state.paused == ""
