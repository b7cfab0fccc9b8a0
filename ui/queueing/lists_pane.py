"""名单 who waits, is held, was passed or is done today: over the counter page, with one ticket's story beside the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.queueing.lists_view import LIST_WORDS, ListsView
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.key_button import KeyButton
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.text import Text

COLUMNS = (
    Column(tr("号票"), 92, bold=True),
    Column(tr("事项类"), 132),
    Column(tr("情形")),
    Column(tr("时间"), 64, "right", tone="ink2"),
)
TALL, STORY, CLOCK = 460, 300, 40


class ListsPane(QFrame):
    """名单 `list_wanted(key)`, `row_wanted(id)`, `act_wanted(key)` for the chosen ticket, `refused(why)` where it cannot be, `closed()`."""

    list_wanted = Signal(str)
    row_wanted = Signal(str)
    act_wanted = Signal(str)
    refused = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("listsPane")
        self.setProperty("pane", True)
        self.setAccessibleName(tr("名单：等候、挂起、过号"))
        self._view = ListsView()
        self._led = False
        """Whether the hand was put on the lists' names, because its list is empty."""
        self._segments = Segments(tuple(LIST_WORDS.items()), self)
        self._segments.chosen.connect(self.list_wanted)
        self._close = KeyButton(tr("收起"), "Esc", "quiet", parent=self)
        self._close.chosen.connect(self.closed)
        self._table = RowTable(COLUMNS, parent=self)
        self._table.setObjectName("listsTable")
        self._table.setAccessibleName(tr("名单里的号票，左右键换名单"))
        self._table.installEventFilter(self)
        self._table.row_chosen.connect(self.row_wanted)
        self._table.row_opened.connect(self._on_opened)
        self._empty = EmptyCard(self)
        self._title, self._why = Text("", "section", strong=True), Text("", "dense", wrap=True)
        self._story = QVBoxLayout()
        self._acts = QVBoxLayout()
        self._buttons: dict[str, KeyButton] = {}
        self._lay_out()
        self.render(self._view)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._segments)
        head.addStretch(1)
        head.addWidget(self._close)
        column.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._table, 1)
        body.addWidget(self._empty, 1)
        self._side = QWidget(self)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self._title)
        side.addWidget(self._why)
        inner = QWidget()
        self._story.setSpacing(6)
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(self._story)
        lines.addStretch(1)
        scroll = QScrollArea(self._side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        for ground in (scroll.viewport(), inner):
            ground.setAutoFillBackground(False)
        side.addWidget(scroll, 1)
        self._acts.setSpacing(6)
        side.addLayout(self._acts)
        body.addWidget(self._side)
        column.addLayout(body, 1)

    def render(self, view: ListsView) -> None:  # type: ignore[override]
        """Show this list; the hand's place in it stays."""
        self._view = view
        self._segments.choose(view.shown)
        for key, count in view.figures:
            self._segments.show_figure(key, str(count) if count else "")
        self._lead_hand(view)
        self._table.setVisible(bool(view.rows))
        self._empty.setVisible(not view.rows)
        self._empty.render(EmptyView(view.empty))
        self._table.render(
            tuple(
                Row(
                    row.id,
                    (Cell(row.number), row.business, Cell(row.said, tags=row.tags), row.time),
                    spoken=tr("，").join((row.number, row.business, *(tag.text for tag in row.tags), row.said)),
                )
                for row in view.rows
            )
        )
        if view.chosen:
            self._table.select(view.chosen)
        self._side.setVisible(bool(view.title))
        self._side.setFixedWidth(theme.current().px(STORY))
        self._title.say(view.title)
        self._why.say(view.why)
        self._show_story(view.story)
        self._show_acts(view)

    def view(self) -> ListsView:
        """What is shown."""
        return self._view

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def button(self, key: str) -> KeyButton:
        """One act by its key."""
        return self._buttons[key]

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(800), look.px(TALL))

    def hasHeightForWidth(self) -> bool:
        """As tall at any width: its list takes what there is."""
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._side.setFixedWidth(theme.current().px(STORY))
            self._show_story(self._view.story)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._led = not self._view.rows
        hand = self._segments.segment(self._view.shown) if self._led else self._table
        hand.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lead_hand(self, view: ListsView) -> None:
        """From an empty list the arrows go on to the next one, and back among its rows."""
        if not view.rows and self._table.hasFocus():
            self._led = True
            self._segments.segment(view.shown).setFocus(Qt.FocusReason.OtherFocusReason)
        elif view.rows and self._led:
            self._led = False
            if any(self._segments.segment(key).hasFocus() for key in LIST_WORDS):
                self._table.show()
                self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._turn(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table keeps the arrows for its columns, which nobody walks through here."""
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}.get(event.key(), 0)
            if step:
                self._turn(step)
                return True
        return super().eventFilter(watched, event)

    def _turn(self, step: int) -> None:
        keys = list(LIST_WORDS)
        self.list_wanted.emit(keys[(keys.index(self._view.shown) + step) % len(keys)])

    def _show_story(self, story: tuple[tuple[str, str], ...]) -> None:
        while self._story.count():
            item = self._story.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for time, words in story:
            line = QWidget(self)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            clock = Text(time, "dense", tone="ink2")
            clock.setFixedWidth(theme.current().px(CLOCK))
            row.addWidget(clock, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(words, "dense", wrap=True), 1)
            self._story.addWidget(line)

    def _show_acts(self, view: ListsView) -> None:
        wanted = [act.key for act in view.acts]
        if wanted != list(self._buttons):
            for button in self._buttons.values():
                self._acts.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = {act.key: self._add_act(act.key, act.text, act.shortcut) for act in view.acts}
        for act in view.acts:
            self._buttons[act.key].set_text(act.text)
            self._buttons[act.key].set_reason(act.reason)

    def _add_act(self, key: str, text: str, shortcut: str) -> KeyButton:
        first = not self._acts.count()
        button = KeyButton(
            text, shortcut, "next" if first else "plain", bind=shortcut not in ("", "Enter"), parent=self
        )
        button.setObjectName(f"listAct-{key}")
        button.chosen.connect(self._on_act)
        button.refused.connect(self.refused)
        self._acts.addWidget(button)
        return button

    @Slot()
    def _on_act(self) -> None:
        key = next((key for key, button in self._buttons.items() if button is self.sender()), "")
        if key:
            self.act_wanted.emit(key)

    @Slot(str)
    def _on_opened(self, row: str) -> None:
        """Enter on a row does the first thing that can be done with it."""
        first = next(iter(self._view.acts), None)
        if first is not None and row == self._view.chosen:
            self._buttons[first.key].click()
