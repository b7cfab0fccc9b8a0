"""报号 the calls of this window, spoken one after another and never cut off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.queueing.announcing import Announcement
from ui.voice.silent import SilentVoice
from ui.voice.voices import Voice

PATIENCE_MS = 30_000
"""A call is over in ten seconds; a voice that has not said so after thirty will not."""


class Speaker(QObject):
    """报号 each call by the first voice that can; `heard(ticket, whether)` when it is over, `said` once when nothing sounds."""

    heard = Signal(str, bool)
    said = Signal(str, bool)

    def __init__(self, voices: Sequence[Voice], parent: QObject | None = None, *, patience: int = PATIENCE_MS) -> None:
        super().__init__(parent)
        self._voices: tuple[Voice, ...] = tuple(voices) or (SilentVoice(),)
        self._waiting: list[Announcement] = []
        self._now: Announcement | None = None
        self._left: list[Voice] = []
        """The voices still to be tried for the call that is being spoken."""
        self._turn = 0
        self._told = False
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.setInterval(patience)
        self._watch.timeout.connect(self._on_patience)

    @property
    def waiting(self) -> tuple[Announcement, ...]:
        """What is still to be spoken, in order."""
        return tuple(self._waiting)

    @property
    def speaking(self) -> Announcement | None:
        """What is being spoken now."""
        return self._now

    @property
    def trouble(self) -> str:
        """Why nothing sounds here; empty when something does."""
        return "" if any(not voice.trouble for voice in self._voices) else self._voices[-1].trouble

    def call(self, call: Announcement) -> None:
        """Speak it after those that wait; a ticket that waits already is not spoken twice, and goes where it is called last."""
        place = next((at for at, one in enumerate(self._waiting) if one.ticket == call.ticket), None)
        if place is not None and self._waiting[place].window == call.window:
            self._waiting[place] = call
        else:
            if place is not None:
                del self._waiting[place]
            self._waiting.append(call)
        if self._now is None:
            self._next()

    def close(self) -> None:
        """The desk closes: quiet at once, and nobody is answered any more."""
        self._turn += 1
        self._waiting.clear()
        self._now = None
        self._watch.stop()
        for voice in self._voices:
            voice.stop()

    def _next(self) -> None:
        self._now = self._waiting.pop(0) if self._waiting else None
        if self._now is not None:
            self._left = [voice for voice in self._voices if not voice.trouble] or [self._voices[-1]]
            self._try()

    def _try(self) -> None:
        call = self._now
        if call is None:
            return
        if not self._left:
            self._tell()
            self._over(call, heard=False)
            return
        self._turn += 1
        turn = self._turn
        self._watch.start()
        self._left[0].say(call, lambda heard: self._on_done(turn, heard=heard))

    def _on_done(self, turn: int, *, heard: bool) -> None:
        if turn != self._turn or self._now is None:
            return
        self._watch.stop()
        if heard:
            self._told = False
            self._over(self._now, heard=True)
            return
        del self._left[0]
        self._try()

    def _over(self, call: Announcement, *, heard: bool) -> None:
        self._turn += 1
        self._now = None
        self.heard.emit(call.ticket, heard)
        if self._now is None:
            self._next()

    @Slot()
    def _on_patience(self) -> None:
        """It hangs: whoever waits to be called does not wait for it."""
        if self._left:
            self._left[0].stop()
            self._on_done(self._turn, heard=False)

    def _tell(self) -> None:
        """Once, until something sounds again."""
        if not self._told:
            self._told = True
            self.said.emit(self.trouble or SilentVoice().trouble, False)
