"""更新接口 what the centre has for this machine, and what lies ready on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from clerk_app.updating import Release

Why = Literal["asked", "not_up"]


class UpdateTrouble(Exception):
    """更新没成 one Chinese sentence; the program that runs and its data are as they were."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """可取的更新 as the centre offers it to this window: the package's digest and size, and what it brings, in Chinese."""

    version: str
    digest: str
    size: int
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """中心的答复 `newest`: the newest version the hall has let out to anybody, whoever's turn it is."""

    offer: Offer | None = None
    newest: str = ""


@dataclass(frozen=True, kw_only=True)
class Returned:
    """退回过 from which version, when, and whether somebody asked for it or it did not come up."""

    version: str
    at: datetime
    why: Why


@dataclass(frozen=True, kw_only=True)
class UpdateState:
    """更新的情形 what runs and since when, what waits and how much of it is here, what went wrong last."""

    running: str
    since: datetime | None = None
    previous: str = ""
    waiting: Offer | None = None
    received: int = 0
    ready: bool = False
    resting: bool = False
    """It could not be taken a short while ago."""
    newest: str = ""
    trouble: str = ""
    returned: Returned | None = None
    refused: tuple[str, ...] = ()


class UpdateCentre(Protocol):
    """更新的中心 raises `CentreAway` or `CentreProblem`, nothing else."""

    def offered(self, version: str, platform: str) -> Offered:
        """What this machine may have."""
        ...

    def piece(self, digest: str, first: int, size: int) -> bytes:
        """Some bytes of a package, from a place on."""
        ...


class Updates(Protocol):
    """这台机器的更新 the folder beside the data. Not for the screen's thread. Raises `UpdateTrouble`."""

    @property
    def platform(self) -> str:
        """What packages must be for."""
        ...

    def state(self) -> UpdateState:
        """As it stands on the disk."""
        ...

    def hear(self, said: Offered) -> None:
        """What the centre answered; what it offers no longer is not taken, and a paused one waits."""
        ...

    def keep(self, first: int, data: bytes) -> None:
        """A piece of what waits; at another place than expected it is left out."""
        ...

    def make_ready(self) -> Release:
        """All of it is here: judged, unpacked beside what runs. What is false is thrown away."""
        ...

    def mark_up(self, *, asks: bool = False) -> None:
        """The sign-in page stands: this version is no trial any more; or it `asks` for a password first. Raises OSError."""
        ...
