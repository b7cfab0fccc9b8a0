"""按键页 a small pane: every act with its key, changed by pressing another, and what other programs lose by it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.hotkeys.key_field import KeyField
from ui.hotkeys.view import KeysView
from ui.language import tr
from ui.widgets.cover_pane import CoverPane
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import Text


class _Rows(ScrollBody):
    """各行 as tall as they want to be, and scrolled where a low window with large text has no room."""

    def sizeHint(self) -> QSize:
        return self.body.totalSizeHint()


class KeysPage(CoverPane):
    """按键页 `switched(on)`, `key_wanted(act, key)`, `defaults_wanted`, `left` by Esc; it decides nothing."""

    switched = Signal(bool)
    key_wanted = Signal(str, str)
    defaults_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keysPage")
        pane = Pane(tr("在别的程序里也管用的按键"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)
        self.switch = QCheckBox(tr("别的程序在前面时也用这些键"))
        self.switch.clicked.connect(self.switched)
        pane.body.addWidget(self.switch)
        self._trouble = Strip(self)
        pane.body.addWidget(self._trouble)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        rows = _Rows(self)
        rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.body.addLayout(self._grid)
        rows.body.addStretch(1)
        pane.body.addWidget(rows, 1)
        self._takes = Text("", "dense", tone="ink2", wrap=True)
        self._takes.setObjectName("takes")
        pane.body.addWidget(self._takes)
        row = QHBoxLayout()
        row.addWidget(Text(tr("点一个框，按下要用的键；退格去掉。本程序里的 F2–F10 不变。"), "note", wrap=True), 1)
        self.defaults = KeyButton(tr("恢复原来的键"), parent=self)
        self.defaults.setObjectName("defaults")
        self.defaults.chosen.connect(self.defaults_wanted)
        row.addWidget(self.defaults, 0, Qt.AlignmentFlag.AlignBottom)
        self.close_button = KeyButton(tr("收起"), "Esc", parent=self)
        self.close_button.chosen.connect(self.left)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignBottom)
        pane.body.addLayout(row)
        self._fields: dict[str, KeyField] = {}
        self._said: dict[str, Text] = {}
        self.watch_escape(self.switch, self.defaults, self.close_button)

    def render(self, view: KeysView) -> None:  # type: ignore[override]
        """Show these; a field keeps the hand."""
        self.switch.setChecked(view.on)
        if view.trouble:
            head, _, rest = view.trouble.partition("，")
            self._trouble.say(tr("{head}。", head=head), rest=rest, kind="warn" if view.on else "info")
        else:
            self._trouble.clear()
        for place, row in enumerate(view.rows):
            if row.act not in self._fields:
                self._add(place, row.act, row.words)
            field, said = self._fields[row.act], self._said[row.act]
            field.setText(row.key)
            field.setAccessibleDescription(row.said)
            said.setText(row.said)
            said.set_tone(row.tone)
        self._takes.say(view.takes)

    def field(self, act: str) -> KeyField:
        """The field of an act."""
        return self._fields[act]

    def said(self, act: str) -> str:
        """What stands beside it."""
        return self._said[act].text()

    def takes(self) -> str:
        """What other programs lose."""
        return self._takes.text()

    def trouble(self) -> str:
        """Why there are none here."""
        return self._trouble.text()

    def _add(self, place: int, act: str, words: str) -> None:
        field, said = KeyField(words, self), Text("", "dense", wrap=True)
        field.setObjectName(act)
        field.setFixedWidth(theme.current().px(170))
        field.wanted.connect(self._on_wanted)
        label = Text(words, "body")
        label.setBuddy(field)
        self._grid.addWidget(label, place, 0)
        self._grid.addWidget(field, place, 1)
        self._grid.addWidget(said, place, 2)
        self._fields[act], self._said[act] = field, said
        self.watch_escape(field)
        QWidget.setTabOrder(field, self.defaults)

    @Slot(str)
    def _on_wanted(self, key: str) -> None:
        self.key_wanted.emit(self.sender().objectName(), key)
