"""文书栏目 the values a case's papers are filled from: each named as the templates name it, absent while it is not so.

Personal data only where a paper needs it: phones are masked, and papers that stay in the hall name the applicant masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.cases.catalogue import Item, Remedies
from clerk_app.cases.clocks import intake_due
from clerk_app.cases.decision import outcome_words
from clerk_app.cases.life import EndKind, procedure_words
from clerk_app.cases.model import Case
from clerk_app.cases.states import state_words
from clerk_app.duty.model import Roster
from clerk_app.sealing.documents import agency_name
from clerk_app.workdays import Calendar


@dataclass(frozen=True, kw_only=True)
class Setting:
    """出文的场合 where and when the paper is made: hall, window, day, and the roster it takes names from."""

    hall: str
    hotline: str
    window: int
    roster: Roster
    calendar: Calendar
    now: datetime
    by: str
    """经办人 who issues it."""
    training: bool = False


@dataclass(frozen=True, kw_only=True)
class Subject:
    """出文的办件 the case, its item, and the case it replaces, if any."""

    case: Case
    item: Item
    replaced: Case | None = None


Values = Mapping[str, str]


def values_of(subject: Subject, setting: Setting) -> dict[str, str]:
    """Every field that has a value now."""
    found: dict[str, str] = {}
    for part in _parts:
        found.update({name: text for name, text in part(subject, setting).items() if text})
    return found


def day_text(day: date) -> str:
    """2026年12月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_text(at: datetime) -> str:
    """2026年12月4日10时42分."""
    return f"{day_text(at.date())}{at.hour}时{at.minute:02d}分"


def remedy_text(remedies: Remedies) -> str:
    """复议机关和法院 by name, review first where the law says so; empty without both names."""
    if not remedies.named:
        return ""
    if remedies.review_first:
        return (
            f"如不服本决定，应当自收到之日起六十日内先向{remedies.review_body}申请行政复议；"
            f"对复议决定仍不服的，可以自收到复议决定书之日起十五日内向{remedies.court}提起行政诉讼。"
        )
    return (
        f"如不服本决定，可以自收到之日起六十日内向{remedies.review_body}申请行政复议，"
        f"也可以自收到之日起六个月内向{remedies.court}提起行政诉讼。"
    )


def _base(subject: Subject, setting: Setting) -> dict[str, str]:
    case, item = subject.case, subject.item
    window = setting.roster.windows.get(setting.window)
    came = case.state not in ("draft", "advised")
    return {
        "item": item.name,
        "case_no": case.case_no,
        "query_code": case.query_code,
        "applicant": case.applicant.name,
        "masked_applicant": case.applicant.masked_name,
        "phone": case.applicant.masked_phone,
        "agent": case.life.assisted.agent if case.life.assisted else case.applicant.agent,
        "agency": agency_name(setting.roster, case.department),
        "hall": setting.hall,
        "hotline": setting.hotline,
        "window": f"{setting.window}号窗口" + (f"（{window.name}）" if window else ""),
        "today": day_text(setting.now.date()),
        "handled_by": setting.roster.name_of(setting.by),
        "state": state_words[case.state],
        "fee": "" if item.fee == 0 else f"本事项收费 {item.fee / 100:.2f} 元，凭缴款通知缴纳。",
        "remedies": remedy_text(item.remedies),
        "received_on": day_text(case.received_at.date()) if came else "",
        "received_at": moment_text(case.received_at) if came else "",
        "taken_by": setting.roster.name_for(case.handler, case.acting_for),
        "assigned_to": setting.roster.name_of(case.life.assigned_to) if case.life.assigned_to else "",
    }


def _acceptance(subject: Subject, setting: Setting) -> dict[str, str]:
    case = subject.case
    found = {
        "accepted_on": day_text(case.accepted_on) if case.accepted_on else "",
        "completed_on": day_text(case.life.completed_on) if case.life.completed_on else "",
        "deemed_on": day_text(case.life.deemed.on) if case.life.deemed else "",
        "promised": "有" if any(m.tolerated_until for m in case.materials) else "",
    }
    if case.accepted_on is None and not case.life.notices and subject.item.correction_rule.deemed:
        found["intake_due"] = day_text(intake_due(case, subject.item, setting.calendar).due)
    if case.due is None:
        return found
    note = "以上日期因放假安排未发布，暂定。" if case.due.provisional else ""
    return found | {
        "due_promised": day_text(case.due.promised),
        "due_statutory": day_text(case.due.statutory),
        "due_note": note or case.due.reason or "当日不计。",
    }


def _notice(subject: Subject, setting: Setting) -> dict[str, str]:
    """The last one-time notice."""
    if not subject.case.life.notices:
        return {}
    notice, rule = subject.case.life.notices[-1], subject.item.correction_rule
    late = "逾期没有补正的，按本地规定视为撤回申请。" if rule.lapses else "逾期仍可补正，受理日期以补齐之日为准。"
    return {
        "notice_on": day_text(notice.at.date()),
        "gaps": "有" if notice.gaps else "",
        "bring_by": day_text(notice.bring_by) if notice.bring_by else "",
        "where": f"补来后交到{notice.where or f'{notice.window}号窗口'}",
        "requeue": "来时重新取号。" if notice.requeue else "来时不用重新取号。",
        "late_words": late,
        "returned": "申请材料已当场全部退回，补齐后重新提交。" if rule.return_all else "",
        "overridden": notice.override_reason,
    }


