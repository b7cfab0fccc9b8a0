"""公示页 the face as the citizens will see it, the key that puts it on their screen, and the A4 to be put up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ui.duty.public.face import PublicFace, PublicWindow
from ui.duty.public.view import PublicView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepBar, NextStepView
from ui.widgets.pane import Pane
from ui.widgets.quiet_show import show_quietly

SHOW, HIDE, PAPER = "show", "hide", "paper"


class PublicPage(QWidget):
    """公示页 `shown(bool)` when the citizens' screen is turned on or off, `place_chosen(path)` for the A4."""

    shown = Signal(bool)
    place_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("publicPage")
        self.setAccessibleName(tr("公示"))
        self._view = PublicView()
        self.face, self.window_ = PublicFace(self), PublicWindow(self)
        self.window_.installEventFilter(self)
        self._pane = Pane(tr("群众看到的样子"), tr("只有工作人员的名字，没有群众的"), padding=0, parent=self)
        self._pane.body.setContentsMargins(16, 4, 16, 16)
        self._pane.body.addWidget(self.face, 1)
        self.bar = NextStepBar(self)
        self._pane.add_foot(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(self._pane, 1)
        self.bar.chosen.connect(self._on_act)
        self.render(self._view)

    def render(self, view: PublicView) -> None:  # type: ignore[override]
        """Show this, on the page and, while it stands there, on the citizens' screen."""
        self._view = view
        self.face.render(view.face)
        self.window_.render(view.face)
        paper = Act(PAPER, tr("正在存…") if view.busy else tr("存成 A4，打印贴出"), Key.PRINT)
        step = (
            Act(HIDE, tr("收起来"), Key.NEXT_STEP) if view.shown else Act(SHOW, tr("给群众看（全屏）"), Key.NEXT_STEP)
        )
        said = (
            tr("群众那边正显示着，顶岗和授权书一变就跟着变。") if view.shown else tr("放到群众那边的屏上，Esc 收起来。")
        )
        self.bar.render(NextStepView(said, step=step, seconds=(paper,)))

    @Slot(str)
    def _on_act(self, name: str) -> None:
        if name == SHOW:
            self._open()
        elif name == HIDE:
            self.window_.close()
        elif not self._view.busy:
            self._ask_place()

    def _open(self) -> None:
        """Full on the second screen when there is one, else over this one until Esc."""
        own = self.screen()
        other = next((screen for screen in QGuiApplication.screens() if screen is not own), own)
        self.window_.setGeometry(other.geometry())
        if other is own:
            self.window_.showFullScreen()
            self.window_.activateWindow()
        else:
            show_quietly(self.window_.showFullScreen)
        self.shown.emit(True)

    def _ask_place(self) -> None:
        dialog = QFileDialog(self, tr("公示存到哪里"), tr("窗口公示.pdf"), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.place_chosen)
        dialog.open()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.window_ and event.type() == QEvent.Type.Close:
            self.shown.emit(False)
        return False
