"""打印月单 every paper of a month that was in doubt or printed more than once: who, when, why; and as a table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clerk_app.office.office import Office
from clerk_app.receipts.paper import PrintJob

HEAD = (
    "时间", "窗口", "纸", "号", "第几次打", "情况", "为什么补打", "经办", "谁答的", "说法", "打印机", "代哪台", "送过几次",
    "内容摘要",
)  # fmt: skip
state_words = {
    "queued": "排着队", "sending": "正在打", "done": "已打出", "sent": "推定已出", "not_sent": "没送出", "blocked": "等打印机",
    "unknown": "说不清", "expired": "没有打", "lost": "没出来", "half": "只出来一半",
}  # fmt: skip


@dataclass(frozen=True)
class PrintingMonth:
    """打印月单 of this machine: the papers, and the table as CSV."""

    day: date
    jobs: tuple[PrintJob, ...]
    table: bytes


def printing_month(office: Office, day: date) -> PrintingMonth:
    """The month this day is in."""
    zone = office.parts.clock.now().tzinfo
    first = datetime.combine(day.replace(day=1), time.min, zone)
    after = (first + timedelta(days=32)).replace(day=1)
    spool = office.parts.vault.spool
    jobs = tuple(job for job in spool.between(first, after) if job.made_at < after and is_noted(job))
    people = office.hall.roster.people
    names = {key: person.name for key, person in people.items()}
    rows = (_row(job, names, len(spool.attempts_of(job.id))) for job in jobs)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(rows)
    return PrintingMonth(day, jobs, text.getvalue().encode("utf-8-sig"))


def is_noted(job: PrintJob) -> bool:
    """In doubt, answered by a person, or printed once more."""
    return job.copy_no > 1 or job.state == "unknown" or bool(job.told_by)


def _row(job: PrintJob, names: dict[str, str], attempts: int) -> tuple[str, ...]:
    words = (job.reason, names.get(job.operator, job.operator), names.get(job.told_by, job.told_by), job.said)
    return (
        f"{job.made_at:%Y-%m-%d %H:%M:%S}", str(job.window), job.doc_type, job.doc_no, str(job.copy_no),
        state_words[job.state], *(_plain(word) for word in words), job.printer, job.instead_of, str(attempts), job.sha256,
    )  # fmt: skip


def _plain(words: str) -> str:
    """What a person typed is never a formula in the table."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words
