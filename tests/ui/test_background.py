"""Jobs run off the GUI thread, answers land on it, in the order of asking."""

from __future__ import annotations

import gc
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QThread, QTimer
from pytestqt.qtbot import QtBot

from clerk_app.office.office import SignedOut
from ui.background import TURN_SECONDS, Background, Sweeper


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    lanes = Background()
    yield lanes
    lanes.close()


def test_a_thousand_answers_land_in_order_on_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    answers: list[int] = []
    landed_on: set[QThread] = set()
    worked_on: set[str] = set()

    def job(number: int) -> int:
        worked_on.add(threading.current_thread().name)
        return number

    def done(number: int) -> None:
        landed_on.add(QThread.currentThread())
        answers.append(number)

    for number in range(1000):
        background.run(lambda number=number: job(number), done)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(answers) == 1000, timeout=10_000)
    assert answers == list(range(1000))
    assert landed_on == {background.thread()}
    assert len(worked_on) == 1
    assert threading.main_thread().name not in worked_on


def test_the_store_has_one_lane_and_the_net_does_not_wait_for_it(qtbot: QtBot, background: Background) -> None:
    gate = threading.Event()
    order: list[str] = []
    background.run(lambda: gate.wait(5), lambda _: order.append("store"))
    background.run_net(lambda: "net", order.append)
    qtbot.waitUntil(lambda: order == ["net"])
    gate.set()
    qtbot.waitUntil(lambda: order == ["net", "store"])


def test_net_jobs_run_side_by_side(qtbot: QtBot, background: Background) -> None:
    meeting = threading.Barrier(3)
    arrived: list[int] = []
    for _ in range(3):
        background.run_net(lambda: meeting.wait(5), arrived.append)
    qtbot.waitUntil(lambda: len(arrived) == 3)


def test_a_failure_goes_to_its_own_way_on_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    failed: list[tuple[Exception, QThread]] = []

    def job() -> int:
        raise ValueError("卢玉珍")

    background.run(job, lambda _: None, lambda error: failed.append((error, QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0][0], ValueError)
    assert failed[0][1] is background.thread()


def test_a_failure_without_a_way_is_one_sentence(qtbot: QtBot, background: Background) -> None:
    def job() -> int:
        raise ValueError("卢玉珍")

    with qtbot.waitSignal(background.trouble) as blocker:
        background.run(job, lambda _: None)
    assert "没办成" in blocker.args[0]
    assert "卢玉珍" not in blocker.args[0]


def test_a_page_asked_as_its_person_got_up_says_nothing_and_any_other_fault_is_said(
    qtbot: QtBot, background: Background
) -> None:
    said: list[str] = []
    background.trouble.connect(said.append)

    def gone() -> None:
        raise SignedOut("session")

    def broken() -> None:
        raise LookupError("row")

    background.look(gone, said.append)
    background.look(broken, said.append)
    background.run(gone, said.append)
    qtbot.waitUntil(lambda: background.idle)
    assert len(said) == 2
    assert all(sentence.startswith("刚才这一步没办成，") for sentence in said)


def test_a_pages_fault_does_not_stop_the_next_answer(qtbot: QtBot, background: Background) -> None:
    answers: list[int] = []
    troubles: list[str] = []
    background.trouble.connect(troubles.append)

    def broken(_: int) -> None:
        raise KeyError("row")

    background.run(lambda: 1, broken)
    background.run(lambda: 2, answers.append)
    qtbot.waitUntil(lambda: answers == [2])
    assert len(troubles) == 1


def test_closing_finishes_the_stores_work_and_delivers_it(qtbot: QtBot) -> None:
    lanes = Background()
    written: list[int] = []
    answers: list[int] = []

    def job(number: int) -> int:
        time.sleep(0.002)
        written.append(number)
        return number

    for number in range(20):
        lanes.run(lambda number=number: job(number), answers.append)  # type: ignore[misc]
    lanes.close()
    assert written == list(range(20))
    assert answers == list(range(20))
    lanes.close()


def test_closing_drops_what_waits_for_the_net(qtbot: QtBot) -> None:
    lanes = Background()
    started: list[int] = []

    def job(number: int) -> None:
        started.append(number)
        time.sleep(0.05)

    for number in range(50):
        lanes.run_net(lambda number=number: job(number), lambda _: None)  # type: ignore[misc]
    lanes.close()
    assert len(started) < 50


def test_after_closing_nothing_is_asked(qtbot: QtBot) -> None:
    lanes = Background()
    lanes.close()
    asked: list[int] = []
    lanes.run(lambda: asked.append(1), lambda _: None)
    lanes.run_net(lambda: asked.append(2), lambda _: None)
    assert not asked
    assert lanes.idle


class _Ring:
    """Garbage that only collecting finds."""

    def __init__(self) -> None:
        self.itself = self


def _rings(number: int) -> weakref.ref[_Ring]:
    """So many, forgotten at once; the answer sees whether the last is still there."""
    rings = [_Ring() for _ in range(number)]
    return weakref.ref(rings[-1])


@pytest.fixture
def sweeper() -> Iterator[Sweeper]:
    turn = sys.getswitchinterval()
    sweeper = Sweeper()
    yield sweeper
    sweeper.close()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    assert sys.getswitchinterval() == turn


def test_garbage_is_collected_by_the_timer_only(qtbot: QtBot, sweeper: Sweeper) -> None:
    sweeper.start()
    assert not gc.isenabled()
    sweeper.settle()
    seen = _rings(2000)
    assert seen() is not None
    qtbot.waitUntil(lambda: seen() is None, timeout=20_000)


def test_nothing_is_collected_while_the_program_comes_up(qtbot: QtBot, sweeper: Sweeper) -> None:
    sweeper.start()
    assert not sweeper.findChild(QTimer).isActive()
    sweeper.settle()
    assert sweeper.findChild(QTimer).isActive()


def test_what_stands_with_the_desk_is_not_looked_at_again(qtbot: QtBot, sweeper: Sweeper) -> None:
    sweeper.start()
    before = _Ring()
    sweeper.settle()
    after = _Ring()
    looked_at = {id(each) for each in gc.get_objects()}
    assert id(before) not in looked_at
    assert id(after) in looked_at


def test_the_screen_waits_a_short_turn_only(qtbot: QtBot, sweeper: Sweeper) -> None:
    sweeper.start()
    assert sys.getswitchinterval() == pytest.approx(TURN_SECONDS)


def test_many_answers_leave_the_screen_its_turns(qtbot: QtBot, background: Background) -> None:
    """Qt delivers all that has landed before it looks at a timer or a key."""
    order: list[str] = []

    def heavy(name: str) -> None:
        order.append(name)
        end = time.perf_counter() + 0.01
        while time.perf_counter() < end:
            pass

    for number in range(4):
        background.later(lambda number=number: heavy(f"page {number}"))  # type: ignore[misc]
    assert order == [], "whoever asks goes on first"
    beat = QTimer()
    beat.setInterval(0)
    beat.timeout.connect(lambda: order.append("screen"))
    beat.start()
    qtbot.waitUntil(lambda: background.idle)
    beat.stop()
    pages = [place for place, word in enumerate(order) if word != "screen"]
    assert [order[place] for place in pages] == [f"page {number}" for number in range(4)]
    assert all(after - before > 1 for before, after in pairwise(pages))
