"""打印 the two views of one page: the papers, and the printers they come out of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.receipts.page import PrintingPage
from ui.receipts.printers_page import PrintersPage
from ui.widgets.views_house import ViewsHouse

JOBS, PRINTERS = "printing", "printers"


class PrintingHouse(ViewsHouse):
    """打印 papers and printers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.jobs, self.printers = PrintingPage(), PrintersPage()
        views = ((JOBS, tr("打印任务"), self.jobs), (PRINTERS, tr("打印机"), self.printers))
        super().__init__("printingHouse", tr("打印"), views, parent)
