"""libxcb the few calls that grab a key; Qt's own X11 part needs both libraries, so where it runs they are there."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_uint, c_uint8, c_uint16, c_uint32, c_void_p
from dataclasses import dataclass
from typing import Any

KEY_PRESS, KEY_RELEASE, MAPPING_NOTIFY = 2, 3, 34
ALREADY_TAKEN = 10
"""BadAccess: another client has this very key with these modifiers."""
ASYNC = 1
SENT_BY_PROGRAM = 0x80


class NoDisplay(Exception):
    """没有显示器 the X server does not answer."""


class _Cookie(ctypes.Structure):
    _fields_ = [("sequence", c_uint)]


class _Screens(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("rem", c_int), ("index", c_int)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("kind", c_uint8),
        ("detail", c_uint8),
        ("sequence", c_uint16),
        ("time", c_uint32),
        ("windows", c_uint32 * 3),
        ("places", c_uint16 * 4),
        ("state", c_uint16),
    ]


@dataclass(frozen=True)
class KeyEvent:
    """键事件 one thing the server said; `code`, `state` and `time` (ms) mean something for keys only."""

    kind: int
    code: int
    state: int
    time: int


class Xcb:
    """一条连接 to one display. Raises OSError without the libraries, NoDisplay without the server."""

    def __init__(self, display: str = "") -> None:
        self._xcb, self._symbols_library = _libraries()
        self._free = ctypes.CDLL(None).free
        self._free.argtypes = [c_void_p]
        number = c_int(0)
        self._connection: int = self._xcb.xcb_connect(display.encode() or None, byref(number))
        if self.broken:
            self._xcb.xcb_disconnect(self._connection)
            raise NoDisplay(display)
        self._root = self._root_of(number.value)
        self._symbols: int = self._symbols_library.xcb_key_symbols_alloc(self._connection)

    @property
    def broken(self) -> bool:
        """Whether the server is gone."""
        return bool(self._xcb.xcb_connection_has_error(self._connection))

    @property
    def descriptor(self) -> int:
        """What becomes readable when something comes in."""
        return int(self._xcb.xcb_get_file_descriptor(self._connection))

    def keycode(self, symbol: int) -> int:
        """Where a symbol lies on this keyboard; 0 for nowhere."""
        found = self._symbols_library.xcb_key_symbols_get_keycode(self._symbols, symbol) if symbol else None
        if not found:
            return 0
        code = int(found[0])
        self._free(found)
        return code

    def grab(self, code: int, modifiers: int) -> int:
        """Take one key with exactly these modifiers. Answers X's error, 0 for none."""
        return self._checked(
            self._xcb.xcb_grab_key_checked(self._connection, 0, self._root, modifiers, code, ASYNC, ASYNC)
        )

    def ungrab(self, code: int, modifiers: int) -> None:
        """Give it back."""
        self._checked(self._xcb.xcb_ungrab_key_checked(self._connection, code, self._root, modifiers))

    def refresh(self) -> None:
        """The keyboard is another one now."""
        self._symbols_library.xcb_key_symbols_free(self._symbols)
        self._symbols = self._symbols_library.xcb_key_symbols_alloc(self._connection)

    def events(self) -> Iterator[KeyEvent]:
        """What has come in, without waiting; what another program only pretends to be a key is left out."""
        while found := self._xcb.xcb_poll_for_event(self._connection):
            event = found.contents
            told = KeyEvent(int(event.kind), int(event.detail), int(event.state), int(event.time))
            self._free(found)
            if not told.kind & SENT_BY_PROGRAM:
                yield told

    def close(self) -> None:
        """The server forgets all our keys by itself."""
        self._symbols_library.xcb_key_symbols_free(self._symbols)
        self._xcb.xcb_disconnect(self._connection)

    def _root_of(self, number: int) -> int:
        screens = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection))
        for _ in range(number):
            self._xcb.xcb_screen_next(byref(screens))
        return int(c_uint32.from_address(screens.data).value)

    def _checked(self, cookie: _Cookie) -> int:
        error = self._xcb.xcb_request_check(self._connection, cookie)
        if not error:
            return 0
        code = int(error.contents.detail)
        self._free(error)
        return code


def _libraries() -> tuple[Any, Any]:
    xcb, symbols = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL("libxcb-keysyms.so.1")
    shapes: dict[str, tuple[list[Any], Any]] = {
        "xcb_connect": ([c_char_p, POINTER(c_int)], c_void_p),
        "xcb_disconnect": ([c_void_p], None),
        "xcb_connection_has_error": ([c_void_p], c_int),
        "xcb_get_file_descriptor": ([c_void_p], c_int),
        "xcb_get_setup": ([c_void_p], c_void_p),
        "xcb_setup_roots_iterator": ([c_void_p], _Screens),
        "xcb_screen_next": ([POINTER(_Screens)], None),
        "xcb_grab_key_checked": ([c_void_p, c_uint8, c_uint32, c_uint16, c_uint8, c_uint8, c_uint8], _Cookie),
        "xcb_ungrab_key_checked": ([c_void_p, c_uint8, c_uint32, c_uint16], _Cookie),
        "xcb_request_check": ([c_void_p, _Cookie], POINTER(_Event)),
        "xcb_poll_for_event": ([c_void_p], POINTER(_Event)),
        "xcb_key_symbols_alloc": ([c_void_p], c_void_p),
        "xcb_key_symbols_free": ([c_void_p], None),
        "xcb_key_symbols_get_keycode": ([c_void_p, c_uint32], POINTER(c_uint8)),
    }
    for name, (arguments, answer) in shapes.items():
        call = getattr(symbols if "key_symbols" in name else xcb, name)
        call.argtypes, call.restype = arguments, answer
    return xcb, symbols
