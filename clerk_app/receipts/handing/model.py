"""出件 the result's paper on its way to the citizen: expected, on a shelf of the handing-over window, in the post, out (行政许可法 44).

One row a case. The case says whether it was handed over; this says where the paper is, so that a result is never looked
for twice and never handed out twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

ResultState = Literal["expected", "shelved", "posted", "out", "back"]
result_state_words: dict[ResultState, str] = {
    "expected": "等交来",
    "shelved": "在架",
    "posted": "已寄出",
    "out": "已领",
    "back": "退回窗口",
}
How = Literal["pick_up", "post"]
how_words: dict[How, str] = {"pick_up": "自己来领", "post": "邮寄"}
RemindedBy = Literal["phone", "message", "visit"]
reminded_words: dict[RemindedBy, str] = {"phone": "打电话", "message": "发短信", "visit": "当面说"}

result_subject = "result:{}".format
transfer_subject = "transfer:{}".format


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """领取方式 as the applicant chose it: whom a letter is for, his telephone and his address."""

    how: How
    by: str
    at: datetime
    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """收进来 who brought the paper, who took it, when, at which window; `transfer` is the handover they both signed."""

    giver: str
    by: str
    at: datetime
    window: int
    transfer: str


@dataclass(frozen=True, kw_only=True)
class Posting:
    """交寄 one letter: its waybill, to whom; how it came back, if it did."""

    waybill: str
    carrier: str
    name: str
    phone: str
    address: str
    by: str
    at: datetime
    window: int
    returned_on: date | None = None
    returned_why: str = ""
    returned_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """催领 who told the applicant that his result lies here, and what he said."""

    how: RemindedBy
    said: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Result:
    """出件 of one case, whose id it bears; `document_no` names the very paper (another decision is another paper)."""

    id: str
    case_no: str
    document_no: str
    state: ResultState
    window: int
    shelf: str
    moved_at: datetime
    """When anything was last done with it."""
    waybill: str = ""
    transfer: str = ""
    """The handover it came by last."""
    since: datetime | None = None
    """在架自 since when it lies here."""
    delivery: Delivery | None = None
    taken_in: TakenIn | None = None
    posting: Posting | None = None
    posted_before: tuple[Posting, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    back_to: str = ""
    back_why: str = ""

    @property
    def by_post(self) -> bool:
        """Whether the applicant wants it by post."""
        return self.delivery is not None and self.delivery.how == "post"

    def moved(self, at: datetime, **changes: Any) -> Result:
        """Something was done with it."""
        return replace(self, moved_at=at, **changes)
