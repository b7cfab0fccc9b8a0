"""事件 what pages may want to know; a Qt-free register of listeners (the screen bridges it to one queued signal)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from clerk_app.command import ClockWord


@dataclass(frozen=True)
class RowsChanged:
    """账变了 these subjects have a new state."""

    subjects: tuple[str, ...]


@dataclass(frozen=True)
class PaperChanged:
    """纸变了 a print job moved on."""


@dataclass(frozen=True)
class HallChanged:
    """大厅变了 another hall version is in force."""


@dataclass(frozen=True, kw_only=True)
class LineState:
    """线路状态 whether the centre answers, since when (hall time), and how many commands wait or were not taken.

    `heads_at` is when both ends' journals were last seen to end in the same hash. While catching up, `sent` of `to_send`
    are answered. `held_off`: a person said 先停下. `paused` is why the centre lets this machine do nothing, `store` why this machine does nothing itself
    (an old copy), both as one sentence; `line_words` says it all in words.
    """

    connected: bool
    since: datetime | None = None
    waiting: int = 0
    troubled: int = 0
    catching_up: bool = False
    heads_at: datetime | None = None
    sent: int = 0
    to_send: int = 0
    paused: str = ""
    store: str = ""
    update_wanted: bool = False
    held_off: bool = False
    clock: ClockWord = "centre"


QueueLineState = Literal["linked", "unsure", "cut", "settling"]
"""The centre answers; it has not for a moment; it is away and this window calls its own share; it is back, and is being told."""


@dataclass(frozen=True)
class QueueLineChanged:
    """排队线路变了 how this window calls from now on (`line.beating.Beater`)."""

    line: QueueLineState


@dataclass(frozen=True)
class PrinterState:
    """打印机状态 what the lane last learned."""

    ready: bool
    said: str
    printer: str = ""


@dataclass(frozen=True, kw_only=True)
class CopyState:
    """第二份 whether unsent work lies off this disk too, when it was last seen so (hall time), and one sentence."""

    at: datetime | None
    ok: bool
    said: str


@dataclass(frozen=True, kw_only=True)
class SessionMoved:
    """换窗登录 the person at this window signed in at another (None: it is not known which); this one locks."""

    person: str
    window: int | None
    at: datetime

    @property
    def sentence(self) -> str:
        """For the sign-in page."""
        where = f"{self.window}号窗口" if self.window is not None else "别的窗口"
        return f"{self.person} {self.at:%H:%M} 已在{where}登录，这里锁上了；办到一半的都在，回来再登录就好。"


Event = (
    RowsChanged | PaperChanged | HallChanged | LineState | QueueLineChanged | PrinterState | CopyState | SessionMoved
)


class Bell:
    """铃 listeners of the office; `ring` calls them on the ringing thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[int, Callable[[Event], None]] = {}
        self._next = 0

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Listen; the answer ends it."""
        with self._lock:
            self._next += 1
            key = self._next
            self._listeners[key] = listener

        def leave() -> None:
            with self._lock:
                self._listeners.pop(key, None)

        return leave

    def ring(self, event: Event) -> None:
        """Tell everyone."""
        with self._lock:
            listeners = tuple(self._listeners.values())
        for listener in listeners:
            listener(event)
