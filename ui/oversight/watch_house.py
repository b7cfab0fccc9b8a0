"""监察 the views of one page: reminders and cards, who waits for an answer, complaints, bad ratings, and the figures of the day."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.oversight.cards_page import CardsPage
from ui.oversight.matter_page import MatterPage
from ui.oversight.report_page import ReportPage
from ui.widgets.views_house import ViewsHouse

CARDS, ASKED, COMPLAINTS, FOLLOW_UPS, REPORT = "cards", "asked", "complaints", "follow_ups", "report"


class WatchHouse(ViewsHouse):
    """监察 with `cards`, `asked`, `complaints`, `follow_ups` and `report`, a presenter each."""

    def __init__(self, supervision: str = tr("电子监察"), parent: QWidget | None = None) -> None:
        self.cards, self.report = CardsPage(), ReportPage()
        self.asked = MatterPage("askedPage", tr("首问"), tr("等了"))
        self.complaints = MatterPage("complaintsPage", tr("投诉"), tr("答复期限"))
        self.follow_ups = MatterPage("followUpsPage", tr("差评回访"), tr("到期"))
        views = (
            (CARDS, tr("提醒与监察卡"), self.cards),
            (ASKED, tr("首问"), self.asked),
            (COMPLAINTS, tr("投诉与办不成事"), self.complaints),
            (FOLLOW_UPS, tr("差评回访"), self.follow_ups),
            (REPORT, tr("日报"), self.report),
        )
        super().__init__("watchHouse", supervision, views, parent)
