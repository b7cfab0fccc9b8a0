"""朗读 a call read by a Chinese voice of the machine's own (QtTextToSpeech), where there is one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QLocale, QObject, Slot

from clerk_app.queueing.announcing import Announcement
from ui.language import tr
from ui.voice.voices import Done, soon

NO_VOICE = tr("这台电脑没有会说普通话的嗓音，改用拼读。")
NOT_A_VOICE = "mock"
"""Qt's stand-in for tests: it claims to have spoken."""


class ReadingVoice(QObject):
    """朗读 by an engine of QtTextToSpeech that was given a Mandarin voice; None: there is none."""

    def __init__(self, engine: Any | None, times: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._times = engine, times
        self._done: Done | None = None
        self._begun = False
        if engine is not None:
            engine.setParent(self)
            engine.stateChanged.connect(self._on_state)

    @property
    def trouble(self) -> str:
        """Without an engine, or with one that broke."""
        broken = self._engine is None or self._engine.state() == self._states().Error
        return NO_VOICE if broken else ""

    def say(self, call: Announcement, done: Done) -> None:
        """As often as the hall says it, in one go: a voice pauses at a full stop by itself."""
        self._done, self._begun = done, False
        if self._engine is None:
            soon(lambda: self._answer(done, heard=False))
            return
        self._engine.say("。".join([call.spoken] * self._times))
        if self._engine.state() == self._states().Error:
            soon(lambda: self._answer(done, heard=False))

    def stop(self) -> None:
        """Quiet at once."""
        self._done = None
        if self._engine is not None:
            self._engine.stop()

    def _states(self) -> Any:
        kind: Any = type(self._engine)
        return kind.State

    def _answer(self, done: Done, *, heard: bool) -> None:
        if self._done is done:
            self._done = None
            done(heard)

    @Slot()
    def _on_state(self) -> None:
        if self._engine is None or self._done is None:
            return
        state, states, done = self._engine.state(), self._states(), self._done
        if state == states.Speaking:
            self._begun = True
        elif state == states.Error or (state == states.Ready and self._begun):
            heard = state == states.Ready
            soon(lambda: self._answer(done, heard=heard))


def mandarin_engine() -> Any | None:
    """An engine that speaks Mandarin; None where Qt's part, its libraries, a service behind it or the voice is missing."""
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech
    except ImportError:  # the part is not installed, or libpulse0 is missing under it
        return None
    for name in QTextToSpeech.availableEngines():
        if name != NOT_A_VOICE:
            with contextlib.suppress(RuntimeError):
                engine = _speaking_mandarin(lambda name=name: QTextToSpeech(name))  # type: ignore[misc]
                if engine is not None:
                    return engine
    return None


def _speaking_mandarin(make: Callable[[], Any]) -> Any | None:
    engine = make()
    if engine.state() == type(engine).State.Error:
        return None
    for locale in engine.availableLocales():
        if locale.language() == QLocale.Language.Chinese and locale.territory() == QLocale.Country.China:
            engine.setLocale(locale)
            return engine
    return None
