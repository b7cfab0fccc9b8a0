"""授权书登记表 a letter as its paper says it: number, person, days, exactly the ticked items; the scan comes first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from ui.duty.letters.view import Choice, LetterForm, TypedLetter
from ui.language import tr
from ui.registration.choosing import Combo, TickBox
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import Act, NextStepBar, NextStepView
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import Text

FILES = tr("扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)")
RECORD, CANCEL = "record", "cancel"


class LetterFormPane(Pane):
    """登记表 `recorded(TypedLetter)`, `cancelled`; what was typed stays while it is the same form."""

    recorded = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("letterForm")
        self.setAccessibleName(tr("登记授权书"))
        self._view: LetterForm | None = None
        self._scan = ""
        self._title, self._words = Text("", "title", wrap=True), Text("", "body", tone="ink2", wrap=True)
        self._strip = Strip(self)
        self.choose = KeyButton(tr("选扫描件"), Key.SCAN, icon="file", parent=self)
        self.choose.setObjectName("chooseScan")
        self._chosen = Text(tr("还没选。先把纸件扫成 PDF 或图片。"), "dense", wrap=True)
        self.department = Combo(self)
        self.department.setObjectName("letterDepartment")
        self.department.setAccessibleName(tr("部门"))
        self.fields = {name: self._field(name, label, hint) for name, label, hint in _fields}
        self._items_box, self._powers_box = QVBoxLayout(), QVBoxLayout()
        self._items: dict[str, TickBox] = {}
        self._powers: dict[str, TickBox] = {}
        self.bar = NextStepBar(self)
        self._lay_out()
        self.choose.chosen.connect(self._ask_file)
        self.department.currentIndexChanged.connect(self._show_items)
        self.bar.chosen.connect(self._on_act)

    def _field(self, name: str, label: str, placeholder: str) -> Field:
        field = Field(label, "digits" if name in ("start", "end") else "text", placeholder=placeholder, parent=self)
        field.line.setObjectName(f"letter-{name}")
        field.edited.connect(self._judge)
        return field

    def _lay_out(self) -> None:
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = scroll.body
        column.setContentsMargins(20, 16, 20, 16)
        for part in (self._title, self._words, self._strip):
            column.addWidget(part)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._chosen)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        place = QVBoxLayout()
        place.setSpacing(4)
        place.addWidget(Text(tr("部门"), "dense"))
        place.addWidget(self.department)
        place.addStretch(1)
        grid.addWidget(self.fields["number"], 0, 0)
        grid.addLayout(place, 0, 1)
        for at, name in enumerate(("person", "deputy", "start", "end")):
            grid.addWidget(self.fields[name], 1 + at // 2, at % 2)
        column.addLayout(grid)
        for title, box in ((tr("列明的事项（照纸件一项一项勾）"), self._items_box), (tr("授的权"), self._powers_box)):
            box.setSpacing(0)
            column.addWidget(Text(title, "body", strong=True))
            column.addLayout(box)
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scroll, 1)
        self.add_foot(self.bar)

    def render(self, view: LetterForm) -> None:  # type: ignore[override]
        """Show this form; another one begins anew."""
        fresh = self._view is None or view.serial != self._view.serial
        self._view = view
        self._title.say(view.title)
        self._words.say(view.words)
        self._strip.render(view.message)
        if fresh:
            self._begin(view)
        self._judge()

    def _begin(self, view: LetterForm) -> None:
        self._scan = ""
        self._chosen.say(tr("还没选。先把纸件扫成 PDF 或图片。"))
        for name, field in self.fields.items():
            field.set_text({"start": view.start, "end": view.end}.get(name, ""))
        self.department.blockSignals(True)
        self.department.clear()
        for one in view.departments:
            self.department.addItem(one.words, one.key)
        self.department.setCurrentIndex(max(0, self.department.findData(view.department)))
        self.department.blockSignals(False)
        self._powers = _refill(self._powers_box, view.powers, view.granted, self)
        self._show_items()

    @Slot()
    def _show_items(self) -> None:
        view = self._view
        if view is not None:
            choices = view.items.get(str(self.department.currentData()), ())
            self._items = _refill(self._items_box, choices, view.ticked, self)
            boxes = (*self._items.values(), *self._powers.values())
            for box in boxes:
                box.toggled.connect(self._judge)
            self._judge()
            number, *rest = (field.line for field in self.fields.values())
            tab_through(self.choose, number, self.department, *rest, *boxes, *self.bar.buttons())

    def typed(self) -> TypedLetter:
        """As it stands."""
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        return TypedLetter(
            **texts,
            department=str(self.department.currentData() or ""),
            items=tuple(code for code, box in self._items.items() if box.isChecked()),
            powers=tuple(key for key, box in self._powers.items() if box.isChecked()),
            scan=self._scan,
        )

    def boxes(self) -> dict[str, TickBox]:
        """The items that can be ticked, by code."""
        return dict(self._items)

    def take_scan(self, path: str) -> None:
        """The scan that was chosen."""
        self._scan = path
        self._chosen.say(Path(path).name)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        typed, busy = self.typed(), self._view is not None and self._view.busy
        gaps = (
            (typed.scan, tr("还没选扫描件")),
            (typed.number, tr("还没写文号")),
            (typed.person, tr("还没写授给谁")),
            (typed.start and typed.end, tr("还没写起止日期")),
            (typed.items, tr("还没勾事项")),
            (typed.powers, tr("还没勾授的权")),
        )
        reason = next((words for value, words in gaps if not value), "")
        step = Act(RECORD, tr("正在登记…") if busy else tr("登记"), Key.NEXT_STEP, "" if busy else reason)
        words = NextStepView(tr("另一人复核了才生效。"), seconds=(Act(CANCEL, tr("先不登"), "Esc"),), step=step)
        self.bar.render(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_act(self, name: str) -> None:
        if name == CANCEL:
            self.cancelled.emit()
        elif self._view is not None and not self._view.busy:
            self.recorded.emit(self.typed())

    @Slot()
    def _ask_file(self) -> None:
        dialog = QFileDialog(self, tr("选扫描件"), "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_scan)
        dialog.open()


_fields = (
    ("number", tr("文号"), tr("江市监授〔2026〕2号")),
    ("person", tr("授给谁"), tr("工号或姓名")),
    ("deputy", tr("副代表（没有就空着）"), tr("工号或姓名")),
    ("start", tr("从哪天"), "2026-11-21"),
    ("end", tr("到哪天（含）"), "2026-12-31"),
)


def _refill(
    box: QVBoxLayout, choices: tuple[Choice, ...], ticked: tuple[str, ...], parent: QWidget
) -> dict[str, TickBox]:
    while box.count():
        item = box.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    made = {}
    for one in choices:
        made[one.key] = TickBox(one.words, parent)
        made[one.key].setChecked(one.key in ticked)
        box.addWidget(made[one.key])
    return made
