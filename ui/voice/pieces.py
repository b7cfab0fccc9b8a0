"""拼读 a call put together from the bundled pieces and played as one file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from clerk_app.queueing.announcing import Announcement, Reading
from ui.voice.joining import as_wav, bundled_reading, sound_of
from ui.voice.players import Player
from ui.voice.silent import NO_SOUND
from ui.voice.voices import Done, soon


class PiecesVoice:
    """拼读 needs no voice of the machine's, only something that plays a file."""

    def __init__(self, player: Player | None, reading: Reading | None = None) -> None:
        self._player, self._reading = player, reading or bundled_reading()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._turn = 0

    @property
    def trouble(self) -> str:
        """When nothing here plays a file."""
        return "" if self._player is not None else NO_SOUND

    def say(self, call: Announcement, done: Done) -> None:
        """One file, played from its first sample to its last."""
        self._turn += 1
        turn = self._turn

        def over(heard: bool) -> None:
            if turn == self._turn:
                self._turn += 1
                done(heard)

        try:
            file = self._written(call)
        except (OSError, ValueError):  # a full disk, or a hall's own file of another format
            soon(lambda: over(False))
            return
        if self._player is None:
            soon(lambda: over(False))
        else:
            # Some players answer at once when they fail; the caller never hears it before this has returned.
            self._player.play(file, lambda heard: soon(lambda: over(heard)))

    def stop(self) -> None:
        """Quiet, and nothing left on the disk."""
        self._turn += 1
        if self._player is not None:
            self._player.stop()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _written(self, call: Announcement) -> Path:
        """A name of its own a call: players may keep the last file in mind by its name."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="counter-voice-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        for old in folder.glob("*.wav"):
            old.unlink(missing_ok=True)
        file = folder / f"{self._turn}.wav"
        file.write_bytes(as_wav(sound_of(call, self._reading)))
        return file
