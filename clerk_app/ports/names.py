"""名称库的接口 names: the centre's register of company names, and the dated copy every window keeps of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from clerk_app.registration.findings import RegisteredName
from clerk_app.registration.naming import NameParts

NameStanding = Literal["registered", "reserved", "ended"]


@dataclass(frozen=True, kw_only=True)
class NameRow:
    """名称库一行 as it goes to the copies; an ended one is taken out there."""

    id: str
    seq: int
    standing: NameStanding
    name: str
    trade_name: str
    industry_term: str
    authority_code: str
    until: date | None
    uscc: str
    number: str


@dataclass(frozen=True, kw_only=True)
class NamePage:
    """名称库一页 after a place: `as_of` is the day of the whole register, `last` its end.

    `epoch` is the centre's: under another one, or beyond `last`, a copy begins anew.
    """

    epoch: str
    as_of: date | None
    last: int
    names: tuple[NameRow, ...]


@dataclass(frozen=True, kw_only=True)
class NamesMet:
    """碰上的名称 those of the register that are the same as a wanted name, or may sound so; and the register's day."""

    as_of: date | None
    names: tuple[RegisteredName, ...]


@dataclass(frozen=True, kw_only=True)
class NameCopy:
    """抄本 how far this window's copy goes; `whole` once it went to the end, of the register of `as_of`."""

    epoch: str = ""
    seq: int = 0
    as_of: date | None = None
    whole: bool = False


class NameCentre(Protocol):
    """中心的名称库. Raises `CentreAway` or `CentreProblem`."""

    def met(self, wanted: Sequence[NameParts], on: date) -> NamesMet:
        """What these names meet on that day, all in one."""
        ...

    def page(self, after: int, limit: int) -> NamePage:
        """What changed after a place, in order."""
        ...


class KnownNames(Protocol):
    """本机的名称库 the copy. Every method is one transaction."""

    @property
    def copy(self) -> NameCopy:
        """How far it goes."""
        ...

    def begin(self, epoch: str) -> None:
        """An empty copy, of this epoch."""
        ...

    def take(self, page: NamePage, *, whole: bool) -> None:
        """One page more, its end kept with it; `whole` when it went to the end."""
        ...

    def met(self, wanted: Sequence[NameParts]) -> tuple[RegisteredName, ...]:
        """As the centre, of the copy and of the companies filed here."""
        ...
