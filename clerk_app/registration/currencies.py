"""币种 the currencies a capital may be in, by the name the form says and by the code of ISO 4217; the usual ones first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Currency:
    """币种 its code and its Chinese name."""

    code: str
    name: str


@dataclass(frozen=True)
class Currencies:
    """币种表 in the order of a list to choose from."""

    rows: tuple[Currency, ...]

    def by_name(self, name: str) -> Currency | None:
        """人民币."""
        return self._by_name.get(name)

    def by_code(self, code: str) -> Currency | None:
        """CNY."""
        return next((one for one in self.rows if one.code == code.upper()), None)

    @cached_property
    def _by_name(self) -> Mapping[str, Currency]:
        return {one.name: one for one in self.rows}


def read_currencies(text: str) -> Currencies:
    """From the table's text: `code name` by a tab."""
    return Currencies(tuple(Currency(*line.split("\t", 1)) for line in text.splitlines()))
