"""叫号统计 of some days: tickets, waits, how long one took, who was passed and not served; by line, window, hour and ground.

What puts somebody before others, or ends his ticket early, is counted with its reasons: 提前, 下一个就办, 提前过号.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from clerk_app.oversight.queue_figures import waits_since
from clerk_app.oversight.queue_pace import middle, nearest, service_times
from clerk_app.oversight.reports import Span
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.rules import QueueRules

PART = 80


@dataclass(frozen=True, kw_only=True)
class Counted:
    """一组的数 how many took a number, were called, served, passed, not served; how long they waited and one took, in minutes."""

    name: str
    tickets: int = 0
    called: int = 0
    served: int = 0
    passed: int = 0
    not_served: int = 0
    wait: float | None = None
    wait_p80: float | None = None
    service: float | None = None
    service_p80: float | None = None

    @property
    def passed_rate(self) -> float | None:
        """过号率 of those that were called; None while nobody was."""
        return self.passed / self.called if self.called else None


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """叫号统计 of a span of days; reasons with how often each was given."""

    span: Span
    totals: Counted
    lines: tuple[Counted, ...] = ()
    windows: tuple[Counted, ...] = ()
    hours: tuple[Counted, ...] = ()
    grounds: tuple[Counted, ...] = ()
    lifted: Mapping[str, int] = field(default_factory=dict)
    wronged: Mapping[str, int] = field(default_factory=dict)
    early: Mapping[str, int] = field(default_factory=dict)
    void: int = 0


def statistics(tickets: Iterable[Ticket], span: Span, rules: QueueRules) -> Statistics:
    """Count what was taken within the span; a void ticket is told apart and is in no other count."""
    within = [one for one in tickets if span.has(one.day)]
    real = [one for one in within if one.state not in ("void", "issuing")]
    lifts = [lift for one in real for lift in one.lifts]
    return Statistics(
        span=span,
        totals=counted("全大厅", real),
        lines=_grouped(real, lambda one: one.letter),
        windows=tuple(
            row for row in _grouped(real, lambda one: f"{one.window or 0:03d}" if one.window else "") if row.name
        ),
        hours=_grouped(real, lambda one: f"{one.taken_at.hour:02d}"),
        grounds=_grouped(real, lambda one: ground_of(one, rules)),
        lifted=_reasons(lift.reason for lift in lifts if not lift.wronged),
        wronged=_reasons(lift.reason for lift in lifts if lift.wronged),
        early=_reasons(one.reason for one in real if passed_early(one, rules)),
        void=sum(one.state == "void" for one in within),
    )


def counted(name: str, tickets: Sequence[Ticket]) -> Counted:
    """One group."""
    waits = [span for one in tickets if (span := waited(one)) is not None]
    services = service_times(tickets)
    return Counted(
        name=name,
        tickets=len(tickets),
        called=sum(one.called_at is not None for one in tickets),
        served=sum(one.state == "finished" for one in tickets),
        passed=sum(one.state == "passed" for one in tickets),
        not_served=sum(one.state == "not_served" for one in tickets),
        wait=minutes(middle(waits)) if waits else None,
        wait_p80=minutes(nearest(waits, PART)) if waits else None,
        service=minutes(middle(services)) if services else None,
        service_p80=minutes(nearest(services, PART)) if services else None,
    )


def waited(ticket: Ticket) -> timedelta | None:
    """等了多久 until it was called; a wait is never less than nothing."""
    return max(timedelta(), ticket.called_at - waits_since(ticket)) if ticket.called_at else None


def minutes(span: timedelta) -> float:
    """The whole span in minutes."""
    return span / timedelta(minutes=1)


def ground_of(ticket: Ticket, rules: QueueRules) -> str:
    """优先理由 in words; an appointment, or nothing special."""
    if ticket.priority:
        ground = rules.ground(ticket.priority)
        return ground.name if ground else "优先"
    return "预约" if ticket.appointment is not None else "普通"


def passed_early(ticket: Ticket, rules: QueueRules) -> bool:
    """提前过号 before the hall's calls were made, or just after the last."""
    if ticket.state != "passed" or ticket.called_at is None:
        return False
    least = ticket.called_at + timedelta(seconds=rules.timing.call_interval)
    return ticket.calls < rules.max_calls or (ticket.ended_at is not None and ticket.ended_at < least)


def _grouped(tickets: Iterable[Ticket], key: Callable[[Ticket], str]) -> tuple[Counted, ...]:
    groups: dict[str, list[Ticket]] = defaultdict(list)
    for one in tickets:
        groups[key(one)].append(one)
    return tuple(counted(name, groups[name]) for name in sorted(groups))


def _reasons(words: Iterable[str]) -> dict[str, int]:
    return dict(Counter(word or "没写原因" for word in words).most_common())
