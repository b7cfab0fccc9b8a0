"""扫一页 the button under the attachments where a scanner answers, and how far the page is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ui.cases.view import AttachmentsView
from ui.language import tr
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

STOPPING = tr("正在停")


class ScanFoot(QWidget):
    """扫一页 `scan_wanted(case, device)`: with several scanners the button asks which; `stop_wanted` while one is under way."""

    scan_wanted = Signal(str, str)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = AttachmentsView()
        self._asked_for = ""
        self.scan = KeyButton(tr("扫一页"), icon="file", parent=self)
        self.scan.setObjectName("scanPage")
        self.scan.chosen.connect(self._on_scan)
        self.menu = QMenu(self)
        self.menu.aboutToHide.connect(self.scan.setFocus)
        self.menu.triggered.connect(self._on_device)
        self._how_far = Text("", "dense", wrap=True)
        self.stop = KeyButton(tr("停"), parent=self)
        self.stop.setObjectName("scanStop")
        self.stop.setAccessibleName(tr("停，不扫这一页了"))
        self.stop.chosen.connect(self.stop_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scan)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._how_far, 1)
        row.addWidget(self.stop)
        column.addLayout(row)
        self.render(self._view)

    def render(self, view: AttachmentsView) -> None:  # type: ignore[override]
        """Show the button, or the page under way; nothing where there is no scanner."""
        self._view = view
        under_way = bool(view.scanning)
        held = self.scan.hasFocus() or self.stop.hasFocus()
        self.scan.setVisible(not under_way)
        self._how_far.say(view.scanning)
        self._how_far.setVisible(under_way)
        self.stop.setVisible(under_way)
        self.stop.set_reason(STOPPING if view.stopping else "")
        self.setVisible(under_way or bool(view.scanners))
        if held:
            (self.stop if under_way else self.scan).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_scan(self) -> None:
        """The case is the one shown now, whatever is chosen while the menu stands."""
        self._asked_for = self._view.case
        if len(self._view.scanners) == 1:
            self.scan_wanted.emit(self._asked_for, self._view.scanners[0].id)
            return
        self.menu.clear()
        for one in self._view.scanners:
            self.menu.addAction(one.label.replace("&", "&&")).setData(one.id)
        self.menu.popup(self.scan.mapToGlobal(QPoint(0, -self.menu.sizeHint().height())))

    @Slot(QAction)
    def _on_device(self, action: QAction) -> None:
        self.scan_wanted.emit(self._asked_for, str(action.data()))
