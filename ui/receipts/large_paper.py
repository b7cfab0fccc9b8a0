"""给他看 a slip on the screen instead of on paper: its picture, large, with the code a phone reads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.duty.away.code import CodeFace
from ui.language import tr
from ui.receipts.view import PaperView
from ui.widgets.key_button import KeyButton
from ui.widgets.paper_sheet import PaperSheet
from ui.widgets.text import Text

WIDTH, CODE_ROOM = 520, 456


class LargePaper(QDialog):
    """给他看 stays until Esc; nothing is printed by it."""

    def __init__(self, paper: PaperView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("largePaper")
        self.setWindowTitle(paper.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet = PaperSheet(self)
        self.sheet.render_paper(paper.png, paper.spoken or paper.title)
        self.code = CodeFace(self)
        self.code.setAccessibleName(tr("票上的二维码"))
        self.code.show_code(paper.code)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.sheet, 1)
        both.addWidget(self.code, 0, Qt.AlignmentFlag.AlignCenter)
        column.addLayout(both, 1)
        row = QHBoxLayout()
        row.addWidget(Text(tr("没有打印：请他用手机扫码，或记下号。"), "body", wrap=True), 1)
        shut = KeyButton(tr("看好了"), "Esc", parent=self)
        shut.setObjectName("shutLarge")
        shut.chosen.connect(self.accept)
        row.addWidget(shut)
        column.addLayout(row)
        room = parent.height() if parent is not None else 800
        self.resize(
            theme.current().px(WIDTH) + (CODE_ROOM if paper.code else 0),
            max(theme.current().px(420), round(room * 0.92)),
        )
