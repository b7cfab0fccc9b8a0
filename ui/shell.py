"""外壳 the shell: top line, rail, the pages, status line; the width class follows window and text size."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.key_sheet import KeySheet
from ui.language import tr
from ui.page_room import PageRoom
from ui.practice_band import PracticeBand
from ui.rail import Rail
from ui.shortcuts import BINDINGS, PAGES, Key
from ui.status_line import UNDO_SECONDS, StatusLine
from ui.text_size import TextSize
from ui.top_line import TopLine, TopView
from ui.widgets.key_button import key_sequences
from ui.widgets.lamp import LampKind
from ui.width_class import WidthClass, width_class

__all__ = ["Shell", "WidthClass", "width_class"]


@dataclass(frozen=True)
class _Page:
    key: str
    word: str
    widget: QWidget
    room: PageRoom


class _Pages(QStackedWidget):
    """各页 the one in front fills what is left; it is not asked how tall it would be at a width.

    Each child that comes or goes has every layout above it do its sums again: asked so, that was 60 ms a child.
    """

    def hasHeightForWidth(self) -> bool:
        return False


class Shell(QWidget):
    """外壳 holds the pages; `page_chosen(key)` after a page came to the front by the clerk's hand.

    `strips` stand over every page: what waits for a word of whoever sits here.
    """

    page_chosen = Signal(str)
    leave_requested = Signal()
    undo_requested = Signal()
    undo_missed = Signal()
    find_requested = Signal()
    width_class_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.band = PracticeBand(self)
        self.top = TopLine(self)
        self.rail = Rail(self)
        self.status = StatusLine(self)
        self._stack = _Pages(self)
        self._stack.setObjectName("pages")
        self.strips = QVBoxLayout()
        self._sheet = KeySheet(self)
        self._pages: dict[str, _Page] = {}
        self._shortcuts: dict[str, QShortcut] = {}
        self._trail: list[str] = []
        self._class: WidthClass = "normal"
        self._lay_out()
        self._connect()
        TextSize(self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self.strips)
        right.addWidget(self._stack, 1)
        middle.addLayout(right, 1)
        column.addWidget(self.band)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.band.hide()

    def _connect(self) -> None:
        self.rail.page_chosen.connect(self._choose)
        self.top.leave_requested.connect(self.leave_requested)
        self.top.page_pressed.connect(self._choose)
        self.status.undo_requested.connect(self.undo_requested)
        self.status.undo_missed.connect(self.undo_missed)
        self.status.keys_requested.connect(self._open_keys)
        self.status.find_requested.connect(self.find_requested)
        for key, slot in ((Key.KEYS, self._open_keys), (Key.BACK, self._go_back), (Key.FULL_SCREEN, self._full_screen)):
            QShortcut(key_sequences(key)[0], self).activated.connect(slot)

    def add_page(
        self,
        key: str,
        icon: str,
        word: str,
        widget: QWidget,
        shortcut: str = "",
        *,
        short: str = "",
        at_foot: bool = False,
    ) -> None:
        """Add a page; without a shortcut it takes the next Alt+number. The first page added is shown."""
        shortcut = shortcut or PAGES[len(self._pages)]
        widget.setProperty("ground", "paper")
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if not widget.accessibleName():
            widget.setAccessibleName(word)
        room = PageRoom(widget, self._stack)
        self._pages[key] = _Page(key, word, widget, room)
        self._stack.addWidget(room)
        self.rail.add(key, icon, word, short, shortcut, at_foot=at_foot)
        bound = QShortcut(key_sequences(shortcut)[0], self)
        bound.setObjectName(key)
        bound.activated.connect(self._on_shortcut)
        self._shortcuts[key] = bound
        if len(self._pages) == 1:
            self.show_page(key)

    def set_pages(self, keys: frozenset[str]) -> None:
        """What is not this person's is not there: no button, no key."""
        self.rail.set_shown(keys)
        for key, shortcut in self._shortcuts.items():
            shortcut.setEnabled(key in keys)
        self._trail = [key for key in self._trail if key in keys]

    def show_page(self, key: str) -> None:
        """Bring a page to the front; an unknown key changes nothing."""
        page = self._pages.get(key)
        if page is None or self.current_page() == key:
            return
        if self._trail[-1:] != [key]:
            self._trail = [*self._trail[-20:], key]
        self._stack.setCurrentWidget(page.room)
        self.rail.show_chosen(key)

    def front(self) -> QWidget | None:
        """The page in front."""
        page = self._pages.get(self.current_page())
        return page.widget if page is not None else None

    def current_page(self) -> str:
        """The key of the page in front, or empty."""
        return self._trail[-1] if self._trail else ""

    def render_top(self, view: TopView) -> None:
        """The top line; training also shows the band."""
        self.top.render(view)
        self.band.setVisible(view.training)

    def say(self, text: str, kind: LampKind = "done", *, undoable: bool = False, seconds: int = UNDO_SECONDS) -> None:
        """What just happened; `undoable` offers F10 for so many seconds."""
        self.status.say(text, kind, undoable=undoable, seconds=seconds)

    def say_trouble(self, text: str) -> None:
        """What did not work, in one sentence."""
        self.status.say(text, "unknown")

    def width_class(self) -> WidthClass:
        """wide, normal or narrow."""
        return self._class

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key in self._pages and key != self.current_page():
            self.show_page(key)
            self.page_chosen.emit(key)
        else:
            self.rail.show_chosen(self.current_page())

    @Slot()
    def _on_shortcut(self) -> None:
        self._choose(self.sender().objectName())

    @Slot()
    def _go_back(self) -> None:
        if len(self._trail) > 1:
            before = self._trail[-2]
            del self._trail[-2:]
            self.show_page(before)
            self.page_chosen.emit(before)

    @Slot()
    def _full_screen(self) -> None:
        window = self.window()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def _open_keys(self) -> None:
        page = self._pages.get(self.current_page())
        view = getattr(page.widget, "view", None) if page else None
        own = view() if callable(view) else ""
        known = own and any(binding.page == own for binding in BINDINGS)
        keys = own if known else self.current_page()
        self._sheet.open(tr("{word}页的按键", word=page.word) if page else tr("按键"), keys)

    def _measure(self) -> None:
        found = width_class(self.width(), theme.current().scale)
        narrow = found == "narrow"
        self.top.set_room(self.width() / theme.current().scale)
        self.rail.set_narrow(narrow)
        self.status.set_narrow(narrow)
        if found != self._class:
            self._class = found
            self.width_class_changed.emit(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self._sheet.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_class"):
            self._measure()
