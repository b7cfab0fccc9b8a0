"""通知队列 what the hall's message gateway may tell people: their turn is near, a correction is due, a paper is ready or went out, a due date moved.

Level-triggered: a look finds what stands so now and was not told yet; no clock of ours runs for it. Of the person nothing is
kept here: the phone is looked up when the gateway takes a notice, and stands in that answer only. A hall without a
gateway makes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, literal, select, update

from clerk_app.cases.model import Case
from clerk_app.hall import Hall
from clerk_app.queueing.citizen_token import case_token, ticket_token
from clerk_app.queueing.model import Ticket
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.problems import ProblemError, unreadable_request
from clerk_app.server.result_news import ready_words, result_news
from clerk_app.server.tables import devices, notices
from clerk_app.store.books import SqlBooks
from clerk_app.store.cabinet import Cabinet, insert_once
from clerk_app.store.rows import shelves, to_value
from clerk_app.store.tables import cases, tickets

NoticeKind = Literal["turn_near", "correction_due", "document_ready", "due_moved", "result_posted", "fetch_reminder"]
NOTICE_KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)
STALE = timedelta(minutes=30)
"""An untaken 快到您了 tells nobody anything any more."""
PAGE, LOOKED_AT = 100, 500
_states: dict[NoticeKind, str] = {
    "correction_due": "correction", "document_ready": "sealed", "result_posted": "sealed", "fetch_reminder": "sealed",
}  # fmt: skip
MOVES_DUE = frozenset({"record_extension", "end_special_procedure"})

n, t, c = notices, tickets, cases
_ours = UUID("0f5a6f1e-9d34-5c0b-8f6a-2b1c7de40a77")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """通知 one thing to tell: about which subject, in which words. `mark` tells one happening from the next."""

    kind: NoticeKind
    subject: str
    mark: str
    words: str

    @property
    def id(self) -> str:
        """The same happening is one notice, however often it is found."""
        return str(uuid5(_ours, f"{self.kind}:{self.subject}:{self.mark}"))


@dataclass(frozen=True, kw_only=True)
class TakenNotice:
    """给网关的通知 with the phone the person left (may be empty) and the token of his own page."""

    id: str
    kind: NoticeKind
    subject: str
    words: str
    made_at: datetime
    phone: str
    token: str


def look_for_news(office: CentreOffice, hall_id: str) -> None:
    """Write what is not written yet; as a rule nothing is."""
    now = office.now()
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, hall_id)
        if not _tells(hall):
            return
        found = _unsaid(connection, hall, tuple(_news(connection, hall, now)))
    if found:
        with office.database.writing() as connection:
            for notice in found:
                insert_once(connection, n, _row(hall.id, notice, now), ("hall", "id"))


def _tells(hall: Hall) -> bool:
    """Somebody passes it on: the gateway in the hall, or a platform outside."""
    return bool(hall.people.gateway_window) or hall.outside.sends_messages


def phone_for(connection: Connection, hall: Hall, kind: NoticeKind, subject: str) -> str | None:
    """The phone somebody left (may be empty), for this moment only; None when there is nothing to tell any more."""
    books = SqlBooks(Cabinet(connection, hall.id), hall, "")
    return _reached(subject, books)[0] if _still_so(kind, subject, books) else None


def _row(hall: str, notice: Notice, now: datetime) -> dict[str, object]:
    return {
        "hall": hall, "id": notice.id, "kind": notice.kind, "subject": notice.subject, "mark": notice.mark,
        "words": notice.words, "made_at": now, "taken_at": None, "taken_by": "",
    }  # fmt: skip


def _unsaid(connection: Connection, hall: Hall, found: Sequence[Notice]) -> tuple[Notice, ...]:
    query = select(n.c.id).where(n.c.hall == hall.id, n.c.id.in_([notice.id for notice in found]))
    said = set(connection.execute(query).scalars()) if found else set()
    return tuple({notice.id: notice for notice in found if notice.id not in said}.values())


def _news(connection: Connection, hall: Hall, now: datetime) -> Iterator[Notice]:
    yield from _turns_near(connection, hall, now.date())
    last = hall.calendar.due(now.date(), hall.people.correction_ahead_days).due
    for case in _cases(connection, hall, and_(c.c.state == "correction", c.c.due_on <= last, c.c.due_on >= now.date())):
        words = f"{_named(case)}请在 {_day(case.due_on)}前补齐材料，逾期请先打电话问清。"
        yield _of_case("correction_due", case, str(case.due_on), words)
    for case in _cases(connection, hall, and_(c.c.state == "sealed", ~_told("document_ready", c.c.seal_use))):
        words = f"{_named(case)}{ready_words(connection, hall, case)}"
        yield _of_case("document_ready", case, case.seal_use, words)
    for kind, case, mark, words in result_news(connection, hall, now):
        yield _of_case(kind, case, mark, f"{_named(case)}{words}")


def _told(kind: NoticeKind, mark: ColumnElement[str]) -> ColumnElement[bool]:
    subject = literal("case:") + c.c.id
    return exists().where(n.c.hall == c.c.hall, n.c.kind == kind, n.c.subject == subject, n.c.mark == mark)


def _cases(connection: Connection, hall: Hall, where: ColumnElement[bool]) -> tuple[Case, ...]:
    query = select(c).where(c.c.hall == hall.id, where).order_by(c.c.due_on, c.c.id).limit(LOOKED_AT)
    return tuple(to_value(shelves["case"], dict(row)) for row in connection.execute(query).mappings())


def _turns_near(connection: Connection, hall: Hall, today: date) -> Iterator[Notice]:
    """The first few of every line; the very first hears his number called."""
    query = select(t).where(t.c.hall == hall.id, t.c.day == today, t.c.state == "waiting")
    waiting: list[Ticket] = [to_value(shelves["ticket"], dict(row)) for row in connection.execute(query).mappings()]
    ahead: dict[str, int] = {}
    for ticket in sorted(waiting, key=lambda one: one.order):
        before = ahead.get(ticket.letter, 0)
        ahead[ticket.letter] = before + 1
        if 0 < before <= hall.people.notice_ahead:
            words = f"{ticket.number} 前面还有 {before} 位，请到大厅等候叫号。"
            yield Notice(kind="turn_near", subject=f"ticket:{ticket.id}", mark=ticket.letter, words=words)


def tell_moved(connection: Connection, hall: Hall, case: Case | None, now: datetime) -> None:
    """A due date that was told on paper is another one now; written in the transaction that moved it."""
    if not _tells(hall) or case is None or case.due is None:
        return
    extended = case.life.extension is not None and case.life.extension.granted
    day = case.due.statutory if extended else case.due.promised
    words = f"{_named(case)}最晚办结日期改为 {_day(day)}。"
    insert_once(connection, n, _row(hall.id, _of_case("due_moved", case, str(day), words), now), ("hall", "id"))


def _of_case(kind: NoticeKind, case: Case, mark: str, words: str) -> Notice:
    return Notice(kind=kind, subject=f"case:{case.id}", mark=mark, words=words)


def _named(case: Case) -> str:
    """No item is named: what somebody applies for may be nobody else's business."""
    return f"查询码 {case.query_code} 的办件"


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def waiting_notices(office: CentreOffice, device: Device, after: str) -> tuple[TakenNotice, ...]:
    """The oldest that nobody took, behind this one; with the phones, for this answer only."""
    now = office.now()
    look_for_news(office, device.hall)
    with office.database.reading() as connection:
        hall = _gateway_hall(office, connection, device)
        found: list[TakenNotice] = []
        while len(found) < PAGE:
            rows = connection.execute(_waiting(connection, hall.id, after, now).limit(PAGE)).all()
            books = SqlBooks(Cabinet(connection, hall.id), hall, device.id)
            books.cabinet.load([row.subject for row in rows])
            found += (_given(row, books) for row in rows if _still_so(row.kind, row.subject, books))
            if len(rows) < PAGE:
                break
            after = rows[-1].id
    return tuple(found[:PAGE])


