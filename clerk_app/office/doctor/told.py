"""体检单 the findings as aligned lines for a terminal or a file, as JSON, and in the order a page shows them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

from clerk_app.ports.doctor import Finding, State

MARKS: dict[State, str] = {"good": "✓", "warn": "!", "bad": "✗", "unknown": "?"}
_worst_first: tuple[State, ...] = ("bad", "warn", "unknown", "good")


def worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What must be mended stands on top; otherwise as looked at."""
    return tuple(sorted(findings, key=lambda one: _worst_first.index(one.state)))


def lines_of(findings: Sequence[Finding]) -> list[str]:
    """A finding a line, its remedy under it."""
    wide = max((_width(one.name) for one in findings), default=0)
    lines: list[str] = []
    for one in findings:
        lines.append(f"{MARKS[one.state]} {one.name}{' ' * (wide - _width(one.name))}  {one.said}")
        if one.remedy and one.state != "good":
            lines.append(f"{' ' * (wide + 4)}→ {one.remedy}")
    return lines


def summary_of(findings: Sequence[Finding]) -> str:
    """How many there are of each."""
    count = {state: sum(one.state == state for one in findings) for state in _worst_first}
    if not count["bad"] and not count["warn"] and not count["unknown"]:
        return f"{len(findings)} 项都好"
    words = {"bad": "处要修", "warn": "处要留意", "unknown": "处查不出", "good": "项好"}
    return "，".join(f"{count[state]} {words[state]}" for state in _worst_first if count[state])


def json_of(findings: Sequence[Finding]) -> str:
    """For scripts."""
    rows = [{"name": one.name, "state": one.state, "said": one.said, "remedy": one.remedy} for one in findings]
    return json.dumps({"ok": exit_code(findings) == 0, "findings": rows}, ensure_ascii=False)


def sheet_of(findings: Sequence[Finding], head: str) -> list[str]:
    """体检单 for the support desk."""
    return [head, summary_of(findings), "", *lines_of(worst_first(findings))]


def exit_code(findings: Sequence[Finding]) -> int:
    """1 when something must be mended."""
    return int(any(one.state == "bad" for one in findings))


def _width(text: str) -> int:
    """In columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
