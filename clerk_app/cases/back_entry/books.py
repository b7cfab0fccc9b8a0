"""补录账 what kits, entry and check need from the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from clerk_app.cases.attachments import AttachmentBooks
from clerk_app.cases.back_entry.model import CatalogueThen, KitSheet, PaperKit, SheetState
from clerk_app.cases.books import CaseBooks


class SheetBooks(CaseBooks, Protocol):
    """份账 the sheets alone: what the gate before every other act looks at."""

    def kit_sheet(self, key: str) -> KitSheet | None:
        """One sheet by its number."""
        ...


class BackEntryBooks(SheetBooks, AttachmentBooks, Protocol):
    """补录账."""

    def paper_kit(self, key: str) -> PaperKit | None:
        """One kit by id."""
        ...

    def put_paper_kit(self, row: PaperKit) -> None:
        """Write it."""
        ...

    def latest_paper_kits(self, limit: int) -> tuple[PaperKit, ...]:
        """Newest first."""
        ...

    def put_kit_sheet(self, row: KitSheet) -> None:
        """Write it."""
        ...

    def sheets_of_kit(self, kit: str) -> tuple[KitSheet, ...]:
        """All of a kit, by number."""
        ...

    def kit_sheets_in(self, states: Sequence[SheetState]) -> tuple[KitSheet, ...]:
        """All in these states, the longest there first."""
        ...

    def catalogue_then(self, version: str) -> CatalogueThen | None:
        """What a hall version said; None where it is not known here."""
        ...

    def version_at(self, moment: datetime) -> str:
        """The hall version in force then; empty where that is not known here (at a window)."""
        ...
