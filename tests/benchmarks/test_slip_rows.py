"""The rows of the slip: they are on the list, and what they measure happens."""

from __future__ import annotations

from printers.render import SlipRenderer
from printers.show import show, symbols
from tests.benchmarks import __main__ as table
from tests.benchmarks import slip as rows
from tests.benchmarks.slip import acceptance


def test_the_slip_is_a_whole_one(monkeypatch) -> None:
    monkeypatch.setattr(rows, "ROUNDS", 10)
    rows_ = build, size, first, click = table.benchmarks["slip"]()
    assert [row.name for row in rows_] == ["slip", "slip bytes", "slip first byte", "slip click"]
    assert all(row.value > 0 and row.floor > 0 for row in rows_)
    assert (build.unit, first.target, click.target) == ("ms", "≤ 20 ms", "≤ 20 ms")
    assert size.ok
    made = SlipRenderer(48).make(acceptance(3))
    assert "440105-SPZX-20261121-000003" in show(made)
    assert [code.endswith("000003") for code in symbols(made)] == [True]
