"""备用件的手续 kits are printed, handed to a window and returned; a sheet that was written badly is spoiled: each said by whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.cases.back_entry.books import BackEntryBooks
from clerk_app.cases.back_entry.model import (
    MOST_SHEETS,
    KitSheet,
    PaperKit,
    kit_subject,
    sheet_number,
    sheet_state_words,
    sheet_subject,
)
from clerk_app.cases.model import case_kind
from clerk_app.command import Command, Refusal, UseCase

LONGEST_REASON = 120


@dataclass(frozen=True, kw_only=True)
class KitNumber:
    """一份的号 a serial of this device's block of case numbers, and the query code printed beside it."""

    block: str
    serial: int
    query_code: str


@dataclass(frozen=True, kw_only=True)
class PrintPaperKit(Command):
    """印备用件 so many sheets for what is left of this year; every number is spent here and now."""

    kind: ClassVar[str] = "print_paper_kit"
    kit: str
    numbers: tuple[KitNumber, ...]
    reason: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The kit, and every sheet of it."""
        year = self.at.year
        return (kit_subject(self.kit), *(sheet_subject(sheet_number(year, one.serial)) for one in self.numbers))


@dataclass(frozen=True, kw_only=True)
class HandPaperKit(Command):
    """领备用件 a kit goes to a window, into the hands of somebody who works here."""

    kind: ClassVar[str] = "hand_paper_kit"
    kit: str
    to_window: int
    taker: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The kit."""
        return (kit_subject(self.kit),)


@dataclass(frozen=True, kw_only=True)
class ReturnPaperKit(Command):
    """交回备用件 what came back blank, by number; what did not come back is written on, and still to be entered."""

    kind: ClassVar[str] = "return_paper_kit"
    kit: str
    blank: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The kit, and the sheets that came back."""
        return (kit_subject(self.kit), *map(sheet_subject, self.blank))


@dataclass(frozen=True, kw_only=True)
class SpoilKitSheet(Command):
    """作废一份 written badly, torn, not come out of the printer: its number serves nobody."""

    kind: ClassVar[str] = "spoil_kit_sheet"
    sheet: str
    reason: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The sheet."""
        return (sheet_subject(self.sheet),)


def print_paper_kit(command: PrintPaperKit, books: BackEntryBooks) -> Refusal | None:
    """The reason first, then every number: refused, none is spent."""
    if books.paper_kit(command.kit) is not None:
        return Refusal("kit-known", "这套备用件已经印过，没有再印。要更多就另印一套。")
    if refusal := _reason_refusal(command.reason, "没有印", "如：国庆长假备用、机房检修备用"):
        return refusal
    year, serials = command.at.year, {one.serial for one in command.numbers}
    if not 0 < len(command.numbers) <= MOST_SHEETS or len(serials) < len(command.numbers):
        return Refusal("kit-size", f"一套要 1 到 {MOST_SHEETS} 份，没有印。改个份数再印。")
    for one in command.numbers:
        if refusal := books.spend_number(case_kind(year), one.block, one.serial, command.id):
            return refusal
    ordered = sorted(command.numbers, key=lambda one: one.serial)
    for one in ordered:
        books.put_kit_sheet(_blank(command, one))
    books.put_paper_kit(
        PaperKit(
            id=command.kit,
            year=year,
            first=sheet_number(year, ordered[0].serial),
            last=sheet_number(year, ordered[-1].serial),
            count=len(ordered),
            reason=command.reason.strip(),
            state="printed",
            printed_by=command.actor,
            printed_at=command.at,
        )
    )
    return None


def _blank(command: PrintPaperKit, number: KitNumber) -> KitSheet:
    year = command.at.year
    return KitSheet(
        id=sheet_number(year, number.serial),
        kit=command.kit,
        year=year,
        serial=number.serial,
        query_code=number.query_code,
        state="blank",
        moved_at=command.at,
    )


