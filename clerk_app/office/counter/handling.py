"""承办的动作 opinions, site checks, special procedures, extension, sending back, ending: each takes the case in hand, then one command.

Papers: `states.moves` names the one that goes with an act; it is issued by who shows the page, after the act is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import recounted
from clerk_app.cases.endings import ArchiveCase, TerminateCase, WithdrawCase
from clerk_app.cases.extending import AskExtension, RecordExtension
from clerk_app.cases.handling import (
    AssignCase,
    DoAssistedTask,
    RecordSiteCheck,
    SendBack,
    SetAssisted,
    SetGreen,
    WriteOpinion,
)
from clerk_app.cases.life import Procedure
from clerk_app.cases.model import Case, DueDates
from clerk_app.cases.special import AskSpecialProcedure, ConfirmSpecialProcedure, EndSpecialProcedure, ended_case
from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Refusal
from clerk_app.office.counter.by_pin import Countersigner, hand_of
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Office, Outcome, Papers


def do_case(
    office: Office,
    case: str,
    kind: Callable[..., CaseCommand],
    words: dict[str, Any],
    by: Countersigner | None = None,
    papers: Papers | None = None,
) -> Outcome:
    """One command on one case that is in hand here, by this hand.

    A hold of ours that lapsed with the line cut stops only deciding and sealing, which ask for themselves.
    """
    refusal = take_in_hand(office, case)
    if refusal is not None and refusal.type != "hold-lapsed":
        return refusal
    hand = hand_of(office, by)
    if isinstance(hand, Refusal):
        return hand
    command = kind(**hand.stamp.fields(office.parts.new_id), case=case, **words)
    return office.do(command, papers, hand.beside)


def assign(office: Office, case: str, to: str) -> Outcome:
    """分办."""
    return do_case(office, case, AssignCase, {"to": to})


def write_opinion(office: Office, case: str, words: str) -> Outcome:
    """写审查意见."""
    return do_case(office, case, WriteOpinion, {"words": words})


def record_site_check(office: Office, case: str, people: tuple[str, ...], on: date, finding: str) -> Outcome:
    """记现场核查."""
    return do_case(office, case, RecordSiteCheck, {"people": people, "on": on, "finding": finding})


def send_back(office: Office, case: str, reason: str, by: Countersigner | None = None) -> Outcome:
    """退回经办."""
    return do_case(office, case, SendBack, {"reason": reason}, by)


def ask_special_procedure(office: Office, case: str, procedure: Procedure, planned_end: date, reason: str) -> Outcome:
    """提特别程序."""
    return do_case(
        office, case, AskSpecialProcedure, {"procedure": procedure, "planned_end": planned_end, "reason": reason}
    )


def confirm_special_procedure(office: Office, case: str, by: Countersigner | None = None) -> Outcome:
    """准特别程序; its notice goes out on the same day."""
    return do_case(office, case, ConfirmSpecialProcedure, {}, by)


def end_special_procedure(office: Office, case: str, result: str, ended_on: date) -> Outcome:
    """特别程序结束 with the new ends as counted now."""
    due = due_after_pause(office, case, result, ended_on)
    if isinstance(due, Refusal):
        return due
    return do_case(office, case, EndSpecialProcedure, {"result": result, "ended_on": ended_on, "due": due})


def due_after_pause(office: Office, case_id: str, result: str, ended_on: date) -> DueDates | Refusal:
    """The ends a pause that ends on this day leaves, for the page before and for the command."""
    found = _found(office, case_id)
    if isinstance(found, Refusal):
        return found
    case, item = found
    ended = ended_case(case, result, ended_on, office.stamp().actor)
    return ended if isinstance(ended, Refusal) else _counted(office, ended, item)


def ask_extension(office: Office, case: str, days: int, reason: str) -> Outcome:
    """请延期."""
    return do_case(office, case, AskExtension, {"days": days, "reason": reason})


def record_extension(office: Office, case: str, approver: str, rank: str, document_no: str) -> Outcome:
    """记延期 at the chief's own seat, with the new statutory end; what was promised stays."""
    due = due_extended(office, case)
    if isinstance(due, Refusal):
        return due
    words = {"approver": approver, "rank": rank, "document_no": document_no, "due": due}
    return do_case(office, case, RecordExtension, words)


def due_extended(office: Office, case_id: str) -> DueDates | Refusal:
    """The ends with what was asked for, for the page before and for the command."""
    found = _found(office, case_id)
    if isinstance(found, Refusal):
        return found
    case, item = found
    asked = case.life.extension
    if asked is None or case.due is None:
        return Refusal("nothing-asked", "没有人请延期，没有记，期限不变。先由窗口提出来。")
    granted = replace(asked, recorded_at=asked.recorded_at or office.parts.clock.now())
    due = _counted(office, replace(case, life=replace(case.life, extension=granted)), item)
    return due if isinstance(due, Refusal) else replace(due, promised=case.due.promised)


def _found(office: Office, case_id: str) -> tuple[Case, Item] | Refusal:
    case = office.read(lambda books: books.case(case_id))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None:
        return Refusal("unknown-case", "没有这件办件，什么都没改。核对编号，或到中心查一下。")
    return case, item


def _counted(office: Office, case: Case, item: Item) -> DueDates | Refusal:
    due = recounted(case, item, office.hall.calendar, office.hall.off_work, office.parts.clock.now().date())
    return due or Refusal("not-accepted-yet", "这件还没受理，没有期限，什么都没改。先受理。")


def set_green(office: Office, case: str, reason: str) -> Outcome:
    """走绿色通道."""
    return do_case(office, case, SetGreen, {"reason": reason})


def set_assisted(office: Office, case: str, agent: str, paper: str, todo: tuple[str, ...]) -> Outcome:
    """记帮办代办."""
    return do_case(office, case, SetAssisted, {"agent": agent, "paper": paper, "todo": todo})


def do_assisted_task(office: Office, case: str, task: str) -> Outcome:
    """代办做完一项."""
    return do_case(office, case, DoAssistedTask, {"task": task})


def withdraw(office: Office, case: str, reason: str) -> Outcome:
    """撤回 on the applicant's paper."""
    return do_case(office, case, WithdrawCase, {"reason": reason})


def terminate(office: Office, case: str, reason: str, by: Countersigner | None = None) -> Outcome:
    """终止."""
    return do_case(office, case, TerminateCase, {"reason": reason}, by)


def archive(office: Office, case: str, contents: tuple[str, ...], owed_reason: str = "") -> Outcome:
    """归档."""
    return do_case(office, case, ArchiveCase, {"contents": contents, "owed_reason": owed_reason})
