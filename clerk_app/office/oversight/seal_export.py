"""导出用印登记簿 as a table with every column (RFC 4180, UTF-8 with its mark) or as pages; that it was taken out is recorded first."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.office.counter.issued import NO_PAGES
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.seal_book import BookAsked, ReadBook, read_book
from clerk_app.oversight.exporting import RecordExport
from clerk_app.sealing.register_lines import COLUMNS, RegisterLine, line_words
from clerk_app.sealing.register_paper import RegisterPaper, register_paper

TITLE = "用印登记簿"
MOST_PRINTED = 5000
"""More lines than this are a bundle nobody binds; they go out as a table, or in parts."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def table(lines: Iterable[RegisterLine]) -> bytes:
    """CSV bytes; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([head for _, head in COLUMNS])
    for line in lines:
        writer.writerow([_plain(getattr(line, name)) for name, _ in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def save_table(office: Office, asked: BookAsked, file: Path) -> int | Refusal:
    """How many lines went out. Takes its time."""
    read = read_book(office, asked)
    data = table(read.lines)
    return _take_out(office, read, data, file)


def save_pages(office: Office, asked: BookAsked, file: Path) -> int | Refusal:
    """The printed book; a page as it will lie in the binder. Takes its time."""
    pages, read = office.parts.pages, read_book(office, asked)
    if pages is None:
        return NO_PAGES
    if len(read.lines) > MOST_PRINTED:
        return Refusal("too-many-rows", f"一次最多印 {MOST_PRINTED} 条，没有存。把日子缩短，分几次印，或导出表格。")
    try:
        data = pages.register(paper_of(office, read))
    except ValueError as error:
        return Refusal("page-not-made", str(error))
    return _take_out(office, read, data, file)


def paper_of(office: Office, read: ReadBook) -> RegisterPaper:
    """The book of a span, with what was asked of it in its head."""
    hall, training = office.hall, office.parts.settings.training
    subtitle = f"{hall.name}　{asked_words(office, read.asked)}　{read.at:%Y-%m-%d %H:%M} 印"
    return register_paper(read.lines, TITLE, subtitle, read.at.date(), training=training)


def asked_words(office: Office, asked: BookAsked) -> str:
    """2026-11-01 至 2026-11-20，某某专用章，只有有疑的."""
    days = f"{asked.start}" if asked.start == asked.end else f"{asked.start} 至 {asked.end}"
    seal = office.hall.roster.seals.get(asked.seal)
    parts = (
        days,
        seal.name if seal else asked.seal or "看得到的全部印章",
        line_words[asked.kind] if asked.kind else "",
        "只有有疑的" if asked.doubtful else "",
    )
    return "，".join(part for part in parts if part)


def _take_out(office: Office, read: ReadBook, data: bytes, file: Path) -> int | Refusal:
    recorded = _record(office, read, hashlib.sha256(data).hexdigest())
    if isinstance(recorded, Refusal):
        return recorded
    try:
        file.write_bytes(data)
    except OSError:
        return Refusal("cannot-write", f"“{file.name}”写不进去，没有导出；这一次已记在审计里。换一个文件夹再导。")
    return len(read.lines)


def _record(office: Office, read: ReadBook, digest: str) -> Outcome:
    asked = read.asked
    return office.do(
        RecordExport(
            **office.stamp().fields(office.parts.new_id),
            export=office.parts.new_id(),
            start=asked.start,
            end=asked.end,
            person="",
            wanted_kind=TITLE,
            number=asked.seal,
            rows=len(read.lines),
            digest=digest,
            whole=False,
        )
    )


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