def _ending(subject: Subject, setting: Setting) -> dict[str, str]:
    """Each way to end has fields of its own: a paper about another end cannot be printed."""
    ending = subject.case.life.ending
    if ending is None:
        return {}
    reasons: dict[EndKind, str] = {
        "advised": "told", "not_required": "not_required_reason", "not_accepted": "not_accepted_reason",
        "lapsed": "lapsed_reason", "withdrawn": "withdrawn_reason", "terminated": "terminated_reason",
    }  # fmt: skip
    found = {
        reasons[ending.how]: ending.reason,
        f"{ending.how}_on": day_text(ending.at.date()),
        "right_agency": ending.agency,
    }
    if ending.how == "advised":
        found |= {"gaps": "有" if ending.gaps else "", "told": ending.reason or "请按下列内容准备。"}
    return found


def _procedure(subject: Subject, setting: Setting) -> dict[str, str]:
    confirmed = [p for p in subject.case.life.procedures if p.confirmed_at]
    if not confirmed or confirmed[-1].confirmed_at is None:
        return {}
    last = confirmed[-1]
    return {
        "procedure": procedure_words[last.procedure],
        "procedure_from": day_text(confirmed[-1].confirmed_at.date()),
        "procedure_end": day_text(last.planned_end),
        "procedure_reason": last.reason,
    }


def _extension(subject: Subject, setting: Setting) -> dict[str, str]:
    extension = subject.case.life.extension
    if extension is None or not extension.granted:
        return {}
    return {
        "extension_days": f"{extension.days}个工作日"
        if subject.item.statutory.unit == "workday"
        else f"{extension.days}日",
        "extension_reason": extension.reason,
        "extension_approver": f"{extension.rank}{extension.approver}",
        "extension_no": extension.document_no,
    }


def _review(subject: Subject, setting: Setting) -> dict[str, str]:
    case, roster = subject.case, setting.roster
    found: dict[str, str] = {}
    if check := case.life.site_check:
        found["site_check"] = f"{'、'.join(check.people)}，{day_text(check.on)}，{check.finding}"
    if case.proposal is not None:
        said = case.proposal
        found["proposed"] = f"拟{outcome_words[said.outcome]}。{said.opinion}"
        found["proposed_by"] = roster.name_for(said.by, said.acting_for)
        found["proposed_at"] = moment_text(said.at)
    if case.decision is not None:
        made = case.decision
        title = subject.item.decision_document if made.outcome == "grant" else ""
        plain = "准予行政许可决定书" if made.outcome == "grant" else "不予行政许可决定书"
        found["decided"] = f"{outcome_words[made.outcome]}。{made.opinion}"
        found["decided_by"] = roster.name_for(made.by, made.acting_for)
        found["decided_at"] = moment_text(made.at)
        found["decision_no"], found["decision_title"] = made.document_no, title or plain
    return found


def _department(subject: Subject, setting: Setting) -> dict[str, str]:
    case = subject.case
    found: dict[str, str] = {}
    if sent := case.sent_out:
        found |= {"sent_to": sent.taker, "sent_why": sent.why, "sent_at": moment_text(sent.at)}
        found["sent_by"] = setting.roster.name_of(sent.by)
    if (said := case.life.department) and said.outcome != "return":
        found |= {
            "department_outcome": outcome_words[said.outcome],
            "department_by": f"{said.rank}{said.decided_by}",
            "department_no": said.document_no,
            "department_on": day_text(said.decided_on),
            "department_words": said.words,
        }
    return found


def _afterwards(subject: Subject, setting: Setting) -> dict[str, str]:
    case, roster = subject.case, setting.roster
    found: dict[str, str] = {}
    if handed := case.handed_over:
        found |= {"handed_to": handed.receiver, "handed_proof": handed.proof, "handed_at": moment_text(handed.at)}
        found |= {"handed_by": roster.name_for(handed.by, handed.acting_for), "handed_window": f"{handed.window}号窗口"}
    if kept := case.life.archived:
        found |= {"archived_by": roster.name_of(kept.by), "archived_at": moment_text(kept.at)}
    if case.life.voided and (void := case.life.voided[-1]).agreed_at:
        found |= {
            "voided_no": void.document_no,
            "voided_at": moment_text(void.agreed_at),
            "voided_sealed_at": moment_text(void.sealed_at),
            "voided_reason": void.reason,
            "voided_paper": void.paper,
            "voided_by": roster.name_of(void.asked_by),
            "voided_second": roster.name_of(void.agreed_by),
        }
    if (old := subject.replaced) and old.decision:
        found |= {"replaced_no": old.case_no, "replaced_document": old.decision.document_no}
    partners = [roster.departments[p.department].name for p in case.life.partners if p.department in roster.departments]
    return found | {"partners": "、".join(partners)}


_parts: tuple[Callable[[Subject, Setting], dict[str, str]], ...] = (
    _base, _acceptance, _notice, _ending, _procedure, _extension, _review, _department, _afterwards,
)  # fmt: skip
