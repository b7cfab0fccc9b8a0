"""办件的投影 what of a case, its result and its bills may go outside: an allow list of fields, read into narrow shapes. Pure.

Words somebody typed stay inside: of a gap only a name the catalogue has, of a pause only the law's word for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import Procedure, procedure_words
from clerk_app.duty.handing_windows import handing_windows
from clerk_app.duty.paying_windows import where_to_pay
from clerk_app.hall import Hall
from clerk_app.queueing.citizen_token import CASE, case_token, token_digest
from clerk_app.server.citizen.case_form import MOST_PAPERS, CaseDetails, FeeState, PaperState, Promised, SideRow
from clerk_app.server.citizen.form import CitizenRow, CitizenState
from clerk_app.store.columns import HALL_ZONE

LONGEST_BILL = timedelta(days=400)
"""How long it is still known that something was paid."""
_MOST_MATTERS = 20

_states: dict[str, CitizenState] = {
    "draft": "draft", "advised": "advised", "not_required": "not_required", "received": "received",
    "not_accepted": "answered", "correction": "correction", "lapsed": "lapsed", "accepted": "accepted",
    "review": "examined", "suspended": "paused", "to_authorise": "examined", "with_department": "department",
    "granted": "decided", "refused": "decided", "sealed": "ready", "delivered": "delivered", "archived": "delivered",
    "withdrawn": "withdrawn", "terminated": "terminated", "void": "void",
}  # fmt: skip
# A state that is not named here is over for the citizen: the page sends him to the desk, never to a window for a paper.
_fee_states: dict[str, FeeState] = {"open": "open", "paid": "paid", "refund_asked": "paid"}
OVER = ("advised", "not_required", "not_accepted", "lapsed", "delivered", "archived", "withdrawn", "terminated", "void")


@dataclass(frozen=True, kw_only=True)
class _At:
    at: datetime


@dataclass(frozen=True, kw_only=True)
class _Due:
    promised: date
    statutory: date | None = None
    provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class _Paper:
    name: str
    essential: bool = False
    brought_at: datetime | None = None
    tolerated_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class _Gap:
    what: str


@dataclass(frozen=True, kw_only=True)
class _Notice:
    at: datetime
    gaps: tuple[_Gap, ...] = ()
    bring_by: date | None = None
    window: int = 0
    requeue: bool = False


@dataclass(frozen=True, kw_only=True)
class _Pause:
    procedure: Procedure
    planned_end: date
    confirmed_at: datetime | None = None
    ended_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class _Extension:
    days: int = 0
    recorded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class _Voided:
    agreed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class _Life:
    notices: tuple[_Notice, ...] = ()
    completed_on: date | None = None
    procedures: tuple[_Pause, ...] = ()
    extension: _Extension | None = None
    voided: tuple[_Voided, ...] = ()
    ending: _At | None = None


@dataclass(frozen=True, kw_only=True)
class _Decision:
    at: datetime
    document_no: str = ""


@dataclass(frozen=True, kw_only=True)
class _Case:
    id: str
    case_no: str
    query_code: str
    state: str
    window: int
    received_at: datetime
    item: str = ""
    materials: tuple[_Paper, ...] = ()
    accepted_at: datetime | None = None
    sealed_at: datetime | None = None
    due: _Due | None = None
    proposal: _At | None = None
    decision: _Decision | None = None
    handed_over: _At | None = None
    sent_out: _At | None = None
    void: _At | None = None
    life: _Life = _Life()


@dataclass(frozen=True, kw_only=True)
class _Delivery:
    how: str


@dataclass(frozen=True, kw_only=True)
class _Posting:
    carrier: str = ""


@dataclass(frozen=True, kw_only=True)
class _Result:
    id: str
    state: PaperState
    document_no: str
    window: int
    moved_at: datetime
    delivery: _Delivery | None = None
    posting: _Posting | None = None
    posted_before: tuple[_Posting, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _BillLine:
    matter: str
    price: int
    count: int
    reduced: int = 0


@dataclass(frozen=True, kw_only=True)
class _Bill:
    id: str
    state: str
    lines: tuple[_BillLine, ...]
    matters: tuple[str, ...]
    moved_at: datetime


CASE_FIELDS = tuple(_Case.__dataclass_fields__)
RESULT_FIELDS = tuple(_Result.__dataclass_fields__)
BILL_FIELDS = tuple(_Bill.__dataclass_fields__)


def only(names: Iterable[str], row: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing but these of a row."""
    return {name: row[name] for name in names if name in row}


