"""恢复的接口 a dead machine at the centre: its unsent work brought in by two persons, and the numbers nobody has seen again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clerk_app.ports.line import NumberBlock, Sent, Verdict


@dataclass(frozen=True)
class Signatory:
    """在场的人 one of the two persons, as typed."""

    account: str
    password: str


@dataclass(frozen=True)
class FileSeal:
    """文件签名 a file's digest and the dead device's signature over it: shows where the file comes from."""

    digest: str
    signature: str


@dataclass(frozen=True, kw_only=True)
class Admission:
    """准予导入 the centre knows both persons; `proven` is how many files bear the dead device's own signature."""

    recovery: str
    people: tuple[str, ...]
    proven: int


@dataclass(frozen=True, kw_only=True)
class UnseenBlock:
    """没见全的号段 one block that was handed to a device, and the runs of its serials (first, last) nobody has seen again."""

    block: NumberBlock
    unseen: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """没见着的号 of one device, and when it was last heard of itself."""

    device: str
    window: int
    heard_at: datetime
    blocks: tuple[UnseenBlock, ...]


class RecoveryCentre(Protocol):
    """中心的恢复 what the centre does for a dead machine. Raises `CentreAway` or `CentreProblem`."""

    def admit(self, device: str, first: Signatory, second: Signatory, seals: Sequence[FileSeal] = ()) -> Admission:
        """Both persons are judged once, as at a sign-in."""
        ...

    def bring_in(self, device: str, recovery: str, batch: Sequence[Sent]) -> tuple[Verdict, ...]:
        """Commands of the dead device, one verdict each; twice changes nothing."""
        ...

    def unseen_numbers(self, device: str) -> Unseen:
        """Numbers handed to it and not seen again."""
        ...
