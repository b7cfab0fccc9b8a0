"""补录 the views of one page: entry and check, the kits."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.back_entry.entry_page import EntryPage
from ui.back_entry.kits_page import KitsPage
from ui.language import tr
from ui.widgets.views_house import ViewsHouse

ENTRY, KITS = "back_entry", "paper_kits"


class BackEntryHouse(ViewsHouse):
    """补录 with `entry` and `kits`, a presenter each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.entry, self.kits = EntryPage(), KitsPage()
        views = ((ENTRY, tr("录入与核对"), self.entry), (KITS, tr("备用件"), self.kits))
        super().__init__("backEntryHouse", tr("补录"), views, parent)
