"""名册文件 a register of names as a file: a JSON list, or CSV with the same words in its first line. All of it, or nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from clerk_app.ports.names import NameStanding
from clerk_app.server.names import NameEntry

TOLD = 20
"""So many faults are told; there may be more."""
_standings: Mapping[str, NameStanding] = {
    "": "registered", "registered": "registered", "reserved": "reserved", "ended": "ended",
    "登记": "registered", "保留": "reserved", "注销": "ended",
}  # fmt: skip
_needed = ("name", "trade_name", "authority_code")
_lengths = {"name": 120, "trade_name": 60, "industry_term": 60, "number": 60}
_patterns = {"authority_code": r"\d{6}", "uscc": r"([0-9A-HJ-NPQRTUWXY]{18})?"}


class NameFileError(Exception):
    """名册有错 what is wrong, a sentence each; nothing was loaded."""

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__(findings[0])
        self.findings = tuple(findings)


def read_names(text: str) -> tuple[NameEntry, ...]:
    """Every name of the file; raises `NameFileError`."""
    entries: list[NameEntry] = []
    wrong: list[str] = []
    for number, row in enumerate(_rows(text), start=1):
        fault = _fault(row)
        if fault:
            wrong.append(f"第 {number} 条：{fault}")
        else:
            entries.append(_entry(row))
    if wrong:
        more = [f"还有 {len(wrong) - TOLD} 条也不对。"] if len(wrong) > TOLD else []
        raise NameFileError([*wrong[:TOLD], *more, "名册一条也没装，改好再装。"])
    return tuple(entries)


def _rows(text: str) -> Iterator[Mapping[str, Any]]:
    if text.lstrip()[:1] in ("[", "{"):
        yield from _listed(text)
        return
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        lacking = [name for name in _needed if name not in (reader.fieldnames or ())]
        if lacking:
            raise NameFileError([f"第一行没有 {'、'.join(lacking)}，名册一条也没装。第一行写各栏的名字。"])
        for row in reader:
            yield {name: value for name, value in row.items() if name}
    except csv.Error:
        raise NameFileError([f"第 {reader.line_num} 行的引号或分隔不对，名册一条也没装，改好再装。"]) from None


def _listed(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise NameFileError(["不是完好的 JSON，名册一条也没装。核对文件。"]) from None
    if not isinstance(rows, list):
        raise NameFileError(["JSON 要是一个列表，名册一条也没装。核对文件。"])
    yield from (row if isinstance(row, dict) else {} for row in rows)


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _fault(row: Mapping[str, Any]) -> str:
    """What is wrong with it; empty when it is good."""
    lacking = [name for name in _needed if not _text(row, name)]
    if lacking:
        return f"没有 {'、'.join(lacking)}。"
    for name, most in _lengths.items():
        if len(_text(row, name)) > most or "\0" in _text(row, name):
            return f"{name} 最多 {most} 个字。"
    for name, pattern in _patterns.items():
        if not re.fullmatch(pattern, _text(row, name), re.ASCII):
            return f"{name} 写法不对。"
    if _text(row, "standing") not in _standings:
        return "standing 要是 registered、reserved 或 ended。"
    return _fault_of_until(row)


def _fault_of_until(row: Mapping[str, Any]) -> str:
    until = _text(row, "until")
    if not until:
        return "保留的名称要写 until（保留期至）。" if _standings[_text(row, "standing")] == "reserved" else ""
    try:
        date.fromisoformat(until)
    except ValueError:
        return "until 要写成 2026-12-31 这样。"
    return ""


def _entry(row: Mapping[str, Any]) -> NameEntry:
    until = _text(row, "until")
    words = {name: _text(row, name) for name in (*_lengths, *_patterns)}
    return NameEntry(
        standing=_standings[_text(row, "standing")],
        until=date.fromisoformat(until) if until else None,
        **words,
    )
