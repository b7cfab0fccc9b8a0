"""授权书 all letters with what they give, and the acts on one received on paper: recorded, confirmed by another, ended.

The scan is kept first, whole, by its SHA-256, and travels like an attachment; the letter names its digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, may
from clerk_app.duty.letters import in_force
from clerk_app.duty.model import Letter, Power
from clerk_app.duty.recorded_letters import ConfirmLetter, EndLetter, RecordLetter, letter_id
from clerk_app.duty.records import RecordedLetter
from clerk_app.office.line.attaching import content_of, media_of
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.ports import Books, KeptBlob, StoreTrouble

WARN = timedelta(days=30)
NO_CASE = ""
"""A letter's scan belongs to no case."""


@dataclass(frozen=True, kw_only=True)
class LetterStanding:
    """一份授权书 as it stands today; `row` when it was recorded beside the hall file."""

    letter: Letter
    row: RecordedLetter | None
    in_force: bool
    days_left: int

    @property
    def ends_soon(self) -> bool:
        """Warned of thirty days before its end; a letter for a few days is not warned of from its first hour on."""
        long = self.letter.end - self.letter.start >= WARN
        return self.in_force and long and self.days_left <= WARN.days


@dataclass(frozen=True, kw_only=True)
class LetterDraft:
    """要登记的授权书 as the paper says it."""

    number: str
    department: str
    person: str
    deputy: str
    start: date
    end: date
    items: tuple[str, ...]
    powers: tuple[Power, ...]


@dataclass(frozen=True, kw_only=True)
class LetterBook:
    """授权书簿 every letter, old ones too, by department; and whether the one who looks may record and confirm."""

    now: datetime
    letters: tuple[LetterStanding, ...]
    refusal: Refusal | None


def letter_book(office: Office) -> LetterBook:
    """Read it all."""
    now = office.parts.clock.now()
    stamp = office.stamp()
    act = Act(actor=stamp.actor, action="letter", at=now, post=stamp.post, window=stamp.window)
    letters, found = office.read(lambda books: (_all(books, now), may(act, books)))
    return LetterBook(now=now, letters=letters, refusal=found if isinstance(found, Refusal) else None)


def _all(books: Books, now: datetime) -> tuple[LetterStanding, ...]:
    order = {key: place for place, key in enumerate(books.roster.departments)}
    rows = [_standing(one, None, now) for one in books.roster.letters]
    rows += [_standing(row.letter, row, now) for row in books.recorded_letters_since(date.min)]
    return tuple(sorted(rows, key=lambda one: (order.get(one.letter.department, 999), *_newest(one))))


def _newest(one: LetterStanding) -> tuple[bool, int, str]:
    """What is in force first, then the latest end."""
    return (not one.in_force, -one.letter.end.toordinal(), one.letter.document_no)


def _standing(letter: Letter, row: RecordedLetter | None, now: datetime) -> LetterStanding:
    counts = row is None or row.counts(now)
    return LetterStanding(
        letter=letter,
        row=row,
        in_force=counts and in_force(letter, now.date()),
        days_left=(letter.end - now.date()).days,
    )


def record_letter(office: Office, draft: LetterDraft, scan: Path) -> Outcome:
    """登记: the scan whole on the disk, then the letter that names it. Not for the screen's thread."""
    name = scan.name
    try:
        with scan.open("rb") as file:
            media = media_of(name, file)
            if isinstance(media, Refusal):
                return Refusal(media.type, media.sentence.replace("没有加", "没有登记").replace("再加", "再登记"))
            kept = office.parts.vault.blobs.keep(file)
    except StoreTrouble as trouble:
        return Refusal(trouble.type, trouble.sentence)
    except OSError:
        return Refusal("file-unreadable", f"“{name}”打不开，授权书没有登记，填的都在。看看文件还在不在，再登记一次。")
    return _record(office, draft, kept)


def _record(office: Office, draft: LetterDraft, kept: KeptBlob) -> Outcome:
    unknown = [code for code in draft.items if code not in office.hall.items]
    if unknown or any(office.hall.items[code].department != draft.department for code in draft.items):
        return Refusal("letter-items", "有事项不在目录里，或不是这个部门的，没有登记。照纸件一项一项核对。")
    command = RecordLetter(
        **office.stamp().fields(office.parts.new_id),
        letter=draft.number,
        department=draft.department,
        person=draft.person,
        deputy=draft.deputy,
        start=draft.start,
        end=draft.end,
        items=draft.items,
        powers=draft.powers,
        scan=kept.digest,
    )
    return office.do(command, beside=Beside(blobs=((kept, NO_CASE),)))


def confirm_letter(office: Office, number: str) -> Outcome:
    """复核 against the scan, by another person than who recorded it."""
    return office.do(ConfirmLetter(**office.stamp().fields(office.parts.new_id), letter=number))


def end_letter(office: Office, number: str, reason: str) -> Outcome:
    """停用 from now on."""
    return office.do(EndLetter(**office.stamp().fields(office.parts.new_id), letter=number, reason=reason))


def scan_of(office: Office, number: str) -> bytes | Refusal:
    """扫描件 from this machine, else from the centre. Raises `CentreAway`, `CentreProblem`."""
    row = office.read(lambda books: books.recorded_letter(letter_id(number)))
    if row is None:
        return Refusal("letter-of-file", "大厅资料里的授权书没有扫描件，没有打开。原件在办公室存档。")
    try:
        return content_of(office, row.scan)
    except StoreTrouble as trouble:
        return Refusal(trouble.type, trouble.sentence)


def day_letter(office: Office, department: str) -> LetterDraft:
    """带班授权 for today: the items and powers of the chief's own letter in force; person and number are the paper's."""
    now = office.parts.clock.now()
    book = office.read(lambda books: _all(books, now))
    mine = next((one for one in book if one.letter.department == department and one.in_force), None)
    today = now.date()
    return LetterDraft(
        number="",
        department=department,
        person="",
        deputy="",
        start=today,
        end=today,
        items=mine.letter.items if mine else (),
        powers=mine.letter.powers if mine else ("decide", "accept"),
    )
