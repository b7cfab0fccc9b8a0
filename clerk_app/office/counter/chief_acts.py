"""首席代表的步 what the chief does to a case beside authorising it, what its department decided, and the second person's word."""

from __future__ import annotations

from typing import Literal

from clerk_app.cases.catalogue import Item
from clerk_app.cases.extending import rank_word
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter import handling, intake, voiding
from clerk_app.office.counter.case_act import ActKind, Answers, Ask, chosen, day, said
from clerk_app.office.counter.department import (
    DepartmentPaper,
    record_department_decision,
    unrecord_department_decision,
)
from clerk_app.office.counter.sending_out import send_out, taker_of
from clerk_app.office.office import Office, Outcome

_reason = Ask(key="reason", label="理由", kind="words")


_department_words: dict[Literal["grant", "refuse", "return"], str] = {
    "grant": "准予",
    "refuse": "不予",
    "return": "退回",
}


def _department(office: Office, case: Case, answers: Answers) -> Outcome:
    decided = day(answers, "decided_on")
    if isinstance(decided, Refusal):
        return decided
    outcome = chosen(answers, "outcome", _department_words)
    if isinstance(outcome, Refusal):
        return outcome
    paper = DepartmentPaper(
        outcome=outcome,
        decided_by=said(answers, "decided_by"),
        rank=said(answers, "rank"),
        document_no=said(answers, "document_no"),
        decided_on=decided,
        scan=said(answers, "scan"),
        words=said(answers, "words"),
    )
    return record_department_decision(office, case.id, paper)