def hand_paper_kit(command: HandPaperKit, books: BackEntryBooks) -> Refusal | None:
    """Once: another window gets another kit."""
    kit = books.paper_kit(command.kit)
    if kit is None:
        return _unknown_kit()
    if kit.state != "printed":
        where = f"已经领到 {kit.window}号窗口" if kit.state == "handed" else "已经交回"
        return Refusal("kit-handed", f"这套备用件{where}，没有再发。换一套在柜里的。")
    if command.to_window not in books.roster.windows:
        return Refusal("window-unknown", "没有这个窗口，没有发。写大厅里有的窗口号。")
    if command.taker not in books.roster.people:
        return Refusal("taker-missing", "还没写谁领的，没有发。写工号或全名。")
    books.put_paper_kit(
        replace(
            kit,
            state="handed",
            window=command.to_window,
            taken_by=command.taker,
            handed_by=command.actor,
            handed_at=command.at,
        )
    )
    return None


def return_paper_kit(command: ReturnPaperKit, books: BackEntryBooks) -> Refusal | None:
    """A sheet that came back blank serves nobody any more: what lay about unwatched is not handed out again."""
    kit = books.paper_kit(command.kit)
    if kit is None:
        return _unknown_kit()
    if kit.state == "returned":
        return Refusal("kit-returned", "这套备用件已经交回，没有再记。没录的几份照样补录。")
    back: list[KitSheet] = []
    for number in dict.fromkeys(command.blank):
        sheet = books.kit_sheet(number)
        if sheet is None or sheet.kit != kit.id:
            return Refusal("sheet-of-another-kit", f"{number} 不是这套里的，没有记交回。照纸上的号一份一份点。")
        if sheet.state != "blank":
            said = sheet_state_words[sheet.state]
            return Refusal("sheet-not-blank", f"{number} 账上是“{said}”，不是空白的，没有记交回。把它拿出来再点。")
        back.append(sheet)
    for sheet in back:
        books.put_kit_sheet(sheet.moved("returned", command.at, noted_by=command.actor))
    books.put_paper_kit(replace(kit, state="returned", returned_by=command.actor, returned_at=command.at))
    return None


def spoil_kit_sheet(command: SpoilKitSheet, books: BackEntryBooks) -> Refusal | None:
    """Only what was not entered: a case is voided, its sheet stays with it."""
    sheet = books.kit_sheet(command.sheet)
    if sheet is None:
        return unknown_sheet(command.sheet)
    if sheet.state != "blank":
        return sheet_spent(sheet, books)
    if refusal := _reason_refusal(command.reason, "没有作废", "如：写坏、打印机没打出来"):
        return refusal
    books.put_kit_sheet(sheet.moved("spoiled", command.at, note=command.reason.strip(), noted_by=command.actor))
    return None


def unknown_sheet(number: str) -> Refusal:
    """Never printed, or this machine has not heard of it yet."""
    return Refusal(
        "sheet-unknown", f"没有印过编号 {number} 的备用件，什么都没存。核对纸上的号；刚印的，等线路通了再录。"
    )


def sheet_spent(sheet: KitSheet, books: BackEntryBooks) -> Refusal:
    """One number, one case."""
    if sheet.state == "spoiled":
        return Refusal("sheet-spoiled", f"{sheet.id} 已经作废（{sheet.note}），什么都没存。核对纸上的号。")
    if sheet.state == "returned":
        return Refusal("sheet-returned", f"{sheet.id} 是空白交回的，什么都没存。核对纸上的号；真用过，找值班长。")
    case = books.case(sheet.case)
    said = f"，办件编号 {case.case_no}" if case is not None and case.case_no else ""
    return Refusal("sheet-used", f"{sheet.id} 已经补录过{said}，什么都没存。一个号只录一件，核对纸上的号。")


def _reason_refusal(reason: str, undone: str, example: str) -> Refusal | None:
    if 0 < len(reason.strip()) <= LONGEST_REASON:
        return None
    return Refusal(
        "reason-missing", f"原因没写，或超过 {LONGEST_REASON} 个字，{undone}，什么都没存。写一句（{example}）。"
    )


def _unknown_kit() -> Refusal:
    return Refusal("kit-unknown", "没有这套备用件，什么都没存。刷新一下再看。")


kit_use_cases = (
    UseCase(PrintPaperKit, print_paper_kit, "paper_kit"),
    UseCase(HandPaperKit, hand_paper_kit, "paper_kit"),
    UseCase(ReturnPaperKit, return_paper_kit, "paper_kit"),
    UseCase(SpoilKitSheet, spoil_kit_sheet, "paper_kit"),
)
