"""导出审计 as a table other programs read (RFC 4180, UTF-8 with its mark), signed by this machine; the export is recorded first.

Signed by the machine's own Ed25519 key, not by a seal: a seal authorises decisions and needs a PIN; what is shown here is
only that this machine wrote these bytes. The recorded fact holds the same digest, so that the centre's chain vouches for it.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.audit import AuditRow, look, scope
from clerk_app.oversight.exporting import RecordExport
from clerk_app.ports.audit import AuditAsked

MOST_ROWS = 50_000
HEADS = (
    "时间",
    "工号",
    "姓名",
    "代谁",
    "窗口",
    "岗位",
    "电脑",
    "做了什么",
    "关于",
    "凭什么",
    "答复",
    "大厅资料",
    "编号",
    "备注",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Exported:
    """导出了 the file, the signature beside it, how many rows, and whether the whole hall is in it."""

    file: Path
    signature: Path
    rows: int
    whole: bool


def export(office: Office, asked: AuditAsked, file: Path) -> Exported | Refusal:
    """All pages of the question. Asks the net, takes its time."""
    shelf, session = office.parts.exports, office.session
    if session is None or shelf is None:
        return Refusal("signed-out", "还没登录，没有导出。登录后再来。")
    if scope(office) not in ("all", "posts"):
        return Refusal("audit-not-yours", "导出审计由监察员办，账号和岗位的由管理员办，没有导出。")
    gathered = _gather(office, asked)
    if isinstance(gathered, Refusal):
        return gathered
    rows, whole = gathered
    data = table(rows)
    digest = hashlib.sha256(data).hexdigest()
    recorded = _record(office, asked, (len(rows), digest, whole))
    if isinstance(recorded, Refusal):
        return recorded
    about = {"command": recorded.command, "by": session.person.id, "at": office.parts.clock.now().isoformat()}
    try:
        signature = shelf.write(file, data, {**about, "rows": len(rows), "whole": whole})
    except OSError:
        return Refusal("cannot-write", f"“{file.name}”写不进去，没有导出；这一次已记在审计里。换一个文件夹再导。")
    return Exported(file, signature, len(rows), whole)


def _gather(office: Office, asked: AuditAsked) -> tuple[list[AuditRow], bool] | Refusal:
    """Either all from the centre or all from here: a line that falls in the middle begins anew from here."""
    here = False
    while True:
        rows, cursor = list[AuditRow](), ""
        while True:
            found = look(office, asked, cursor, here=here)
            if isinstance(found, Refusal):
                return found
            if cursor and not here and not found.whole:
                here = True
                break
            rows, cursor, here = [*rows, *found.rows], found.cursor, here or not found.whole
            if len(rows) > MOST_ROWS:
                return Refusal("too-many-rows", f"一次最多导 {MOST_ROWS} 行，没有导出。把日子缩短，分几次导。")
            if not cursor:
                return rows, found.whole


def _record(office: Office, asked: AuditAsked, result: tuple[int, str, bool]) -> Outcome:
    rows, digest, whole = result
    return office.do(
        RecordExport(
            **office.stamp().fields(office.parts.new_id),
            export=office.parts.new_id(),
            start=asked.start,
            end=asked.end,
            person=asked.person,
            wanted_kind=asked.kind,
            number=asked.number,
            rows=rows,
            digest=digest,
            whole=whole,
        )
    )


def table(rows: Iterable[AuditRow]) -> bytes:
    """CSV bytes; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows:
        writer.writerow([_plain(cell) for cell in _cells(row)])
    return text.getvalue().encode("utf-8-sig")


def _cells(row: AuditRow) -> tuple[str, ...]:
    line = row.line
    return (
        line.at.isoformat(timespec="seconds"), line.actor, row.who, line.acting_for, str(line.window), line.post,
        line.device, row.what, line.about, row.basis, row.verdict, line.hall_version[:16], line.id, line.words,
    )  # fmt: skip


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
