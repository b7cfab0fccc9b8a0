"""右边两层 what is to be mended by the law, and what the departments want: one beside the form at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.language import tr
from ui.registration.missing_pane import MissingPane
from ui.registration.points_pane import PointsPane
from ui.registration.points_view import PointsView
from ui.widgets.segments import Segments

FOUND, POINTS = "found", "points"


class SideHouse(QWidget):
    """右边两层 the segments stand there only for a case somebody may say something of; `turned()` when another is in front."""

    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formSide")
        self.missing, self.points = MissingPane(self), PointsPane(self)
        self.segments = Segments(((FOUND, tr("要改的")), (POINTS, tr("补正点"))), self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.missing)
        self._stack.addWidget(self.points)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.segments)
        column.addWidget(self._stack, 1)
        self._case, self._may_make = "", False
        self.segments.chosen.connect(self.turn)
        self.segments.hide()

    def show_points(self, view: PointsView, *, first: bool) -> None:
        """`first`: they are what the work is about now, so they stand in front when the case opens."""
        self.points.render(view)
        self.segments.setVisible(view.wanted)
        self._may_make = view.fresh is not None
        self.segments.show_figure(POINTS, str(len(view.lines)) if view.lines else "")
        if view.case != self._case:
            self._case = view.case
            self.turn(POINTS if first and view.lines else FOUND)
        elif not view.wanted:
            self.turn(FOUND)

    @Slot(str)
    def turn(self, which: str) -> None:
        """This one in front."""
        self.segments.choose(which)
        pane = self.points if which == POINTS else self.missing
        if pane is not self._stack.currentWidget():
            self._stack.setCurrentWidget(pane)
            self.turned.emit()

    def may_make(self) -> bool:
        """Whether somebody here speaks for a department on this case."""
        return self._may_make

    def make_point(self) -> None:
        """The slip for a new point, for the field the hand is at."""
        self.turn(POINTS)
        self.points.ask_fresh()

    def points_in_front(self) -> bool:
        """Whether the departments' points are what one sees."""
        return self._stack.currentWidget() is self.points
