"""线路接口 the line to the centre: what is said and answered, and the two ways it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class CentreAway(Exception):
    """线路中断 the centre could not be reached, or answered something that is not the centre's; nothing is known to have happened there."""


class CentreProblem(Exception):
    """中心不收 the centre answered with a problem (RFC 9457): a stable type and one Chinese sentence."""

    def __init__(self, type_: str, sentence: str, status: int) -> None:
        super().__init__(type_)
        self.type = type_
        self.sentence = sentence
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Sent:
    """送出的命令 an envelope as canonical JSON bytes, and the person's signature over its hash (base64).

    `aside`: it was set aside here before the centre had it; sent all the same, so that the chain there has no gap.
    """

    envelope: bytes
    signature: str
    aside: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """中心的答复 what became of one command; `state` is one of `sync.verdicts.VerdictState`."""

    id: str
    state: str
    type: str = ""
    sentence: str = ""
    rows: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict)
    """For a refused move: what the centre holds of its subjects now."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """变更 one subject's state as of `seq` in the hall's commit order."""

    seq: int
    subject: str
    row: Mapping[str, Any]
    holder: str | None = None


@dataclass(frozen=True, kw_only=True)
class ChangePage:
    """一页变更 changes after a cursor, the cursor after them, and whether more wait."""

    changes: tuple[Change, ...]
    cursor: str
    more: bool


@dataclass(frozen=True, kw_only=True)
class Hello:
    """问好 the centre's time, epoch and what it knows of this device's journal."""

    time: datetime
    epoch: str
    last_seq: int
    head: str
    hall_version: str


@dataclass(frozen=True, kw_only=True)
class NumberBlock:
    """号段 serials `first`–`last` of one kind of number, given to one device for ever."""

    id: str
    kind: str
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class SessionGrant:
    """登录许可 the centre knows this person and the password."""

    person: str


class Centre(Protocol):
    """中心 the central server as this device sees it. Raises `CentreAway` or `CentreProblem`, nothing else."""

    def enrol(self, code: str, window: int, public_key: str) -> str:
        """入列 register this device; returns its id."""
        ...

    def hello(self) -> Hello:
        """Time, epoch, and this device's head there."""
        ...

    def push(self, batch: Sequence[Sent]) -> tuple[Verdict, ...]:
        """Commands in, one verdict each out, after COMMIT."""
        ...

    def changes(self, cursor: str, limit: int) -> ChangePage:
        """Changes after the cursor (empty = from the beginning)."""
        ...

    def hall_document(self, version: str) -> Mapping[str, Any]:
        """The hall document of a version."""
        ...

    def number_block(self, kind: str, count: int) -> NumberBlock:
        """A fresh block of `count` serials."""
        ...

    def claim(self, subject: str) -> bool:
        """占用 ask for the hold of a subject; False when another device has it."""
        ...

    def sign_in(self, account: str, secret: str, window: int, public_key: str, by: str = "password") -> SessionGrant:
        """Judge a sign-in (`by` password) or a countersignature (`by` pin) and register the person's key for this device."""
        ...
