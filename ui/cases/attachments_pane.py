"""附件 the scans of the chosen case, each with where its bytes are, and the way to add one."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.cases.scan_foot import ScanFoot
from ui.cases.view import AttachmentLine, AttachmentsView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.lamp import Lamp
from ui.widgets.one_line import OneLine
from ui.widgets.text import Hair, Text


class AttachmentsPane(QWidget):
    """附件 `add_wanted` from its button, `again_wanted(digest)` from a line that could not be sent, `opened(case, id)` to read one."""

    add_wanted = Signal()
    opened = Signal(str, str)
    again_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attachments")
        self.setAccessibleName(tr("附件"))
        self._title = Text(tr("附件"), "body", strong=True)
        self._none = Text("", "dense", tone="ink2", wrap=True)
        self._lines: list[_Line] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.add = KeyButton(tr("加附件"), Key.SCAN, icon="plus")
        """Stands outside: what scrolls must not carry it away."""
        self.add.setObjectName("attach")
        self.add.chosen.connect(self.add_wanted)
        self.scan = ScanFoot(self)
        """Stands outside with it."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Hair())
        column.addWidget(self._title)
        column.addWidget(self._none)
        column.addLayout(self._rows)

    def render(self, view: AttachmentsView) -> None:  # type: ignore[override]
        """Show these; a line that stays is not made anew."""
        self._title.say(view.title)
        self._none.say(view.none)
        self.add.set_reason(view.reason)
        self.scan.render(view)
        while len(self._lines) > len(view.lines):
            line = self._lines.pop()
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self._lines) < len(view.lines):
            line = _Line(self)
            line.again_wanted.connect(self.again_wanted)
            line.opened.connect(self.opened)
            self._lines.append(line)
            self._rows.addWidget(line)
        for line, shown in zip(self._lines, view.lines, strict=True):
            line.render(shown, view.case if view.readable else "")

    def controls(self) -> tuple[QWidget, ...]:
        """What takes Tab, in order."""
        return (*(one for line in self._lines for one in line.controls()), self.add)


class _Line(QWidget):
    """One attachment: its name, its lamp, and what to do when it will not go."""

    again_wanted = Signal(str)
    opened = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._digest, self._key = "", ("", "")
        self._name = OneLine("", "body")
        self._look = KeyButton(tr("看"), kind="link", parent=self)
        self._look.setObjectName("lookAtAttachment")
        self._look.chosen.connect(self._on_look)
        self._lamp = Lamp()
        self._said = Text("", "dense", tone="warn", wrap=True)
        self._again = KeyButton(tr("再送"), kind="link", parent=self)
        self._again.setObjectName("sendAgain")
        self._again.chosen.connect(self._on_again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._look)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._lamp)
        row.addWidget(self._again)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._said)

    def render(self, line: AttachmentLine, case: str) -> None:  # type: ignore[override]
        self._digest, self._key = line.digest, (case, line.id)
        self._look.setVisible(bool(case))
        self._look.setAccessibleName(tr("看 {name}", name=line.name))
        self._name.say(line.name)
        self._lamp.render_lamp(line.lamp, line.state)
        self._said.say(line.said)
        self._again.setVisible(line.again)
        self._again.setAccessibleName(tr("再送 {name}", name=line.name))
        self.setAccessibleName(tr("{name}，{state} {said}", name=line.name, state=line.state, said=line.said).strip())

    def controls(self) -> tuple[QWidget, ...]:
        """What takes Tab, in order."""
        return self._look, self._again

    @Slot()
    def _on_look(self) -> None:
        self.opened.emit(*self._key)

    @Slot()
    def _on_again(self) -> None:
        self.again_wanted.emit(self._digest)
