"""过程 what happened to this case so far, and the paper that comes next: shown where the window is wide."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.pane import Pane
from ui.widgets.paper_sheet import PaperSheet
from ui.widgets.text import Text


class CoursePane(Pane):
    """过程 one line a deed, the last in bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("过程"), inner=True, parent=parent)
        self.setObjectName("coursePane")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self._course: tuple[tuple[str, str], ...] = ()

    def render_course(self, course: tuple[tuple[str, str], ...]) -> None:
        """Show these deeds, (time, words)."""
        if course == self._course:
            return
        self._course = course
        while self._lines.count():
            item = self._lines.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for place, (time, words) in enumerate(course):
            line = QWidget(self)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            row.addWidget(Text(time, "dense"))
            row.addWidget(Text(words, "body", strong=place == len(course) - 1, wrap=True), 1)
            self._lines.addWidget(line)


class NextPaperPane(Pane):
    """受理后打印 the paper as it will come out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("受理后打印"), padding=0, inner=True, parent=parent)
        self.setObjectName("nextPaperPane")
        self._sheet = PaperSheet(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._sheet, 1)

    def render_paper(self, png: bytes, title: str) -> None:
        """Show this paper."""
        self.set_title(title or tr("受理后打印"))
        self._sheet.render_paper(png, title)
