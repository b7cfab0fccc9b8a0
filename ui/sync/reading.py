"""读账 what the sync page asks the office for in one go: what is open, per case, with the names people know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from clerk_app.cases.model import Case
from clerk_app.office.line.after_cut import CutSummary, cut_summary
from clerk_app.office.office import Office
from clerk_app.office.oversight.conflicts import FieldConflict, conflict_of
from clerk_app.ports import Books, JournalRow
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.paper import PrintJob
from clerk_app.sync.verdicts import not_done, undecided
from ui.language import tr

SHOWN, LOOKED_AT = 500, 2000
READ_CUT = "cut_read"


@dataclass(frozen=True, kw_only=True)
class Group:
    """一件 the open acts on one case (or ticket, or neither) in order; `head` is the one a person sees first."""

    subject: str
    name: str
    rows: tuple[JournalRow, ...]

    @property
    def head(self) -> JournalRow:
        """The first that waits for a person, else the first on its way."""
        return next((row for row in self.rows if waits(row)), self.rows[0])


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """选中的 the chosen group with all acts on its case, its conflict if it is one, and papers that came of it."""

    group: Group
    line: tuple[JournalRow, ...]
    conflict: FieldConflict | None
    theirs: str
    papers: tuple[PrintJob, ...]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """读到的 all of it, at one moment."""

    groups: tuple[Group, ...]
    chosen: Chosen | None
    cut: CutSummary | None


def waits(row: JournalRow) -> bool:
    """Whether a person must act."""
    return row.state in not_done and not row.settled


def load(office: Office, chosen: str) -> Loaded:
    """Read everything for the page; `chosen` is a command's id."""
    rows = office.parts.vault.journal.rows(sorted(undecided | not_done), SHOWN)
    open_rows = [row for row in reversed(rows) if not row.settled]
    groups = office.read(lambda books: grouped(open_rows, books))
    ordered = tuple(sorted(groups, key=lambda group: (not waits(group.head), group.head.seq)))
    picked = next((group for group in ordered if any(row.id == chosen for row in group.rows)), None)
    picked = picked or (ordered[0] if ordered else None)
    summary = cut_summary(office)
    if summary is not None and office.parts.vault.keep.meta(READ_CUT) == summary.cut:
        summary = None
    return Loaded(groups=ordered, chosen=_chosen(office, picked) if picked else None, cut=summary)


def grouped(rows: Iterable[JournalRow], books: Books) -> tuple[Group, ...]:
    """One group a case; what touches no case is by ticket, else alone."""
    found: dict[str, list[JournalRow]] = {}
    for row in rows:
        found.setdefault(_key(row), []).append(row)
    return tuple(Group(subject=key, name=name_of(key, books), rows=tuple(some)) for key, some in found.items())


def _key(row: JournalRow) -> str:
    for word in ("case:", "ticket:"):
        for subject in row.subjects:
            if subject.startswith(word):
                return subject
    return f"command:{row.id}"


def name_of(subject: str, books: Books) -> str:
    """A number people know, and an applicant's name masked."""
    word, _, key = subject.partition(":")
    if word == "ticket":
        ticket: Ticket | None = books.ticket(key)
        return tr("号票 {number}", number=ticket.number) if ticket else tr("号票")
    if word == "case":
        case: Case | None = books.case(key)
        number = (
            (case.case_no.rpartition("-")[2] or tr("查询码 {query_code}", query_code=case.query_code))
            if case
            else tr("这件")
        )
        return f"{number} {case.applicant.masked_name}" if case else number
    return ""


def _chosen(office: Office, group: Group) -> Chosen:
    head = group.head
    recent = office.parts.vault.journal.rows((), LOOKED_AT)
    line = tuple(row for row in reversed(recent) if group.subject in row.subjects) or group.rows
    conflict = conflict_of(office, head.id) if head.state == "conflict" else None
    return Chosen(
        group=group,
        line=line[-12:],
        conflict=conflict if conflict and conflict.choices else None,
        theirs=_said_there(office, conflict) if conflict else "",
        papers=_papers(office, group, head.at) if conflict else (),
    )


def _said_there(office: Office, conflict: FieldConflict) -> str:
    draft = office.read(lambda books: books.form(conflict.case))
    if draft is None:
        return ""
    person = office.hall.roster.people.get(draft.by)
    return tr("{name}，{saved_at:%H:%M}", name=person.name if person else draft.by, saved_at=draft.saved_at)


def _papers(office: Office, group: Group, since: datetime) -> tuple[PrintJob, ...]:
    now = office.parts.clock.now() + timedelta(minutes=1)
    jobs = office.parts.vault.spool.between(since, now)
    return tuple(job for job in jobs if job.subject == group.subject and job.state in ("done", "sent", "unknown"))
