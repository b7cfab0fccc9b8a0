"""装机页 a program that was never set up asks for the file the administrator saved: nobody types a command or edits a file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.key_button import KeyButton
from ui.widgets.strip import Strip, StripView
from ui.widgets.text import Text

WIDE = 560
BUSY = tr("正在装，大约半分钟。")


class SetUpPage(QWidget):
    """装机页 `file_chosen(path)`; what went wrong stands over the button, and the file may be chosen again."""

    file_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("setUp")
        self.setAccessibleName(tr("装机"))
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._heading = Text(tr("这台电脑还没有装机"), "question")
        self._words = Text(
            tr(
                "管理员在“管理 → 电脑 → 入列”里给这个窗口存了一个装机文件（.clerk-setup）。"
                "把它放到这台电脑上，选它，就装好了；装好以后删掉它。"
            ),
            "body",
            wrap=True,
        )
        self._trouble = Strip(self)
        self._choose = KeyButton(tr("选装机文件"), "Enter", "next", parent=self)
        self._choose.setObjectName("chooseSetup")
        self._choose.set_height(44)
        self._choose.chosen.connect(self._ask)
        self._lay_out()

    def _lay_out(self) -> None:
        holder = QWidget(self)
        holder.setFixedWidth(WIDE)
        column = QVBoxLayout(holder)
        column.setSpacing(16)
        for part in (self._heading, self._words, self._trouble, self._choose):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(holder)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(row)
        whole.addStretch(3)

    def say(self, trouble: str) -> None:
        """Why it is not set up yet; the file may be chosen again."""
        self._trouble.render(StripView(trouble) if trouble else None)
        self._choose.setEnabled(True)
        self._choose.setFocus()

    def wait(self) -> None:
        """It is being set up."""
        self._trouble.render(StripView(BUSY))
        self._choose.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._choose.setFocus()

    @Slot()
    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("选装机文件"), "", tr("装机文件 (*.clerk-setup)"))
        dialog.setObjectName("setupFile")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.file_chosen)
        dialog.open()
