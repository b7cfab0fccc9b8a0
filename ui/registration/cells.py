"""栏位 the kinds of field on the form: a line, a choice, a tick, a set of ticks; label above, hint or finding under."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import said, tr
from ui.registration.choosing import Combo, TickBox
from ui.registration.masking import covered
from ui.registration.view import CellView, point_tags, point_words
from ui.widgets.field import Field, FieldHead
from ui.widgets.tag import Tag, TagKind
from ui.widgets.text import Text, restyle

ACT = "#"
"""What stands under the choices and is no value begins with it."""


class LineCell(Field):
    """一行栏 typed text; emits it with every keystroke."""

    changed = Signal(str, object)
    gone = Signal(str)
    passed = Signal(str)

    def __init__(self, view: CellView, parent: QWidget | None = None) -> None:
        kind = "digits" if view.kind == "digits" else "text"
        super().__init__(
            view.label,
            kind,  # type: ignore[arg-type]
            hint=view.hint,
            placeholder=view.placeholder,
            optional=view.optional,
            parent=parent,
        )
        self.view: CellView | None = None
        self._told, self._hinted = ("", ""), view.hint
        # Tab stops at a proxy's owner too, which stays where it was made: with it, the order of the page is lost.
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.line.setObjectName(f"cell-{view.slot}")
        self.edited.connect(self._on_text)
        self.left.connect(self._on_left)
        self.entered.connect(self._on_entered)

    def show_cell(self, view: CellView, locked: bool) -> None:
        """The value of the place it shows now; equal text is left alone, so that the hand is not disturbed."""
        self.view = view
        self.set_optional(view.optional)
        self.set_text(self._face())
        if view.placeholder != self.line.placeholderText():
            self.line.setPlaceholderText(view.placeholder)
        if view.hint != self._hinted:
            self._hinted = view.hint
            self.set_hint(view.hint)
        if (view.finding, view.point) != self._told:
            self._told = (view.finding, view.point)
            self.set_finding(view.finding, *_tag_of(view))
        self.set_read_only(locked or view.taken)

    def _face(self) -> str:
        """What is secured is seen whole only while the hand is on it."""
        if self.view is None:
            return ""
        return covered(self.view.text) if self.view.masked and not self.line.hasFocus() else self.view.text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handled = super().eventFilter(watched, event)
        turned = event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut)
        if turned and watched is self.line and self.view is not None and self.view.masked:
            self.set_text(self._face())
        return handled

    def set_read_only(self, read_only: bool) -> None:
        if self.line.isReadOnly() != read_only:
            super().set_read_only(read_only)

    def hand(self) -> QWidget:
        """Where the focus goes."""
        return self.line

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if self.view is None:
            return
        if self.view.masked and not self.line.hasFocus():
            # Something was dropped onto a masked value: stars must never be taken for what was typed.
            self.set_text(self._face())
        else:
            self.changed.emit(self.view.pointer, text)

    @Slot()
    def _on_left(self) -> None:
        if self.view is not None:
            self.gone.emit(self.view.pointer)

    @Slot()
    def _on_entered(self) -> None:
        if self.view is not None:
            self.passed.emit(self.view.pointer)


class FramedCell(QWidget):
    """带框栏 label, controls and the line under them, for what is chosen and not typed."""

    changed = Signal(str, object)
    gone = Signal(str)
    passed = Signal(str)

    def __init__(self, view: CellView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: CellView | None = None
        self._finding = ""
        self._told = ("", "")
        self._showing = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._label = Text(view.label, "dense")
        self._head = FieldHead(self._label, optional=view.optional)
        column.addLayout(self._head)
        self.row = QHBoxLayout()
        self.row.setSpacing(12)
        column.addLayout(self.row)
        self._tag = Tag("", "must")
        self._under = Text(view.hint, "note", wrap=True)
        under = QHBoxLayout()
        under.setSpacing(6)
        under.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignTop)
        under.addWidget(self._under, 1)
        column.addLayout(under)
        self._under.setVisible(bool(view.hint))

    def show_cell(self, view: CellView, locked: bool) -> None:
        """The value of the place it shows now."""
        self.view = view
        self._head.set_optional(view.optional)
        self._showing = True
        self.take(view, locked)
        self._showing = False
        self._under.say(view.finding or view.hint)
        if (view.finding, view.point) != self._told:
            self._finding, self._told = view.finding, (view.finding, view.point)
            tag, kind = _tag_of(view)
            self._tag.render_tag(tag if view.finding else "", kind)
            self._under.set_tone("warn" if view.finding else "ink3")
            self._under.setProperty("role", "dense" if view.finding else "note")
            restyle(self._under)

    def take(self, view: CellView, locked: bool) -> None:
        """Show the value in the controls."""
        raise NotImplementedError

    def hand(self) -> QWidget:
        """Where the focus goes."""
        raise NotImplementedError

    def finding(self) -> str:
        """What is said under it that must be mended."""
        return self._finding

    def emit_value(self, value: object) -> None:
        """Tell what was chosen, unless it is being shown."""
        if self.view is not None and not self._showing:
            self.changed.emit(self.view.pointer, value)

    def watch(self, control: QWidget) -> None:
        """Enter goes on and leaving is told."""
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.view is not None and event.type() == QEvent.Type.FocusOut:
            self.gone.emit(self.view.pointer)
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if self.view is not None and pressed and _is_enter(cast("QKeyEvent", event)):
            self._pass(watched)
            return True
        return super().eventFilter(watched, event)

    def _pass(self, watched: QObject) -> None:
        if self.view is not None:
            self.passed.emit(self.view.pointer)


def _tag_of(view: CellView) -> tuple[str, TagKind]:
    """须改 or 请核对 before the words; what is only missing needs no tag."""
    return ("" if view.point == "missing" else point_words[view.point], point_tags[view.point])


def _is_enter(event: QKeyEvent) -> bool:
    bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoiceCell(FramedCell):
    """选择栏 one of several; nothing is chosen by itself."""

    def __init__(self, view: CellView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self.combo = Combo(self)
        self.combo.setObjectName(f"cell-{view.slot}")
        self.combo.setAccessibleName(said(view.label))
        self._label.setBuddy(self.combo)
        self._choices: tuple[tuple[tuple[str, str], ...], ...] = ()
        self.row.addWidget(self.combo, 1)
        self.watch(self.combo)
        self.combo.currentIndexChanged.connect(self._on_chosen)
        self.combo.picked.connect(self._on_picked)

    def take(self, view: CellView, locked: bool) -> None:
        if (view.choices, view.acts) != self._choices or not self.combo.count():
            self._choices = (view.choices, view.acts)
            self.combo.clear()
            self.combo.addItem("", "")
            for value, words in (*view.choices, *view.acts):
                self.combo.addItem(said(words), value)
        place = self.combo.findData(view.text)
        self.combo.setCurrentIndex(max(0, place))
        self.combo.set_finding(bool(view.finding))
        self.combo.setEnabled(not locked and not view.taken)

    def hand(self) -> QWidget:
        return self.combo

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        """Walking over an act with the arrows is not choosing it: Enter is, or a press in the list."""
        value = str(self.combo.itemData(place) or "")
        if not value.startswith(ACT):
            self.emit_value(value)

    @Slot(int)
    def _on_picked(self, place: int) -> None:
        value = str(self.combo.itemData(place) or "")
        if value.startswith(ACT):
            self.emit_value(value)

    def _pass(self, watched: QObject) -> None:
        value = str(self.combo.currentData() or "")
        if value.startswith(ACT):
            self.emit_value(value)
        else:
            super()._pass(watched)


class TickCell(FramedCell):
    """勾选栏 yes or no."""

    def __init__(self, view: CellView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self.box = TickBox(view.words or tr("是"), self)
        self.box.setObjectName(f"cell-{view.slot}")
        self.box.setAccessibleName(tr("{label}：{words}", label=view.label, words=view.words or tr("是")))
        self.row.addWidget(self.box, 1)
        self.watch(self.box)
        self.box.toggled.connect(self._on_toggled)

    def take(self, view: CellView, locked: bool) -> None:
        self.box.setChecked(view.ticked)
        self.box.setEnabled(not locked and not view.taken)

    def hand(self) -> QWidget:
        return self.box

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.emit_value(on)


class SetCell(FramedCell):
    """多选栏 any of several; the order of the list is kept."""

    def __init__(self, view: CellView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self.boxes: list[TickBox] = []

    def take(self, view: CellView, locked: bool) -> None:
        if [box.objectName() for box in self.boxes] != [_box_name(view, value) for value, _ in view.choices]:
            self._build(view)
        for box, (value, _) in zip(self.boxes, view.choices, strict=True):
            box.setChecked(value in view.chosen)
            box.setEnabled(not locked and not view.taken)

    def _build(self, view: CellView) -> None:
        for box in self.boxes:
            box.hide()
            box.deleteLater()
        while self.row.count():
            self.row.takeAt(0)
        self.boxes = []
        for value, words in view.choices:
            box = TickBox(words, self)
            box.setObjectName(_box_name(view, value))
            box.setAccessibleName(tr("{label}：{words}", label=view.label, words=words))
            box.toggled.connect(self._on_toggled)
            self.watch(box)
            self.row.addWidget(box)
            self.boxes.append(box)
        self.row.addStretch(1)

    def hand(self) -> QWidget:
        return self.boxes[0] if self.boxes else self

    def _pass(self, watched: QObject) -> None:
        place = next((n for n, box in enumerate(self.boxes) if box is watched), len(self.boxes))
        if place + 1 < len(self.boxes):
            self.boxes[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super()._pass(watched)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        if self.view is not None:
            pairs = zip(self.boxes, self.view.choices, strict=True)
            self.emit_value(tuple(value for box, (value, _) in pairs if box.isChecked()))


def _box_name(view: CellView, value: str) -> str:
    return f"cell-{view.slot}-{value}"


AnyCell = LineCell | FramedCell


def make_cell(view: CellView, parent: QWidget) -> AnyCell:
    """The widget for one field."""
    kinds: dict[str, type[FramedCell]] = {"choice": ChoiceCell, "tick": TickCell, "set": SetCell}
    return kinds[view.kind](view, parent) if view.kind in kinds else LineCell(view, parent)
