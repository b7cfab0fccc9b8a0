"""材料 the item's list with a tick a paper: what was brought, what is still to come."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.language import tr
from ui.queueing.view import MaterialRow
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

WITH_STORY = (
    Column(tr("名称")),
    Column(tr("形式"), 84, tone="ink2"),
    Column(tr("要求"), 58, tone="ink2"),
    Column(tr("情况"), 152),
)
PLAIN = (
    Column(tr("名称")),
    Column(tr("形式"), 100, tone="ink2"),
    Column(tr("要求"), 64, tone="ink2"),
    Column(tr("收到"), 72, tone="ok"),
)
AS_WORDS = {"original": tr("原件"), "copy": tr("复印件"), "electronic": tr("电子件"), "held": tr("大厅已有")}
AS_KEYS = dict(zip("1234", AS_WORDS, strict=True))
TOLERATE_KEY = "5"


class MaterialsPane(Pane):
    """材料 `ticked(name, bool)` by Space or the box; 全部收齐 ticks what is left, one by one.

    `brought_as(name, how)` by 1–4, `tolerate_wanted(name)` by 5, `scan_wanted` by its key.
    """

    ticked = Signal(str, bool)
    brought_as = Signal(str, str)
    tolerate_wanted = Signal(str)
    scan_wanted = Signal()

    def __init__(self, *, story: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(tr("材料"), padding=0, inner=True, parent=parent)
        self.setObjectName("materialsPane")
        self._story = story
        self._rows: tuple[MaterialRow, ...] = ()
        self._fixed = False
        self._all = KeyButton(tr("全部收齐"), "", "link", parent=self)
        self._all.setObjectName("allBrought")
        self._all.chosen.connect(self._tick_all)
        self._scan = KeyButton(tr("扫描"), Key.SCAN, "link", parent=self)
        self._scan.setObjectName("scanMaterial")
        self._scan.chosen.connect(self.scan_wanted)
        self._scan.hide()
        self.add_to_head(self._scan)
        self.add_to_head(self._all)
        self._table = RowTable(WITH_STORY if story else PLAIN, row_height=36, marks=False, fit_rows=True, parent=self)
        self._table.setObjectName("materialsTable")
        self._table.setAccessibleName(tr("材料，空格键勾选"))
        self._table.row_ticked.connect(self._on_ticked)
        self._table.row_chosen.connect(self._follow)
        self._table.installEventFilter(self)
        self._hint = Text("", "note", tone="ink3")
        under = QHBoxLayout()
        under.setContentsMargins(16, 4, 16, 8)
        under.addWidget(self._hint)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._table)
        self.body.addLayout(under)
        self.body.addStretch(1)
        self.setFocusProxy(self._table)

    def render_materials(self, rows: tuple[MaterialRow, ...], note: str = "", *, fixed: bool = False) -> None:
        """Show these papers; `fixed` after acceptance, when nothing is ticked any more."""
        self._rows, self._fixed = rows, fixed
        brought = sum(row.brought for row in rows)
        self.set_title(
            tr("材料"), tr("收齐 {brought} / {count}", brought=brought, count=len(rows)) + (f"·{note}" if note else "")
        )
        self._all.setVisible(not fixed and brought < len(rows))
        tolerable = self._story and any(row.tolerable for row in rows)
        keys = tr("空格勾选·1 原件 2 复印件 3 电子件 4 大厅已有") + (tr(" 5 容缺") if tolerable else "")
        self._hint.say("" if fixed or not rows else keys)
        self._table.render(tuple(self._row(row) for row in rows))
        if fixed:
            self._table.setCurrentIndex(QModelIndex())
        elif rows and self._table.currentIndex().row() < 0:
            self._table.select(self.first_open())

    def say_hint(self, words: str) -> None:
        """Under the list, instead of the keys."""
        self._hint.say(words)

    def show_scans(self, words: str) -> None:
        """扫描 with how many there are; empty where nothing is scanned any more."""
        self._scan.set_text(words)
        self._scan.setVisible(bool(words))

    def scan_button(self) -> KeyButton:
        """扫描."""
        return self._scan

    def first_open(self) -> str:
        """The first paper not brought yet, or the first of all."""
        names = [row.name for row in self._rows if not row.brought] or [row.name for row in self._rows]
        return names[0] if names else ""

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def all_button(self) -> KeyButton:
        """全部收齐."""
        return self._all

    def focus_first_open(self) -> None:
        """The hand goes to the first paper still to come."""
        self._table.select(self.first_open())
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow()

    def _row(self, row: MaterialRow) -> Row:
        name = Cell(
            row.name,
            lamp=("done" if row.brought else "waiting") if self._fixed else "",
            checked=None if self._fixed else row.brought,
        )
        open_and_spare = not row.essential and not row.brought
        need = Cell(row.need, tone="warn" if open_and_spare else "")
        plain = Cell(
            AS_WORDS.get(row.brought_as, "") if row.brought else row.said, tone="ok" if row.brought else "accent"
        )
        story = Cell(row.said, tone=row.tone or "ink2") if self._story else plain
        return Row(row.name, (name, row.form, need, story))

    @Slot()
    def _follow(self) -> None:
        """Keep the row under the hand in sight: the table is as tall as its rows, its surroundings scroll."""
        area: QWidget | None = self
        while area is not None and not isinstance(area, ScrollBody):
            area = area.parentWidget()
        content = area.widget() if isinstance(area, ScrollBody) else None
        if isinstance(area, ScrollBody) and content is not None:
            rect = self._table.visualRect(self._table.currentIndex())
            place = self._table.viewport().mapTo(content, rect.center())
            area.ensureVisible(0, place.y(), 0, rect.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """1–5 say how the paper under the hand was brought."""
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            name = self._table.selected_id()
            if bare and name and not self._fixed and event.text() in (*AS_KEYS, TOLERATE_KEY):
                self._say_how(name, event.text())
                return True
        return super().eventFilter(watched, event)

    def _say_how(self, name: str, key: str) -> None:
        if key in AS_KEYS:
            self.brought_as.emit(name, AS_KEYS[key])
        elif any(row.name == name and row.tolerable for row in self._rows):
            self.tolerate_wanted.emit(name)

    @Slot(str, bool)
    def _on_ticked(self, name: str, brought: bool) -> None:
        if not self._fixed:
            self.ticked.emit(name, brought)

    @Slot()
    def _tick_all(self) -> None:
        for row in self._rows:
            if not row.brought:
                self.ticked.emit(row.name, True)
