"""前门 the sign-in page before the office is open: it stands at once and takes keys; an early Enter waits its turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget

from ui.duty.sign_in.page import SignInPage
from ui.duty.sign_in.view import SignInView, TrainingRow
from ui.language import tr

if TYPE_CHECKING:
    from ui.set_up_page import SetUpPage

SIZE, TITLE = QSize(1366, 768), 32
OTHER_LANGUAGE = 45
"""How main goes on: the same window in the other language."""
OPENING = tr("正在打开，可以先输工号和密码。")


class DeskWindow(QStackedWidget):
    """窗口 the top-level window; closing it is told first."""

    closing = Signal()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)


class FrontDoor(QObject):
    """前门 window and sign-in page from last time's card; `hand_over` gives them to the desk."""

    asked_for = Signal(str, str)

    def __init__(self, card: Mapping[str, Any], *, training: bool) -> None:
        super().__init__()
        self.window = DeskWindow()
        self.window.setObjectName("desk")
        self.window.resize(_room())
        self.page = SignInPage()
        self.window.addWidget(self.page)
        self.window.setWindowTitle(tr("演练 · 政务窗口") if training else tr("政务窗口"))
        self._asked: tuple[str, str] | None = None
        self._tried: tuple[str, str] | None = None
        self._set_up: SetUpPage | None = None
        self.view = _view(card, training)
        self.page.sign_in_requested.connect(self._remember)
        self.page.other_language_requested.connect(self._in_the_other_language)
        self.page.render(self.view)

    @Slot()
    def _in_the_other_language(self) -> None:
        QApplication.exit(OTHER_LANGUAGE)

    @Slot(str, str)
    def _remember(self, account: str, password: str) -> None:
        self._asked = (account, password)
        self.asked_for.emit(account, password)

    def take_asked(self) -> tuple[str, str] | None:
        """What was typed and waits, once."""
        fresh = self._asked if self._asked != self._tried else None
        self._tried = self._asked
        return fresh

    def say(self, sentence: str) -> None:
        """Why it does not open."""
        self.view = replace(self.view, offline_sentence=sentence)
        self.page.render(self.view)

    def set_up_page(self) -> SetUpPage:
        """The page that asks for the set-up file, in front."""
        from ui.set_up_page import SetUpPage

        if self._set_up is None:
            self._set_up = SetUpPage()
            self.window.addWidget(self._set_up)
        self.window.setCurrentWidget(self._set_up)
        return self._set_up

    def back_to_sign_in(self) -> None:
        """Set up, or never asked."""
        self.window.setCurrentWidget(self.page)

    def hand_over(self) -> tuple[str, str] | None:
        """The desk takes the page; answers what was asked meanwhile."""
        self.page.sign_in_requested.disconnect(self._remember)
        asked, self._asked = self._asked, None
        return asked


def _room() -> QSize:
    """As it is drawn; on a small screen what the window's own title leaves of it."""
    screen = QGuiApplication.primaryScreen()
    if screen is None or QGuiApplication.platformName() == "offscreen":
        return SIZE
    return SIZE.boundedTo(screen.availableGeometry().size() - QSize(0, TITLE))


def _view(card: Mapping[str, Any], training: bool) -> SignInView:
    try:
        rows = tuple(TrainingRow(**row) for row in card.get("training", ()))
        kept = SignInView(**{**card, "training": rows})
    except (TypeError, AttributeError):
        kept = SignInView(hall_name=tr("政务服务中心"), window_number="", practice=training)
    return replace(
        kept, offline_sentence=OPENING, busy=False, finding="", line_lamp="waiting", line_sentence=tr("线路 正在连")
    )
