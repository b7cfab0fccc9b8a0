"""岗位记录 what the books keep of posts: absences, substitutions, noon turns, handovers, consents, letters received later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal

from clerk_app.duty.model import Letter, Power
from clerk_app.duty.rules import NoonTurn, Rank

AbsenceKind = Literal["planned", "unplanned", "short"]
AbsenceState = Literal["asked", "approved", "recorded", "refused", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class Cover:
    """顶岗安排 who is to stand in on which post."""

    post: str
    person: str


@dataclass(frozen=True, kw_only=True)
class Approval:
    """批准 by which rank; `by` recorded it, `name` and `document_no` are of the paper when the rank has no account."""

    rank: Rank
    by: str
    at: datetime
    name: str = ""
    document_no: str = ""


@dataclass(frozen=True, kw_only=True)
class Absence:
    """离岗 a person is away from–to, said by whom and why; planned ones are approved by all the ranks they need.

    `state` recorded stands by itself (short, or unplanned and told afterwards); `ended_at` is the early return.
    """

    id: str
    person: str
    start: datetime
    end: datetime
    reason: str
    said_by: str
    kind: AbsenceKind = "unplanned"
    state: AbsenceState = "recorded"
    covers: tuple[Cover, ...] = ()
    approvals: tuple[Approval, ...] = ()
    ended_at: datetime | None = None
    note: str = ""

    @property
    def until(self) -> datetime:
        """到何时 the end, or the early return."""
        return min(self.end, self.ended_at) if self.ended_at else self.end

    @property
    def counts(self) -> bool:
        """Whether it stands: approved, or recorded."""
        return self.state in ("approved", "recorded")

    def in_force(self, at: datetime) -> bool:
        """Away at this moment; a short one does not empty the post."""
        return self.counts and self.kind != "short" and self.start <= at < self.until

    def meets(self, start: datetime, end: datetime) -> bool:
        """Away at any moment of the interval."""
        return self.counts and self.kind != "short" and self.start < end and start < self.until


@dataclass(frozen=True, kw_only=True)
class Substitution:
    """顶岗 B (or a third, or the deputy) acts on a post for its A角 from–to; its powers end with the interval.

    `cause` is the absence, or `noon`; `provisional` was made with the line cut: it neither decides nor seals, and ends
    at A's first act anywhere.
    """

    id: str
    post: str
    a: str
    b: str
    start: datetime
    end: datetime
    cause: str
    said_by: str
    provisional: bool = False
    """How it was made; whether it still is at a moment, `as_of` says."""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""

    def as_of(self, at: datetime) -> Substitution:
        """As it stood at that moment: a provisional one is none any more from its confirmation on."""
        confirmed = self.confirmed_at is not None and self.confirmed_at <= at
        return replace(self, provisional=False) if self.provisional and confirmed else self

    @property
    def until(self) -> datetime:
        """到何时 the end, or the early return."""
        return min(self.end, self.ended_at) if self.ended_at else self.end

    def in_force(self, at: datetime) -> bool:
        """From its start, up to and without its end."""
        return self.start <= at < self.until

    def meets(self, start: datetime, end: datetime) -> bool:
        """In force at any moment of the interval."""
        return self.start < end and start < self.until


@dataclass(frozen=True, kw_only=True)
class NoonSetting:
    """排过的班 the turns as somebody set them, and when."""

    turns: tuple[NoonTurn, ...]
    set_by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoonRoster:
    """午间排班 the turns of one week; `id` is its Monday in ISO text. A week that was not set follows the hall file.

    `earlier` are the turns it replaced, oldest first: a noon that had begun stays as it was.
    """

    id: str
    turns: tuple[NoonTurn, ...]
    set_by: str
    at: datetime
    earlier: tuple[NoonSetting, ...] = ()

    @property
    def settings(self) -> tuple[NoonSetting, ...]:
        """All that was set, oldest first."""
        return (*self.earlier, NoonSetting(turns=self.turns, set_by=self.set_by, at=self.at))

    def at_noon(self, day: date, begins: time) -> tuple[NoonTurn, ...] | None:
        """The turns that stood when this day's noon began; None when nothing was set yet."""
        found = (one.turns for one in reversed(self.settings) if one.at < datetime.combine(day, begins, one.at.tzinfo))
        return next(found, None)


@dataclass(frozen=True, kw_only=True)
class Pause:
    """暂停 a window calls nobody from–until it is taken up again; `tickets` were handed on when it began.

    It belongs to the machine it was said at: whoever sits down there ends it.
    """

    id: str
    window: int
    post: str
    person: str
    device: str
    start: datetime
    until: datetime
    reason: str
    tickets: tuple[str, ...] = ()
    back_at: datetime | None = None
    back_by: str = ""

    def in_force(self, at: datetime) -> bool:
        """From its start until somebody took the window up again; what was said of its end binds nobody."""
        return self.start <= at and (self.back_at is None or at < self.back_at)


Direction = Literal["out", "back"]
ThingKind = Literal["case", "ticket", "seal", "paper"]
thing_words: dict[ThingKind, str] = {"case": "在办件", "ticket": "号票", "seal": "印章", "paper": "纸质材料"}


@dataclass(frozen=True, kw_only=True)
class Thing:
    """交接的一件 one case, ticket, seal or bundle of papers, in words, with the day it is due if any."""

    kind: ThingKind
    id: str
    words: str
    due: str = ""


@dataclass(frozen=True, kw_only=True)
class Handover:
    """交接单 of one substitution in one direction: the list, the report back in words, and the two nods."""

    id: str
    substitution: str
    direction: Direction
    post: str
    things: tuple[Thing, ...]
    words: str = ""
    given_by: str = ""
    given_at: datetime | None = None
    taken_by: str = ""
    taken_at: datetime | None = None

    @property
    def done(self) -> bool:
        """Both have nodded."""
        return self.given_at is not None and self.taken_at is not None


@dataclass(frozen=True, kw_only=True)
class Consent:
    """带教同意 asked by the learner for one action on one subject, given or refused by the mentor."""

    id: str
    learner: str
    mentor: str
    action: str
    subject: str
    asked_at: datetime
    agreed_at: datetime | None = None
    refused_at: datetime | None = None
    note: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits for the mentor."""
        return self.agreed_at is None and self.refused_at is None


@dataclass(frozen=True, kw_only=True)
class RecordedLetter:
    """登记的授权书 `id` is made from its document number; `scan` the SHA-256 of the scanned paper, kept as an attachment."""

    id: str
    department: str
    person: str
    deputy: str
    start: date
    end: date
    items: tuple[str, ...]
    powers: tuple[Power, ...]
    scan: str
    recorded_by: str
    recorded_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    ended_by: str = ""
    ended_at: datetime | None = None
    note: str = ""
    number: str = ""

    @property
    def document_no(self) -> str:
        """文号 as the paper has it."""
        return self.number or self.id

    @property
    def letter(self) -> Letter:
        """授权书 as the rules read it."""
        return Letter(
            document_no=self.document_no,
            department=self.department,
            person=self.person,
            deputy=self.deputy,
            start=self.start,
            end=self.end,
            items=self.items,
            powers=self.powers,
        )

    def counts(self, at: datetime) -> bool:
        """Confirmed by then, and not ended by then; its own dates are another question."""
        confirmed = self.confirmed_at is not None and self.confirmed_at <= at
        return confirmed and (self.ended_at is None or at < self.ended_at)
