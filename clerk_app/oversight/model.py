"""监察 the values of oversight: ratings (GB/T 39734; 国办发〔2019〕51号), the duty manager's tasks, what people settled,
cuts of the line, day closes, and holds broken by two persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID, uuid5

levels: dict[int, str] = {1: "非常满意", 2: "满意", 3: "基本满意", 4: "不满意", 5: "非常不满意"}

TaskKind = Literal[
    "conflict",
    "take_back",
    "lapse",
    "silent_device",
    "overlap",
    "quarantine",
    "handed",
    "break",
    "cover_gap",
    "card",
    "deemed",
    "silence",
    "seal",
    "alarm",
    "twice",
    "cut_window",
    "unassigned",
]
task_words: dict[TaskKind, str] = {
    "conflict": "两个说法",
    "take_back": "纸要收回",
    "lapse": "占用没了还在办",
    "silent_device": "机器没有消息",
    "overlap": "登录或顶岗重叠",
    "quarantine": "中心读不了",
    "handed": "窗口交来",
    "break": "要解除占用",
    "cover_gap": "岗上没人",
    "card": "监察卡",
    "deemed": "视为受理",
    "silence": "沉默到期",
    "seal": "印章",
    "alarm": "窗口呼叫",
    "twice": "一号两办",
    "cut_window": "窗口断线，名下有号",
    "unassigned": "等分办",
}
SettledHow = Literal["dropped", "reissued", "resolved", "ratified", "taken_back"]
settled_words: dict[SettledHow, str] = {
    "dropped": "作罢",
    "reissued": "已重办",
    "resolved": "已选定",
    "ratified": "已追认",
    "taken_back": "已收回",
}

CENTRE = "centre"
"""Who made or closed a task when no person did."""

_ours = UUID("6f0d7c1e-2f3b-5d4e-9a53-3c1f9d6b8a10")


@dataclass(frozen=True, kw_only=True)
class Rating:
    """评价 the level a citizen gave a visit; `id` is the ticket's: one visit, one rating. Who rated is not kept."""

    id: str
    level: int
    at: datetime
    window: int


@dataclass(frozen=True, kw_only=True)
class Task:
    """待办 one thing that waits for the duty manager: what about, why, since when; closed by whom with which words.

    `subject` is what it is about (`case:…`, `device:…`), `command` the one it came from, if any.
    """

    id: str
    kind: TaskKind
    subject: str
    command: str
    window: int
    words: str
    made_at: datetime
    made_by: str
    closed_at: datetime | None = None
    closed_by: str = ""
    note: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits."""
        return not self.closed_by


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """了结 what a person made of a command that was not done as asked; `id` is that command's, and the first word counts."""

    id: str
    how: SettledHow
    by: str
    at: datetime
    note: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """断线记录 one cut of a window's line: from, to, and how many acts were made meanwhile."""

    id: str
    device: str
    window: int
    start: datetime
    end: datetime
    acts: int


@dataclass(frozen=True, kw_only=True)
class DayClose:
    """日结 one device's day as it stood when it was closed: how many rows its journal had of it, and the head."""

    id: str
    device: str
    window: int
    day: date
    rows: int
    head: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HoldBreak:
    """解除占用 asked by the duty manager with the reason, agreed to by a chief representative: two persons."""

    id: str
    subject: str
    reason: str
    asked_by: str
    asked_at: datetime
    agreed_by: str = ""
    agreed_at: datetime | None = None


def task_id(kind: TaskKind, about: str) -> str:
    """The same matter is one task, however often it is found."""
    return str(uuid5(_ours, f"{kind}:{about}"))


def day_close_id(device: str, day: date) -> str:
    """One a device and day."""
    return str(uuid5(_ours, f"{device}:{day.isoformat()}"))
