"""放音 the ways of this machine to play one WAV file: Qt's own, Windows's, or a small program of the system."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QProcess, Qt, QUrl, Signal, Slot

Played = Callable[[bool], None]
PROGRAMS = (("pw-play", ()), ("paplay", ()), ("aplay", ("-q",)))
"""PipeWire first: where it runs, aplay may hold the card alone."""


class Player(Protocol):
    """放音 one file at a time; `played(whether it sounded)` comes once, later, on the GUI thread."""

    def play(self, file: Path, played: Played) -> None:
        """From its first sample to its last."""
        ...

    def stop(self) -> None:
        """Quiet at once; `played` does not come any more."""
        ...


class ProgramPlayer(QObject):
    """程序放音 by a program that plays a file and ends."""

    def __init__(self, program: str, arguments: tuple[str, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._played: Played | None = None
        self._arguments = arguments
        self._process = QProcess(self)
        self._process.setProgram(program)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def play(self, file: Path, played: Played) -> None:
        """Start it."""
        self._played = played
        self._process.setArguments([*self._arguments, str(file)])
        self._process.start()

    def stop(self) -> None:
        """End it."""
        self._played = None
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(2000)

    def _answer(self, heard: bool) -> None:
        played, self._played = self._played, None
        if played is not None:
            played(heard)

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._answer(code == 0 and status == QProcess.ExitStatus.NormalExit)

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._answer(False)  # everything else ends in `finished`


class EffectPlayer(QObject):
    """音效放音 by QtMultimedia's QSoundEffect, handed in so that a machine without it need not have it."""

    def __init__(self, effect: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effect = effect
        self._played: Played | None = None
        self._begun = False
        effect.setParent(self)
        effect.playingChanged.connect(self._on_playing)
        effect.statusChanged.connect(self._on_status)

    def play(self, file: Path, played: Played) -> None:
        """It loads first, then plays by itself."""
        self._played, self._begun = played, False
        self._effect.setSource(QUrl.fromLocalFile(str(file)))
        self._effect.play()

    def stop(self) -> None:
        """Stop it."""
        self._played = None
        self._effect.stop()

    def _answer(self, heard: bool) -> None:
        played, self._played = self._played, None
        if played is not None:
            played(heard)

    @Slot()
    def _on_playing(self) -> None:
        if self._effect.isPlaying():
            self._begun = True
        elif self._begun:
            self._answer(True)

    @Slot()
    def _on_status(self) -> None:
        if self._effect.status() == type(self._effect).Status.Error:
            self._answer(False)


class WindowsPlayer(QObject):
    """系统放音（Windows） by winsound, which holds its thread until the last sample."""

    _over = Signal(int, bool)

    def __init__(self, winsound: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._winsound = winsound
        self._turn = 0
        self._played: Played | None = None
        self._over.connect(self._on_over, Qt.ConnectionType.QueuedConnection)

    def play(self, file: Path, played: Played) -> None:
        """On a thread of its own."""
        self._turn += 1
        self._played = played
        threading.Thread(target=self._sound, args=(str(file), self._turn), name="winsound", daemon=True).start()

    def stop(self) -> None:
        """None is a sound too, and ends the one that plays."""
        self._played = None
        self._turn += 1
        self._winsound.PlaySound(None, 0)

    def _sound(self, file: str, turn: int) -> None:
        sound = self._winsound
        try:
            sound.PlaySound(file, sound.SND_FILENAME | sound.SND_NODEFAULT)
        except RuntimeError:
            self._over.emit(turn, False)
        else:
            self._over.emit(turn, True)

    @Slot(int, bool)
    def _on_over(self, turn: int, heard: bool) -> None:
        if turn != self._turn or self._played is None:
            return
        played, self._played = self._played, None
        played(heard)


def find_player(parent: QObject | None = None) -> Player | None:
    """The first way there is; None on a machine that cannot play."""
    return _windows(parent) or _effect(parent) or _program(parent)


def _windows(parent: QObject | None) -> Player | None:
    if os.name != "nt":
        return None
    import winsound

    return WindowsPlayer(winsound, parent)


def _effect(parent: QObject | None) -> Player | None:
    """Qt's own, where its part is installed, finds its libraries, and there is something that sounds."""
    try:
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
    except ImportError:
        return None
    return EffectPlayer(QSoundEffect(), parent) if QMediaDevices.audioOutputs() else None


def _program(parent: QObject | None) -> Player | None:
    for name, arguments in PROGRAMS:
        program = shutil.which(name)
        if program:
            return ProgramPlayer(program, arguments, parent)
    return None
