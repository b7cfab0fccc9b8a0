"""报号: one after another, never cut off, nobody twice; who hears nothing is told once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.voice.fakes import SlowVoice, call
from ui.voice.silent import SilentVoice
from ui.voice.speaker import Speaker


@pytest.fixture
def voice() -> SlowVoice:
    return SlowVoice()


@pytest.fixture
def speaker(qapp: QApplication, voice: SlowVoice) -> Speaker:
    return Speaker([voice, SilentVoice()])


def waiting(speaker: Speaker) -> list[tuple[str, int]]:
    return [(one.ticket, one.window) for one in speaker.waiting]


def test_calls_are_spoken_one_after_another_and_none_is_cut_off(speaker: Speaker, voice: SlowVoice) -> None:
    for ticket in ("A001", "A002", "A003"):
        speaker.call(call(ticket))
    assert voice.begun == [("A001", 4)]
    voice.end()
    assert voice.begun == [("A001", 4), ("A002", 4)]
    voice.end()
    voice.end()
    assert [ticket for ticket, _ in voice.begun] == ["A001", "A002", "A003"]
    assert voice.stopped == 0
    assert speaker.speaking is None


def test_a_recall_that_waits_already_is_not_spoken_twice(speaker: Speaker) -> None:
    speaker.call(call("A001"))
    for _ in range(3):
        speaker.call(call("B017"))
    speaker.call(call("A002"))
    assert waiting(speaker) == [("B017", 4), ("A002", 4)]


def test_a_recall_of_what_is_being_spoken_is_spoken_after_it(speaker: Speaker, voice: SlowVoice) -> None:
    speaker.call(call("A001"))
    speaker.call(call("A001"))
    voice.end()
    assert voice.begun == [("A001", 4), ("A001", 4)]


def test_who_is_called_to_another_window_goes_where_he_was_called_last(speaker: Speaker) -> None:
    speaker.call(call("A001"))
    speaker.call(call("B017", 4))
    speaker.call(call("A002", 4))
    speaker.call(call("B017", 5))
    assert waiting(speaker) == [("A002", 4), ("B017", 5)]


def test_the_next_voice_speaks_what_the_first_could_not(qapp: QApplication) -> None:
    first, second = SlowVoice(), SlowVoice()
    speaker, said = Speaker([first, second, SilentVoice()]), []
    speaker.said.connect(lambda text, good: said.append((text, good)))
    speaker.call(call("A001"))
    first.end(heard=False)
    assert second.begun == [("A001", 4)]
    second.end()
    assert said == []
    speaker.call(call("A002"))
    assert first.begun == [("A001", 4), ("A002", 4)], (
        "it is asked again: a device may only have been taken for a moment"
    )


def test_a_voice_that_knows_it_cannot_is_not_asked(qapp: QApplication) -> None:
    first, second = SlowVoice("没有嗓音。"), SlowVoice()
    speaker = Speaker([first, second, SilentVoice()])
    speaker.call(call("A001"))
    assert (first.begun, second.begun) == ([], [("A001", 4)])
    assert speaker.trouble == ""


def test_nothing_sounds_and_that_is_said_once_until_something_does(qtbot: QtBot) -> None:
    voice = SlowVoice()
    speaker, said, heard = Speaker([voice, SilentVoice("没有声音。")]), [], []
    speaker.said.connect(lambda text, good: said.append((text, good)))
    speaker.heard.connect(lambda ticket, whether: heard.append((ticket, whether)))
    for ticket in ("A001", "A002"):
        speaker.call(call(ticket))
        voice.end(heard=False)
    assert len(said) == 1
    assert not said[0][1]
    speaker.call(call("A003"))
    voice.end()
    speaker.call(call("A004"))
    voice.end(heard=False)
    assert len(said) == 2
    assert heard == [("A001", False), ("A002", False), ("A003", True), ("A004", False)]


def test_a_machine_without_any_voice_goes_on_calling(qtbot: QtBot) -> None:
    speaker, said, heard = Speaker([SilentVoice("没有声音。")]), [], []
    speaker.said.connect(lambda text, good: said.append(text))
    speaker.heard.connect(lambda ticket, whether: heard.append((ticket, whether)))
    speaker.call(call("A001"))
    speaker.call(call("A002"))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert said == ["没有声音。"] == [speaker.trouble]
    assert heard == [("A001", False), ("A002", False)]


def test_a_voice_that_hangs_does_not_hold_up_the_next(qtbot: QtBot) -> None:
    hanging, other = SlowVoice(), SlowVoice()
    speaker = Speaker([hanging, other, SilentVoice()], patience=20)
    speaker.call(call("A001"))
    speaker.call(call("A002"))
    qtbot.waitUntil(lambda: other.begun == [("A001", 4)])
    assert hanging.stopped == 1
    late = hanging.ends[0]
    other.end()
    late(True)
    assert hanging.begun[-1] == ("A002", 4), "its late answer about A001 ended nothing"
    assert speaker.speaking is not None
    assert speaker.speaking.ticket == "A002"
    speaker.close()


def test_closing_is_quiet_at_once(qtbot: QtBot, speaker: Speaker, voice: SlowVoice) -> None:
    heard: list[str] = []
    speaker.heard.connect(lambda ticket, whether: heard.append(ticket))
    speaker.call(call("A001"))
    speaker.call(call("A002"))
    speaker.close()
    voice.end()
    assert (voice.stopped, voice.begun, heard, speaker.waiting) == (1, [("A001", 4)], [], ())
