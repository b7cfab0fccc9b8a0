"""钱箱与日结 cash handed in at the bank, and a window's money of a day counted against its bills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

MoneyDayState = Literal["counted", "closed", "again"]
"""点过, waits for the second person; closed; sent back to be counted again."""
money_day_subject = "money_day:{}".format
cash_subject = "cash:{}".format


def money_day_key(day: date, window: int) -> str:
    """日结名 one a window and day."""
    return f"{day.isoformat()}-{window}"


@dataclass(frozen=True, kw_only=True)
class CashHandedIn:
    """交存 the day's cash of one unit at its bank, by the bank slip's number; in fen."""

    id: str
    day: date
    unit: str
    amount: int
    slip_no: str
    by: str
    at: datetime
    window: int


@dataclass(frozen=True, kw_only=True)
class MoneyLine:
    """一笔账 of one unit by one means: what the bills say and what was counted, in fen."""

    unit: str
    means: str
    booked: int
    counted: int

    @property
    def difference(self) -> int:
        """长款 above nought, 短款 below."""
        return self.counted - self.booked


@dataclass(frozen=True, kw_only=True)
class MoneyDay:
    """收费日结 counted by the cashier, signed by a second person where money moved; a difference has its reason."""

    id: str
    day: date
    window: int
    lines: tuple[MoneyLine, ...]
    bills: int
    voided: int
    why: str
    by: str
    at: datetime
    state: MoneyDayState = "closed"
    second: str = ""
    second_at: datetime | None = None
    second_said: str = ""
    """Why it has to be counted again."""

    @property
    def counts(self) -> bool:
        """Whether nothing of this day moves any more."""
        return self.state != "again"

    @property
    def moved(self) -> bool:
        """Whether there was money at all."""
        return any(line.booked or line.counted for line in self.lines)

    @property
    def difference(self) -> int:
        """All together, in fen."""
        return sum(line.difference for line in self.lines)
