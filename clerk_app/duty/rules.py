"""岗位规矩 what a hall may set for itself about posts, leave and sign-in; every default is the safe one (do not act, ask).

Sources: ARCHITECTURE.md, «Who may act»; approving ranks differ from place to place and are data of the hall file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import Literal

Rank = Literal["window_head", "duty_manager", "chief_rep", "hall_office", "hall_leader", "dept_head"]
"""审批人 who approves leave. The last three may be people without an account: their paper is recorded by who received it."""

rank_words: dict[Rank, str] = {
    "window_head": "窗口负责人",
    "duty_manager": "值班长",
    "chief_rep": "首席代表",
    "hall_office": "中心办公室",
    "hall_leader": "中心领导",
    "dept_head": "部门负责人",
}
ON_PAPER: frozenset[Rank] = frozenset({"hall_office", "hall_leader", "dept_head"})
"""Their approval comes on paper; the duty manager who received it records it."""


@dataclass(frozen=True, kw_only=True)
class LeaveStep:
    """准假权限 up to how long which ranks approve, all of them; 0 means no bound."""

    ranks: tuple[Rank, ...]
    minutes: int = 0
    days: int = 0

    def covers(self, minutes: float, days: int) -> bool:
        """Whether an absence of this length falls under the step."""
        if self.minutes:
            return minutes <= self.minutes
        return not self.days or days <= self.days


@dataclass(frozen=True, kw_only=True)
class NoonTurn:
    """午间轮值 at noon this post of the zone stays open, kept by its A角 or its B角."""

    zone: str
    post: str
    by: Literal["a", "b"]


@dataclass(frozen=True, kw_only=True)
class PasswordRules:
    """密码规矩 length, kinds of characters, and after how many days it must be changed (0: never)."""

    min_length: int = 8
    classes: int = 3
    max_age_days: int = 90


@dataclass(frozen=True, kw_only=True)
class Ranks:
    """审批人名单 names and papers of those who approve without an account; window heads by queue letter, by person number."""

    hall_office: str = ""
    hall_leader: str = ""
    dept_head: dict[str, str] = field(default_factory=dict)
    window_head: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DutyRules:
    """岗位规矩 of one hall version. Without leave steps nobody may approve: it is asked, not guessed."""

    short_leave_minutes: int = 15
    leave: tuple[LeaveStep, ...] = ()
    chief_leave: tuple[LeaveStep, ...] = ()
    ranks: Ranks = field(default_factory=Ranks)
    noon: tuple[NoonTurn, ...] = ()
    noon_hours: tuple[time, time] | None = None
    """The break between the two halves of a working day; none in a hall that has no break."""
    password: PasswordRules = field(default_factory=PasswordRules)
    second_factor: tuple[str, ...] = ("admin",)
    """Roles that sign in with a second factor."""
    sign_in_open_days: int = 3
    """For how many open days a machine may judge a sign-in itself with the line cut."""
    idle_lock_minutes: int = 5

    def ranks_for(self, minutes: float, days: int, *, chief: bool) -> tuple[Rank, ...]:
        """Who must approve, all of them; empty when the hall has said nothing of this length."""
        steps = self.chief_leave if chief else self.leave
        return next((step.ranks for step in steps if step.covers(minutes, days)), ())
