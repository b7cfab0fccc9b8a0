"""要改的 the list on the right: wrong, missing, to be confirmed, told; Enter goes there, a warning is answered for below it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.registration.point_list import PointList
from ui.registration.view import PointRow
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.text import Hair, Text

ALL_THERE = EmptyView(tr("没有要改的"), tr("填好了，到最后一步核对一遍。"), icon="check", tone="ok")
ONLY_TO_SEE = EmptyView(tr("没有要改的"), tr("表只能看，这里没有要办的。"), icon="check", tone="ok")
_counts = (("error", tr("处须改")), ("missing", tr("处没填")), ("warning", tr("处请核对")))


class ConfirmBox(QWidget):
    """确认提示 why a warning may stay, in a word, and the button."""

    confirmed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirmBox")
        self._mark = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        self.words = Field(tr("为什么可以这样"), hint=tr("写一句，随表一起存"))
        self.words.line.setObjectName("confirmWords")
        self.button = KeyButton(tr("确认，没写错"), "Enter", bind=False, parent=self)
        self.button.setObjectName("confirmButton")
        column.addWidget(self.words)
        column.addWidget(self.button)
        self.words.entered.connect(self._on_confirm)
        self.button.chosen.connect(self._on_confirm)
        self.hide()

    def show_row(self, row: PointRow | None, locked: bool) -> None:
        """For this warning, while it is not answered for."""
        wanted = row is not None and row.kind == "warning" and not row.confirmed and not locked
        mark = row.mark if row is not None and wanted else ""
        if mark != self._mark:
            self._mark = mark
            self.words.set_text("")
            self.words.set_finding("")
        self.setVisible(bool(wanted))

    @Slot()
    def _on_confirm(self) -> None:
        words = self.words.text().strip()
        if words:
            self.confirmed.emit(self._mark, words)
        else:
            self.words.set_finding(tr("还没写为什么，写一句再确认。"))
            self.words.line.setFocus()


class MissingPane(Pane):
    """要改的 `jump_wanted(pointer)` by a press or Enter, `confirmed(mark, words)` of a warning."""

    jump_wanted = Signal(str)
    confirmed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("missingPane")
        self.setAccessibleName(tr("要改的地方"))
        self._locked = False
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(2)
        self._count = Text("", "body", strong=True, wrap=True)
        self._count.setObjectName("missingCount")
        self._how = Text("", "note")
        head.addWidget(self._count)
        head.addWidget(self._how)
        self.body.addLayout(head)
        self.body.addWidget(Hair())
        self._list = PointList(self)
        self._list.setObjectName("missingTable")
        self._list.setAccessibleName(tr("要改的地方，Enter 跳过去"))
        self._list.row_opened.connect(self._on_opened)
        self._list.row_chosen.connect(self._on_chosen)
        self._none = EmptyCard(self)
        self._none.render(ALL_THERE)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._none)
        self.body.addWidget(holder, 1)
        self.box = ConfirmBox(self)
        self.box.confirmed.connect(self.confirmed)
        self.add_foot(self.box)

    def show_points(self, rows: tuple[PointRow, ...], *, checking: bool, locked: bool) -> None:
        """Show these, the weightiest first."""
        self._locked = locked
        self._count.say(count_words(rows))
        self._how.say(tr("正在核对…") if checking else tr("Ctrl+H 依次跳到那一格") if rows else "")
        self._none.render(ONLY_TO_SEE if locked else ALL_THERE)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._list.render(rows)
        self.box.show_row(self._list.chosen(), locked)

    def table(self) -> PointList:
        """The list."""
        return self._list

    def words(self) -> str:
        """How many it says."""
        return self._count.text()

    def mark(self, place: str) -> None:
        """The hand is at this place: its point is marked."""
        row = next((one for one in self._list.rows() if one.pointer == place), None)
        if row is not None:
            self._list.choose(row.id)

    @Slot(str)
    def _on_opened(self, row_id: str) -> None:
        row = next((one for one in self._list.rows() if one.id == row_id), None)
        if row is not None:
            self.box.show_row(row, self._locked)
            self.jump_wanted.emit(row.pointer)

    @Slot(str)
    def _on_chosen(self, row_id: str) -> None:
        self.box.show_row(self._list.chosen(), self._locked)


def count_words(rows: tuple[PointRow, ...]) -> str:
    """还有 3 处须改，1 处请核对."""
    open_ = [row.kind for row in rows if not row.confirmed]
    said = [f"{n} {words}" for kind, words in _counts if (n := open_.count(kind))]  # type: ignore[arg-type]
    return tr("还有 {names}", names=tr("，").join(said)) if said else tr("没有要改的")
