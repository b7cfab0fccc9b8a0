"""目录文件 items from a file, YAML or JSON as in the hall file or a CSV table: all of them, or a sentence for each gap with its row.

A workbook (.xlsx) is not read: no library of ours reads one, and every table program saves CSV.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from clerk_app.cases.catalogue_checks import MOST_LINES, gaps_of
from clerk_app.cases.catalogue_lines import CatalogueLine, known_of, row_of
from clerk_app.cases.catalogue_shape import field_words
from clerk_app.office.oversight.catalogue_cells import read_cell

LONGEST = 1_000_000
DEEPEST = 12
TABLE = ".csv"
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BY_WORD = {words: key for key, words in field_words.items()} | {
    "名称": "name",
    "事项名称": "name",
    "收费（元）": "fee",
}
_NOT_ITEMS = "里面没有事项：要有 items，下面一项一项写。一项也没有导入，看看是不是拿错了文件。"


@dataclass(frozen=True)
class Imported:
    """导入的结果 the lines, or what is wrong; never both. `same` items stand like that already."""

    lines: tuple[CatalogueLine, ...] = ()
    findings: tuple[str, ...] = ()
    same: int = 0


def read_file(file: Path, document: Mapping[str, Any]) -> Imported:
    """Read it against the hall document in force. Raises nothing: what cannot be read is a finding."""
    if file.suffix.lower() in (".xlsx", ".xls"):
        return Imported(findings=(f"“{file.name}”是工作簿，读不了，一项也没有导入。在表格程序里另存为 CSV 再来。",))
    try:
        if file.stat().st_size > LONGEST:
            return Imported(findings=(f"“{file.name}”太大了，不像事项目录，一项也没有导入。看看是不是拿错了文件。",))
        data = file.read_bytes()
    except OSError:
        return Imported(findings=(f"“{file.name}”打不开，一项也没有导入。看看文件还在不在、能不能读。",))
    return read_items(data, document, table=file.suffix.lower() == TABLE)


def read_items(data: bytes, document: Mapping[str, Any], *, table: bool) -> Imported:
    """The bytes of a file."""
    text = _text(data)
    if text is None:
        return Imported(findings=("文件不是 UTF-8 也不是 GB18030 文字，一项也没有导入。另存为 UTF-8 再来。",))
    try:
        rows = list(_table(text) if table else _items(text))
    except _Unreadable as wrong:
        return Imported(findings=tuple(wrong.findings))
    return _judged(rows, document)


def _judged(rows: list[tuple[str, dict[str, Any]]], document: Mapping[str, Any]) -> Imported:
    """`rows`: where each stands in the file, and what it says."""
    named = [(where, CatalogueLine(what="item", key=str(row.get("code", "")), row=row)) for where, row in rows]
    wanted = [(where, line) for where, line in named if row_of(document, "item", line.key) != line.row]
    same = len(named) - len(wanted)
    if named and not wanted:
        return Imported(findings=(f"文件里的 {same} 项和现在的目录一样，没有要改的。",), same=same)
    lines = tuple(line for _, line in wanted)
    found = gaps_of(lines, known_of(document))
    if found:
        placed = (f"{wanted[gap.place][0]}：" if gap.place >= 0 else "" for gap in found)
        return Imported(findings=tuple(f"{where}{gap.sentence}" for where, gap in zip(placed, found, strict=True)))
    return Imported(lines=lines, same=same)


class _Unreadable(Exception):
    def __init__(self, *findings: str) -> None:
        super().__init__(len(findings))
        self.findings = findings


def _text(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _items(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        _refuse_tangles(text)
        document = yaml.load(text, _LOADER)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark is not None else "文件"
        raise _Unreadable(f"{where}读不下去，一项也没有导入。看看上下几行的缩进、冒号和引号。") from None
    rows = document.get("items") if isinstance(document, dict) else document
    if not isinstance(rows, list) or not rows:
        raise _Unreadable(f"文件{_NOT_ITEMS}")
    if len(rows) > 5 * MOST_LINES:
        raise _Unreadable(f"文件里有 {len(rows)} 项，太多了，一项也没有导入。分成几个文件再来。")
    for place, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not all(isinstance(key, str) for key in row):
            raise _Unreadable(f"第 {place} 项不是“名称: 内容”的样子，一项也没有导入。照大厅资料的样子改。")
        yield f"第 {place} 项", _plain(row)


def _refuse_tangles(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST or isinstance(event, yaml.AliasEvent):
            raise _Unreadable("文件里引用了别处的内容，或者套得太深，一项也没有导入。把内容直接写在每一项里。")


def _plain(value: Any) -> Any:
    """JSON values only: a day becomes its text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _table(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The first line names the columns, by the word or by the key of a field; an empty cell says nothing."""
    rows = list(csv.reader(io.StringIO(text)))
    if len(rows) < 2:
        raise _Unreadable("表格里没有事项，一项也没有导入。第一行写栏名，下面一项一行。")
    keys = [_BY_WORD.get(head.strip(), head.strip()) for head in rows[0]]
    if unknown := [head for head, key in zip(rows[0], keys, strict=True) if key not in field_words]:
        raise _Unreadable(
            *(f"栏名“{head[:20]}”不认识，一项也没有导入。改成事项的栏名，或删掉这一栏。" for head in unknown)
        )
    findings: list[str] = []
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        row: dict[str, Any] = {}
        for key, cell in zip(keys, cells, strict=False):
            if not cell.strip():
                continue
            try:
                row[key] = read_cell(key, cell)
            except ValueError as wrong:
                findings.append(f"第 {number} 行：{field_words[key]}“{cell.strip()[:20]}”没看懂，没有收下。{wrong}。")
        yield f"第 {number} 行", row
    if findings:
        raise _Unreadable(*findings)
