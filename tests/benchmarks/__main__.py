"""`python -m tests.benchmarks [NAME …] [--json FILE]`: the table on stderr, one JSON array on stdout or in FILE.

Exit 0 when every row meets its target, 1 when one does not or could not be measured, 2 for a name nobody knows.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import (
    act,
    board,
    calendar_move,
    call_next,
    centre_finding,
    cold_start,
    display,
    finding,
    form_check,
    form_page,
    may,
    month_offline,
    pages,
    push_memory,
    quiet_desk,
    reconnect,
    seal,
    slip,
    sync_push,
)
from tests.benchmarks.registry import benchmarks

MODULES = (
    act,
    cold_start,
    sync_push,
    month_offline,
    reconnect,
    push_memory,
    board,
    may,
    calendar_move,
    finding,
    centre_finding,
    form_check,
    form_page,
    seal,
    display,
    call_next,
    slip,
    pages,
    quiet_desk,
)
"""Imported for their rows: a new file of benchmarks is one more name here."""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(benchmarks))
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args(argv)
    if unknown := [name for name in asked.names if name not in benchmarks]:
        print(f"没有“{unknown[0]}”这一项，有的是：{' '.join(benchmarks)}。", file=sys.stderr)
        return 2
    rows = [row for name in asked.names or benchmarks for row in measured(name)]
    text = json.dumps(rows, ensure_ascii=False)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 0 if all(row["ok"] for row in rows) else 1


def measured(name: str) -> list[dict[str, Any]]:
    """The rows of one benchmark; one that fails is a row that is not ok, and its fault stands above it."""
    try:
        rows = [row.document() for row in benchmarks[name]()]
    except Exception:
        traceback.print_exc()
        rows = [{"name": name, "value": None, "unit": "", "floor": None, "ratio": None, "target": "", "ok": False}]
    for row in rows:
        print(line(row), file=sys.stderr, flush=True)
    return rows


def line(row: dict[str, Any]) -> str:
    if row["value"] is None:
        return f"{row['name']:<24} could not be measured"
    return (
        f"{row['name']:<24}{row['value']:>10.2f} {row['unit']:<6} floor {row['floor']:>9.2f}  ratio {row['ratio']:>7.2f}  "
        f"{row['target']:<14} {'ok' if row['ok'] else 'NOT MET'}"
    )


if __name__ == "__main__":
    sys.exit(main())
