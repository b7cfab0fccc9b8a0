"""断线小结 after a cut: what was done meanwhile, what of it was sent, what is to settle, which papers to tell or take back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from clerk_app.office.line.cuts import CutSpan, last_cut
from clerk_app.office.office import Office
from clerk_app.ports import JournalRow
from clerk_app.receipts.paper import PrintJob
from clerk_app.sync.verdicts import not_done, undecided

MOST = 2000
_out = frozenset({"done", "sent", "unknown"})


@dataclass(frozen=True)
class PaperToTell:
    """要说明的纸 it left the printer during the cut, and what it says did not come true (or not yet)."""

    job: PrintJob
    command: JournalRow

    @property
    def take_back(self) -> bool:
        """The centre did not take it: the paper is to be taken back, not only explained."""
        return self.command.state in not_done


@dataclass(frozen=True, kw_only=True)
class CutSummary:
    """断线小结 `acts` by kind; `sent` of them are at the centre, `waiting` still on their way, `to_settle` wait for a person."""

    cut: str
    start: datetime
    end: datetime
    acts: Mapping[str, int]
    sent: int
    waiting: int
    to_settle: tuple[JournalRow, ...]
    papers: tuple[PaperToTell, ...]


def cut_summary(office: Office, cut: CutSpan | None = None) -> CutSummary | None:
    """Of this cut, or of the last one that is over; None when there was none."""
    cut = cut or last_cut(office)
    if cut is None or cut.until is None:
        return None
    vault = office.parts.vault
    kinds = vault.history.kinds_between(cut.first, cut.last)
    by_state: dict[str, int] = {}
    for states in kinds.values():
        for state, amount in states.items():
            by_state[state] = by_state.get(state, 0) + amount
    open_rows = [
        row for row in vault.journal.rows(sorted(not_done | undecided), MOST) if cut.first <= row.seq <= cut.last
    ]
    return CutSummary(
        cut=cut.id,
        start=cut.since,
        end=cut.until,
        acts={kind: sum(states.values()) for kind, states in sorted(kinds.items())},
        sent=by_state.get("applied", 0),
        waiting=sum(by_state.get(state, 0) for state in undecided),
        to_settle=tuple(row for row in reversed(open_rows) if row.state in not_done),
        papers=_papers(office, cut, open_rows),
    )


def _papers(office: Office, cut: CutSpan, rows: list[JournalRow]) -> tuple[PaperToTell, ...]:
    """A job bears the moment and the subject of the act it came from."""
    by_act = {(row.at, subject): row for row in rows for subject in row.subjects}
    end = cut.until or cut.since
    jobs = office.parts.vault.spool.between(cut.since, end)
    found = ((job, by_act.get((job.made_at, job.subject))) for job in jobs if job.state in _out)
    return tuple(PaperToTell(job, row) for job, row in found if row is not None)
