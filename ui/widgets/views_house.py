"""分段页 one page with several views: the segments above, one view in front, the hand on its first thing to do."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.widgets.focus import focus_first
from ui.widgets.segments import Segments

View = tuple[str, str, QWidget]


class Front(QStackedWidget):
    """前面的一页 only the view in front asks for room; the others have it when they come."""

    def minimumSizeHint(self) -> QSize:
        view = self.currentWidget()
        return view.minimumSizeHint() if view is not None else super().minimumSizeHint()


class ViewsHouse(QWidget):
    """分段页 `shown(key)` when a person turns to another view; `head` takes what stands beside the segments.

    Not `at_once`, its views come in one after the other by `take_in`: Qt dresses a view anew in the turn it comes in.
    """

    shown = Signal(str)

    def __init__(
        self, name: str, words: str, views: tuple[View, ...], parent: QWidget | None = None, *, at_once: bool = True
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.segments = Segments(tuple((key, word) for key, word, _ in views), self)
        self._views = {key: page for key, _, page in views}
        self._pages = Front(self)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(12, 0, 12, 0)
        self.head.addWidget(self.segments, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addWidget(self._pages, 1)
        self.segments.chosen.connect(self.show_view)
        if at_once:
            for _ in self.take_in():
                pass

    def take_in(self) -> Iterator[None]:
        """One view, and the next when it is asked for."""
        for page in self._views.values():
            self._pages.addWidget(page)
            yield

    @Slot(str)
    def show_view(self, key: str) -> None:
        """Turn to this view; an unknown key changes nothing."""
        if key not in self._views:
            return
        self.segments.choose(key)
        self._pages.setCurrentWidget(self._views[key])
        self._pages.updateGeometry()
        self.shown.emit(key)
        if self.isVisible():
            focus_first(self._views[key])

    def view(self) -> str:
        """Which one is in front; F1 shows its keys."""
        return next(key for key, page in self._views.items() if page is self._pages.currentWidget())
