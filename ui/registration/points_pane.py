"""补正点栏 what each department wants mended, in a list that leads to the field; read, explained, taken back; one more is made."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.language import said, tr
from ui.registration.choosing import Combo
from ui.registration.point_list import PointList
from ui.registration.points_view import NewPointView, PointLine, PointsView
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.strip import Strip
from ui.widgets.text import Hair, Text

ACTS = (("read", tr("已读"), "1"), ("explain", tr("说明不改"), "2"), ("drop", tr("撤了"), "3"))


class NewPoint(QWidget):
    """提补正点 `made(place, department, opinion, ground)`, `left()` by Esc; what was typed stays while the place is the same."""

    made = Signal(str, str, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("newPoint")
        self._view: NewPointView | None = None
        self.where: QComboBox = Combo(self)
        self.where.setObjectName("pointPlace")
        self.where.setAccessibleName(tr("在哪一栏提"))
        self._hand = ""
        self.department: QComboBox = Combo(self)
        self.department.setObjectName("pointDepartment")
        self.department.setAccessibleName(tr("哪个部门提的"))
        self.opinion = QPlainTextEdit(self)
        self.opinion.setObjectName("pointOpinion")
        self.opinion.setAccessibleName(tr("哪里要改、怎么改"))
        self.opinion.setPlaceholderText(tr("哪里要改、怎么改"))
        self.opinion.setTabChangesFocus(True)
        self.ground = Field(tr("依据"), optional=True)
        self.button = KeyButton(tr("记下补正点"), Key.POINT, parent=self)
        self.button.setObjectName("pointMade")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        for widget in (self.where, self.department, self.opinion, self.ground, self.button):
            column.addWidget(widget)
        self.button.chosen.connect(self._on_made)
        self.ground.entered.connect(self._on_made)

    def show_fresh(self, view: NewPointView | None) -> None:
        """For this place."""
        self._view = view
        if view is None:
            return
        self._show_places(view)
        if view.departments != tuple(self.department.itemData(n) for n in range(self.department.count())):
            self.department.clear()
            for department in view.departments:
                self.department.addItem(said(department), department)
        self.department.setVisible(len(view.departments) > 1)
        self.button.set_reason("" if view.places else tr("这一步没有可提的栏"))
        self.opinion.setFixedHeight(theme.current().px(84))

    def _show_places(self, view: NewPointView) -> None:
        """The field under the hand, until another is chosen here."""
        if [place for place, _ in view.places] != [self.where.itemData(n) for n in range(self.where.count())]:
            chosen = self.where.currentData()
            self.where.clear()
            for place, label in view.places:
                self.where.addItem(said(label), place)
            self.where.setCurrentIndex(max(0, self.where.findData(chosen)))
        at = self.where.findData(view.place)
        if view.place != self._hand and at >= 0:
            self._hand = view.place
            self.where.setCurrentIndex(at)

    def clear(self) -> None:
        """It is on record."""
        self.opinion.setPlainText("")
        self.ground.set_text("")

    @Slot()
    def _on_made(self) -> None:
        place = str(self.where.currentData() or "")
        if place:
            words = self.opinion.toPlainText().strip()
            department = str(self.department.currentData() or "")
            self.made.emit(place, department, words, self.ground.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PointsPane(Pane):
    """补正点栏 `acted(act, id, words)`: read, explain, drop; `jump_wanted(pointer)` by Enter or a press; `made` as `NewPoint` says."""

    acted = Signal(str, str, str)
    jump_wanted = Signal(str)
    made = Signal(str, str, str, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("pointsPane")
        self.setAccessibleName(tr("补正点"))
        self._view = PointsView()
        self._asking = ""
        self.count = Text("", "body", strong=True, wrap=True)
        self.strip = Strip(self)
        self.list = PointList(self)
        self.list.setObjectName("pointList")
        self.list.setAccessibleName(tr("补正点，Enter 跳到那一栏，1 已读，2 说明，3 撤了"))
        self.list.installEventFilter(self)
        # Where there is little room the slip for a new one has it.
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.setMinimumHeight(1)
        self.buttons = {name: KeyButton(word, key, "quiet", bind=False, parent=self) for name, word, key in ACTS}
        self.words = Field(tr("为什么不改"))
        self.words.line.setObjectName("pointWords")
        self.add = KeyButton(tr("提补正点"), Key.POINT, parent=self)
        self.add.setObjectName("pointAdd")
        self.fresh = NewPoint(self)
        self._lay_out()
        self._connect()
        self.render(self._view)

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.addWidget(self.count)
        head.addWidget(self.strip)
        self.body.addLayout(head)
        self.body.addWidget(Hair())
        self.body.addWidget(self.list, 1)
        self._foot = QWidget(self)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        foot.addLayout(row)
        foot.addWidget(self.words)
        foot.addWidget(self.add)
        self.add_foot(self._foot)
        self.add_foot(self.fresh)
        self.fresh.hide()
        self.words.hide()

    def _connect(self) -> None:
        self.list.row_chosen.connect(self._on_row)
        self.list.row_opened.connect(self._on_opened)
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.chosen.connect(self._on_button)
        self.words.entered.connect(self._on_words)
        self.add.chosen.connect(self.ask_fresh)
        self.fresh.made.connect(self.made)
        self.fresh.left.connect(self.end_fresh)

    def render(self, view: PointsView) -> None:  # type: ignore[override]
        """Show these; the chosen one stays chosen, what is being typed stays."""
        other, self._view = view.case != self._view.case, view
        self.count.say(
            tr("{title}：{note}", title=view.title, note=view.note) if view.note else view.title or tr("补正点")
        )
        self.strip.render(view.strip)
        self.list.render(tuple(line.row for line in view.lines))
        if view.lines and self.list.chosen() is None:
            self.list.choose(view.lines[0].row.id)
        self.add.setVisible(view.fresh is not None)
        self.fresh.show_fresh(view.fresh)
        if other or view.fresh is None:
            self.end_fresh()
        self._show_acts()

    def made_it(self) -> None:
        """The new point is on record."""
        self.fresh.clear()
        self.end_fresh()

    @Slot()
    def ask_fresh(self) -> None:
        """The slip for a new one, with the hand on its words."""
        self._foot.setVisible(False)
        self.fresh.setVisible(True)
        self.fresh.opinion.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def end_fresh(self) -> None:
        """Back to the list."""
        self.fresh.setVisible(False)
        self._foot.setVisible(True)

    def _line(self) -> PointLine | None:
        chosen = self.list.chosen()
        return next((one for one in self._view.lines if chosen is not None and one.row.id == chosen.id), None)

    def _show_acts(self) -> None:
        line = self._line()
        for name, button in self.buttons.items():
            button.setVisible(line is not None and bool(getattr(line, name)))
        asked = line is not None and line.explain and self._asking == line.row.id
        if not asked:
            self._asking = ""
        self.words.setVisible(asked)

    @Slot(str)
    def _on_row(self, _row: str) -> None:
        self._show_acts()

    @Slot(str)
    def _on_opened(self, row: str) -> None:
        found = next((one.row for one in self._view.lines if one.row.id == row), None)
        if found is not None and found.pointer:
            self.jump_wanted.emit(found.pointer)
        elif found is not None:
            self.refused.emit(tr("这一行已删去，没有地方可去。"))

    @Slot()
    def _on_button(self) -> None:
        self._act(self.sender().objectName())

    def _act(self, name: str) -> None:
        line = self._line()
        if line is None or not getattr(line, name):
            return
        if name != "explain":
            self.acted.emit(name, line.row.id, "")
            return
        self._asking = line.row.id
        self.words.set_text("")
        self.words.set_finding("")
        self._show_acts()
        self.words.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_words(self) -> None:
        words = self.words.text().strip()
        if not words:
            self.words.set_finding(tr("还没写为什么不改，写一句再记。"))
            return
        asked, self._asking = self._asking, ""
        self.acted.emit("explain", asked, words)
        self._show_acts()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit does it to the chosen one; the list would look for a row that begins with it."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            name = next((name for name, _, key in ACTS if key == event.text()), "")
            if name:
                self._act(name)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the words."""
        if event.key() == Qt.Key.Key_Escape and self._asking:
            self._asking = ""
            self._show_acts()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
