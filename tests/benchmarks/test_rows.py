"""The table itself: what a row says, and that a benchmark which fails is a row too."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks import __main__ as table
from tests.benchmarks.registry import Row, benchmarks, p99


@pytest.mark.parametrize(
    ("value", "of_ratio", "ok"), [(16.0, False, True), (16.1, False, False), (32.0, True, True), (32.1, True, False)]
)
def test_a_target_is_for_the_value_or_for_the_ratio(value, of_ratio, ok):
    row = Row(name="x", value=value, unit="ms", floor=2.0, most=16.0, of_ratio=of_ratio)
    said = row.document()
    assert set(said) == {"name", "value", "unit", "floor", "ratio", "target", "ok"}
    assert said["ok"] is ok
    assert said["target"] == ("ratio ≤ 16" if of_ratio else "≤ 16 ms")


def test_p99_is_what_one_in_a_hundred_is_above():
    assert p99([1.0] * 995 + [50.0] * 5) == 1.0
    assert p99([1.0] * 980 + [50.0] * 20) == 50.0


@pytest.fixture
def two(monkeypatch):
    def broken():
        raise OSError("no disk")

    monkeypatch.setattr(
        table, "benchmarks", {"good": lambda: [Row(name="good", value=1, unit="ms", floor=1, most=2)], "bad": broken}
    )


def test_the_array_the_file_and_the_exit_code(two, capsys, tmp_path):
    assert table.main(["good"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["ok"]) == ("good", True)
    assert table.main(["--json", str(tmp_path / "rows.json")]) == 1
    rows = json.loads((tmp_path / "rows.json").read_text("utf-8"))
    assert [(r["name"], r["ok"]) for r in rows] == [("good", True), ("bad", False)]
    said = capsys.readouterr()
    assert said.out == ""
    assert "no disk" in said.err
    assert "could not be measured" in said.err


def test_an_unknown_name_is_said(capsys):
    assert table.main(["nothing"]) == 2
    assert "没有“nothing”这一项" in capsys.readouterr().err
    assert {"act", "cold-start"} <= set(benchmarks)
