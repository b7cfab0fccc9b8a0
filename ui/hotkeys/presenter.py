"""全局按键 decides: which keys are taken while somebody sits here, what a changed one is refused for, and what a press does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from ui.habits import Memory
from ui.hotkeys.finding import find_keys
from ui.hotkeys.page import KeysPage
from ui.hotkeys.register import GlobalKeys, Pressed
from ui.hotkeys.table import COUNTER_KEYS, Act, Table, read_table, refusal, write_table
from ui.hotkeys.telling import tell_keys, tell_lost
from ui.language import tr


class HotKeysPresenter(QObject):
    """全局按键 `said` when a key could not be taken, `caps(by the counter's keys)` which do the same over other programs.

    `acts` are what the keys do; an act without one has no row and no key.
    """

    said = Signal(str, bool)
    caps = Signal(object)

    def __init__(
        self,
        acts: Mapping[Act, Callable[[], None]],
        memory: Memory,
        page: KeysPage,
        parent: QObject | None = None,
        *,
        find: Callable[[Pressed], GlobalKeys] = find_keys,
    ) -> None:
        super().__init__(parent)
        self._acts, self._page, self._find = dict(acts), page, find
        self._load, self._save = memory
        self.table = Table()
        self._keys: GlobalKeys | None = None
        self._taken: dict[Act, str] = {}
        self._refused: dict[Act, str] = {}
        page.switched.connect(self.switch)
        page.key_wanted.connect(self.change)
        page.defaults_wanted.connect(self.restore)

    def start(self) -> None:
        """A clerk who calls sat down: the keys are his while he sits."""
        if self._keys is None:
            self._keys = self._find(self._on_pressed)
        self.table = read_table(self._load())
        self._refused.clear()
        self._take()
        lost = tell_lost(self.table, self._taken) if not self._keys.trouble else ""
        if lost:
            self.said.emit(lost, False)

    def leave(self) -> None:
        """He got up: other programs have their keys again."""
        if self._keys is not None:
            self._keys.give_back()
        self._taken.clear()
        self.caps.emit({})

    @Slot(bool)
    def switch(self, on: bool) -> None:
        """用, or not."""
        self._put(replace(self.table, on=on))

    @Slot(str, str)
    def change(self, name: str, key: str) -> None:
        """Another key for an act; what it is refused for stands beside it, and the old one stays."""
        act = Act(name)
        why = refusal(key, act, self.table)
        self._refused = {act: tr("{why}。", why=why) if why else ""}
        if why:
            self._tell()
        else:
            self._put(self.table.with_key(act, key))

    @Slot()
    def restore(self) -> None:
        """As they came."""
        self._refused.clear()
        self._put(Table(on=self.table.on))

    def _put(self, table: Table) -> None:
        self.table = table
        self._save(write_table(table))
        self._take()

    def _take(self) -> None:
        keys = self._keys
        if keys is None:
            return
        keys.give_back()
        self._taken.clear()
        if self.table.on and not keys.trouble:
            for act in Act:
                key = self.table.key(act)
                if key and act in self._acts:
                    self._taken[act] = keys.take(key)
        self._tell()
        self.caps.emit(
            {
                COUNTER_KEYS[act]: self.table.key(act)
                for act, why in self._taken.items()
                if not why and act in COUNTER_KEYS
            }
        )

    def _tell(self) -> None:
        trouble = self._keys.trouble if self._keys is not None else ""
        self._page.render(tell_keys(self.table, self._taken, self._refused, trouble, frozenset(self._acts)))

    def _on_pressed(self, key: str) -> None:
        act = next((one for one, why in self._taken.items() if not why and self.table.key(one) == key), None)
        if act is not None:
            self._acts[act]()
