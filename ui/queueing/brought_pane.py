"""带来的材料 the list in the receive pane: ticks are kept for each item, whichever is looked at meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.queueing.materials_pane import MaterialsPane
from ui.queueing.view import ItemChoice, MaterialRow

Ticks = dict[str, dict[str, str]]
"""By item, by paper: how it was brought."""


class BroughtPane(MaterialsPane):
    """带来的材料 `changed` after every tick."""

    changed = Signal()

    def __init__(self, item: Callable[[], ItemChoice | None], parent: QWidget | None = None) -> None:
        super().__init__(story=False, parent=parent)
        self._ticks: Ticks = {}
        self._held: frozenset[str] = frozenset()
        self._to_ask: set[str] = set()
        self._item = item
        self.ticked.connect(self._on_brought)
        self.brought_as.connect(self._on_brought_as)

    def show_item(self) -> None:
        """The list of the chosen item, with its ticks."""
        item = self._item()
        self.render_materials(_rows(item, self.here(), self._told()) if item else ())
        if item is not None and self._held & {paper.name for paper in item.materials}:
            self.say_hint(tr("大厅有的按 4，收件以后问一句；自己带来的按 1 2 3"))

    def show_held(self, names: frozenset[str]) -> None:
        """What this machine holds of who applies: not ticked by a key, because he is asked first."""
        if names != self._held:
            self._held, self._to_ask = names, set()
            ticks = self.here()
            for name in names & ticks.keys():
                if ticks[name] == "held":
                    ticks.pop(name)
                    self._to_ask.add(name)
            self._tell()

    def to_ask(self) -> frozenset[str]:
        """What he is to be asked for once the case is taken in."""
        return frozenset(self._to_ask)

    def _told(self) -> dict[str, str]:
        return {name: tr("收后再问") if name in self._to_ask else tr("大厅有") for name in self._held}

    def here(self) -> dict[str, str]:
        """What is ticked of the chosen item, and how it was brought."""
        item = self._item()
        return self._ticks.get(item.code, {}) if item else {}

    def kept(self) -> Ticks:
        """All ticks, for putting them back."""
        return {code: dict(papers) for code, papers in self._ticks.items()}

    def put_back(self, ticks: Ticks) -> None:
        """As they stood; nothing at all: another citizen."""
        if not ticks:
            self._to_ask = set()
        self._ticks = {code: dict(papers) for code, papers in ticks.items()}
        self.show_item()

    @Slot(str, bool)
    def _on_brought(self, name: str, brought: bool) -> None:
        item = self._item()
        if item is None:
            return
        ticks = self._ticks.setdefault(item.code, {})
        usual = next((paper.usual for paper in item.materials if paper.name == name), "")
        self._to_ask.discard(name)
        if brought and usual == "held" and name in self._held:
            self._to_ask.add(name)
        elif brought:
            ticks[name] = usual
        else:
            ticks.pop(name, None)
        self._tell()

    @Slot(str, str)
    def _on_brought_as(self, name: str, how: str) -> None:
        item = self._item()
        if item is None:
            return
        ticks = self._ticks.setdefault(item.code, {})
        if how == "held" and name in self._held:
            ticks.pop(name, None)
            self._to_ask ^= {name}
        else:
            self._to_ask.discard(name)
            ticks[name] = how
        self._tell()

    def _tell(self) -> None:
        self.show_item()
        self.changed.emit()


def _rows(item: ItemChoice, ticks: dict[str, str], held: dict[str, str]) -> tuple[MaterialRow, ...]:
    return tuple(
        MaterialRow(
            name=paper.name,
            form=paper.form,
            need=paper.need,
            essential=paper.essential,
            brought=paper.name in ticks,
            brought_as=ticks.get(paper.name, ""),
            said=held.get(paper.name, ""),
        )
        for paper in item.materials
    )
