"""收费规则 what is the hall's own: which unit takes cash and by what rule, and what means there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from clerk_app.receipts.fees.model import Means

ALL_MEANS: tuple[Means, ...] = ("scan", "card", "cash")


@dataclass(frozen=True, kw_only=True)
class FeeRules:
    """收费规则 `cash` names the units that take cash, each with its basis: without a basis none is taken (safe default)."""

    means: tuple[Means, ...] = ("scan", "card")
    cash: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def cash_basis(self, unit: str) -> str:
        """现金依据 of a unit; empty: it takes none."""
        return self.cash.get(unit, "")

    def means_for(self, units: tuple[str, ...]) -> tuple[Means, ...]:
        """What all of these units take."""
        cash = all(self.cash_basis(unit) for unit in units)
        return tuple(one for one in ALL_MEANS if one in self.means or (one == "cash" and cash))
