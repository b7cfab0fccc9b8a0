"""开门前 the first page of the day: a row of marks, what is missing with its remedy, then what is due and what waits."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.today.marks import MarksRow
from ui.today.view import BPostView, LineView, TodayView, TroubleView
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row, Tone
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Text

CASE_COLUMNS = (Column(tr("办件")), Column(tr("状态"), 108, tone="ink2"), Column(tr("余"), 76, "right"))
POST_COLUMNS = (Column(tr("岗位")), Column(tr("A角"), 216, tone="ink2"), Column(tr("在办"), 64, "right"))
TONES: dict[str, Tone] = {"overdue": "red", "soon": "warn"}
MOST, FEW = 6, 3


class TroubleRow(QFrame):
    """还差的一样 what is missing, what to do, and the button to its page; `wanted(page)`."""

    wanted = Signal(str)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("strip", "warn")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head, self._rest = Text("", "body", strong=True), Text("", "dense", tone="ink2", wrap=True)
        self._button, self._page = KeyButton("", key, parent=self), ""
        self._button.set_height(30)
        self._button.chosen.connect(self._on_chosen)
        self._holder = QHBoxLayout(self)
        self._holder.setContentsMargins(14, 5, 10, 5)
        self._holder.setSpacing(12)
        self._holder.addWidget(self._head)
        self._holder.addWidget(self._rest, 1)
        self._holder.addWidget(self._button)

    def render(self, view: TroubleView) -> None:  # type: ignore[override]
        """Show this one."""
        self._head.say(view.head)
        self._rest.say(view.rest)
        self._page = view.page
        self._button.set_text(view.link)
        self.setAccessibleName(f"{view.head}{view.rest}")

    @Slot()
    def press(self) -> None:
        """Its digit."""
        if self.isVisible():
            self._button.click()

    @Slot()
    def _on_chosen(self) -> None:
        self.wanted.emit(self._page)


class FewRows(RowTable):
    """几行 asks for a few of its rows and scrolls the rest: the page itself need not scroll for a long list."""

    def sizeHint(self) -> QSize:
        """As if there were no more than a few."""
        wanted, most = super().sizeHint(), self.minimumSizeHint().height() + (FEW - 1) * self.rowHeight(0)
        return QSize(wanted.width(), min(wanted.height(), most))


class ListPane(Pane):
    """一列 a table with its empty place; `opened(id)` on Enter or double click."""

    opened = Signal(str)

    def __init__(self, name: str, columns: tuple[Column, ...], parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._table, self._empty = FewRows(columns, row_height=54, parent=self), EmptyCard(self)
        self._table.setObjectName(name)
        self._table.row_opened.connect(self.opened)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder, 1)

    def render_rows(self, title: str, rows: tuple[Row, ...], empty: EmptyView) -> None:
        """Show these rows, or why there are none."""
        self.set_title(title)
        self._table.setAccessibleName(tr("{title}，上下键挑，回车打开", title=title))
        self._table.render(rows)
        self._empty.render(empty)
        self._stack.setCurrentIndex(0 if rows else 1)


class TodayPage(QWidget):
    """开门前 `begin()` goes on to the day's work, `page_wanted(key)` from a mark, `case_wanted(id)` from a list."""

    begin = Signal()
    page_wanted = Signal(str)
    case_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("todayPage")
        self.setAccessibleName(tr("开门前"))
        self._strip = Strip(self)
        self._head = Pane(tr("开门前"), padding=0, parent=self)
        self._marks = MarksRow(MOST, self)
        self._troubles = [TroubleRow(str(place), self) for place in range(1, MOST + 1)]
        self._due = ListPane("dueTable", CASE_COLUMNS, self)
        self._waiting = ListPane("waitingTable", CASE_COLUMNS, self)
        self._posts = ListPane("bPostsTable", POST_COLUMNS, self)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self._on_bar)
        for place, row in enumerate(self._troubles, 1):
            row.wanted.connect(self.page_wanted)
            key = QShortcut(QKeySequence(str(place)), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(row.press)
        for pane in (self._due, self._waiting):
            pane.opened.connect(self.case_wanted)
        self._posts.opened.connect(self._on_post)
        self._lay_out()
        self.render(TodayView())

    def _lay_out(self) -> None:
        for pane in (self._head, self._posts):
            pane.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._head.body.setContentsMargins(0, 0, 0, 6)
        self._head.body.addWidget(self._marks)
        missing = QVBoxLayout()
        missing.setContentsMargins(16, 0, 16, 6)
        missing.setSpacing(4)
        missing.addWidget(self._strip)
        for row in self._troubles:
            missing.addWidget(row)
        self._head.body.addLayout(missing)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self._waiting, 1)
        side.addWidget(self._posts)
        lists = QHBoxLayout()
        lists.setSpacing(12)
        lists.addWidget(self._due, 1)
        lists.addLayout(side, 1)
        body = ScrollBody(self)
        body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.body.addWidget(self._head)
        body.body.addLayout(lists, 1)
        foot = QFrame(self)
        foot.setProperty("pane", True)
        foot.setProperty("titled", True)
        below = QVBoxLayout(foot)
        below.setContentsMargins(1, 1, 1, 1)
        below.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(body, 1)
        column.addWidget(foot)

    def render(self, view: TodayView) -> None:  # type: ignore[override]
        """Show this morning; the hand's place stays."""
        self._head.set_title(view.title)
        self._strip.render(view.message)
        self._marks.render(view.marks)
        for place, row in enumerate(self._troubles):
            row.setVisible(place < len(view.troubles))
            if place < len(view.troubles):
                row.render(view.troubles[place])
        self._due.render_rows(view.due_title, tuple(map(_case_row, view.due)), view.due_empty)
        self._waiting.render_rows(view.waiting_title, tuple(map(_case_row, view.waiting)), view.waiting_empty)
        self._posts.setVisible(bool(view.b_posts))
        self._posts.render_rows(tr("我的B角岗"), tuple(map(_post_row, view.b_posts)), EmptyView(""))
        self.bar.render(view.bar)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        button = self.bar.button("begin")
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        self.begin.emit()

    @Slot(str)
    def _on_post(self, post: str) -> None:
        self.page_wanted.emit("board")


def _case_row(line: LineView) -> Row:
    tone: Tone = TONES.get(line.lamp, "")
    return Row(
        line.id,
        (
            Cell(f"{line.number}　{line.applicant}", lamp=line.lamp, note=line.item),
            line.state,
            Cell(line.left, tone=tone, bold=line.lamp == "overdue"),
        ),
    )


def _post_row(post: BPostView) -> Row:
    return Row(post.id, (Cell(post.name, lamp=post.lamp), post.a, post.cases))
