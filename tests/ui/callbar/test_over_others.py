"""叫号条 on a real display: over another program's window, pressed without taking the hand from it, also with the desk minimised."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ui.xvfb import Display, Program, display, until

pytestmark = pytest.mark.process
ROOT = Path(__file__).parents[3]

SAY = """
import sys
from pathlib import Path
def say(words):
    with Path(sys.argv[1]).open("a", encoding="utf-8") as told:
        print(words, file=told)
"""
DEPARTMENT = f"""{SAY}
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
field = QLineEdit()
field.setWindowTitle("department")
field.textChanged.connect(say)
field.showMaximized()
sys.exit(app.exec())
"""
DESK = f"""{SAY}
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtCore import QTimer
from tests.ui.callbar.moments import hall, moment
from ui import theme
from ui.callbar.bar import CallBar
from ui.callbar.telling import tell_bar
app = QApplication([])
theme.apply(app)
desk = QWidget()
desk.setWindowTitle("desk")
desk.resize(600, 400)
desk.show()
bar = CallBar((lambda: "", lambda text: say("kept " + text)))
bar.render(tell_bar(moment(), hall()))
bar.pressed.connect(say)
bar.put_in_place()
bar.show()
def ready():
    button = bar.buttons[-1]
    middle = button.mapToGlobal(button.rect().center())
    handle = bar.mapToGlobal(bar.rect().topLeft())
    say(f"at {{middle.x()}} {{middle.y()}} {{handle.x() + 12}} {{handle.y() + 20}}")
QTimer.singleShot(0, ready)
def minimise():
    if Path(sys.argv[1] + ".minimise").exists() and not desk.isMinimized():
        desk.showMinimized()
        say("minimised")
watch = QTimer(interval=20)
watch.timeout.connect(minimise)
watch.start()
sys.exit(app.exec())
"""
WATCHED = f"""{SAY}
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from tests.ui.callbar.moments import NOW, hall, moment
from tests.ui.callbar.test_presenter import Counter
from ui import theme
from ui.callbar.bar import CallBar
from ui.callbar.presenter import CallBarPresenter, Reach
app = QApplication([])
theme.apply(app)
desk = QLineEdit()
desk.setWindowTitle("desk")
desk.resize(600, 400)
reach = Reach(hall=hall, now=lambda: NOW, more={{}}, front=lambda: None)
presenter = CallBarPresenter(Counter(), reach, CallBar((lambda: "", lambda text: None)))
presenter.start()
presenter.note(moment())
desk.show()
was = None
def look():
    global was
    if presenter.bar.isVisible() != was:
        was = presenter.bar.isVisible()
        say("bar seen" if was else "bar gone")
watch = QTimer(interval=20)
watch.timeout.connect(look)
watch.start()
sys.exit(app.exec())
"""


@contextmanager
def running(screen: Display, script: str, told: Path) -> Iterator[Program]:
    process = subprocess.Popen([sys.executable, "-c", script, str(told)], cwd=ROOT, env=screen.surroundings)
    try:
        yield Program(process, told)
    finally:
        process.terminate()
        process.wait(20)


def in_front(screen: Display, name: str) -> bool:
    return screen.hand("getactivewindow", "getwindowname") == name


def test_it_is_pressed_over_another_program_which_keeps_the_hand(
    tmp_path: Path, need_program: Callable[[str, str], str]
) -> None:
    with (
        display(need_program, windows=True) as screen,
        running(screen, DESK, tmp_path / "desk") as desk,
        running(screen, DEPARTMENT, tmp_path / "department") as department,
    ):
        until(lambda: any(line.startswith("at ") for line in desk.lines()), "the bar")
        x, y, handle_x, handle_y = next(line for line in desk.lines() if line.startswith("at ")).split()[1:]
        until(lambda: screen.hand("search", "--name", "^department$"), "the other program")
        front = screen.hand("search", "--name", "^department$").split()[0]
        screen.hand("windowactivate", "--sync", front)
        screen.hand("windowraise", front)
        screen.hand("type", "abc")
        until(lambda: department.waited("abc"), "typed into the other program")

        screen.hand("mousemove", x, y, "click", "1")
        until(lambda: desk.waited("F2"), "the bar lies over the other program, and was pressed")
        assert in_front(screen, "department")
        screen.hand("type", "def")
        until(lambda: department.waited("abcdef"), "the hand never left the other program")

        (tmp_path / "desk.minimise").touch()
        until(lambda: desk.waited("minimised"), "the desk's own window")
        screen.hand("windowactivate", "--sync", front)
        screen.hand("mousemove", x, y, "click", "1")
        until(lambda: desk.lines().count("F2") == 2, "it does not go down with the desk's own window")

        screen.hand(
            "mousemove",
            handle_x,
            handle_y,
            "mousedown",
            "1",
            "mousemove_relative",
            "--",
            "-100",
            "-300",
            "mouseup",
            "1",
        )
        until(lambda: any(line.startswith("kept ") for line in desk.lines()), "dragged")
        screen.hand("mousemove_relative", "--", str(int(x) - int(handle_x)), str(int(y) - int(handle_y)), "click", "1")
        until(lambda: desk.lines().count("F2") == 3, "pressed where it was dragged to")
        assert in_front(screen, "department")


def test_it_comes_when_another_program_is_in_front_and_goes_when_the_desk_is(
    tmp_path: Path, need_program: Callable[[str, str], str]
) -> None:
    with (
        display(need_program, windows=True) as screen,
        running(screen, WATCHED, tmp_path / "desk") as desk,
        running(screen, DEPARTMENT, tmp_path / "department"),
    ):
        for name in ("^desk$", "^department$"):
            until(lambda name=name: screen.hand("search", "--name", name), name)
        for name, last in (("^department$", "bar seen"), ("^desk$", "bar gone"), ("^department$", "bar seen")):
            screen.hand("windowactivate", "--sync", screen.hand("search", "--name", name).split()[0])
            until(lambda last=last: desk.lines()[-1:] == [last], f"{name}: {last}")
