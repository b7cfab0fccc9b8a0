"""补录页要看的 kits with what became of their sheets, what waits for its second person, and one sheet with its case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from clerk_app.cases.attachments import Attachment
from clerk_app.cases.back_entry.model import UNCHECKED, KitSheet, PaperKit, SheetState
from clerk_app.cases.clocks import binding, clocks_of
from clerk_app.cases.model import Case
from clerk_app.office.office import Office
from clerk_app.ports import Books

MOST_KITS = 60
ABOUT = ("kit:", "sheet:", "attachment:")


@dataclass(frozen=True, kw_only=True)
class KitLine:
    """一套 with its sheets."""

    kit: PaperKit
    sheets: tuple[KitSheet, ...]

    @property
    def counts(self) -> Mapping[SheetState, int]:
        """How many stand how."""
        return Counter(sheet.state for sheet in self.sheets)

    @property
    def blank(self) -> tuple[KitSheet, ...]:
        """Neither entered nor spoiled nor back."""
        return tuple(sheet for sheet in self.sheets if sheet.state == "blank")


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """一份 with its kit, its case and what was scanned into it; `due` as its clock that binds says."""

    sheet: KitSheet
    kit: PaperKit
    case: Case | None = None
    scans: tuple[Attachment, ...] = ()
    due: str = ""


@dataclass(frozen=True, kw_only=True)
class BackEntryDesk:
    """补录的桌面 newest kits first; what waits for a second person, the longest first; what is out and was never entered."""

    kits: tuple[KitLine, ...] = ()
    waiting: tuple[SheetLine, ...] = ()
    owed: tuple[SheetLine, ...] = field(default=())
    """没补录的 of kits that came back: written on, and not in the books."""


def desk(office: Office) -> BackEntryDesk:
    """As it stands now."""

    def look(books: Books) -> BackEntryDesk:
        kits = tuple(KitLine(kit=kit, sheets=books.sheets_of_kit(kit.id)) for kit in books.latest_paper_kits(MOST_KITS))
        lines = (_line(office, sheet, books) for sheet in books.kit_sheets_in(UNCHECKED))
        waiting = tuple(line for line in lines if line is not None and line.case and line.case.state != "void")
        owed = tuple(
            SheetLine(sheet=sheet, kit=line.kit)
            for line in kits
            if line.kit.state == "returned"
            for sheet in line.blank
        )
        return BackEntryDesk(kits=kits, waiting=waiting, owed=owed)

    return office.read(look)


def sheet_line(office: Office, number: str) -> SheetLine | None:
    """One sheet by its number."""

    def look(books: Books) -> SheetLine | None:
        sheet = books.kit_sheet(number)
        return None if sheet is None else _line(office, sheet, books)

    return office.read(look)


def _line(office: Office, sheet: KitSheet, books: Books) -> SheetLine | None:
    kit = books.paper_kit(sheet.kit)
    if kit is None:
        return None
    case = books.case(sheet.case) if sheet.case else None
    scans = books.attachments_of(sheet.case) if sheet.case else ()
    return SheetLine(sheet=sheet, kit=kit, case=case, scans=scans, due=_due(office, case, books))


def _due(office: Office, case: Case | None, books: Books) -> str:
    item = books.item(case.item) if case is not None else None
    if case is None or item is None:
        return ""
    hall = office.hall
    found = binding(clocks_of(case, item, hall.calendar, hall.off_work, office.parts.clock.now().date()))
    return f"{found.due:%Y-%m-%d}" if found is not None and found.due is not None else ""
