"""收件箱一件 one application, booking or pre-check as it came, where it stands, and what its sender may be told of it.

It is no case: nothing runs for it before a person takes it in. What it says of persons is wiped as soon as it is over, and
at a taking the case has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, Literal
from uuid import UUID, uuid5

from clerk_app.cases.model import Applicant

InboxKind = Literal["application", "booking", "precheck"]
kind_words: dict[InboxKind, str] = {"application": "网上申请", "booking": "预约", "precheck": "预审"}
InboxState = Literal["waiting", "taken", "declined", "expired", "withdrawn"]
MaterialResult = Literal["", "pass", "fail"]
result_words: dict[MaterialResult, str] = {"": "没有预审", "pass": "预审通过", "fail": "预审没过"}
_told: dict[InboxKind, dict[InboxState, str]] = {
    "application": {
        "waiting": "已送到大厅，等窗口收件",
        "taken": "窗口已接手",
        "declined": "没有收件",
        "expired": "已过期",
        "withdrawn": "已撤回",
    },
    "booking": {
        "waiting": "已约上",
        "taken": "已到大厅取号",
        "declined": "没有约成",
        "expired": "约的时间已过",
        "withdrawn": "已取消",
    },
    "precheck": {
        "waiting": "预审结果已送到大厅",
        "taken": "窗口已接手",
        "declined": "窗口没有采用",
        "expired": "预审结果已过期",
        "withdrawn": "已撤回",
    },
}
_namespace = UUID("6c1f3f0e-8d0b-5f0e-9c4a-3f5d1c0a7b21")

inbox_subject = "inbox:{}".format


def inbox_id(hall: str, partner: str, number: str) -> str:
    """The same message is the same row, whichever way and how often it came."""
    return str(uuid5(_namespace, f"{hall}/{partner}/{number}"))


def ticket_id(item: str) -> str:
    """约的号票: one booking, one ticket, at whichever window it is asked for."""
    return str(uuid5(_namespace, f"ticket/{item}"))


@dataclass(frozen=True, kw_only=True)
class FormValue:
    """一栏 of the form he filled in outside: its label and what stands there."""

    label: str
    value: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class InboxMaterial:
    """交上来的材料 one paper of the item's list, as a file by its digest; `result` and `words` of a pre-check.

    `size` and `media` of its bytes (原件), once the centre has them from the same platform; nothing before.
    """

    name: str
    file: str = ""
    sha256: str = ""
    result: MaterialResult = ""
    words: str = ""
    size: int = 0
    media: str = ""

    @property
    def awaited(self) -> bool:
        """还没到 named by its digest, and nobody can look at it yet."""
        return bool(self.sha256) and not self.size


@dataclass(frozen=True)
class CameFile:
    """到了的原件 how many bytes, and what they are by their beginning."""

    size: int
    media: str


@dataclass(frozen=True, kw_only=True)
class BookedTime:
    """约的时段 from–to of a day."""

    day: date
    start: time
    end: time


@dataclass(frozen=True, kw_only=True)
class InboxItem:
    """收件箱一件. `number` is the sender's; `digest` of the message that made it.

    `id_end` are the last four of an ID number, all that a booking has of it. `valid_until`: a pre-check's last day.
    """

    id: str
    partner: str
    number: str
    kind: InboxKind
    state: InboxState
    item: str
    item_name: str
    applicant: Applicant
    sent_at: datetime
    came_at: datetime
    moved_at: datetime
    digest: str
    id_end: str = ""
    fields: tuple[FormValue, ...] = ()
    materials: tuple[InboxMaterial, ...] = ()
    words: str = ""
    slot: BookedTime | None = None
    valid_until: date | None = None
    case: str = ""
    ticket: str = ""
    window: int = 0
    by: str = ""
    reason: str = ""
    missing: tuple[str, ...] = ()
    """一次性告知 all that lacked, where it was not taken."""

    @property
    def waiting(self) -> bool:
        """Whether a person has still to do something."""
        return self.state == "waiting"

    @property
    def over(self) -> date | None:
        """The last day it is good for; None for an application, which waits until somebody answers."""
        return self.slot.day if self.slot is not None else self.valid_until

    @property
    def told(self) -> str:
        """外网反馈 the state word for its sender: nothing of a person, nothing of the decision."""
        return _told[self.kind][self.state]

    @property
    def told_reason(self) -> str:
        """Why it was not taken, and everything that lacked, in one sentence; empty otherwise."""
        if self.state != "declined":
            return ""
        lacks = f"缺：{'；'.join(self.missing)}。" if self.missing else ""
        return f"{self.reason.rstrip('。')}。{lacks}"

    def arrived(self, files: Mapping[str, CameFile]) -> InboxItem:
        """原件到了 of these digests; what is here already stays as it is."""
        found = ((one, files.get(one.sha256) if one.awaited else None) for one in self.materials)
        papers = (one if came is None else replace(one, size=came.size, media=came.media) for one, came in found)
        return replace(self, materials=tuple(papers))

    def moved(self, state: InboxState, at: datetime, **changes: Any) -> InboxItem:
        """Something became of it. What it said of the person goes but his name; what he filled in goes when nobody took it."""
        bare = {"applicant": Applicant(name=self.applicant.name), "id_end": ""}
        gone = {} if state == "taken" else {"fields": (), "words": ""}
        return replace(self, state=state, moved_at=at, **{**bare, **gone, **changes})
