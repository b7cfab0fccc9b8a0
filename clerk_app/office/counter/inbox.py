"""收件箱 at a window: what waits, oldest first; taken in as a case, turned into a ticket, not taken with all that lacks, laid back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from clerk_app.cases.catalogue import Item
from clerk_app.cases.inbox.acts import (
    CheckInBooking,
    DeclineInboxItem,
    LayBackInboxItem,
    TakeInboxItem,
    check_in_refusal,
    decline_refusal,
    unknown_inbox_item,
)
from clerk_app.cases.inbox.model import InboxItem, InboxMaterial, ticket_id
from clerk_app.cases.intake import RegisterCase
from clerk_app.cases.model import Case
from clerk_app.cases.usecases import ReceiveCase
from clerk_app.command import Command, Refusal
from clerk_app.hall import Hall
from clerk_app.office.counter.outside_papers import here, ready, scans_from
from clerk_app.office.counter.ticketing import AlreadyWaiting, Wish, take
from clerk_app.office.office import Beside, Done, Office, Outcome
from clerk_app.ports import Books
from clerk_app.queueing.model import Ticket

ABOUT = ("inbox:",)
MOST, LATELY = 1000, 60
NEEDS_PERSON = Refusal("inbox-needs-person", "预审的件要人带原件来，没有收下。叫他的号、等人到窗，再从这里收。")


@dataclass(frozen=True, kw_only=True)
class InboxLine:
    """收件箱一行 `answer_by`: the last day somebody may say what lacks; `open_here`: taken by this window, nothing received yet.

    `opened`: the digests of what was looked at on this machine.
    """

    row: InboxItem
    item: Item | None
    answer_by: date | None = None
    overdue: bool = False
    here: bool = False
    open_here: bool = False
    case_no: str = ""
    opened: frozenset[str] = frozenset()

    @property
    def lacking(self) -> tuple[str, ...]:
        """缺的: essential papers of the item's list that were not sent; of a pre-check what it did not pass, as it was said."""
        if self.row.kind == "precheck":
            return tuple(m.name + (f"：{m.words}" if m.words else "") for m in self.row.materials if m.result == "fail")
        came = {m.name for m in self.row.materials if m.sha256}
        return tuple(m.name for m in self.item.materials if m.essential and m.name not in came) if self.item else ()

    @property
    def awaited(self) -> tuple[str, ...]:
        """还没到的: named by the platform, their bytes still on the way."""
        return tuple(m.name for m in self.row.materials if m.awaited)

    @property
    def unopened(self) -> tuple[InboxMaterial, ...]:
        """没看过的: here, and not opened on this machine."""
        return tuple(m for m in self.row.materials if m.size and m.sha256 not in self.opened)

    @property
    def ticked(self) -> tuple[str, ...]:
        """记作电子件的 of the item's own list: here, and opened."""
        opened = {m.name for m in self.row.materials if m.size and m.sha256 in self.opened and not m.result}
        return tuple(name for name in self.listed if name in opened)

    @property
    def listed(self) -> tuple[str, ...]:
        """What came of the item's own list."""
        names = {m.name for m in self.item.materials} if self.item is not None else set()
        return tuple(m.name for m in self.row.materials if m.name in names)


@dataclass(frozen=True, kw_only=True)
class InboxDesk:
    """收件箱 what waits, the oldest first; what was taken or ended lately; the ticket served here, and whether it has a case."""

    waiting: tuple[InboxLine, ...] = ()
    lately: tuple[InboxLine, ...] = ()
    serving: Ticket | None = None
    busy: bool = False

    def line(self, key: str) -> InboxLine | None:
        """One of them."""
        return next((one for one in (*self.waiting, *self.lately) if one.row.id == key), None)


def desk(office: Office) -> InboxDesk:
    """As it stands now. Not for the screen's thread."""
    hall, window, today = office.hall, office.window, office.parts.clock.now().date()

    def look(books: Books) -> InboxDesk:
        serving = books.open_call_at(window, today)
        if serving is not None and serving.state != "serving":
            serving = None
        case = books.case_of_ticket(serving.id) if serving is not None else None
        return InboxDesk(
            waiting=tuple(_line(row, hall, window, today, books) for row in books.inbox_items_in(("waiting",), MOST)),
            lately=tuple(_line(row, hall, window, today, books) for row in books.latest_inbox_items(LATELY)),
            serving=serving,
            busy=case is not None and case.state != "draft",
        )

    found = office.read(look)
    opened = here(office, [one.row for one in (*found.waiting, *found.lately)])
    waiting, lately = ([replace(one, opened=opened) for one in part] for part in (found.waiting, found.lately))
    return replace(found, waiting=tuple(waiting), lately=tuple(lately))


def _line(row: InboxItem, hall: Hall, window: int, today: date, books: Books) -> InboxLine:
    item = hall.items.get(row.item)
    by = _answer_by(row, item, hall) if row.waiting else None
    case = books.case(row.case) if row.case else None
    drafted = row.state == "taken" and row.kind != "booking" and (case is None or case.state == "draft")
    return InboxLine(
        row=row,
        item=item,
        answer_by=by,
        overdue=by is not None and today > by,
        here=item is not None and window in item.windows,
        open_here=drafted and row.window == window,
        case_no=case.case_no if case is not None else "",
    )


def _answer_by(row: InboxItem, item: Item | None, hall: Hall) -> date | None:
    """Of an application alone: the item's own intake limit, from the day it came."""
    if row.kind != "application" or item is None:
        return None
    days, came = item.correction_rule.intake_days, row.came_at.astimezone(row.sent_at.tzinfo).date()
    return hall.calendar.due(came, days).due if days else came


