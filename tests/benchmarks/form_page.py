"""form-open, form-step, autosave: the form page over a real store, with the example in it; the floors are a bare repaint
of the page, and a bare commit of one row into a file of the same kind.
"""

from __future__ import annotations

import gc
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_app.office.office import Office
from clerk_app.office.registration.saving import save_form
from resources import path
from tests.benchmarks.act import BareFile
from tests.benchmarks.registry import Row, benchmark, p99
from tests.desk import cut_office
from tests.visits import done, receive, serve

if TYPE_CHECKING:
    from ui.background import Background
    from ui.registration.page import FormPage
    from ui.registration.presenter import FormPresenter

OPENINGS, SWITCHES, KEYSTROKES = 5, 3, 300
OPEN_MS, SWITCH_MS, FRAME_MS = 300.0, 50.0, 16.0


@dataclass
class Desk:
    """The page before the clerk, and what it stands on."""

    office: Office
    case: str
    page: FormPage
    presenter: FormPresenter
    background: Background
    turn: Callable[[], None]

    def wait(self) -> None:
        while not self.background.idle:
            self.turn()

    def open(self) -> None:
        """From the call to the first picture of the case; what runs on behind is not waited for."""
        self.presenter.open_case(self.case)
        while not self.presenter.document:
            self.turn()
        self.page.grab()


@contextmanager
def desk(stack: ExitStack) -> Iterator[Desk]:
    """With a case in hand whose form is the example; nothing is collected meanwhile, as at the desk."""
    from PySide6.QtWidgets import QApplication

    from ui.application import make_application
    from ui.background import Background
    from ui.registration.page import FormPage
    from ui.registration.presenter import FormPresenter

    app = QApplication.instance() or make_application(screen=False)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clerk-form-")))
    office = cut_office(folder)
    stack.callback(office.parts.vault.close)
    case = receive(office, serve(office)).id
    done(save_form(office, case, json.loads(path("forms", "company", "example.json").read_text(encoding="utf-8"))))
    background, page = Background(), FormPage()
    stack.callback(background.close)
    page.resize(1278, 642)
    page.show()
    app.processEvents()
    gc.collect()
    gc.disable()
    try:
        yield Desk(office, case, page, FormPresenter(office, background, page), background, app.processEvents)
    finally:
        gc.enable()
        page.close()


def timed(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return (time.perf_counter() - begun) * 1000


@benchmark("form-open")
def form_open() -> Sequence[Row]:
    """The slowest of a few openings by a fresh page, the very first of the process among them."""
    values, floors = [], []
    for _ in range(OPENINGS):
        with ExitStack() as stack, desk(stack) as before:
            values.append(timed(before.open))
            before.wait()
            floors.append(timed(before.page.grab))
    return [Row(name="form-open", value=max(values), unit="ms", floor=statistics.median(floors), most=OPEN_MS)]


@benchmark("form-step")
def form_step() -> Sequence[Row]:
    """From the key to the picture: the median over all steps seen before, and of the first looks, one step after another
    as a clerk goes: the next one is made while nobody types.
    """
    first, later, floors = [], [], []
    with ExitStack() as stack, desk(stack) as before:
        before.open()
        before.wait()
        sheet = before.presenter.sheet
        assert sheet is not None
        for round_ in range(SWITCHES):
            for step in (*sheet.steps[1:], sheet.steps[0]):
                took = timed(lambda to=step.id: (before.presenter.go_to(to), before.page.grab()))
                (later if round_ else first).append(took)
                floors.append(timed(before.page.grab))
                before.wait()
                before.presenter.ahead.prepare()
    floor = statistics.median(floors)
    return [
        Row(name="form-step", value=statistics.median(later), unit="ms", floor=floor, most=SWITCH_MS),
        Row(name="form-step first", value=statistics.median(first), unit="ms", floor=floor, most=SWITCH_MS),
    ]


@benchmark("autosave")
def autosave() -> Sequence[Row]:
    """p99 from the key to the row on the disk, the page rendered anew in between."""
    from PySide6.QtTest import QTest

    from ui.registration.cells import LineCell

    values, floors = [], []
    with ExitStack() as stack, desk(stack) as before:
        bare_commit = stack.enter_context(
            BareFile(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "floor.db")
        )
        before.open()
        before.wait()
        cell = before.page.cell("company.group_name")
        assert isinstance(cell, LineCell)
        cell.line.setFocus()
        for number in range(KEYSTROKES):
            letter = "abcdefghijklmnopqrstuvwxyz"[number % 26]
            values.append(timed(lambda key=letter: (QTest.keyClicks(cell.line, key), before.wait())))
            floors.append(timed(bare_commit))
    return [Row(name="autosave", value=p99(values), unit="ms", floor=p99(floors), most=FRAME_MS)]
