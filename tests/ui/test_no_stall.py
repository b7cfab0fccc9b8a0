"""No page holds the screen up: a visit and a walk over all pages under the watch, and what it saw on the stack."""

from __future__ import annotations

import logging
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from traceback import extract_stack
from types import FrameType
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from clerk_app.store.gate import Gate
from tests.ui.whole_desk import CLERK, RECEIVE, Place, WholeDesk, whole_desk
from ui import theme
from ui.stalls import Place as Line
from ui.stalls import Stall, StallWatch
from ui.tour.hands import key, press, until, write

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 50
"""Milliseconds of the screen thread's own work, on a machine as quick as `QUIET` says; waiting for the processor is nobody's
fault, and beside other tests its own seconds are up to twice as long: so long is allowed as this machine is slow just now.
"""
QUIET = 11.0
"""Milliseconds of `_some_work` on the machine these limits were set on, with nothing beside it."""
TIMES = 3
DRIVING = ("tests/", "ui/tour/")
OUTSIDE = ("clerk_app/store/", "clerk_app/outside/")
FIRST = 125
"""What a page may take when it comes for the first time: Qt dresses each of its widgets by the sheet, once. The form takes
most, about 115 ms for its fields; a piece of a late house up to 60.
"""
VISIT = 50
"""The case that was just received is filled in one turn (about 15) and laid out and painted in the next (about 40)."""


def _some_work() -> float:
    begun = time.thread_time()
    sum(number * number for number in range(200_000))
    return (time.thread_time() - begun) * 1000


class Machine:
    """How slow this machine is, at its slowest while it was looked at."""

    def __init__(self) -> None:
        self._slow = 1.0

    def look(self) -> None:
        self._slow = max(self._slow, _some_work() / QUIET)

    def allows(self, limit: int) -> int:
        return round(limit * self._slow)


class Eyes:
    """What the screen's thread is at, every few milliseconds, seen by itself.

    Not `sys._current_frames()` from beside it: a frame held there for a moment keeps its painter alive, and Qt aborts.
    """

    def __init__(self, every: float = 0.005) -> None:
        self._every, self._seen = every, list[tuple[Line, ...]]()

    def __enter__(self) -> Eyes:
        self._before = signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, self._every, self._every)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)

    def take(self) -> tuple[tuple[Line, ...], ...]:
        seen, self._seen = self._seen, []
        return tuple(seen)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        found: list[Line] = []
        while frame is not None:
            found.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
            frame = frame.f_back
        self._seen.append(tuple(found))


def own(seen: tuple[Line, ...]) -> list[str]:
    """Our places of one look, from the inside out, as far as the hand that drives."""
    found = []
    for file, line, function in seen:
        if not file.startswith(str(ROOT)) or ".venv" in file:
            continue
        inside = file[len(str(ROOT)) + 1 :]
        if inside.startswith(DRIVING):
            break
        found.append(f"{inside}:{line} {function}")
    return found


def blamed(stalls: list[Stall], limit: int = LIMIT) -> list[str]:
    """The stalls that were our own work, each with where it was seen most."""
    found = []
    for stall in stalls:
        looks = [places for places in map(own, stall.seen) if places]
        if stall.busy_ms <= limit or not looks:
            continue
        inner, times = Counter(" < ".join(places[:4]) for places in looks).most_common(1)[0]
        found.append(f"{stall.page} {stall.busy_ms} ms ({times}/{len(stall.seen)}): {inner}")
    return found


def reached(stalls: list[Stall]) -> list[str]:
    """Where the screen's thread was at the books or the line itself, however short."""
    return [
        place for stall in stalls for places in map(own, stall.seen) for place in places if place.startswith(OUTSIDE)
    ]


@contextmanager
def transactions() -> Iterator[list[str]]:
    """Each transaction begun on the screen's own thread, by whom: the store is never waited for there, however quick it is."""
    seen: list[str] = []
    begin = Gate.begin

    def noted(gate: Gate) -> AbstractContextManager[Connection]:
        if threading.current_thread() is threading.main_thread():
            seen.extend(
                own(tuple((one.filename, one.lineno or 0, one.name) for one in reversed(extract_stack()[:-1])))[:6]
            )
        return begin(gate)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gate, "begin", noted)
        yield seen


@contextmanager
def watching(page: Callable[[], str], limit: int = LIMIT) -> Iterator[list[Stall]]:
    """What stalls meanwhile."""
    stalls: list[Stall] = []
    with Eyes() as eyes:
        watch = StallWatch(page, stalls.append, beat_ms=5, limit_ms=limit)
        watch.start(eyes.take)
        try:
            yield stalls
        finally:
            watch.close()


