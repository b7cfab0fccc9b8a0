"""补录核对 a second person compares scan and typed values; until he says yes the case bears 补录待核 and goes no further."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.cases.back_entry.books import BackEntryBooks, SheetBooks
from clerk_app.cases.back_entry.entering import EnterFromPaper, MendFromPaper
from clerk_app.cases.back_entry.kits import unknown_sheet
from clerk_app.cases.back_entry.model import KitSheet, sheet_subject
from clerk_app.command import Command, Refusal, UseCase

LONGEST_WORDS = 200
WHILE_UNCHECKED: frozenset[str] = frozenset(
    {
        EnterFromPaper.kind,
        MendFromPaper.kind,
        "void_case",
        "give_back_case",
        "take_ticket",
        "save_form",
        "issue_card",
    }
)
"""What goes on meanwhile: the entry is mended or voided, the case handed to another window, a number taken for whoever comes about
it, its form typed on (which decides nothing), a supervisor's card given (he must be able to say that it lies). Facts are recorded
whatever stands here."""


@dataclass(frozen=True, kw_only=True)
class CheckCommand(Command):
    """核对的一步 of one sheet, as it was typed the `revision`-th time; the case itself is not touched, whoever has it in hand."""

    sheet: str
    revision: int

    @property
    def subjects(self) -> tuple[str, ...]:
        """The sheet."""
        return (sheet_subject(self.sheet),)


@dataclass(frozen=True, kw_only=True)
class ConfirmFromPaper(CheckCommand):
    """核对一致 what was typed is what the paper says; `scan` is the SHA-256 of the scan that was looked at."""

    kind: ClassVar[str] = "confirm_from_paper"
    scan: str


@dataclass(frozen=True, kw_only=True)
class SendBackFromPaper(CheckCommand):
    """核对退回 with what is not so."""

    kind: ClassVar[str] = "send_back_from_paper"
    words: str


def confirm_from_paper(command: ConfirmFromPaper, books: BackEntryBooks) -> Refusal | None:
    """By another human than any who typed it, on a scan that lies with the case."""
    sheet = _to_check(command, books)
    if isinstance(sheet, Refusal):
        return sheet
    scans = {row.digest for row in books.attachments_of(sheet.case)}
    if not scans:
        return Refusal("scan-missing", f"{sheet.id} 的纸还没扫进来，没有核对。先扫这份纸，再对着看。")
    if command.scan not in scans:
        return Refusal("scan-unknown", "看的那份扫描件不在这件里，没有核对。打开这件的扫描件，对着看了再按。")
    books.put_kit_sheet(
        sheet.moved("checked", command.at, checked_by=command.actor, checked_at=command.at, scan=command.scan)
    )
    return None


def send_back_from_paper(command: SendBackFromPaper, books: BackEntryBooks) -> Refusal | None:
    """Its typist mends it, or voids the case."""
    sheet = _to_check(command, books)
    if isinstance(sheet, Refusal):
        return sheet
    words = command.words.strip()
    if not 0 < len(words) <= LONGEST_WORDS:
        return Refusal("words-missing", f"哪里不对没写，或超过 {LONGEST_WORDS} 个字，没有退回。写一句再退。")
    books.put_kit_sheet(sheet.moved("sent_back", command.at, note=words, noted_by=command.actor))
    return None


def _to_check(command: CheckCommand, books: BackEntryBooks) -> KitSheet | Refusal:
    sheet = books.kit_sheet(command.sheet)
    if sheet is None:
        return unknown_sheet(command.sheet)
    if sheet.state == "sent_back":
        return Refusal("sheet-sent-back", f"{sheet.id} 已经退回，等录的人改，没有再办。改好了再核对。")
    if sheet.state != "entered":
        return Refusal("sheet-checked", f"{sheet.id} 已经核对过，没有再办。刷新一下再看。")
    case = books.case(sheet.case)
    if case is None or case.state == "void":
        return Refusal("case-void", f"{sheet.id} 录的那件已经作废，没有核对。要接着办，另收一件。")
    if command.actor in sheet.typed_by:
        return Refusal("own-entry", "这份是您自己录的，核对须另一人，没有办。请别的同事对着纸看一遍。")
    if command.revision != sheet.revision:
        return Refusal("entry-changed", "您看的时候这份又改过，没有办。刷新一下，照现在的再看一遍。")
    return sheet


def unchecked_refusal(command: Command, books: SheetBooks) -> Refusal | None:
    """补录待核 whatever room an act on the case stands in: it waits for the second person."""
    if command.fact or command.kind in WHILE_UNCHECKED:
        return None
    for key in _cases_of(command):
        sheet = unchecked_sheet(key, books)
        if sheet is not None:
            return Refusal(
                "entry-unchecked",
                f"这件是照 {sheet.id} 补录的，还没有第二个人核对，这一步没有办，件原样留着。在补录页核对了再办。",
            )
    return None


def unchecked_sheet(case_id: str, books: SheetBooks) -> KitSheet | None:
    """The sheet a case still waits for; None for every other case."""
    case = books.case(case_id)
    if case is None or case.late_entry is None or not case.late_entry.sheet:
        return None
    sheet = books.kit_sheet(case.late_entry.sheet)
    return sheet if sheet is not None and sheet.unchecked else None


def _cases_of(command: Command) -> tuple[str, ...]:
    named = (word.partition(":")[2] for word in (*command.subjects, *command.about) if word.startswith("case:"))
    own = getattr(command, "case", "")
    return tuple(dict.fromkeys((*named, *((own,) if isinstance(own, str) and own else ()))))


checking_use_cases = (
    UseCase(ConfirmFromPaper, confirm_from_paper, "back_check"),
    UseCase(SendBackFromPaper, send_back_from_paper, "back_check"),
)
