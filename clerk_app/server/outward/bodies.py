"""对外的内容 what each kind says of a case: an allow list, field by field. Pure.

Nothing here reads the applicant but `public_name`, and that shows an organisation by its name and a person masked. What does
not change with the moment of asking is said the same way again: names come from the hall version the case names, clocks
are counted to the last thing that happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.decision import Outcome, outcome_words
from clerk_app.cases.inbox.model import InboxItem, inbox_subject
from clerk_app.cases.model import Applicant, Case
from clerk_app.cases.states import CaseState, event_words
from clerk_app.cases.telling_outside import OutsidePartner, Telling
from clerk_app.hall import Hall
from clerk_app.outside.hall_checks import uscc_is_right
from clerk_app.ports.partners import digest_of
from clerk_app.server.outward.moves import last_moment, steps_of

Body = dict[str, Any]
_ours = UUID("6f1c9a34-52de-5b0e-9a77-0e9b5d1f3c20")
CLOSED: frozenset[CaseState] = frozenset({"archived", "not_accepted", "lapsed", "withdrawn", "terminated"})
"""Its file is whole: there is nothing more to come into it."""
_public_states: dict[CaseState, str] = {
    "draft": "窗口已接手，正在登记", "advised": "已告知", "not_required": "不需办理", "received": "已收件", "not_accepted": "已答复",
    "correction": "等补正", "lapsed": "逾期未补，视为撤回", "accepted": "已受理", "review": "审查中",
    "suspended": "特别程序中", "to_authorise": "审查中", "with_department": "审查中", "granted": "已作决定",
    "refused": "已作决定", "sealed": "已办好，可以领取", "delivered": "已送达", "archived": "已送达",
    "withdrawn": "已撤回", "terminated": "已终止", "void": "已作废",
}  # fmt: skip
_organisation = re.compile(
    r"(公司|企业|合作社|事务所|合伙|中心|协会|商会|学会|基金会|委员会|联合会|工作室|医院|诊所|学校|.{5}[厂店馆部社所院校园局])"
    r"(（[^（）]+）)?$"
)
_citizen_number = re.compile(r"\d{6}(18|19|20)\d{9}[\dXx]")
_long_number = re.compile(r"[\dXx*＊-]{5,}")
_most_shown, _shortest, _citizen_length = 80, 4, 18


@dataclass(frozen=True, kw_only=True)
class Origin:
    """从哪里来 the application outside this case came from: whose, and its number there."""

    partner: str
    number: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """要说的一条 `mark` tells one happening of a subject from the next; the same happening is one message for ever."""

    kind: Telling
    subject: str
    mark: str
    at: datetime
    name: str
    body: Body | None
    """None: an archive, which is put together when its turn comes."""

    def id(self, hall: str, partner: str) -> str:
        """The same for ever, in whatever database it is made."""
        return str(uuid5(_ours, f"{hall}:{partner}:{self.kind}:{self.subject}:{self.mark}"))

    @property
    def seq(self) -> int:
        """先后 by the moment it tells of, in milliseconds."""
        return int(self.at.timestamp() * 1000)


def tellings_of(case: Case, hall: Hall, partner: OutsidePartner, origin: Origin | None = None) -> tuple[Told, ...]:
    """What this partner is told of a case as it stands; `hall` is the version the case names."""
    made = [_supervision(case, hall), *_results(case, hall)]
    if origin is not None and origin.partner == partner.id:
        made.append(_status(case, origin))
    if case.state in CLOSED:
        made.append(_archive(case))
    return tuple(one for one in made if partner.hears(one.kind, case.item) and one.at.date() >= partner.since)


def came_to(item: InboxItem, partner: OutsidePartner) -> tuple[Told, ...]:
    """外网反馈 of what came from this partner and is no case yet, or never becomes one."""
    if item.partner != partner.id or not partner.hears("status", item.item) or item.moved_at.date() < partner.since:
        return ()
    if item.case:  # from here on the case says where it stands, and says it once
        return ()
    body: Body = {
        "number": item.number,
        "case_no": "",
        "query_code": "",
        "state": item.told,
        "reason": item.told_reason,
        "due": None,
        "provisional": False,
        "item": item.item,
        "at": _moment(item.moved_at),
    }
    subject = inbox_subject(item.id)
    mark = digest_of(body)
    return (Told(kind="status", subject=subject, mark=mark, at=item.moved_at, name=item.number, body=body),)


def public_name(applicant: Applicant) -> str:
    """公示的名称 an organisation's whole, a person's masked; whoever is not plainly an organisation is a person."""
    name = _long_number.sub("＊", " ".join(applicant.name.split()))[:_most_shown]
    # One citizen's number in thirty happens to have the check character of an organisation's.
    number = applicant.id_number
    if uscc_is_right(number) and not _citizen_number.fullmatch(number) and len(name) >= _shortest:
        return name
    if len(number) != _citizen_length and len(name) > _shortest and _organisation.search(name):
        return name
    return name[:1] + "＊" * max(1, min(len(name) - 1, 2))


def _results(case: Case, hall: Hall) -> Iterator[Told]:
    """结果公示 of each stamp; one that was voided is taken off again."""
    for voided in case.life.voided:
        if voided.agreed_at is not None:
            body = {"case_no": case.case_no, "withdrawn": True, "on": voided.agreed_at.date().isoformat()}
            mark = f"{voided.seal_use}:void"
            yield _telling("public_result", case, mark, voided.agreed_at, body)
    if case.void is not None and case.seal_use:
        body = {"case_no": case.case_no, "withdrawn": True, "on": case.void.at.date().isoformat()}
        yield _telling("public_result", case, f"{case.seal_use}:void", case.void.at, body)
    outcome = _outcome(case)
    if case.void is not None or case.sealed_at is None or outcome is None:
        return
    department = hall.roster.departments.get(case.department)
    body = {
        "case_no": case.case_no,
        "item": case.item,
        "item_name": case.item_name,
        "department": department.name if department else case.department,
        "outcome": outcome_words[outcome],
        "on": case.sealed_at.date().isoformat(),
        "applicant": public_name(case.applicant),
    }
    yield _telling("public_result", case, case.seal_use, case.sealed_at, body)


def _outcome(case: Case) -> Outcome | None:
    if case.decision is not None:
        return case.decision.outcome
    said = case.life.department.outcome if case.life.department else "return"
    return None if said == "return" else said


def _status(case: Case, origin: Origin) -> Told:
    """外网反馈 to whom it came from: a state word without the outcome, by when, and the code of the citizen's page, which he
    who applied outside is given on no slip.
    """
    at = last_moment(case)
    body: Body = {
        "number": origin.number,
        "case_no": case.case_no,
        "query_code": case.query_code,
        "state": _public_states.get(case.state, "办理中"),
        "reason": "",
        "due": case.due.promised.isoformat() if case.due else None,
        "provisional": case.due.provisional if case.due else False,
        "item": case.item,
        "at": _moment(at),
    }
    return Told(
        kind="status",
        subject=origin.subject,
        mark=digest_of(body),
        at=at,
        name=case.case_no or origin.number,
        body=body,
    )


def _supervision(case: Case, hall: Hall) -> Told:
    """监察平台 every step with its time, the window, the clocks: of the citizen nothing but the case's number."""
    at, item = last_moment(case), hall.items.get(case.item)
    body: Body = {
        "case_no": case.case_no,
        "item": case.item,
        "department": case.department,
        "window": case.window,
        "state": case.state,
        "late_entry": case.late_entry is not None,
        "steps": [
            {"event": step.what, "word": event_words[step.what], "at": _moment(step.at)} for step in steps_of(case)
        ],
        "due": None
        if case.due is None
        else {
            "promised": case.due.promised.isoformat(),
            "statutory": case.due.statutory.isoformat(),
            "provisional": case.due.provisional,
        },
        "clocks": [] if item is None else _clocks(case, hall, at),
        "at": _moment(at),
    }
    return _telling("supervision", case, digest_of(body), at, body)


def _clocks(case: Case, hall: Hall, at: datetime) -> list[Mapping[str, Any]]:
    found = clocks_of(case, hall.items[case.item], hall.calendar, hall.off_work, at.date())
    return [
        {
            "kind": clock.kind,
            "start": clock.start.isoformat(),
            "due": clock.due.isoformat() if clock.due else None,
            "running": clock.running,
            "paused": clock.paused,
            "stopped_at": _moment(clock.stopped_at) if clock.stopped_at else None,
        }
        for clock in found
    ]


def _archive(case: Case) -> Told:
    at = last_moment(case)
    return _telling("archive", case, case.state, at, None)


def _telling(kind: Telling, case: Case, mark: str, at: datetime, body: Body | None) -> Told:
    return Told(kind=kind, subject=f"case:{case.id}", mark=mark, at=at, name=case.case_no or "还没有编号", body=body)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