@pytest.fixture(scope="module")
def desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeDesk]:
    theme.apply(qapp)
    with whole_desk(tmp_path_factory.mktemp("desk")) as made:
        made.window.resize(1366, 768)
        yield made


def held_up(desk: WholeDesk, place: Place, machine: Machine) -> tuple[list[Stall], list[str]]:
    """Whether a page holds the screen up each time it comes: once may be the machine, which others use too."""
    seen: list[Stall] = []
    blame: list[str] = []
    for _ in range(TIMES):
        with watching(desk.desk.shell.current_page) as stalls:
            desk.turn(place)
        machine.look()
        seen += stalls
        blame = [f"{place}: {said}" for said in blamed(stalls, machine.allows(LIMIT))]
        if not blame:
            break
        desk.desk.shell.show_page("today" if place.page != "today" else "sync")
        desk.settle()
    return seen, blame


def test_no_page_holds_the_screen_up(desk: WholeDesk) -> None:
    machine = Machine()
    with watching(desk.desk.shell.current_page) as first, transactions() as waited:
        for place in desk.places():
            desk.turn(place)
            machine.look()
    again: list[Stall] = []
    slow: list[str] = []
    for place in desk.places():
        with watching(desk.desk.shell.current_page) as sitting:
            desk.sit(place.who)
        stalls, blame = held_up(desk, place, machine)
        first += sitting
        again += stalls
        slow += blame
    assert waited == []
    assert reached([*first, *again]) == []
    assert blamed(first, machine.allows(FIRST)) == []
    assert slow == []


def visit(desk: WholeDesk) -> None:
    """From the call to the acceptance."""
    page, counter = desk.desk.rooms.counter_page, desk.desk.rooms.counter
    state: Any = lambda: counter.state  # noqa: E731
    press(page, "叫下一位")
    until(lambda: state().current is not None, "叫号")
    press(page, "来了")
    until(lambda: state().current.state == "serving", "到窗")
    write(page, "事项", "公司设立")
    key(page, Qt.Key.Key_Return)
    write(page, "申请人", "江州岚栎舟信息技术有限公司")
    write(page, "手机", "13800000421")
    press(page, "全部收齐")
    press(page, "收件")
    until(lambda: state().case is not None, "收件")
    press(page, "受理并打印")
    until(lambda: state().case.state == "accepted", "受理")
    desk.settle()


def test_a_visit_is_never_held_up(desk: WholeDesk) -> None:
    """Each time one comes: once may be the machine, which others use too."""
    seen: list[Stall] = []
    waited: list[str] = []
    blame: list[str] = []
    machine = Machine()
    for _ in range(TIMES):
        desk.turn(Place(CLERK, "counter", RECEIVE))
        desk.away(desk.nobody_there)
        desk.desk.rooms.counter.refresh()
        desk.settle()
        machine.look()
        with watching(desk.desk.shell.current_page) as stalls, transactions() as reads:
            visit(desk)
        machine.look()
        seen += stalls
        waited += reads
        blame = blamed(stalls, machine.allows(VISIT))
        if not blame:
            break
    assert waited == []
    assert reached(seen) == []
    assert blame == []


def test_a_read_on_the_screens_thread_is_named(desk: WholeDesk) -> None:
    text = "def look():\n    return office.read(lambda books: None)\n"
    names: dict[str, Any] = {"office": desk.office}
    exec(compile(text, str(ROOT / "ui" / "slow.py"), "exec"), names)
    with transactions() as waited:
        names["look"]()
    assert any("ui/slow.py:2 look" in place for place in waited)


def slow() -> Callable[[], None]:
    """As if it stood in the product: it works for longer than a page may."""
    text = """
def burn():
    end = time.thread_time() + 0.3
    while time.thread_time() < end:
        sum(range(100))
"""
    names: dict[str, Any] = {"time": time}
    exec(compile(text, str(ROOT / "ui" / "slow.py"), "exec"), names)
    burn: Callable[[], None] = names["burn"]
    return burn


def test_a_slow_act_is_named_with_its_page(qtbot: QtBot) -> None:
    with watching(lambda: "counter") as stalls:
        QTimer.singleShot(20, slow())
        qtbot.waitUntil(lambda: bool(blamed(stalls)))
    said = blamed(stalls)[0]
    assert said.startswith("counter ")
    assert "ui/slow.py" in said
    assert "burn" in said


def test_the_log_has_one_line_with_page_and_time_alone(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    watch = StallWatch(lambda: "cases", beat_ms=5, limit_ms=60)
    with caplog.at_level(logging.WARNING, "desk"):
        watch.start()
        QTimer.singleShot(20, slow())
        qtbot.waitUntil(lambda: bool(caplog.messages))
        watch.close()
    assert re.fullmatch(r"stall on cases: \d+ ms", caplog.messages[0])
