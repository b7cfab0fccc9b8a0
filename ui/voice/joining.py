"""拼接 the pieces of a call as one sound, with its pauses; nothing is mixed or made louder, so nothing can be clipped."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import resources
from clerk_app.queueing.announcing import Announcement, Reading, read_reading

RATE, WIDTH, CHANNELS = 16_000, 2, 1


@lru_cache(maxsize=1)
def bundled_reading() -> Reading:
    """The product's own reading."""
    return read_reading(json.loads(resources.path("voice", "reading.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=128)
def bundled_piece(name: str) -> bytes:
    """One piece's samples. Raises OSError or ValueError when the file is missing or of another format."""
    return read_piece(resources.path("voice", f"{name}.wav"))


def read_piece(file: Path) -> bytes:
    """The samples of one file; every piece is 16 kHz, mono, 16 bit, so that they stand side by side as they are."""
    try:
        with wave.open(str(file), "rb") as sound:
            form = (sound.getframerate(), sound.getsampwidth(), sound.getnchannels())
            if form != (RATE, WIDTH, CHANNELS):
                raise ValueError(f"{file.name}: {form}, wanted {(RATE, WIDTH, CHANNELS)}")
            return sound.readframes(sound.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{file.name}: {error}") from error


def pause(milliseconds: int) -> bytes:
    """So much silence."""
    return bytes(RATE * milliseconds // 1000 * WIDTH)


def sound_of(call: Announcement, reading: Reading, piece: Callable[[str], bytes] = bundled_piece) -> bytes:
    """The samples of a whole call: the chime once, then the sentence as often as the hall says it."""
    pauses = reading.pauses
    between = pause(pauses["piece"])
    groups = (between.join(piece(reading.files[word]) for word in group) for group in call.groups)
    sentence = pause(pauses["group"]).join(groups)
    said = pause(pauses["again"]).join([sentence] * reading.times)
    return piece(reading.chime) + pause(pauses["chime"]) + said


def as_wav(samples: bytes) -> bytes:
    """The samples as one WAV file."""
    whole = io.BytesIO()
    with wave.open(whole, "wb") as sound:
        sound.setframerate(RATE)
        sound.setsampwidth(WIDTH)
        sound.setnchannels(CHANNELS)
        sound.writeframes(samples)
    return whole.getvalue()
