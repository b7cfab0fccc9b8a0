"""日报 the day's and the month's figures: cases, limits kept, waits, ratings and cards, from light rows handed in. No people are ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from clerk_app.oversight.card import Card, CardEnd
from clerk_app.oversight.cards import CardKind


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """一件的日子 what a report needs of a case: its days and where it was taken in; nothing of whose it is.

    `ticketed`: it names a ticket, and that ticket is known, as far back as tickets are kept here.
    """

    id: str
    case_no: str
    item: str
    item_name: str
    window: int
    ticketed: bool
    late_entry: bool
    received_at: datetime
    accepted_on: date | None
    sealed_at: datetime | None
    promised: date | None


@dataclass(frozen=True)
class TicketLine:
    """一张号票 by which letter, at which window, and when it was taken and called."""

    letter: str
    window: int | None
    taken_at: datetime
    called_at: datetime | None


@dataclass(frozen=True)
class RatingLine:
    """一次评价 its level, where and on which day."""

    level: int
    window: int
    day: date


@dataclass(frozen=True)
class Span:
    """起止 from one day to another, both included."""

    start: date
    end: date

    def has(self, day: date | None) -> bool:
        """Whether the day lies within."""
        return day is not None and self.start <= day <= self.end

    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1))


@dataclass(frozen=True, kw_only=True)
class Figures:
    """数字 how many were received, accepted and ended; of those ended how many in time, early, and on the spot."""

    received: int = 0
    accepted: int = 0
    ended: int = 0
    on_time: int = 0
    early: int = 0
    on_spot: int = 0

    @property
    def on_time_rate(self) -> float | None:
        """按时办结率; None while nothing ended."""
        return self.on_time / self.ended if self.ended else None

    @property
    def early_rate(self) -> float | None:
        """提前办结率."""
        return self.early / self.ended if self.ended else None

    @property
    def spot_rate(self) -> float | None:
        """当场办结率."""
        return self.on_spot / self.ended if self.ended else None


@dataclass(frozen=True, kw_only=True)
class WindowRow:
    """一个窗口 its figures and how many tickets it called; ratings only of days that window has closed."""

    window: int
    figures: Figures
    called: int = 0
    ratings: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """一个事项 its figures."""

    item: str
    name: str
    figures: Figures


@dataclass(frozen=True, kw_only=True)
class WaitRow:
    """等候 of one letter: how many were called, the mean, and what nine of ten did not exceed, in minutes."""

    letter: str
    called: int
    mean: float
    p90: float


@dataclass(frozen=True, kw_only=True)
class CardRow:
    """牌 of one colour by how they ended; a withdrawn one is in no count."""

    kind: CardKind
    waiting: int = 0
    kept: int = 0
    explained: int = 0

    @property
    def all(self) -> int:
        """How many count."""
        return self.waiting + self.kept + self.explained


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """一天 how many were received and how many ended."""

    day: date
    received: int
    ended: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """日报 the hall's figures of a span of days."""

    span: Span
    totals: Figures
    windows: tuple[WindowRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    days: tuple[DayRow, ...] = ()
    waits: tuple[WaitRow, ...] = ()
    ratings: Mapping[int, int] = field(default_factory=dict)
    cards: tuple[CardRow, ...] = ()
    off_hall: tuple[CaseLine, ...] = ()
    """体外循环 sealed without a ticket: must be none."""
    late_entries: int = 0
    """补录 of slips: they name no ticket, and are told apart."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """报表的料 the light rows of a span; `closed` are the windows whose day is closed, by day."""

    cases: tuple[CaseLine, ...] = ()
    tickets: tuple[TicketLine, ...] = ()
    ratings: tuple[RatingLine, ...] = ()
    cards: tuple[Card, ...] = ()
    closed: Mapping[date, Collection[int]] = field(default_factory=dict)


def report(rows: Rows, span: Span) -> Report:
    """Count; what lies outside the span counts for nothing."""
    sealed = [line for line in rows.cases if span.has(_day(line.sealed_at))]
    named = {line.item: line.item_name for line in rows.cases}
    by_item = _grouped(rows.cases, span, lambda line: line.item)
    return Report(
        span=span,
        totals=_figures(rows.cases, span),
        windows=_windows(rows, span),
        items=tuple(
            sorted(
                (ItemRow(item=item, name=named[item], figures=figures) for item, figures in by_item.items()),
                key=lambda row: (-row.figures.ended, -row.figures.received, row.item),
            )
        ),
        days=_days(rows.cases, span),
        waits=_waits(rows.tickets, span),
        ratings=_levels(one for one in rows.ratings if span.has(one.day)),
        cards=_cards(rows.cards, span),
        off_hall=tuple(line for line in sealed if not line.ticketed and not line.late_entry),
        late_entries=sum(line.late_entry for line in sealed),
    )


def _figures(lines: Iterable[CaseLine], span: Span) -> Figures:
    received = accepted = ended = on_time = early = on_spot = 0
    for line in lines:
        received += span.has(line.received_at.date())
        accepted += span.has(line.accepted_on)
        sealed = _day(line.sealed_at)
        if sealed is None or not span.has(sealed):
            continue
        ended += 1
        on_time += line.promised is None or sealed <= line.promised
        early += line.promised is not None and sealed < line.promised
        on_spot += sealed == line.received_at.date()
    return Figures(
        received=received, accepted=accepted, ended=ended, on_time=on_time, early=early, on_spot=on_spot
    )  # fmt: skip


def _grouped(lines: Iterable[CaseLine], span: Span, key: Callable[[CaseLine], str]) -> dict[str, Figures]:
    groups: dict[str, list[CaseLine]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    found = {name: _figures(group, span) for name, group in groups.items()}
    return {name: figures for name, figures in found.items() if figures != Figures()}


def _windows(rows: Rows, span: Span) -> tuple[WindowRow, ...]:
    by_window = _grouped(rows.cases, span, lambda line: str(line.window))
    called: dict[int, int] = defaultdict(int)
    for ticket in rows.tickets:
        if ticket.window is not None and span.has(_day(ticket.called_at)):
            called[ticket.window] += 1
    rated: dict[int, list[RatingLine]] = defaultdict(list)
    for one in rows.ratings:
        if span.has(one.day) and one.window in rows.closed.get(one.day, ()):
            rated[one.window].append(one)
    numbers = sorted({int(window) for window in by_window} | called.keys() | rated.keys())
    return tuple(
        WindowRow(
            window=number,
            figures=by_window.get(str(number), Figures()),
            called=called.get(number, 0),
            ratings=_levels(rated.get(number, ())),
        )
        for number in numbers
    )


def _days(lines: Iterable[CaseLine], span: Span) -> tuple[DayRow, ...]:
    received: dict[date, int] = defaultdict(int)
    ended: dict[date, int] = defaultdict(int)
    for line in lines:
        received[line.received_at.date()] += 1
        if line.sealed_at is not None:
            ended[line.sealed_at.date()] += 1
    return tuple(DayRow(day=day, received=received[day], ended=ended[day]) for day in span.days())


def _waits(tickets: Iterable[TicketLine], span: Span) -> tuple[WaitRow, ...]:
    minutes: dict[str, list[float]] = defaultdict(list)
    for ticket in tickets:
        if ticket.called_at is not None and span.has(ticket.called_at.date()):
            minutes[ticket.letter].append(max(0.0, (ticket.called_at - ticket.taken_at).total_seconds() / 60))
    return tuple(
        WaitRow(letter=letter, called=len(waits), mean=sum(waits) / len(waits), p90=ninth_decile(waits))
        for letter, waits in sorted(minutes.items())
    )


def ninth_decile(values: Iterable[float]) -> float:
    """九成不超过 the smallest value that nine of ten do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[-(-len(ranked) * 9 // 10) - 1]


def _levels(ratings: Iterable[RatingLine]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for one in ratings:
        found[one.level] += 1
    return dict(sorted(found.items()))


def _cards(cards: Iterable[Card], span: Span) -> tuple[CardRow, ...]:
    counted: dict[CardKind, dict[CardEnd, int]] = {}
    for card in cards:
        if card.counts and span.has(card.made_at.date()):
            ends = counted.setdefault(card.kind, defaultdict(int))
            ends[card.ended] += 1
    order: tuple[CardKind, ...] = ("yellow", "red", "severe")
    return tuple(
        CardRow(
            kind=kind,
            waiting=counted[kind].get("", 0),
            kept=counted[kind].get("kept", 0),
            explained=counted[kind].get("explained", 0),
        )
        for kind in order
        if kind in counted
    )


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
