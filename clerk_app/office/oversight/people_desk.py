"""群众一侧的桌面 who may read which first-asked record, complaint, follow-up and rating. Every page reads through here.

A complaint is shown to who answers for the hall and to who took it down; never to those it is about, and never at a window
it is about, whoever sits there: a second pair of eyes at that screen is his too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, Yes, may
from clerk_app.office.office import Office, Outcome, Session
from clerk_app.oversight.complaining import DisposeComplaint, InvestigateComplaint, ReplyComplaint
from clerk_app.oversight.following_up import CloseFollowUp, RecordContact, RecordFix
from clerk_app.oversight.people import (
    Asked,
    Complaint,
    FollowClocks,
    FollowUp,
    complaint_due,
    follow_clocks,
)
from clerk_app.oversight.ratings_seen import Rated, RatingSeen, ratings_visible_to
from clerk_app.ports import Books
from clerk_app.workdays import Due

LATEST = 300
DONE_FOR = timedelta(days=30)
"""How long what is done still stands in the list."""


@dataclass(frozen=True, kw_only=True)
class ComplaintSeen:
    """看到的投诉 with the day its answer is due, and whether this person may go on with it."""

    complaint: Complaint
    due: Due
    may_act: bool


@dataclass(frozen=True, kw_only=True)
class FollowUpSeen:
    """看到的回访 with its clocks, and whether this person may go on with it."""

    row: FollowUp
    clocks: FollowClocks
    may_act: bool


def open_asked(office: Office) -> tuple[Asked, ...]:
    """没了结的首问, the oldest first."""
    return office.read(lambda books: books.open_asked(LATEST))


def asked_of_day(office: Office, day: date) -> tuple[Asked, ...]:
    """一天的咨询和首问."""
    start = datetime.combine(day, time(), office.parts.clock.now().tzinfo)
    return office.read(lambda books: books.asked_between(start, start + timedelta(days=1)))


def complaints(office: Office) -> tuple[ComplaintSeen, ...]:
    """投诉 this person may see here: open ones first, the oldest on top, then what was answered lately."""
    session = office.session
    if session is None:
        return ()
    now, hall = office.parts.clock.now(), office.hall

    def read(books: Books) -> tuple[ComplaintSeen, ...]:
        overseer, sees = _overseer(session, now, books)
        rows = [
            row
            for row in books.latest_complaints(LATEST)
            if not row.hidden_from(session.person.id, session.seat.window)
            and (sees or row.received_by == session.person.id)
            and (row.open or row.replied is None or row.replied.at >= now - DONE_FOR)
        ]
        return tuple(
            ComplaintSeen(complaint=row, due=complaint_due(row, hall.calendar, hall.people), may_act=overseer)
            for row in sorted(rows, key=lambda row: (not row.open, row.received_at))
        )

    return office.read(read)


def follow_ups(office: Office) -> tuple[FollowUpSeen, ...]:
    """回访 for who answers for the hall; never for who was rated."""
    session = office.session
    if session is None:
        return ()
    now, hall = office.parts.clock.now(), office.hall

    def read(books: Books) -> tuple[FollowUpSeen, ...]:
        overseer, sees = _overseer(session, now, books)
        if not sees:
            return ()
        rows = [
            row
            for row in books.latest_follow_ups(LATEST)
            if row.clerk != session.person.id and (row.closed is None or row.closed.at >= now - DONE_FOR)
        ]
        return tuple(
            FollowUpSeen(row=row, clocks=follow_clocks(row, hall.calendar, hall.people), may_act=overseer)
            for row in sorted(rows, key=lambda row: (not row.open, row.rated_at))
        )

    return office.read(read)


def ratings_of_day(office: Office, day: date) -> tuple[RatingSeen, ...]:
    """评价 of a day as this person may see them; a clerk his own once his window's day is closed."""
    session = office.session
    if session is None:
        return ()
    now = office.parts.clock.now()
    start = datetime.combine(day, time(), now.tzinfo)

    def read(books: Books) -> tuple[RatingSeen, ...]:
        rated = []
        for rating in books.ratings_between(start, start + timedelta(days=1)):
            ticket = books.ticket(rating.id)
            rated.append(
                Rated(
                    rating=rating, clerk=ticket.clerk if ticket else "", number=ticket.number if ticket else ""
                )
            )  # fmt: skip
        closed = any(close.window == session.seat.window for close in books.day_closes_of(day))
        return ratings_visible_to(
            session.person.id, rated, closed=closed, answers_for_hall=_overseer(session, now, books)[1]
        )

    return office.read(read)


def investigate(office: Office, complaint: str, words: str) -> Outcome:
    """调查."""
    return _unhidden(office, complaint) or office.do(
        InvestigateComplaint(**office.stamp().fields(office.parts.new_id), complaint=complaint, words=words)
    )


def dispose(office: Office, complaint: str, words: str) -> Outcome:
    """处置."""
    return _unhidden(office, complaint) or office.do(
        DisposeComplaint(**office.stamp().fields(office.parts.new_id), complaint=complaint, words=words)
    )


def reply(office: Office, complaint: str, words: str) -> Outcome:
    """答复."""
    return _unhidden(office, complaint) or office.do(
        ReplyComplaint(**office.stamp().fields(office.parts.new_id), complaint=complaint, words=words)
    )


def contact(office: Office, follow_up: str, words: str, *, reached: bool) -> Outcome:
    """联系, reached or not."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(RecordContact(**fields, follow_up=follow_up, words=words, reached=reached))


def fix(office: Office, follow_up: str, words: str) -> Outcome:
    """整改."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(RecordFix(**fields, follow_up=follow_up, words=words))


def close(office: Office, follow_up: str, words: str) -> Outcome:
    """回访."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(CloseFollowUp(**fields, follow_up=follow_up, words=words))


def _overseer(session: Session, at: datetime, books: Books) -> tuple[bool, bool]:
    """Whether he may go on with complaints, and whether he may see them: one row of the matrix says both."""
    act = Act(
        actor=session.person.id, action="complaint", at=at, post=session.seat.post, window=session.seat.window
    )  # fmt: skip
    answer = may(act, books)
    acts = isinstance(answer, Yes)
    return acts, acts or getattr(answer, "type", "") == "see-only"


def _unhidden(office: Office, complaint: str) -> Refusal | None:
    """At a window it is about nothing is done: its machine hears nothing of how the complaint goes on."""
    session = office.session
    row = office.read(lambda books: books.complaint(complaint))
    if session is None or row is None or not row.hidden_from(session.person.id, session.seat.window):
        return None
    return Refusal("complaint-hidden", "这条投诉在这台电脑上不显示，什么都没改。换一台不牵涉的电脑办。")
