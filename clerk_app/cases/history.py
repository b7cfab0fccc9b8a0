"""办件过程 who did what when, read off the case's own values, in the order it happened; persons of the public are not in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.decision import outcome_words
from clerk_app.cases.life import procedure_words
from clerk_app.cases.model import Case

Name = Callable[[str, str | None], str]
"""A person's name, and whom he stood in for: 段明远 代 许可心."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """过程一条 when, by whom, what; `note` is what was said with it."""

    at: datetime
    who: str
    what: str
    note: str = ""


def history_of(case: Case, name: Name) -> tuple[Entry, ...]:
    """The oldest first; what happened at one moment stays in the order of the course."""
    made = [*_coming_in(case, name), *_review(case, name), *_special(case, name), *_going_out(case, name)]
    return tuple(sorted(made, key=lambda entry: entry.at))


def _coming_in(case: Case, name: Name) -> Iterator[Entry]:
    life = case.life
    yield Entry(at=case.received_at, who=name(case.handler, case.acting_for), what=f"{case.window}号窗口收件")
    for fix in life.fixes:
        yield Entry(at=fix.at, who=name(fix.by, ""), what="当场更正", note=f"{fix.what}（{fix.initials}）")
    for place, notice in enumerate(life.notices):
        again = "再次告知补正" if place else "一次性告知补正"
        said = "、".join(gap.what for gap in notice.gaps)
        why = f"。{name(notice.overridden_by, '')}同意再告知：{notice.override_reason}" if notice.overridden_by else ""
        yield Entry(at=notice.at, who=name(notice.by, notice.acting_for), what=again, note=said + why)
    if case.late_entry is not None:
        late = case.late_entry
        what = f"补录，照 {late.sheet}" if late.sheet else "补录"
        yield Entry(at=late.at, who=name(late.by, ""), what=what, note=late.reason)
    if case.accepted_at is not None:
        deemed = life.deemed
        what = f"视为受理，从 {deemed.on:%Y-%m-%d} 起算" if deemed else f"受理，编号 {case.case_no}"
        note = "机器没有消息，暂定" if deemed and deemed.provisional else ""
        yield Entry(
            at=case.accepted_at, who="中心" if deemed else name(case.handler, case.acting_for), what=what, note=note
        )


def _review(case: Case, name: Name) -> Iterator[Entry]:
    life = case.life
    for opinion in life.opinions:
        yield Entry(at=opinion.at, who=name(opinion.by, opinion.acting_for), what="审查意见", note=opinion.words)
    if life.site_check is not None:
        check = life.site_check
        what = f"现场核查（{'、'.join(check.people)}，{check.on:%m-%d}）"
        yield Entry(at=check.at, who=name(check.by, ""), what=what, note=check.finding)
    for partner in life.partners:
        if partner.at is not None:
            word = "同意" if partner.outcome == "agree" else "不同意"
            yield Entry(at=partner.at, who=partner.by, what=f"协办部门{word}", note=partner.words)
    if case.proposal is not None:
        said = case.proposal
        what = f"签名一：提{outcome_words[said.outcome]}"
        yield Entry(at=said.at, who=name(said.by, said.acting_for), what=what, note=said.opinion)
    for back in life.sent_back:
        yield Entry(at=back.at, who=name(back.by, ""), what="退回经办", note=back.reason)
    if case.sent_out is not None:
        sent = case.sent_out
        yield Entry(at=sent.at, who=name(sent.by, ""), what=f"送审，送给{sent.taker}", note=sent.why)
    if life.department is not None:
        paper = life.department
        word = "退回" if paper.outcome == "return" else outcome_words[paper.outcome]
        said_by = f"{paper.decided_by}（{paper.rank}）{paper.decided_on:%m-%d} 定，{paper.document_no}"
        yield Entry(at=paper.recorded_at, who=name(paper.recorded_by, ""), what=f"部门决定：{word}", note=said_by)


def _special(case: Case, name: Name) -> Iterator[Entry]:
    for one in case.life.procedures:
        word = procedure_words[one.procedure]
        yield Entry(at=one.asked_at, who=name(one.asked_by, ""), what=f"提{word}", note=one.reason)
        if one.confirmed_at is not None:
            what = f"确认{word}，期限停走，预计 {one.planned_end:%m-%d} 结束"
            yield Entry(at=one.confirmed_at, who=name(one.confirmed_by, ""), what=what)
            if one.ended_on is not None:
                ended = datetime.combine(one.ended_on, one.confirmed_at.timetz())
                yield Entry(
                    at=max(ended, one.confirmed_at), who=name(one.ended_by, ""), what=f"{word}结束", note=one.result
                )
    asked = case.life.extension
    if asked is not None:
        yield Entry(at=asked.asked_at, who=name(asked.asked_by, ""), what=f"请延期 {asked.days}", note=asked.reason)
        if asked.recorded_at is not None:
            what = f"{asked.approver}批准延期"
            yield Entry(at=asked.recorded_at, who=name(asked.recorded_by, ""), what=what, note=asked.document_no)


def _going_out(case: Case, name: Name) -> Iterator[Entry]:
    decision, life = case.decision, case.life
    if decision is not None:
        what = f"签名二：{outcome_words[decision.outcome]}，{decision.document_no}"
        yield Entry(at=decision.at, who=name(decision.by, decision.acting_for), what=what, note=decision.opinion)
    for voided in life.voided:
        yield Entry(at=voided.sealed_at, who="", what=f"用印（{voided.document_no}）")
        yield Entry(at=voided.asked_at, who=name(voided.asked_by, ""), what="请作废用印", note=voided.reason)
        if voided.agreed_at is not None:
            yield Entry(at=voided.agreed_at, who=name(voided.agreed_by, ""), what="作废用印", note=voided.paper)
    if case.sealed_at is not None:
        yield Entry(at=case.sealed_at, who="", what="用印，期限到此为止")
    handed = case.handed_over
    if handed is not None:
        yield Entry(at=handed.at, who=name(handed.by, handed.acting_for), what=f"送达，{handed.window}号窗口")
    if life.archived is not None:
        yield Entry(at=life.archived.at, who=name(life.archived.by, ""), what="归档")
    if life.ending is not None:
        ending = life.ending
        to = f"，应到{ending.agency}" if ending.agency else ""
        yield Entry(
            at=ending.at, who=name(ending.by, ending.acting_for), what=_ended[ending.how], note=ending.reason + to
        )
    if case.void is not None:
        yield Entry(at=case.void.at, who=name(case.void.by, ""), what="作废这件", note=case.void.reason)


_ended = {
    "advised": "只告知",
    "not_required": "告知不需办理",
    "not_accepted": "不予受理",
    "lapsed": "视为撤回",
    "withdrawn": "申请人撤回",
    "terminated": "终止",
}
