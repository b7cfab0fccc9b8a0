"""X11的全局按键 XGrabKey by libxcb, over a connection of its own: Qt's windows and ours do not hear each other's keys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot

from ui.hotkeys.register import Pressed, not_here, occupied
from ui.hotkeys.table import parts_of
from ui.hotkeys.xcb import ALREADY_TAKEN, KEY_PRESS, KEY_RELEASE, MAPPING_NOTIFY, KeyEvent, NoDisplay, Xcb

SHIFT, LOCK, CONTROL, ALT, NUM_LOCK = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4
HELD = SHIFT | CONTROL | ALT
MODIFIERS = {"Shift": SHIFT, "Ctrl": CONTROL, "Alt": ALT}
NAMED = {
    "Home": 0xFF50,
    "Left": 0xFF51,
    "Up": 0xFF52,
    "Right": 0xFF53,
    "Down": 0xFF54,
    "PgUp": 0xFF55,
    "PgDown": 0xFF56,
    "End": 0xFF57,
    "Insert": 0xFF63,
    "Pause": 0xFF13,
}


def keysym(name: str) -> int:
    """X's symbol of a printed key; 0 for one it has none for."""
    if len(name) == 1:
        return ord(name.lower())
    if name[0] == "F" and name[1:].isdigit():
        return 0xFFBD + int(name[1:])
    return NAMED.get(name, 0)


class X11Keys(QObject):
    """全局按键（X11） a key counts with and without Caps Lock and Num Lock, and once however long it is held."""

    def __init__(self, xcb: Xcb, pressed: Pressed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._xcb, self._pressed = xcb, pressed
        self._keys: dict[tuple[int, int], str] = {}
        self._released: tuple[int, int] = (0, 0)
        self._ear = QSocketNotifier(xcb.descriptor, QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self.listen)

    @property
    def trouble(self) -> str:
        """X gives keys away."""
        return ""

    def take(self, key: str) -> str:
        """Where another program has it the server says so, and nothing of it is ours."""
        held, last = parts_of(key)
        code = self._xcb.keycode(keysym(last))
        if not code:
            return not_here(key)
        wanted = sum(MODIFIERS[name] for name in held)
        for modifiers in _with_locks(wanted):
            error = self._xcb.grab(code, modifiers)
            if error:
                for taken in _with_locks(wanted):
                    self._xcb.ungrab(code, taken)
                return occupied(key) if error == ALREADY_TAKEN else not_here(key)
        self._keys[code, wanted] = key
        # What came in while the server was asked is not on the wire any more.
        QTimer.singleShot(0, self.listen)
        return ""

    def give_back(self) -> None:
        """All."""
        for code, wanted in self._keys:
            for modifiers in _with_locks(wanted):
                self._xcb.ungrab(code, modifiers)
        self._keys.clear()

    def close(self) -> None:
        """The connection too."""
        self._ear.setEnabled(False)
        self._xcb.close()

    @Slot()
    def listen(self) -> None:
        """Everything that has come in."""
        for event in self._xcb.events():
            if event.kind == KEY_RELEASE:
                self._released = (event.code, event.time)
            elif event.kind == KEY_PRESS:
                self._on_press(event)
            elif event.kind == MAPPING_NOTIFY:
                self._take_again()
        if self._xcb.broken:
            self._ear.setEnabled(False)

    def _on_press(self, event: KeyEvent) -> None:
        key = self._keys.get((event.code, event.state & HELD))
        # A key that is held lets go and presses again in the same moment.
        if key is not None and self._released != (event.code, event.time):
            self._pressed(key)

    def _take_again(self) -> None:
        """Another keyboard, or another layout: the same names may be other codes."""
        names = tuple(self._keys.values())
        self.give_back()
        self._xcb.refresh()
        for key in names:
            self.take(key)


def _with_locks(modifiers: int) -> Iterator[int]:
    for caps, num in product((0, LOCK), (0, NUM_LOCK)):
        yield modifiers | caps | num


def open_x11(pressed: Pressed, display: str = "") -> X11Keys | None:
    """Keys of this display; None where the libraries or the display are missing."""
    try:
        return X11Keys(Xcb(display), pressed)
    except (OSError, NoDisplay):
        return None
