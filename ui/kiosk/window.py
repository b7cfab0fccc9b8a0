"""自助机 the one window of a self-fill place: a head with the hall's name, and under it one of a few pages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.kiosk.cards import EndCard, StillThereCard, WelcomeCard
from ui.language import tr
from ui.practice_band import PracticeBand
from ui.registration.page import FormPage
from ui.widgets.key_button import KeyButton
from ui.widgets.strip import Strip, StripKind
from ui.widgets.text import Hair, Text

ASK_HEAD, ASK_WORDS = tr("还在填吗？"), tr("半分钟没人动就清屏，填的不留。接着填，动一下就好。")
QUIT_HEAD, QUIT_WORDS = (
    tr("不填了？"),
    tr("填的会全部清掉，这台机器不留。想留着，先核对一遍，按“交上去”，没填完也能交。"),
)
TALL = 52
LINE = tr("线路断着，照常填；交上去以后先加密存在这台机器上，恢复后自动送。")


class KioskWindow(QWidget):
    """自助机 pages by name: `welcome`, the form, `end`, `ask`, `quit`; `closing` when the window goes."""

    closing = Signal()
    quit_wanted = Signal()
    larger_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("kiosk")
        self.setWindowTitle(tr("自助机"))
        self.setAccessibleName(tr("自助机"))
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._hall = Text("", "title")
        self._ticket = Text("", "section", strong=True)
        self._strip = Strip(self)
        self.larger = KeyButton(tr("再大一些"), bind=False, parent=self)
        self.quit = KeyButton(tr("不填了，清屏"), bind=False, parent=self)
        for button in (self.larger, self.quit):
            button.set_height(TALL)
        self.quit.setObjectName("kioskQuit")
        self.pages = QStackedWidget(self)
        self.welcome, self.end = WelcomeCard(), EndCard()
        self.ask = StillThereCard(ASK_HEAD, ASK_WORDS, tr("不填了，清屏"), "kioskAsk")
        self.leave = StillThereCard(QUIT_HEAD, QUIT_WORDS, tr("全部清掉"), "kioskLeave")
        self.form: FormPage | None = None
        self.rest: QWidget = self.welcome
        """The page it stands at while nobody is there."""
        self.small, self._number = False, ""
        """A small screen: the form's pages have no room for larger letters."""
        self._band = PracticeBand(self)
        self._lay_out()
        self.quit.chosen.connect(self.quit_wanted)
        self.larger.chosen.connect(self.larger_wanted)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._band)
        self._band.hide()
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(self._hall)
        head.addWidget(self._ticket)
        head.addStretch(1)
        head.addWidget(self.larger)
        head.addWidget(self.quit)
        column.addLayout(head)
        column.addWidget(Hair())
        around = QVBoxLayout()
        around.setContentsMargins(12, 8, 12, 0)
        around.addWidget(self._strip)
        column.addLayout(around)
        for page in (self.welcome, self.end, self.ask, self.leave):
            self.pages.addWidget(page)
        column.addWidget(self.pages, 1)
        self.pages.currentChanged.connect(self._show_larger)
        self.pages.currentChanged.connect(self._show_quit)

    def show_hall(self, name: str, *, training: bool) -> None:
        """Whose place this is, and that nothing is real in the training hall."""
        self._hall.say(name)
        self._band.setVisible(training)
        self.welcome.practice.setVisible(training)
        self.setWindowTitle(tr("演练 · 自助机") if training else tr("自助机"))

    def set_rest(self, page: QWidget) -> None:
        """Where it begins, and comes back to after each person; the form's first page gets a way back."""
        self.rest = page
        self.welcome.show_keys()

    def set_small(self, *, small: bool) -> None:
        """Whether the form's pages leave no room for larger letters."""
        self.small = small
        self._show_larger()

    @property
    def fills(self) -> bool:
        """Whether a page of the self-fill place is shown."""
        return self.pages.currentWidget() in (self.welcome, self.form, self.end, self.ask, self.leave)

    def _show_larger(self) -> None:
        self.larger.setVisible(not (self.small and self.pages.currentWidget() in (self.welcome, self.form)))

    def _show_quit(self) -> None:
        """Not beside the question that asks the same."""
        self.quit.setVisible(bool(self._number) and self.pages.currentWidget() not in (self.ask, self.leave))

    def show_ticket(self, number: str) -> None:
        """Whose number is being filled in for; empty while nobody sits here."""
        self._ticket.say(number)
        self._number = number
        self._show_quit()

    def say(self, sentence: str, kind: StripKind = "info") -> None:
        """Over the page; empty takes it away."""
        if sentence:
            self._strip.say(sentence, kind=kind)
        else:
            self._strip.clear()

    def said(self) -> str:
        """What it says over the page."""
        return self._strip.text()

    def put_form(self, page: FormPage | None) -> None:
        """Another person's page, or none: the one before is thrown away with all its fields."""
        if self.form is not None:
            self.pages.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = page
        if page is not None:
            self.pages.addWidget(page)
            self.pages.setCurrentWidget(page)

    def go(self, page: QWidget) -> None:
        """This page now."""
        self.pages.setCurrentWidget(page)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
