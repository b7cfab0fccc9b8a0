"""找任何东西的主持 collects what can be found, and goes there: to a page, a ticket, a case, an item's card, or presses the very button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShortcut

from clerk_app.office.counter.anything import Anything, look_for
from clerk_app.office.office import Office
from ui.background import Background
from ui.language import tr
from ui.palette.entries import Entry, Hit, Kind, hits, recent_after
from ui.palette.sheet import PaletteSheet
from ui.palette.telling import tell_found, tell_pages
from ui.shell import Shell
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton, key_sequences

NOTHING = tr("没有找到。换一个说法：汉字、拼音首字母、编号都行；别的窗口的件到“办件”里找。")
FIRST = tr("写几个字：页面、号票、办件、事项，或者要做的事。")


class PaletteRoom(QObject):
    """找任何东西 `go` says by kind what to do with an entry's id (tickets, cases, items); pages and buttons are the shell's own."""

    said = Signal(str, bool)

    def __init__(
        self, office: Office, background: Background, shell: Shell, go: Mapping[Kind, Callable[[str], object]]
    ) -> None:
        super().__init__(shell)
        self._office, self._background, self._shell, self._go = office, background, shell, go
        self.sheet = PaletteSheet(shell)
        self._asked = 0
        self._recent: tuple[Entry, ...] = ()
        self._still: tuple[Entry, ...] = ()
        self._buttons: dict[str, KeyButton] = {}
        self.more: dict[str, tuple[str, Callable[[], object]]] = {}
        """更多动作 that are no button of a page: what they are called, and what they do."""
        self.sheet.typed.connect(self._look)
        self.sheet.chosen.connect(self._take)
        self.sheet.refused.connect(self._refused)
        shell.find_requested.connect(self.open)
        QShortcut(key_sequences(Key.FIND)[0], shell).activated.connect(self.open)

    @Slot()
    def open(self) -> None:
        """The pages and buttons are what they are at this moment; the five last things stand there before a word is typed."""
        if self._office.session is None or self.sheet.isVisible():
            return
        self._still = (*tell_pages(self._shell.rail.shown()), *self._actions(), *self._others())
        self.sheet.open()
        self._look("")

    def forget(self) -> None:
        """Another person sits down: what the one before looked for is nobody's business."""
        self._recent = ()
        if self.sheet.isVisible():
            self.sheet.shut()

    def _actions(self) -> tuple[Entry, ...]:
        """动作 the buttons of the page in front; one that is grey says why."""
        page, self._buttons, found = self._shell.front(), {}, []
        for button in page.findChildren(KeyButton) if page is not None else ():
            if not button.isVisible() or not button.words():
                continue
            name = f"{button.words()}#{button.key()}"
            if name not in self._buttons:
                self._buttons[name] = button
                entry = Entry(kind="action", id=name, title=button.words(), key=button.key(), reason=button.reason())
                found.append(entry)
        return tuple(found)

    def _others(self) -> tuple[Entry, ...]:
        return tuple(Entry(kind="action", id=name, title=words) for name, (words, _) in self.more.items())

    @Slot(str)
    def _look(self, typed: str) -> None:
        self._asked += 1
        number = self._asked
        if not typed.strip():
            self._show_recent()
            return
        self._background.look(lambda: look_for(self._office, typed), lambda found: self._landed(number, typed, found))

    def _show_recent(self) -> None:
        now = {(entry.kind, entry.id): entry for entry in self._still}
        shown = [now.get((entry.kind, entry.id), entry) for entry in self._recent]
        gone = [entry for entry in shown if entry.kind in ("page", "action") and (entry.kind, entry.id) not in now]
        shown = [entry for entry in shown if entry not in gone]
        self.sheet.show_hits(tuple(Hit(entry=entry) for entry in shown), tr("最近用的"), FIRST)

    def _landed(self, number: int, typed: str, found: Anything) -> None:
        if number == self._asked:
            self.sheet.show_hits(hits(typed, (*tell_found(found, self._office.hall), *self._still)), empty=NOTHING)

    @Slot(object)
    def _take(self, entry: Entry) -> None:
        self._recent = recent_after(self._recent, replace(entry))
        if entry.kind == "page":
            self._shell.rail.page_chosen.emit(entry.id)
        elif entry.kind == "action":
            self._press(entry.id)
        else:
            self._go[entry.kind](entry.id)

    def _press(self, name: str) -> None:
        button, other = self._buttons.get(name), self.more.get(name)
        if button is not None:
            button.click()
        elif other is not None:
            other[1]()

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)