def case_row(row: Mapping[str, Any], hall: Hall) -> CitizenRow:
    """The public row of a case. Raises ValueError (msgspec's) on what is no case of ours."""
    case = msgspec.convert(only(CASE_FIELDS, row), _Case)
    state = _states.get(case.state, "ended")
    window = _window(case, state, hall)
    since = _since(case, state)
    return CitizenRow(
        digest=token_digest(case_token(case.id)),
        kind=CASE,
        number=case.case_no,
        code=case.query_code,
        state=state,
        since=since or case.received_at,
        window=window,
        place=place_of(hall, window),
        due=case.due.promised if case.due else None,
        provisional=case.due.provisional if case.due else False,
        until=_until(case, hall),
        details=_details(case, state, hall),
    )


def _since(case: _Case, state: CitizenState) -> datetime | None:
    """When it came into this state; the moment of receipt where nobody wrote that down."""
    pause, ended = _running(case), case.life.ending or case.void or case.handed_over
    known: dict[CitizenState, datetime | None] = {
        "correction": case.life.notices[-1].at if case.life.notices else None,
        "accepted": case.accepted_at,
        "examined": case.proposal.at if case.proposal else case.accepted_at,
        "department": case.sent_out.at if case.sent_out else case.accepted_at,
        "paused": pause.confirmed_at if pause else None,
        "decided": case.decision.at if case.decision else None,
        "ready": case.sealed_at,
        "delivered": case.handed_over.at if case.handed_over else None,
        "void": case.void.at if case.void else None,
    }
    return known.get(state, ended.at if ended else None)


def _until(case: _Case, hall: Hall) -> date | None:
    if case.state not in OVER:
        return None
    over = case.void or case.handed_over or case.life.ending
    at = over.at if over else case.received_at
    return (at + timedelta(days=hall.citizen_days)).astimezone(HALL_ZONE).date()


def _window(case: _Case, state: CitizenState, hall: Hall) -> int:
    """Where the citizen goes with it now: to fetch, to bring what lacks, else where it is worked on."""
    if state == "ready" and _carried(case, hall):
        return handing_windows(hall.roster)[0]
    if state == "correction" and case.life.notices:
        return case.life.notices[-1].window or case.window
    return case.window


def _carried(case: _Case, hall: Hall) -> bool:
    """A spot case is fetched at its own window, any other at the first handing-over window, if the hall has one."""
    item = hall.items.get(case.item)
    return bool(handing_windows(hall.roster)) and item is not None and item.kind != "spot"


def place_of(hall: Hall, number: int | None) -> str:
    """企业开办专窗，市场准入区."""
    window = None if number is None else hall.roster.windows.get(number)
    return f"{window.name}，{window.zone}"[:120] if window else ""


def _running(case: _Case) -> _Pause | None:
    return next((p for p in reversed(case.life.procedures) if p.confirmed_at and p.ended_on is None), None)


def _details(case: _Case, state: CitizenState, hall: Hall) -> CaseDetails:
    item, pause, granted = hall.items.get(case.item), _running(case), case.life.extension
    paused = pause if state == "paused" else None
    return CaseDetails(
        statutory=case.due.statutory if case.due else None,
        answer_by=_answer_by(case, item, hall) if state == "received" else None,
        extended=granted.days if granted is not None and granted.recorded_at is not None else 0,
        pause=procedure_words[paused.procedure] if paused else "",
        pause_until=paused.planned_end if paused else None,
        promised=_promised(case, item),
        paper=_paper(case.id, case.decision.document_no) if state == "ready" and case.decision else "",
        carried=state == "ready" and _carried(case, hall),
        checked=bool(case.life.voided) and case.life.voided[-1].agreed_at is None,
        **_lacking(case, state, item),
        **_remedies(item),
    )


def _answer_by(case: _Case, item: Item | None, hall: Hall) -> date | None:
    """答复期限 as the receipt has it; none where the calendar is not certain yet."""
    if item is None:
        return None
    start = case.life.completed_on or case.received_at.astimezone(HALL_ZONE).date()
    if item.correction_rule.at_once:
        return start
    due = hall.calendar.due(start, item.correction_rule.intake_days)
    return None if due.provisional else due.due


