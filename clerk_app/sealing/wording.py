"""决定书的话 the words of a decision from the case's own values: what was applied for, what was decided, by what law, which remedies.

A refusal carries its reasons and the remedies with their days (行政许可法 38; 行政复议法 20: 60 日; 行政诉讼法 46: 六个月).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import Outcome
from clerk_app.cases.model import Case
from clerk_app.sealing.paper import DecisionPaper
from clerk_app.sealing.wording_values import remedy_text

REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内申请行政复议，"
    "也可以自收到本决定书之日起六个月内向人民法院提起行政诉讼。"
)
"""As refusals of before said it; a new one names both, or is not printed (`proposing.remedies_refusal`)."""
_FACTS = "准予登记的事项："


def decision_title(item: Item, outcome: Outcome) -> str:
    """准予登记通知书 where the catalogue names it, else by outcome."""
    if outcome == "refuse":
        return "不予行政许可决定书"
    return item.decision_document or "准予行政许可决定书"


def decision_paper(
    case: Case,
    item: Item,
    outcome: Outcome,
    opinion: str,
    number: str,
    day: date,
    office: str,
    *,
    training: bool,
) -> DecisionPaper:
    """The page's content; `office` is the department as its seal names it. An unaccepted case has no decision: ValueError."""
    if case.accepted_at is None:
        raise ValueError("没有受理的件没有决定书")
    accepted = f"{case.accepted_at.year}年{case.accepted_at.month}月{case.accepted_at.day}日"
    received = f"{case.received_at.year}年{case.received_at.month}月{case.received_at.day}日"
    opening = f"你单位于{received}提出的{item.name}申请，本机关于{accepted}受理（办件编号 {case.case_no}）。"
    if outcome == "grant":
        verdict = "经审查，申请材料齐全，符合法定形式，决定准予。"
        notes = (f"凭本通知书和身份证件领取：{item.result}。",) if item.result else ()
        return _paper(case, item, outcome, (opening, verdict), notes, (number, day, office), training=training)
    verdict = f"经审查，不符合法定条件，决定不予许可。理由：{opinion}"
    return _paper(
        case,
        item,
        outcome,
        (opening, verdict, remedy_text(item.remedies) or REMEDIES),
        (),
        (number, day, office),
        training=training,
    )


def with_facts(paper: DecisionPaper, facts: tuple[str, ...], outcome: Outcome) -> DecisionPaper:
    """准予登记通知书 names what it grants, line by line; a refusal grants nothing."""
    if outcome == "refuse" or not facts:
        return paper
    return replace(paper, paragraphs=(*paper.paragraphs, _FACTS, *facts))


def _paper(
    case: Case,
    item: Item,
    outcome: Outcome,
    paragraphs: tuple[str, ...],
    notes: tuple[str, ...],
    names: tuple[str, date, str],
    *,
    training: bool,
) -> DecisionPaper:
    number, day, office = names
    return DecisionPaper(
        title=decision_title(item, outcome),
        document_no=number,
        addressee=case.applicant.name,
        paragraphs=paragraphs,
        department=office,
        day=day,
        case_no=case.case_no,
        notes=notes,
        training=training,
    )
