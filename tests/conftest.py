"""What every test stands on: no window on a screen, short property runs, and programs that must be there in CI."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import compiled_once, told

# A test that wants a real display starts its own process with its own platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Nor does one look for scanners, on this machine or on its network; who wants one names its own folder.
os.environ.setdefault("SANE_CONFIG_DIR", os.devnull)

# Before any page is imported.
told.watch()
compiled_once.share()

settings.register_profile("house", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


# The offscreen platform says so for every window with a least size, and every tool window; it says nothing about us.
OFFSCREEN_SAYS = r"This plugin does not support (propagateSizeHints|raise)\(\)"
FRESH = (
    "tests/ui/test_clipping", "tests/ui/test_not_by_colour", "tests/ui/test_theme", "tests/ui/duty/test_sign_in_page",
    "tests/ui/duty/test_board_page", "tests/ui/test_covers",
)  # fmt: skip
"""What gives every widget of the process another look: begun while there are few."""
LONG = (
    "tests/ui/test_no_stall", "tests/ui/test_accessible", "tests/ui/test_keys_only", "tests/recovery", "tests/server/test_failover",
    "tests/visit", "tests/chaos", "tests/soak", "tests/benchmarks", "tests/updates", "tests/faults", "tests/sync",
)  # fmt: skip
"""Few tests and long ones, many with processes of their own: begun first, so that no core waits for the other at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole files in order; within a file nothing moves."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS, extend=True))
    places = (*FRESH, *LONG)
    items.sort(key=lambda item: next((n for n, at in enumerate(places) if item.nodeid.startswith(at)), len(places)))


SWEPT, SWEPT_WHOLE = 700, 800
"""So many new objects before the young are collected after a test, and so many tests before all that came since is."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Twelve thousand tests stay until the end: no collector looks at them while they come, or ever again.

    Nor is anything collected by itself later, as in the program: a store's or a printer's thread that happened to do it would
    free the pages of an earlier test, and Qt's timers are stopped by the thread they were made in or not at all.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()


_teardowns = itertools.count(1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, None, None]:
    """Swept here, on the main thread."""
    try:
        return (yield)
    finally:
        gc.disable()
        if next(_teardowns) % SWEPT_WHOLE == 0:
            gc.collect(2)
            gc.freeze()  # again: a test that closes a program thaws everything
        elif gc.get_count()[0] > SWEPT:
            gc.collect(1)


@pytest.fixture(autouse=True, scope="module")
def _left_behind() -> Generator[None, None, None]:
    """What a file of tests left on the screen goes with it: every widget that stays makes each change of look slower."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QEvent
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance()
        if isinstance(app, QApplication):
            for widget in app.topLevelWidgets():
                widget.close()
                widget.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def need_program() -> Callable[[str, str], str]:
    """The path of a program; without it the test is skipped with the package to install, and fails in CI."""

    def find(name: str, package: str) -> str:
        # Debian keeps the server's programs of PostgreSQL off the path.
        places = [os.environ.get("PATH", os.defpath), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin")))]
        found = shutil.which(name, path=os.pathsep.join(places))
        if found:
            return found
        reason = f"缺少程序 {name}，装上软件包 {package} 再跑"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)

    return find
