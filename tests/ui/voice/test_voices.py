"""嗓子: one contract, held by every way of speaking; the players are held to it through the pieces."""

from __future__ import annotations

import stat
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from tests.ui.voice.fakes import Effect, Engine, Winsound, call
from ui.voice.joining import as_wav, bundled_reading, sound_of
from ui.voice.pieces import PiecesVoice
from ui.voice.players import EffectPlayer, ProgramPlayer, WindowsPlayer, find_player
from ui.voice.silent import SilentVoice
from ui.voice.tts import ReadingVoice, mandarin_engine
from ui.voice.voices import Voice


@dataclass
class Bench:
    """A voice, and what was heard of it."""

    voice: Voice
    heard: bool
    answers: list[bool] = field(default_factory=list)


def program(folder: Path, body: str) -> str:
    file = folder / "player"
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


def kept(folder: Path) -> str:
    """A program that keeps what it was given to play."""
    return program(folder, f'cat "$1" >> "{folder}/played"')


MAKERS: dict[str, Callable[[Path], tuple[Voice, bool]]] = {
    "silent": lambda _: (SilentVoice(), False),
    "reading": lambda _: (ReadingVoice(Engine(), 2), True),
    "reading breaks": lambda _: (ReadingVoice(Engine(breaks=True), 2), False),
    "no reading": lambda _: (ReadingVoice(None, 2), False),
    "program": lambda folder: (PiecesVoice(ProgramPlayer(kept(folder))), True),
    "program fails": lambda folder: (PiecesVoice(ProgramPlayer(program(folder, "exit 1"))), False),
    "program is killed": lambda folder: (PiecesVoice(ProgramPlayer(program(folder, "kill -9 $$"))), False),
    "program is gone": lambda folder: (PiecesVoice(ProgramPlayer(str(folder / "none"))), False),
    "effect": lambda _: (PiecesVoice(EffectPlayer(Effect())), True),
    "effect breaks": lambda _: (PiecesVoice(EffectPlayer(Effect(breaks=True))), False),
    "windows": lambda _: (PiecesVoice(WindowsPlayer(Winsound())), True),
    "windows breaks": lambda _: (PiecesVoice(WindowsPlayer(Winsound(breaks=True))), False),
    "no player": lambda _: (PiecesVoice(None), False),
}


@pytest.fixture(params=MAKERS)
def bench(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    voice, heard = MAKERS[request.param](tmp_path)
    yield Bench(voice, heard)
    voice.stop()


def test_a_call_is_answered_once_and_never_before_say_has_returned(qtbot: QtBot, bench: Bench) -> None:
    bench.voice.say(call(), bench.answers.append)
    assert bench.answers == []
    qtbot.waitUntil(lambda: bool(bench.answers))
    qtbot.wait(30)
    assert bench.answers == [bench.heard]


def test_one_call_after_another(qtbot: QtBot, bench: Bench) -> None:
    for times, ticket in enumerate(("A001", "B017", "VA012"), 1):
        bench.voice.say(call(ticket), bench.answers.append)
        qtbot.waitUntil(lambda times=times: len(bench.answers) == times)
    assert bench.answers == [bench.heard] * 3


def test_after_stop_nobody_is_answered(qtbot: QtBot, bench: Bench) -> None:
    bench.voice.say(call(), bench.answers.append)
    bench.voice.stop()
    qtbot.wait(60)
    assert bench.answers == []


def test_it_says_why_when_it_cannot_speak(bench: Bench) -> None:
    cannot = (
        isinstance(bench.voice, SilentVoice)
        or getattr(bench.voice, "_engine", getattr(bench.voice, "_player", None)) is None
    )
    assert bool(bench.voice.trouble) == cannot
    assert not bench.voice.trouble or bench.voice.trouble.endswith("。")


def test_the_program_is_given_the_whole_call_as_one_file(qtbot: QtBot, tmp_path: Path) -> None:
    voice, answers = PiecesVoice(ProgramPlayer(kept(tmp_path))), list[bool]()
    voice.say(call("VA012", 12), answers.append)
    qtbot.waitUntil(lambda: answers == [True])
    assert (tmp_path / "played").read_bytes() == as_wav(sound_of(call("VA012", 12), bundled_reading()))
    voice.stop()


def test_the_effect_loads_a_new_file_every_call_and_leaves_none_behind(qtbot: QtBot) -> None:
    effect, answers = Effect(), list[bool]()
    voice = PiecesVoice(EffectPlayer(effect))
    for times in (1, 2):
        voice.say(call(), answers.append)
        with wave.open(effect.sources[-1], "rb") as sound:
            assert sound.getnframes() > 16_000
        qtbot.waitUntil(lambda times=times: len(answers) == times)
    assert len(set(effect.sources)) == 2
    assert [Path(one).exists() for one in effect.sources] == [False, True]
    voice.stop()
    assert not Path(effect.sources[-1]).parent.exists()


def test_reading_is_given_the_words_in_mandarin_as_often_as_the_hall_says(qtbot: QtBot) -> None:
    engine, answers = Engine(), list[bool]()
    voice = ReadingVoice(engine, 2)
    voice.say(call("VA012", 12), answers.append)
    qtbot.waitUntil(lambda: answers == [True])
    assert engine.heard == ["请 优先 A 零幺二 号到 十二 号窗口。请 优先 A 零幺二 号到 十二 号窗口"]


def test_an_engine_that_broke_is_no_voice_any_more(qtbot: QtBot) -> None:
    engine, answers = Engine(breaks=True), list[bool]()
    voice = ReadingVoice(engine, 2)
    assert voice.trouble == ""
    voice.say(call(), answers.append)
    qtbot.waitUntil(lambda: answers == [False])
    assert voice.trouble


def test_what_this_machine_has_can_be_asked_for_on_any_machine(qapp: QCoreApplication) -> None:
    """Whatever is installed here: an answer or None, never a failure."""
    player, engine = find_player(), mandarin_engine()
    assert player is None or callable(player.play)
    assert engine is None or engine.locale().language().name == "Chinese"