def _given(row: Any, books: SqlBooks) -> TakenNotice:
    phone, token = _reached(row.subject, books)
    return TakenNotice(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        words=row.words,
        made_at=row.made_at,
        phone=phone,
        token=token,
    )


def _still_so(kind: NoticeKind, subject: str, books: SqlBooks) -> bool:
    """What is over by now is told to nobody."""
    key = subject.partition(":")[2]
    if kind == "turn_near":
        ticket = books.ticket(key)
        return ticket is not None and ticket.state == "waiting"
    case, state = books.case(key), _states.get(kind)
    return case is not None and (state is None or case.state == state)


def _waiting(connection: Connection, hall: str, after: str, now: datetime) -> Select[Any]:
    fresh = (n.c.kind != "turn_near") | (n.c.made_at >= now - STALE)
    query = select(n).where(n.c.hall == hall, n.c.taken_by == "", fresh).order_by(n.c.made_at, n.c.id)
    if not after:
        return query
    place = connection.execute(select(n.c.made_at).where(n.c.hall == hall, n.c.id == after)).scalar_one_or_none()
    if place is None:
        raise unreadable_request()
    return query.where((n.c.made_at > place) | and_(n.c.made_at == place, n.c.id > after))


def take_notices(office: CentreOffice, device: Device, ids: Sequence[str]) -> int:
    """The gateway has them: how many were not taken before. Said again it changes nothing."""
    with office.database.writing() as connection:
        hall = _gateway_hall(office, connection, device)
        mine = (n.c.hall == hall.id, n.c.id.in_(list(ids)), n.c.taken_by == "")
        change = update(n).where(*mine).values(taken_at=office.now(), taken_by=device.id)
        return len(connection.execute(change.returning(n.c.id)).all())


def _gateway_hall(office: CentreOffice, connection: Connection, device: Device) -> Hall:
    hall = office.hall_in_force(connection, device.hall)
    query = select(devices.c.window).where(devices.c.hall == device.hall, devices.c.id == device.id)
    window = connection.execute(query).scalar_one_or_none()
    if not hall.people.gateway_window or window != hall.people.gateway_window:
        raise ProblemError(403, "not-the-gateway", "这台电脑不是大厅的短信网关，没有给。请管理员核对大厅资料。")
    return hall


def _reached(subject: str, books: SqlBooks) -> tuple[str, str]:
    word, _, key = subject.partition(":")
    if word == "ticket":
        return "", ticket_token(key)
    case = books.case(key)
    return case.applicant.phone if case else "", case_token(key)
