"""让位 the steps on the left and what was found on the right: both where there is room, one after the other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.registration.sheet_pane import SheetPane
from ui.registration.side_house import SideHouse
from ui.registration.steps_pane import StepsPane
from ui.shortcuts import Key
from ui.widgets.key_button import key_sequences
from ui.width_class import width_class

STEPS, SIDE, RAIL = 192, 292, 76
MORE_STEPS = {"wide": 24, "normal": 0, "narrow": 0}
MORE_SIDE = {"wide": 68, "normal": 0, "narrow": -20}


class Sides(QObject):
    """让位 in a narrow window what was found takes the place of the steps: when asked for, and while all is looked over."""

    def __init__(self, page: QWidget, steps: StepsPane, sheet: SheetPane, side: SideHouse) -> None:
        super().__init__(page)
        self._page, self._steps, self._sheet, self._side = page, steps, sheet, side
        self._narrow = self._turned = self._review = False
        self._both, self._steps_wanted = True, True
        # Only while the points are not seen: their own button has the same key.
        self._point_key = QShortcut(key_sequences(Key.POINT)[0], page)
        self._point_key.activated.connect(self.make_point)
        sheet.head.steps.chosen.connect(self.turn_back)
        side.turned.connect(self._shown)

    def share(self, *, review: bool) -> None:
        """Give each its width, or the room to one of them."""
        look = theme.current()
        width = width_class(self._page.width() + look.px(RAIL), look.scale)
        self._steps.setFixedWidth(look.px(STEPS + MORE_STEPS[width]))
        self._side.setFixedWidth(look.px(SIDE + MORE_SIDE[width]))
        self._narrow, self._review = width == "narrow", review
        self._shown()

    def keep_steps(self) -> None:
        """The steps stay, for those who are told what is wrong at the window."""
        self._both = False

    def without_steps(self) -> None:
        """A form of one step has none to choose from."""
        self._steps_wanted = False

    @property
    def turned(self) -> bool:
        """Whether what was found stands in the place of the steps because it was asked for."""
        return self._turned and self._narrow

    @Slot()
    def _shown(self) -> None:
        aside = not self._narrow or (self._both and (self._turned or self._review))
        steps = self._steps_wanted and (not self._narrow or not aside)
        # What goes, goes first: both at once would push the window wider.
        for pane, shown in sorted(((self._side, aside), (self._steps, steps)), key=lambda one: one[1]):
            pane.setVisible(shown)
        self._sheet.head.show_ways(
            found=self._narrow and not aside and self._both,
            steps=self._narrow and aside and not self._review,
        )
        self._point_key.setEnabled(not self._side.points.isVisibleTo(self._page))

    def turn(self) -> None:
        """What was found, wherever there is room for one only."""
        self._turned = True
        self._shown()

    @Slot()
    def turn_back(self) -> None:
        """The steps again."""
        self._turned = False
        self._shown()

    @Slot()
    def make_point(self) -> None:
        """提补正点 at the field under the hand, if somebody here may."""
        if self._sheet.isVisible() and self._side.may_make():
            self._turned = True
            self._side.make_point()
            self._shown()
