"""The duty manager's tasks, what is settled, cuts, day closes, and the hold broken by two persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from clerk_app.command import Command, Refusal
from clerk_app.duty.records import Absence
from clerk_app.hall import read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.oversight.breaking import AgreeHoldBreak, AskHoldBreak
from clerk_app.oversight.days import CloseDay, RecordCut
from clerk_app.oversight.model import Task, day_close_id, settled_words, task_id, task_words
from clerk_app.oversight.settling import RatifyConflict, SettleCommand
from clerk_app.oversight.tasks import CloseTask, HandToDutyManager
from tests.cases.test_case import AT, RECEIVED
from tests.desk import training_document
from tests.memory_books import MemoryBooks

HALL = read_hall(training_document(), "v1")
REGISTER = build_register()
PLACES = {"P203": ("A1", 2), "P101": ("R-ZWJ", 21), "P102": ("R-ZWJ", 21), "P201": ("R-SJJ", 21), "P202": ("R-SJJ", 3)}
SUBJECT = "case:c"


@pytest.fixture
def books() -> MemoryBooks:
    books = MemoryBooks(HALL)
    books.put_case(RECEIVED)
    books.holds[SUBJECT] = "device-b"
    return books


def by(kind: type[Command], actor: str, key: str = "k", **fields: Any) -> Command:
    post, window = PLACES[actor]
    return kind(id=key, at=AT, actor=actor, post=post, window=window, basis="", hall_version="v1", **fields)


def said(command: Command, books: MemoryBooks) -> str:
    refusal = judge(command, books, REGISTER)
    assert refusal is None or (isinstance(refusal, Refusal) and refusal.sentence.endswith("。"))
    return refusal.type if refusal else ""


def test_a_window_hands_over_and_the_duty_manager_closes_with_a_word(books):
    assert said(by(HandToDutyManager, "P203", task="t", subject=SUBJECT, words="请看看"), books) == ""
    task = books.tasks["t"]
    assert (task.kind, task.subject, task.window, task.made_by, task.open) == ("handed", SUBJECT, 2, "P203", True)
    assert books.open_tasks(10) == (task,)
    assert said(by(CloseTask, "P203", task="t", note="好"), books) == "role-missing"
    assert said(by(CloseTask, "P101", task="t", note=" "), books) == "note-missing"
    assert said(by(CloseTask, "P101", task="none", note="好"), books) == "unknown-task"
    assert said(by(CloseTask, "P101", task="t", note="已电话告知"), books) == ""
    closed = books.tasks["t"]
    assert (closed.open, closed.closed_by, closed.closed_at, closed.note) == (False, "P101", AT, "已电话告知")
    assert said(by(CloseTask, "P101", task="t", note="好"), books) == "task-closed"
    assert said(by(HandToDutyManager, "P203", task="t", subject="", words="again"), books) == ""
    assert books.tasks["t"] == closed, "an id is one task for ever"


def task_about(kind: str, command: str = "x") -> Task:
    return Task(
        id=task_id(kind, command),
        kind=kind,
        subject=SUBJECT,
        command=command,
        window=2,
        words="",
        made_at=AT,
        made_by="",
    )


def test_the_first_word_on_a_command_counts_and_ends_its_tasks(books):
    for kind in ("conflict", "take_back", "quarantine"):
        books.put_task(task_about(kind))
    assert said(by(SettleCommand, "P203", settled="x", how="dropped", note="不办了"), books) == ""
    settled = books.settlements["x"]
    assert (settled.how, settled.by, settled.note) == ("dropped", "P203", "不办了")
    assert {t.kind for t in books.open_tasks(9)} == {"take_back"}, "the paper is still out there"
    assert said(by(SettleCommand, "P203", settled="x", how="reissued", replaced_by="y"), books) == ""
    assert books.settlements["x"] == settled
    assert said(by(RatifyConflict, "P101", ratified="x", note="属实"), books) == "already-settled"


def test_taken_back_ends_the_paper_too(books):
    books.put_task(task_about("take_back"))
    assert said(by(SettleCommand, "P203", settled="x", how="taken_back"), books) == ""
    assert books.open_tasks(9) == ()


def test_only_the_duty_manager_or_a_chief_ratifies_and_says_why(books):
    books.put_task(task_about("conflict"))
    assert said(by(RatifyConflict, "P203", ratified="x", note="属实"), books) == "role-missing"
    assert said(by(RatifyConflict, "P201", ratified="x", note=""), books) == "note-missing"
    assert said(by(RatifyConflict, "P201", ratified="x", note="属实"), books) == ""
    assert (books.settlements["x"].how, books.open_tasks(9)) == ("ratified", ())


def test_a_cut_and_a_closed_day_are_records(books):
    end = AT + timedelta(minutes=9)
    assert said(by(RecordCut, "P203", cut="q", start=AT, end=end, acts=7), books) == ""
    assert (books.cuts["q"].device, books.cuts["q"].acts) == ("device-a", 7)
    day = date(2026, 11, 20)
    for rows in (5, 6):
        assert said(by(CloseDay, "P203", device="device-a", day=day, rows=rows, head="f" * 64), books) == ""
    (row,) = books.day_closes_of(day)
    assert (row.id, row.rows, row.by) == (day_close_id("device-a", day), 6, "P203"), "the later one stands"
    assert len(row.id) == 36


def test_a_hold_is_broken_by_two_persons(books):
    agree = by(AgreeHoldBreak, "P201", break_="b", subject=SUBJECT)
    assert said(agree, books) == "break-not-asked"
    assert said(by(AskHoldBreak, "P203", break_="b", subject=SUBJECT, reason="断线"), books) == "role-missing"
    assert said(by(AskHoldBreak, "P101", break_="b", subject=SUBJECT, reason=" "), books) == "reason-missing"
    assert said(by(AskHoldBreak, "P101", break_="b", subject="case:free", reason="断线"), books) == "not-held"
    assert said(by(AskHoldBreak, "P101", break_="b", subject=SUBJECT, reason="断线，老人在等"), books) == ""
    assert books.holds[SUBJECT] == "device-b", "one person changes nothing"
    (task,) = books.open_tasks(9)
    assert task.kind == "break"
    assert said(by(AskHoldBreak, "P101", break_="b", subject=SUBJECT, reason="再来"), books) == "break-asked"
    assert said(replace(agree, subject="case:other"), books) == "break-not-asked"
    assert said(agree, books) == ""
    assert SUBJECT not in books.holds
    row = books.breaks["b"]
    assert (row.asked_by, row.agreed_by, row.agreed_at, row.reason) == ("P101", "P201", AT, "断线，老人在等")
    assert books.open_tasks(9) == ()
    assert said(agree, books) == "break-agreed"


def test_the_same_person_never_agrees_and_a_deputy_only_for_an_absent_chief(books):
    books.put_case(replace(RECEIVED, department="ZWJ"))
    assert said(by(AskHoldBreak, "P101", break_="b", subject=SUBJECT, reason="断线"), books) == ""
    assert said(by(AgreeHoldBreak, "P101", break_="b", subject=SUBJECT), books) == "second-person"
    assert said(by(AgreeHoldBreak, "P201", break_="b", subject=SUBJECT), books) == "other-department"
    assert said(by(AgreeHoldBreak, "P102", break_="b", subject=SUBJECT), books) == "", "who asked cannot be the second"
    books.put_case(RECEIVED)
    books.holds[SUBJECT] = "device-b"
    assert said(by(AskHoldBreak, "P101", break_="b2", subject=SUBJECT, reason="断线"), books) == ""
    deputy = by(AgreeHoldBreak, "P202", break_="b2", subject=SUBJECT)
    assert said(deputy, books) == "chief-present"
    hour = timedelta(hours=1)
    books.put_absence(Absence(id="a", person="P201", start=AT - hour, end=AT + hour, reason="会", said_by="P203"))
    assert said(deputy, books) == ""


def test_names_and_ids_fit_their_columns():
    assert all(len(kind) <= 24 for kind in task_words)
    assert all(len(how) <= 12 for how in settled_words)
    assert len(task_id("silent_device", "x" * 99)) == 36
    assert task_id("lapse", "x") == task_id("lapse", "x") != task_id("conflict", "x")
