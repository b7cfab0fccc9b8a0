"""报号的主持 which state of the counter is a new call, and that it is spoken here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.queueing.announcing import announce
from clerk_app.queueing.model import Ticket
from ui.queueing.state import CounterState
from ui.voice.joining import bundled_reading
from ui.voice.pieces import PiecesVoice
from ui.voice.players import find_player
from ui.voice.silent import SilentVoice
from ui.voice.speaker import Speaker
from ui.voice.tts import ReadingVoice, mandarin_engine
from ui.voice.voices import Voice

Mark = tuple[str, int, datetime | None]


class CallWatch:
    """新的呼叫 tells a call from a state that is only read again: after a restart or an undo nobody is called anew."""

    def __init__(self) -> None:
        self._seen = False
        self._last: Mark | None = None

    def called(self, current: Ticket | None) -> Ticket | None:
        """The ticket, if it was called or recalled since the last look."""
        first, self._seen = not self._seen, True
        if current is None or current.state != "called":
            return None
        mark = (current.id, current.calls, current.called_at)
        last, self._last = self._last, mark
        return None if first or mark == last else current

    def forget(self) -> None:
        """Somebody else sits down: what is open then was called before."""
        self._seen, self._last = False, None


class CallVoice(QObject):
    """报号的主持 `note(state)` after every look at the books; `sentence` is the hall's, `speaks` whether this window is heard now."""

    said = Signal(str, bool)

    def __init__(
        self,
        sentence: Callable[[], str],
        parent: QObject | None = None,
        *,
        speaks: Callable[[], bool] = lambda: True,
        voices: Callable[[], Sequence[Voice]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence, self._speaks = sentence, speaks
        self._voices = voices or self._own_voices
        self._watch = CallWatch()
        self.speaker: Speaker | None = None

    def start(self) -> None:
        """A clerk sat down; the voices are looked for when the first is."""
        self._watch.forget()
        if self.speaker is None:
            self.speaker = Speaker(self._voices(), self)
            self.speaker.said.connect(self.said)

    @Slot(object)
    def note(self, state: CounterState) -> None:
        """Speak what was called since."""
        called = self._watch.called(state.current)
        if called is not None and self.speaker is not None and self._speaks():
            self.speaker.call(announce(self._sentence(), called.number, state.window, bundled_reading()))

    def close(self) -> None:
        """The desk closes."""
        if self.speaker is not None:
            self.speaker.close()

    def _own_voices(self) -> Sequence[Voice]:
        times = bundled_reading().times
        return (ReadingVoice(mandarin_engine(), times, self), PiecesVoice(find_player(self)), SilentVoice())