def receive(office: Office, key: str, ticket: str = "") -> Outcome:
    """收件: on the ticket that is served here a draft, which the counter's page goes on with; with nobody here at once, as it came."""
    row, item = _found(office, key)
    if row is None or item is None:
        return unknown_inbox_item()
    line = InboxLine(row=row, item=item, opened=here(office, (row,)))
    if row.waiting and not ticket and (refusal := _cannot_alone(line)):
        return refusal
    case, stamp, new_id = office.parts.new_id(), office.stamp(), office.parts.new_id
    taken = TakeInboxItem(**stamp.fields(new_id), item=key, case=case, ticket=ticket)
    words = {"case": case, "ticket": ticket, "item": row.item, "applicant": row.applicant}
    rest = {**stamp.fields(new_id), "needs": (taken.id,), "query_code": office.parts.new_query_code(), **words}
    begun: Command = RegisterCase(**rest) if ticket else _received(rest, line)
    scans = () if ticket else scans_from(office, row, case, line.ticked)
    return scans if isinstance(scans, Refusal) else office.do_together(((taken, Beside()), (begun, Beside()), *scans))


def _cannot_alone(line: InboxLine) -> Refusal | None:
    """With nobody here nothing can be added: it comes whole, and was looked at, or it is said at once what lacks."""
    if line.row.kind != "application":
        return NEEDS_PERSON
    if lacking := line.lacking:
        said = f"还缺必备材料：{'、'.join(lacking)}，没有收件。一次性告知他在网上补齐再送，或等人来了收。"
        return Refusal("inbox-lacking", said)
    essential = {m.name for m in line.item.materials if m.essential} if line.item else set()
    if awaited := [name for name in line.awaited if name in essential]:
        said = f"原件还没到中心：{'、'.join(awaited)}，没有收件。等平台送到再收，或等人来了收纸质的。"
        return Refusal("inbox-awaited", said)
    if unopened := [one.name for one in line.unopened if one.name in line.listed]:
        return Refusal("inbox-unopened", f"原件还没打开看过：{'、'.join(unopened)}，没有收件。一份一份看过再收。")
    return None


def _received(rest: Mapping[str, object], line: InboxLine) -> ReceiveCase:
    return ReceiveCase(**rest, brought=line.ticked, brought_as=dict.fromkeys(line.ticked, "electronic"))  # type: ignore[arg-type]


def check_in(office: Office, key: str) -> Outcome:
    """预约报到: his ticket, once, wherever he asks for it; then the booking is done with. Asks the net."""
    row, _ = _found(office, key)
    if row is None:
        return unknown_inbox_item()
    now = office.parts.clock.now()
    if refusal := check_in_refusal(row, now.date()):
        return refusal
    if not row.waiting or row.slot is None:
        return Refusal("inbox-over", f"这个预约{row.told}，没有再取号。刷新一下再看。")
    starts = now.replace(hour=row.slot.start.hour, minute=row.slot.start.minute, second=0, microsecond=0)
    taken = take(office, Wish(item=row.item, appointment=starts, id=ticket_id(key)))
    if isinstance(taken, Refusal) and not isinstance(taken, AlreadyWaiting):
        return taken
    done = office.do(CheckInBooking(**office.stamp().fields(office.parts.new_id), item=key, ticket=ticket_id(key)))
    return done if isinstance(done, Refusal) or not isinstance(taken, Done) else taken


def ticket_of(office: Office, key: str) -> Ticket | None:
    """The ticket a booking became."""
    return office.read(lambda books: books.ticket(ticket_id(key)))


def decline(office: Office, key: str, reason: str, missing: tuple[str, ...]) -> Outcome:
    """不予收件; its sender tells the applicant."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(DeclineInboxItem(**fields, item=key, reason=reason.strip(), missing=missing))


def cannot_decline(row: InboxItem, reason: str, missing: tuple[str, ...]) -> Refusal | None:
    """What still has to be written."""
    return decline_refusal(row, reason, missing)


def lay_back(office: Office, key: str) -> Outcome:
    """放回收件箱."""
    return office.do(LayBackInboxItem(**office.stamp().fields(office.parts.new_id), item=key))


def came_with(office: Office, case: Case | None) -> tuple[str, ...] | None:
    """网上交来的 papers of a draft that was begun from outside, ticked as electronic when it is received; None for any other."""
    if case is None or case.state != "draft":
        return None
    row = office.read(lambda books: books.inbox_item_of(case.id))
    return ready(office, row) if row is not None else None


def found_by(desk: InboxDesk, kind: str, typed: str) -> tuple[InboxLine, ...]:
    """找: by the sender's number, the end of a phone or of an ID number, or a name as it was sent."""
    text = typed.strip().upper()
    if not text:
        return ()
    return tuple(one for one in desk.waiting if one.row.kind == kind and _matches(one.row, text))


def _matches(row: InboxItem, text: str) -> bool:
    digits = len(text) >= 4 and text.rstrip("X").isdigit()
    ends = digits and (
        row.applicant.phone.endswith(text) or row.id_end == text or row.applicant.id_number.endswith(text)
    )
    named = len(text) >= 2 and text in (row.applicant.name.upper(), row.applicant.masked_name.upper())
    return bool(ends) or named or row.number.upper() == text or (len(text) >= 6 and row.number.upper().endswith(text))


def _found(office: Office, key: str) -> tuple[InboxItem | None, Item | None]:
    row = office.read(lambda books: books.inbox_item(key))
    return row, office.hall.items.get(row.item) if row is not None else None
