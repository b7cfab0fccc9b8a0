"""一张单子的桌 a list of matters with its presenter as a person has it: what was shown and said, keys, and a row chosen."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import Qt

from ui.background import Background
from ui.oversight.matter_view import MatterView

CTRL = Qt.KeyboardModifier.ControlModifier


def matter_desk(qtbot: Any, page: Any, presenter: Any, background: Background, **more: Any) -> SimpleNamespace:
    """Read once; `more` stands on the desk beside the rest."""
    said: list[tuple[str, bool]] = []
    counts: list[int] = []
    shown: list[MatterView] = []
    real = page.render
    page.render = lambda view: (shown.append(view), real(view))
    presenter.said.connect(lambda text, good: said.append((text, good)))
    presenter.counted.connect(counts.append)

    def settle() -> MatterView:
        qtbot.waitUntil(lambda: background.idle)
        return shown[-1]

    def press(key: Qt.Key, *typed: str) -> MatterView:
        for field, words in zip(page.detail.fields(), typed, strict=False):
            field.set_text(words)
        qtbot.keyClick(page, key, CTRL)
        return settle()

    def choose(key: str) -> MatterView:
        page.row_chosen.emit(key)
        return settle()

    presenter.refresh()
    settle()
    return SimpleNamespace(
        presenter=presenter, page=page, said=said, counts=counts, settle=settle, press=press, choose=choose, **more
    )
