"""登记档案的接口 companies on record at the centre: told to a person of the registration authority, never to a machine alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from clerk_app.ports.audit import Signer

CompanyStanding = Literal["active", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class CompanyLine:
    """找到的公司 one line; the legal representative masked."""

    uscc: str
    name: str
    version: int
    standing: CompanyStanding
    legal_rep: str
    filed_at: datetime


@dataclass(frozen=True, kw_only=True)
class CompaniesFound:
    """找到的 by code; `more` when there are others: then more must be said."""

    lines: tuple[CompanyLine, ...]
    more: bool = False


@dataclass(frozen=True, kw_only=True)
class CompanyRead:
    """取到的档案 as it stands at this moment."""

    uscc: str
    name: str
    version: int
    standing: CompanyStanding
    filed_at: datetime
    document: Mapping[str, Any] = field(repr=False)


class CompanyCentre(Protocol):
    """中心的档案 asked by the machine and signed by the person. Raises `CentreAway` or `CentreProblem`."""

    def find(self, text: str, who: Signer) -> CompaniesFound:
        """By words of the name, or by how the code begins."""
        ...

    def read(self, uscc: str, who: Signer) -> CompanyRead | None:
        """The record, or None when there is none; the centre notes who asked."""
        ...
