"""Stand-ins with the faces of what a machine may have: Qt's engine, Qt's sound effect, Windows's winsound."""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from clerk_app.queueing.announcing import Announcement, announce
from ui.voice.joining import bundled_reading


def call(ticket: str = "A001", window: int = 4) -> Announcement:
    return announce("请{ticket}号到{window}号窗口", ticket, window, bundled_reading())


class Engine(QObject):
    """QTextToSpeech as its documentation has it: Ready → Speaking → Ready, Error instead when it breaks."""

    class State(enum.Enum):
        Ready = 0
        Speaking = 1
        Paused = 2
        Error = 3

    stateChanged = Signal()

    def __init__(self, *, breaks: bool = False, hangs: bool = False) -> None:
        super().__init__()
        self._state, self._breaks, self._hangs = Engine.State.Ready, breaks, hangs
        self.heard: list[str] = []

    def state(self) -> Engine.State:
        return self._state

    def say(self, text: str) -> None:
        self.heard.append(text)
        self._become(Engine.State.Error if self._breaks else Engine.State.Speaking)
        if not self._breaks and not self._hangs:
            QTimer.singleShot(5, lambda: self._become(Engine.State.Ready))

    def stop(self) -> None:
        self._become(Engine.State.Ready)

    def _become(self, state: Engine.State) -> None:
        if state != self._state:
            self._state = state
            self.stateChanged.emit()


class Effect(QObject):
    """QSoundEffect: loads, plays, and says so by two signals."""

    class Status(enum.Enum):
        Null = 0
        Loading = 1
        Ready = 2
        Error = 3

    playingChanged = Signal()
    statusChanged = Signal()

    def __init__(self, *, breaks: bool = False) -> None:
        super().__init__()
        self._breaks, self._playing = breaks, False
        self._status = Effect.Status.Null
        self.sources: list[str] = []

    def status(self) -> Effect.Status:
        return self._status

    def isPlaying(self) -> bool:
        return self._playing

    def setSource(self, url) -> None:
        self.sources.append(url.toLocalFile())

    def play(self) -> None:
        QTimer.singleShot(0, self._load)

    def stop(self) -> None:
        self._play(False)

    def _load(self) -> None:
        self._status = Effect.Status.Error if self._breaks else Effect.Status.Ready
        self.statusChanged.emit()
        if not self._breaks:
            self._play(True)
            QTimer.singleShot(5, lambda: self._play(False))

    def _play(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playingChanged.emit()


@dataclass
class Winsound:
    """winsound: PlaySound holds its thread to the end, and raises when there is no device."""

    breaks: bool = False
    SND_FILENAME: int = 0x20000
    SND_NODEFAULT: int = 0x0002
    played: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def PlaySound(self, sound: str | None, flags: int) -> None:
        if sound is None:
            self.stopped.set()
        elif self.breaks:
            raise RuntimeError("Failed to play sound")
        else:
            assert flags == self.SND_FILENAME | self.SND_NODEFAULT
            self.played.append(sound)


class SlowVoice:
    """A voice whose calls end when the test says so."""

    def __init__(self, trouble: str = "") -> None:
        self.trouble = trouble
        self.begun: list[tuple[str, int]] = []
        self.ends: list[Callable[[bool], None]] = []
        self.stopped = 0

    def say(self, call: Announcement, done: Callable[[bool], None]) -> None:
        self.begun.append((call.ticket, call.window))
        self.ends.append(done)

    def stop(self) -> None:
        self.stopped += 1

    def end(self, heard: bool = True) -> None:
        self.ends[-1](heard)
