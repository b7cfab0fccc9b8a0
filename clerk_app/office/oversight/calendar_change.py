"""日历换表 after another working-day table came in force: what moves of the open cases, slice by slice, so that nothing waits for it.

Each case is compared with the table it was counted by (that of the hall version it came under) and with what was printed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import clock_words
from clerk_app.cases.limit_rows import LimitRow
from clerk_app.command import Refusal
from clerk_app.hall import Hall
from clerk_app.office.office import Office
from clerk_app.oversight.due_moves import DueMove, MovedCase, moves_of
from clerk_app.workdays import Calendar

SLICE = 500
HEADS = ("编号", "事项", "窗口", "经办", "哪个期限", "原来", "现在", "印过", "以哪天为准", "暂定")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, kw_only=True)
class Survey:
    """比对 how far it has come: `done` of `total` open cases, what moves so far, and where the next slice begins (empty: over)."""

    version: str
    total: int
    done: int = 0
    cases: tuple[MovedCase, ...] = ()
    after: str | None = ""
    unannounced: tuple[int, ...] = ()
    """Years a date falls into whose notice nobody has yet."""
    uncounted: int = 0
    """Cases whose item is in no catalogue here."""

    @property
    def over(self) -> bool:
        """Whether every open case was looked at."""
        return self.after is None

    @property
    def sooner(self) -> int:
        """How many limits are earlier than what people were told."""
        return sum(move.sooner for case in self.cases for move in case.moves)

    @property
    def moves(self) -> int:
        """How many limits move."""
        return sum(len(case.moves) for case in self.cases)


Key = tuple[object, ...]


@dataclass
class Tables:
    """各版日历 by hall version, each read once; and what was counted: very many cases share start, limit and printed days."""

    hall: Hall
    known: dict[str, Calendar | None] = field(default_factory=dict)
    counted: dict[Key, tuple[LimitRow, tuple[DueMove, ...]]] = field(default_factory=dict)

    def of(self, office: Office, version: str) -> Calendar | None:
        """The table of that version, one object for equal ones; None when this machine never had it."""
        if version == self.hall.version:
            return self.hall.calendar
        if version not in self.known:
            document = office.parts.vault.keep.hall_document(version)
            mine = Calendar.of(document["calendar"]) if document else None
            self.known[version] = next((one for one in (self.hall.calendar, *self.known.values()) if one == mine), mine)
        return self.known[version]

    def moves(self, row: LimitRow, item: Item, before: Calendar | None, today: date) -> tuple[DueMove, ...]:
        """Counted once for all that are alike, then said of each."""
        off_work, accepted = self.hall.off_work, row.accepted_at
        late = accepted is not None and accepted.time() > off_work
        days = (row.received_at.date(), accepted.date() if accepted else None, late)
        key = (item.code, id(before), row.state, id(row.due), id(row.life), *days)
        if key not in self.counted:
            found = moves_of(row.as_case(), item, (before, self.hall.calendar), off_work, today)
            self.counted[key] = (row, found)  # with the row, so that no other object gets those ids
        return self.counted[key][1]


def begin(office: Office) -> Survey:
    """Count the open cases."""
    total = office.read(lambda books: books.open_case_count())
    return Survey(version=office.hall.version, total=total)


def go_on(office: Office, survey: Survey, tables: Tables) -> Survey:
    """The next slice; another hall version meanwhile ends the survey as it stands, to be begun anew."""
    if survey.after is None or survey.version != office.hall.version:
        return replace(survey, after=None)
    place, today = survey.after, office.parts.clock.now().date()
    rows = office.read(lambda books: books.open_limits_after(place, SLICE))
    return looked_at(survey, rows, office, tables, today)


def looked_at(survey: Survey, rows: tuple[LimitRow, ...], office: Office, tables: Tables, today: date) -> Survey:
    """The survey with these cases in it."""
    cases: list[MovedCase] = []
    ends: set[date] = set()
    uncounted, hall = 0, tables.hall
    for row in rows:
        item = hall.items.get(row.item)
        if item is None:
            uncounted += 1
        elif moves := tables.moves(row, item, tables.of(office, row.hall_version), today):
            cases.append(MovedCase(row.id, row.case_no, row.item_name, row.window, row.handler, moves))
            ends.update(move.after for move in moves if move.provisional)
    years = {day.year for day in ends if not hall.calendar.is_certain(day)}
    return replace(
        survey,
        done=survey.done + len(rows),
        cases=(*survey.cases, *cases),
        after=rows[-1].id if len(rows) == SLICE else None,
        unannounced=tuple(sorted(years.union(survey.unannounced))),
        uncounted=survey.uncounted + uncounted,
    )


def table(cases: Iterable[MovedCase]) -> bytes:
    """CSV bytes (RFC 4180, UTF-8 with its mark); no personal data of applicants is in it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for case in cases:
        for move in case.moves:
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in _cells(case, move)])
    return text.getvalue().encode("utf-8-sig")


def _cells(case: MovedCase, move: DueMove) -> tuple[str, ...]:
    days = (move.before, move.after, move.printed, move.binds)
    plain = (day.isoformat() if day else "" for day in days)
    words = (case.case_no, case.item_name, str(case.window), case.handler, clock_words[move.clock])
    return (*words, *plain, "暂定" if move.provisional else "")


def save(cases: Iterable[MovedCase], file: Path) -> Refusal | None:
    """Write the table; None when it is there."""
    try:
        file.write_bytes(table(cases))
    except OSError:
        return Refusal("cannot-write", f"“{file.name}”写不进去，没有存；比对的结果还在这一页。换一个文件夹再存。")
    return None