def _lacking(case: _Case, state: CitizenState, item: Item | None) -> dict[str, Any]:
    """What is to be brought: of a notice each gap the catalogue has a name for, and how many others stand on the paper."""
    named = _named(item)
    if state == "correction" and case.life.notices:
        notice = case.life.notices[-1]
        lacks = tuple(dict.fromkeys(gap.what for gap in notice.gaps if gap.what in named))[:MOST_PAPERS]
        more = len(notice.gaps) - sum(gap.what in lacks for gap in notice.gaps)
        lapses = item is not None and item.correction_rule.lapses
        rest = {"bring_by": notice.bring_by, "requeue": notice.requeue, "lapses": lapses}
        return {"lacks": lacks, "lacks_more": more, **rest}
    if state != "received":
        return {}
    missing = [paper.name for paper in case.materials if paper.essential and paper.brought_at is None]
    lacks = tuple(name for name in missing if name in named)[:MOST_PAPERS]
    return {"lacks": lacks, "lacks_more": len(missing) - len(lacks)}


def _promised(case: _Case, item: Item | None) -> tuple[Promised, ...]:
    """容缺 what was promised and has not come, while it may still come."""
    if case.state in OVER or case.state == "sealed":
        return ()
    named = _named(item)
    return tuple(
        Promised(name=paper.name, by=paper.tolerated_until)
        for paper in case.materials
        if paper.tolerated_until is not None and paper.brought_at is None and paper.name in named
    )[:MOST_PAPERS]


def _named(item: Item | None) -> frozenset[str]:
    return frozenset(m.name for m in item.materials if len(m.name) <= 120) if item else frozenset()


def _remedies(item: Item | None) -> dict[str, Any]:
    if item is None:
        return {}
    told, complaint = item.remedies, {"complaint": item.complaint[:120]}
    if not told.named:
        return complaint
    return {
        "review_body": told.review_body[:120], "court": told.court[:120], "review_first": told.review_first, **complaint,
    }  # fmt: skip


def side_rows(subject: str, row: Mapping[str, Any], hall: Hall) -> tuple[SideRow, ...]:
    """What stands beside cases: of a result where its paper is, of a bill each case's own sum. Raises ValueError on neither's row."""
    word = subject.partition(":")[0]
    if word == "result":
        return (_result_side(msgspec.convert(only(RESULT_FIELDS, row), _Result), hall),)
    if word == "bill":
        return tuple(_bill_sides(msgspec.convert(only(BILL_FIELDS, row), _Bill), hall))
    return ()


def _result_side(result: _Result, hall: Hall) -> SideRow:
    posting = result.posting
    gone = result.state == "out"
    return SideRow(
        digest=_secret(f"result:{result.id}"),
        case=token_digest(case_token(result.id)),
        kind="paper",
        state=result.state,
        at=result.moved_at,
        window=result.window,
        place=place_of(hall, result.window),
        paper=_paper(result.id, result.document_no),
        by_post=result.delivery is not None and result.delivery.how == "post",
        carrier=posting.carrier[:120] if posting else "",
        returned=posting is None and bool(result.posted_before),
        until=(result.moved_at + timedelta(days=hall.citizen_days)).date() if gone else None,
    )


def _bill_sides(bill: _Bill, hall: Hall) -> Iterator[SideRow]:
    for matter in bill.matters[:_MOST_MATTERS]:
        word, _, key = matter.partition(":")
        if word != "case":
            continue
        due = sum(line.price * line.count - line.reduced for line in bill.lines if line.matter == matter)
        yield SideRow(
            digest=_secret(f"bill:{bill.id}:{key}"),
            case=token_digest(case_token(key)),
            kind="fee",
            state=_fee_states.get(bill.state, "over"),
            at=bill.moved_at,
            place=where_to_pay(hall.roster)[:120],
            amount=max(due, 0),
            until=(bill.moved_at + LONGEST_BILL).date(),
        )


def _secret(text: str) -> str:
    """Ids are guessed by nobody, so that a digest that begins with one tells nothing of the rest."""
    return token_digest(text)


def _paper(case: str, document_no: str) -> str:
    return _secret(f"paper:{case}:{document_no}") if document_no else ""
