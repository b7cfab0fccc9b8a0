"""拼接: the pieces stand in order, with their pauses, untouched and unclipped."""

from __future__ import annotations

import array
import io
import wave
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.queueing.announcing import announce
from resources import path
from ui.voice.joining import RATE, as_wav, bundled_piece, bundled_reading, pause, read_piece, sound_of

READING = bundled_reading()
CALL = announce("请{ticket}号到{window}号窗口", "VA012", 12, READING)
FILES = sorted(path("voice").glob("*.wav"))


def marked(name: str) -> bytes:
    """A piece one can find again: its own name, as samples."""
    return name.encode("utf-16-le")


def silences(samples: bytes) -> list[int]:
    """Lengths of the silences inside, in milliseconds."""
    values = array.array("h", samples)
    found, run = [], 0
    for value in values:
        if value == 0:
            run += 1
        elif run:
            found.append(run)
            run = 0
    return [run * 1000 // RATE for run in found if run >= RATE // 100]


def test_the_pieces_stand_in_order_and_the_pauses_between_them() -> None:
    once = replace(READING, times=1, pauses={"piece": 1, "group": 2, "chime": 3, "again": 4})
    short, middle = pause(1), pause(2)
    words = [short.join(marked(READING.files[word]) for word in group) for group in CALL.groups]
    assert sound_of(CALL, once, marked) == marked("chime") + pause(3) + middle.join(words)
    twice = sound_of(CALL, replace(once, times=2), marked)
    assert twice == marked("chime") + pause(3) + middle.join(words) + pause(4) + middle.join(words)


def test_a_real_call_is_as_long_as_its_parts_and_heard_twice() -> None:
    samples = sound_of(CALL, READING)
    pieces = [bundled_piece(READING.files[word]) for group in CALL.groups for word in group]
    gaps = sum(len(group) - 1 for group in CALL.groups) * len(pause(READING.pauses["piece"]))
    gaps += (len(CALL.groups) - 1) * len(pause(READING.pauses["group"]))
    sentence = sum(len(piece) for piece in pieces) + gaps
    whole = len(bundled_piece("chime")) + len(pause(READING.pauses["chime"])) + 2 * sentence
    assert len(samples) == whole + len(pause(READING.pauses["again"]))
    assert 8.0 < len(samples) / RATE / 2 < 14.0, "seconds: nobody waits half a minute for one call"


def test_the_pauses_are_heard_as_silence() -> None:
    heard = silences(sound_of(CALL, READING))
    longest = READING.pauses["again"]
    assert sum(longest <= one < longest + 60 for one in heard) == 1
    group = READING.pauses["group"]
    assert sum(group <= one < longest for one in heard) >= 2 * (len(CALL.groups) - 1)


def test_nothing_is_clipped_and_nothing_is_made_louder() -> None:
    peak = max(abs(value) for value in array.array("h", sound_of(CALL, READING)))
    loudest = max(abs(value) for file in FILES for value in array.array("h", read_piece(file)))
    assert peak <= loudest < 32_000


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_piece_is_trimmed_and_loud_enough(file: Path) -> None:
    samples = array.array("h", read_piece(file))
    assert 0.15 < len(samples) / RATE < 1.3
    peak = max(abs(value) for value in samples)
    assert 10_000 < peak < 32_000
    quiet = RATE // 20
    for end in (samples[:quiet], samples[-quiet:]):
        assert max(abs(value) for value in end) > peak // 100, "fifty milliseconds of nothing at an end is not trimmed"
    assert abs(samples[0]) < 400
    assert abs(samples[-1]) < 400, "an end in the middle of a wave clicks"


def test_every_word_has_its_file_and_every_file_its_word() -> None:
    assert {file.stem for file in FILES} == {*READING.files.values(), READING.chime}
    assert sum(file.stat().st_size for file in FILES) < 1_500_000


def test_it_is_one_wav_file() -> None:
    with wave.open(io.BytesIO(as_wav(sound_of(CALL, READING))), "rb") as sound:
        assert (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) == (16_000, 2, 1)
        assert sound.readframes(sound.getnframes()) == sound_of(CALL, READING)


@pytest.mark.parametrize("rate", [8000, 22_050])
def test_a_piece_of_another_format_is_refused(tmp_path: Path, rate: int) -> None:
    file = tmp_path / "yao.wav"
    with wave.open(str(file), "wb") as sound:
        sound.setframerate(rate)
        sound.setsampwidth(2)
        sound.setnchannels(1)
        sound.writeframes(bytes(100))
    with pytest.raises(ValueError, match=r"yao\.wav"):
        read_piece(file)


def test_a_file_that_is_no_sound_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "yao.wav"
    file.write_bytes(b"")
    with pytest.raises(ValueError, match=r"yao\.wav"):
        read_piece(file)
