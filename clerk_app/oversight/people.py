"""群众一侧 the values of first-asked records (首问), complaints (投诉与“办不成事”) and follow-ups of bad ratings (差评回访).

Four steps of a complaint: received, investigated, disposed, replied (GB/T 36113: 受理、调查、处置、反馈). Clocks are counted at
reading from the hall's data and its calendar: nothing is stored that can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clerk_app.oversight.people_rules import PeopleRules
from clerk_app.workdays import Calendar, Due

AskedKind = Literal["question", "first_asked"]
AskedEnd = Literal["", "answered", "led", "called_back", "passed_on"]
asked_end_words: dict[AskedEnd, str] = {
    "": "还没了结",
    "answered": "当场答了",
    "led": "已带到",
    "called_back": "已回电话",
    "passed_on": "已转交",
}

ComplaintKind = Literal["complaint", "blocked_matter"]
complaint_kind_words: dict[ComplaintKind, str] = {"complaint": "投诉", "blocked_matter": "办不成事"}
Via = Literal["desk", "manager", "qr", "phone"]
via_words: dict[Via, str] = {"desk": "窗口登记", "manager": "值班长登记", "qr": "扫码来的", "phone": "电话来的"}
ComplaintState = Literal["received", "investigated", "disposed", "replied"]
complaint_words: dict[ComplaintState, str] = {
    "received": "已登记",
    "investigated": "已调查",
    "disposed": "已处置",
    "replied": "已答复",
}

FollowState = Literal["waiting", "contacted", "fixed", "closed"]
follow_words: dict[FollowState, str] = {
    "waiting": "等联系",
    "contacted": "已联系，等整改",
    "fixed": "已整改，等回访",
    "closed": "已回访",
}
BAD = 4
"""From this level on a rating is followed up."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """首问 who was asked first, about what, where the person was led, how it ended; a plain question ends at once.

    `phone` stands here only while somebody waits to be called back.
    """

    id: str
    kind: AskedKind
    ticket: str
    number: str
    topic: str
    words: str
    phone: str
    at: datetime
    by: str
    window: int
    led_to: str = ""
    how: AskedEnd = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    note: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something."""
        return not self.how


@dataclass(frozen=True, kw_only=True)
class Step:
    """一步 who did it, when, in his words."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """当时情形 what the books say of the visit by themselves: the ticket, its calls, and the case."""

    number: str = ""
    taken_at: datetime | None = None
    calls: int = 0
    called_at: datetime | None = None
    served_at: datetime | None = None
    ended_at: datetime | None = None
    case: str = ""
    case_no: str = ""
    item_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """投诉 one complaint, or one matter that could not be got done; never shown to those it is about, nor at their windows."""

    id: str
    kind: ComplaintKind
    via: Via
    state: ComplaintState
    words: str
    name: str
    phone: str
    ticket: str
    seen: Circumstances
    against: tuple[str, ...]
    windows: tuple[int, ...]
    received_at: datetime
    received_by: str
    received_window: int
    investigated: Step | None = None
    disposed: Step | None = None
    replied: Step | None = None

    @property
    def open(self) -> bool:
        """Whether the person still waits for his answer."""
        return self.state != "replied"

    def hidden_from(self, person: str, window: int) -> bool:
        """Whether it is kept from this person at this window: it is about him, or about what is done there."""
        return person in self.against or window in self.windows


def complaint_due(complaint: Complaint, calendar: Calendar, rules: PeopleRules) -> Due:
    """答复期限."""
    return calendar.due(complaint.received_at.date(), rules.complaint_days)


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """差评回访 of one bad rating; `id` is the ticket's. Contact, put it right, call back."""

    id: str
    level: int
    number: str
    clerk: str
    window: int
    rated_at: datetime
    state: FollowState = "waiting"
    contacts: tuple[Step, ...] = ()
    """Every attempt, reached or not."""
    fixed: Step | None = None
    closed: Step | None = None

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state != "closed"


@dataclass(frozen=True, kw_only=True)
class FollowClocks:
    """回访期限 contact by, put right by; the last one is what is due now, None when it is closed."""

    contact_by: date
    fix_by: date
    now_due: date | None
    provisional: bool


def follow_clocks(row: FollowUp, calendar: Calendar, rules: PeopleRules) -> FollowClocks:
    """Counted from the rating; the call back is due with the fix."""
    day = row.rated_at.date()
    contact, fix = calendar.due(day, rules.contact_days), calendar.due(day, rules.fix_days)
    due = {"waiting": contact, "contacted": fix, "fixed": fix}.get(row.state)
    return FollowClocks(
        contact_by=contact.due,
        fix_by=fix.due,
        now_due=due.due if due else None,
        provisional=due.provisional if due else False,
    )