def _scans(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    scans = office.read(lambda books: books.attachments_of(case.id))
    choices = tuple((scan.digest, scan.name) for scan in scans)
    last = choices[-1][0] if choices else ""
    return (
        Ask(
            key="outcome",
            label="部门怎么定的",
            kind="choice",
            choices=tuple(_department_words.items()),
        ),
        Ask(key="decided_by", label="谁决定的"),
        Ask(key="rank", label="职务"),
        Ask(key="document_no", label="文号"),
        Ask(
            key="decided_on",
            label="哪天决定的",
            kind="day",
            proposed=office.parts.clock.now().date().isoformat(),
        ),
        Ask(
            key="scan",
            label="文件扫描件",
            kind="choice",
            choices=choices,
            proposed=last,
            hint="先在附件里加（Ctrl+M）；退回的不用",
            optional=True,
        ),
        Ask(key="words", label="说了什么", kind="words", optional=True),
    )


def _extension_asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    by = item.statutory.extend_by
    return (
        Ask(key="approver", label=f"谁批的（{rank_word(by)}）"),
        Ask(key="document_no", label="批准文号"),
    )


def _record_extension(office: Office, case: Case, answers: Answers) -> Outcome:
    item = office.hall.items[case.item]
    return handling.record_extension(
        office, case.id, said(answers, "approver"), item.statutory.extend_by, said(answers, "document_no")
    )


def _asked_void(case: Case) -> bool:
    return bool(case.life.voided) and case.life.voided[-1].agreed_at is None


CHIEF_ACTS: tuple[ActKind, ...] = (
    ActKind(
        key="department",
        word="记部门决定",
        sentence="谁定的、哪天、什么文号，连同扫描件记在件里。",
        action="receive",
        event="department_grants",
        asks=_scans,
        do=_department,
    ),
    ActKind(
        key="unrecord",
        word="部门决定记错了",
        sentence="回到送审中，照文件重新记；授权用印之后就不能改了。",
        action="receive",
        event="unrecord_department",
        offered=lambda case, item: case.life.department is not None and case.decision is None,
        asks=lambda office, case, item: (Ask(key="reason", label="哪里记错了", kind="words"),),
        do=lambda office, case, answers: unrecord_department_decision(office, case.id, said(answers, "reason")),
    ),
    ActKind(
        key="send_out",
        word="送审",
        sentence="送到部门去定，期限照走。",
        action="send_out",
        event="send_out",
        offered=lambda case, item: item.signatures == 1 or case.state != "accepted",
        asks=lambda office, case, item: (
            Ask(key="taker", label="送给谁", proposed=taker_of(office.hall, case)),
            Ask(key="reason", label="为什么送", kind="words"),
        ),
        do=lambda office, case, answers: send_out(office, case.id, said(answers, "reason"), said(answers, "taker")),
    ),
    ActKind(
        key="send_back",
        word="退回经办",
        sentence="不签，退给经办人；要做什么写在里面。",
        action="decide",
        event="send_back",
        hand="chief",
        asks=lambda office, case, item: (_reason,),
        do=lambda office, case, answers: handling.send_back(office, case.id, said(answers, "reason")),
    ),
    ActKind(
        key="confirm_special",
        word="确认特别程序",
        sentence="从今天起两个期限停走，出告知书。",
        action="special_procedure",
        event="suspend",
        hand="chief",
        offered=lambda case, item: case.life.procedure is not None and case.life.procedure.confirmed_at is None,
        do=lambda office, case, answers: handling.confirm_special_procedure(office, case.id),
        paper="特别程序告知书",
    ),
    ActKind(
        key="record_extension",
        word="记延期批准",
        sentence="法定期限按批准的天数延，承诺的日子不变，出通知书。",
        action="extend",
        event="extend",
        hand="chief",
        offered=lambda case, item: case.life.extension is not None and not case.life.extension.granted,
        asks=_extension_asks,
        do=_record_extension,
        paper="延期通知书",
    ),
    ActKind(
        key="lapse",
        word="视为撤回",
        sentence="补正过了期，按规定到此为止，改不回来。",
        action="decide",
        event="lapse",
        hand="chief",
        offered=lambda case, item: item.correction_rule.lapses,
        asks=lambda office, case, item: (_reason,),
        do=lambda office, case, answers: intake.lapse(office, case.id, said(answers, "reason")),
    ),
    ActKind(
        key="seen",
        word="看过不予受理",
        sentence="记下首席代表看过。",
        action="not_accept",
        hand="chief",
        offered=lambda case, item: (
            case.state == "not_accepted" and case.life.ending is not None and not case.life.ending.seen_by
        ),
        do=lambda office, case, answers: intake.see_not_accepted(office, case.id),
    ),
    ActKind(
        key="terminate",
        word="终止",
        sentence="件到此为止，改不回来；终止通知书由首席代表输 PIN 出。",
        action="decide",
        event="terminate",
        hand="chief",
        asks=lambda office, case, item: (_reason,),
        do=lambda office, case, answers: handling.terminate(office, case.id, said(answers, "reason")),
    ),
    ActKind(
        key="ask_void",
        word="请作废用印",
        sentence="等另一人看过纸、同意了才作废；头一次用印的时间一直看得见。",
        action="void",
        event="void_stamp",
        hand="chief",
        offered=lambda case, item: not _asked_void(case),
        asks=lambda office, case, item: (
            _reason,
            Ask(key="paper", label="那张纸怎么处理的", hint="收回销毁、划线作废"),
        ),
        do=lambda office, case, answers: voiding.ask_void_stamp(
            office, case.id, said(answers, "reason"), said(answers, "paper")
        ),
    ),
    ActKind(
        key="agree_void",
        word="同意作废用印",
        sentence="您看过那张纸了；件回到待授权，期限从头接着走。",
        action="void",
        event="void_stamp",
        hand="second",
        offered=lambda case, item: _asked_void(case),
        do=lambda office, case, answers: voiding.agree_void_stamp(office, case.id),
        paper="作废登记",
    ),
    ActKind(
        key="drop_void",
        word="不作废了",
        sentence="章没有盖错，用印照旧算数。",
        action="void",
        event="void_stamp",
        hand="second",
        offered=lambda case, item: _asked_void(case),
        asks=lambda office, case, item: (_reason,),
        do=lambda office, case, answers: voiding.drop_void_stamp(office, case.id, said(answers, "reason")),
    ),
)
