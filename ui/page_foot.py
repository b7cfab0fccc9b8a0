"""脚栏 the next-step bars of a page that scrolls stay in sight: the page goes on behind them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from shiboken6 import isValid

from ui.widgets.next_step import NextStepBar

SHARE = 0.45
"""A foot taller than this part of the room would leave nothing to be read above it."""


class PageFeet(QObject):
    """脚栏 lifts every bar that would lie below the room; `place_of` says where the layout wants it."""

    def __init__(self, room: QScrollArea) -> None:
        super().__init__(room)
        self._room = room
        self._places: dict[QWidget, QPoint] = {}
        self._lifting = False

    def find(self, page: QWidget) -> None:
        """Know the bars of this page."""
        known = {foot: place for foot, place in self._places.items() if isValid(foot)}
        for foot in page.findChildren(QFrame):
            holder = foot.parentWidget()
            if foot not in known and holder is not None and self._is_foot(foot, page):
                known[foot] = foot.pos()
                foot.installEventFilter(self)
                holder.installEventFilter(self)
        self._places = known

    @staticmethod
    def _is_foot(frame: QFrame, page: QWidget) -> bool:
        if not isinstance(frame, NextStepBar) and not frame.property("nextbar"):
            return False
        above = frame.parentWidget()
        while above is not None and above is not page:
            if isinstance(above, QScrollArea):  # it scrolls with what is in there
                return False
            above = above.parentWidget()
        return True

    def hold(self) -> None:
        """Every bar where the layout wants it, or at the room's lower edge if that is higher."""
        if self._lifting:
            return
        self._lifting = True
        try:
            for foot, place in self._places.items():
                if isValid(foot) and foot.isVisible():
                    self._hold(foot, place)
        finally:
            self._lifting = False

    def _hold(self, foot: QWidget, place: QPoint) -> None:
        holder, view = foot.parentWidget(), self._room.viewport()
        if holder is None or not view.isAncestorOf(holder):
            return
        lower = holder.mapFrom(view, QPoint(0, view.height())).y()
        small = foot.height() <= SHARE * view.height()
        wanted = max(0, min(place.y(), lower - foot.height())) if small else place.y()
        if wanted != foot.y():
            foot.move(place.x(), wanted)
        if wanted != place.y():
            foot.raise_()

    def covered(self, widget: QWidget) -> int:
        """How much of this widget's lower part a lifted bar lies over."""
        room = self._room.viewport()
        box = QRect(widget.mapTo(room, QPoint(0, 0)), widget.size())
        for foot, place in self._places.items():
            if not isValid(foot) or not foot.isVisible() or foot.pos() == place or foot.isAncestorOf(widget):
                continue
            over = QRect(foot.mapTo(room, QPoint(0, 0)), foot.size())
            if box.intersects(over):
                return box.bottom() - over.top() + 1
        return 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._lifting and event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            for foot in self._places:
                if foot is watched and event.type() == QEvent.Type.Move:
                    self._places[foot] = foot.pos()
                elif isValid(foot) and foot.parentWidget() is watched and event.type() == QEvent.Type.Resize:
                    self._places[foot] = foot.pos()  # its layout has just been at work
            self.hold()
        return super().eventFilter(watched, event)
