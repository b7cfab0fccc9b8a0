"""The rows of the table. A benchmark is a function that answers a `Row`; `@benchmark(name)` puts it on the list.

A floor is the same machine doing the bare thing in the same run, so that a slow machine is not read as slow code.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line: `value` and `floor` in `unit`; the target (`most`, or `least` where more is better) is for the value, or
    for the ratio.
    """

    name: str
    value: float
    unit: str
    floor: float
    most: float = inf
    least: float = 0.0
    of_ratio: bool = False

    @property
    def ratio(self) -> float:
        return self.value / self.floor if self.floor else float("inf")

    @property
    def ok(self) -> bool:
        return self.least <= (self.ratio if self.of_ratio else self.value) <= self.most

    @property
    def target(self) -> str:
        limit = f"≥ {self.least:g}" if self.least else f"≤ {self.most:g}"
        return f"ratio {limit}" if self.of_ratio else f"{limit} {self.unit}"

    def document(self) -> dict[str, Any]:
        """As scripts read it."""
        return {
            "name": self.name, "value": round(self.value, 3), "unit": self.unit, "floor": round(self.floor, 3),
            "ratio": round(self.ratio, 3), "target": self.target, "ok": self.ok,
        }  # fmt: skip


Measure = Callable[[], Sequence[Row]]
benchmarks: dict[str, Measure] = {}


def benchmark(name: str) -> Callable[[Measure], Measure]:
    """Put a function on the list; its rows are named `name` or `name …`."""

    def put(measure: Measure) -> Measure:
        assert name not in benchmarks
        benchmarks[name] = measure
        return measure

    return put


def p99(samples: Sequence[float]) -> float:
    """The value only one in a hundred is above."""
    return statistics.quantiles(samples, n=100, method="inclusive")[98]
