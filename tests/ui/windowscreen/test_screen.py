"""窗口屏: on the second screen under the rating, flashing twice and never faster than two a second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.callbar.moments import NOW, called, cut, hall, moment, serving
from ui import theme
from ui.queueing.state import CounterState
from ui.windowscreen.presenter import WindowScreenPresenter
from ui.windowscreen.screen import FLASHES, WindowScreen
from ui.windowscreen.telling import tell_screen
from ui.windowscreen.view import WindowScreenView

ROOT = Path(__file__).parents[3]


@pytest.fixture
def screen(qtbot: QtBot) -> WindowScreen:
    screen = WindowScreen()
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    return screen


def colours(screen: WindowScreen) -> set[int]:
    image = screen.grab().toImage()
    return {image.pixel(x, y) & 0xFFFFFF for x in range(60, 1220, 9) for y in range(140, 640, 9)}


def token(name: str) -> int:
    return theme.current().colour(name).rgb() & 0xFFFFFF


def test_a_call_fills_the_screen_and_a_number_being_served_does_not(screen: WindowScreen) -> None:
    screen.render(tell_screen(moment(called()), hall()))
    assert {token("fill"), token("on_fill")} <= colours(screen)
    screen.render(tell_screen(moment(serving()), hall()))
    assert {token("surface"), token("ink")} <= colours(screen)
    assert token("on_fill") not in colours(screen)


@pytest.mark.parametrize("dark", [False, True])
def test_red_is_nowhere_on_it(screen: WindowScreen, dark: bool) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, dark=dark)
    for state in (moment(), moment(called()), cut(called()), moment(paused=True)):
        screen.render(tell_screen(state, hall()))
        assert token("red") not in colours(screen)


def test_the_words_are_there_for_a_screen_reader_too(screen: WindowScreen) -> None:
    screen.render(tell_screen(moment(called()), hall()))
    assert screen.accessibleName() == "4号窗口，B017，请到本窗口"


def flashed(qtbot: QtBot, screen: WindowScreen, view: WindowScreenView) -> list[int]:
    """When it became light, in milliseconds."""
    lights: list[int] = []
    clock = QElapsedTimer()
    clock.start()
    was = False

    def look() -> None:
        nonlocal was
        if screen.flashing and not was:
            lights.append(clock.elapsed())
        was = screen.flashing

    screen._half.timeout.connect(look)
    screen.render(view)
    if screen._half.isActive():
        qtbot.waitUntil(lambda: not screen._half.isActive())
    return lights


def test_it_flashes_twice_and_not_faster_than_two_a_second(qtbot: QtBot, screen: WindowScreen) -> None:
    lights = flashed(qtbot, screen, tell_screen(moment(called(aids=("visual",))), hall()))
    assert len(lights) == FLASHES == 2
    assert lights[1] - lights[0] >= 500
    assert lights[0] >= 200
    assert not screen.flashing


def test_only_for_who_does_not_hear_and_not_again_for_the_same_call(qtbot: QtBot, screen: WindowScreen) -> None:
    assert flashed(qtbot, screen, tell_screen(moment(called("B016")), hall())) == []
    visual = tell_screen(moment(called(aids=("visual",))), hall())
    assert len(flashed(qtbot, screen, visual)) == 2
    later = tell_screen(moment(called(aids=("visual",)), now=NOW.replace(minute=43)), hall())
    assert later != visual
    assert flashed(qtbot, screen, later) == []
    again = tell_screen(moment(called(aids=("visual",), calls=2, seconds=1)), hall())
    assert len(flashed(qtbot, screen, again)) == 2


def test_it_stops_when_he_has_come(screen: WindowScreen) -> None:
    screen.render(tell_screen(moment(called(aids=("visual",))), hall()))
    assert screen._half.isActive()
    screen.render(tell_screen(moment(serving()), hall()))
    assert not screen._half.isActive()


@pytest.fixture
def desk(qtbot: QtBot, front: Callable[..., QWidget]) -> Iterator[SimpleNamespace]:
    clerk = QLineEdit()
    front(clerk)
    presenter = WindowScreenPresenter(hall, lambda: NOW, clerk)
    qtbot.addWidget(presenter.window)
    yield SimpleNamespace(clerk=clerk, presenter=presenter, window=presenter.window)
    presenter.leave()


def test_with_one_screen_only_it_stays_away_from_the_clerks_work(desk: SimpleNamespace) -> None:
    desk.presenter.start()
    desk.presenter.note(moment(called()))
    assert not desk.window.isVisible()
    assert not desk.presenter._clock.isActive()
    assert "B017" in desk.window.accessibleName()


TWO = """
import json, os, sys
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.callbar.moments import NOW, called, cut, hall, moment
from ui import theme
from ui.oversight.rating_window import RatingWindow
from ui.oversight.view import RatingView
from ui.windowscreen.presenter import WindowScreenPresenter
app = QApplication([])
theme.apply(app)
seen = {"screens": [screen.name() for screen in app.screens()]}
clerk = QWidget()
clerk.resize(600, 400)
clerk.show()
clerk.activateWindow()
app.processEvents()
rating = RatingWindow()
presenter = WindowScreenPresenter(hall, lambda: NOW, clerk, rating)
window = presenter.window
presenter.note(moment(called()))
seen["before anybody sat down"] = window.isVisible()
presenter.start()
presenter.note(cut(called()))
app.processEvents()
seen["called"] = [window.isVisible(), window.isFullScreen(), window.screen() is not clerk.screen(), clerk.isActiveWindow()]
rating.render(RatingView("4", "hall", "B017"))
rating.open_beside(clerk)
app.processEvents()
seen["rating"] = [rating.isVisible(), rating.screen() is window.screen(), window.isVisible(), app.topLevelAt(window.geometry().center()) is rating]
presenter.note(moment())
presenter._look_again()
app.processEvents()
seen["still over it"] = app.topLevelAt(window.geometry().center()) is rating
rating.hide()
app.processEvents()
seen["and gone"] = app.topLevelAt(window.geometry().center()) is window
presenter.leave()
seen["left"] = window.isVisible()
print(json.dumps(seen))
"""


def test_on_the_second_screen_under_the_rating(tmp_path: Path) -> None:
    """Two screens, as the offscreen platform makes them."""
    config = tmp_path / "screens.json"
    screens = [
        {"name": name, "x": x, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, x in (("clerk", 0), ("citizen", 1280))
    ]
    config.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", TWO], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert sorted(seen["screens"]) == ["citizen", "clerk"]
    assert not seen["before anybody sat down"]
    assert seen["called"] == [True, True, True, True]
    assert seen["rating"] == [True, True, True, True]
    assert seen["still over it"]
    assert seen["and gone"]
    assert not seen["left"]


def states() -> list[CounterState]:
    return [moment(), moment(called("VB017")), cut(called("VB9017")), moment(serving()), moment(paused=True)]


@pytest.mark.parametrize("state", states())
def test_the_biggest_number_has_its_room(screen: WindowScreen, state: CounterState) -> None:
    """Nothing is painted over the card's edge: the outermost columns of it are ground only."""
    screen.render(tell_screen(state, hall()))
    image = screen.grab().toImage()
    inside = {image.pixel(x, y) & 0xFFFFFF for x in (52, 1228) for y in range(180, 620)}
    assert inside <= {token("fill"), token("surface")}
