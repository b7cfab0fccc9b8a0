"""批量授权 decides: the marked pages are made, read one by one, then sealed; none of it on the screen's thread."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal, Slot

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter.batching import BatchDone, Progress
from clerk_app.office.office import Office
from ui.background import Background
from ui.errors import sentence
from ui.language import tr
from ui.sealing.batch_acts import Made, make, seal_all
from ui.sealing.batch_drawing import BatchDrawing
from ui.sealing.batch_pane import BatchPane
from ui.sealing.batch_state import NO_PAGES, BatchState, Stop, after_refusal, case_key
from ui.sealing.page_sheet import PageSheet


class Batching(QObject):
    """批量授权 `changed` after every move; `left(case)` when it is over (a case: go there)."""

    changed = Signal()
    left = Signal(str)
    said = Signal(str, bool)
    _counted = Signal(int)

    def __init__(self, office: Office, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._background = office, background
        self.state: BatchState | None = None
        self._drawing = BatchDrawing(office, background, self)
        self._drawing.drawn.connect(self._on_drawn)
        self._drawing.said.connect(self.said)
        self._halt = Event()
        # Told from the working thread: it lands on the screen's.
        self._counted.connect(self._on_counted, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether pages are being made or sealed at this moment."""
        return self.state is not None and self.state.phase in ("making", "sealing")

    @property
    def png(self) -> bytes:
        """The page in front."""
        return self._drawing.png(self.state.stop if self.state else None)

    def open(self, cases: tuple[Case, ...], person: str) -> None:
        """批量 n 件: their pages are made."""
        names = tuple((case.id, case.applicant.masked_name) for case in cases)
        ids = tuple(case.id for case in cases)
        self.state = BatchState(person=person, cases=ids, names=names)
        self._drawing.begin(NO_PAGES)
        self.changed.emit()
        progress = self._progress()
        self._background.run_net(lambda: make(self._office, ids, person, progress), self._made, self._failed)

    def _progress(self) -> Progress:
        """Told of each one; goes on until it is halted."""
        self._halt = halt = Event()

        def progress(done: int) -> bool:
            self._counted.emit(done)
            return not halt.is_set()

        return progress

    def _made(self, found: Made) -> None:
        if self.state is None:
            return
        if self._halt.is_set():
            self.leave()
            return
        batch, seal = found
        self._drawing.begin(batch)
        self.state = replace(self.state, phase="reading", batch=batch, seal=seal, done=0, asking=False)
        self._look()

    @Slot(int)
    def turn(self, by: int) -> None:
        """下一页、上一页."""
        if self.state is not None and self.state.phase == "reading":
            self.state = self.state.turned(by)
            self._look()

    @Slot(str)
    def go_to(self, case: str) -> None:
        """The paper of a row."""
        if self.state is not None and self.state.phase == "reading":
            self.state = replace(self.state, at=case_key(self.state, case))
            self._look()

    @Slot()
    def put_aside(self) -> None:
        """抽出 the paper in front, or back in."""
        if self.state is not None and self.state.phase == "reading":
            self.state = self.state.toggled()
            self._look()

    def _look(self) -> None:
        """Show the page in front; only what was on the screen counts as seen."""
        state = self.state
        if state is not None and state.stop is not None:
            self._drawing.want(state.stops, state.at)
            if self.png:
                self.state = replace(state, seen=state.seen | {state.stop})
        self.changed.emit()

    @Slot(object)
    def _on_drawn(self, stop: Stop) -> None:
        state = self.state
        if state is not None and state.phase == "reading" and state.stop == stop:
            self.state = replace(state, seen=state.seen | {stop})
            self.changed.emit()

    @Slot(str, str)
    def authorise(self, pin: str, seal_pin: str) -> None:
        """授权并用印 what was read and not put aside, by one PIN."""
        state = self.state
        if state is None or state.phase != "reading" or state.unseen or not state.kept or state.off is not None:
            return
        clear = replace(state, finding="", seal_finding="", strip=None, asking=False, stopping=False)
        self.state = replace(clear, phase="sealing", done=0)
        self.changed.emit()
        progress = self._progress()
        self._background.run_net(
            lambda: seal_all(self._office, state, (pin, seal_pin), progress), self._sealed, self._failed
        )

    def _sealed(self, outcome: BatchDone | Refusal) -> None:
        if self.state is None:
            return
        if isinstance(outcome, Refusal):
            self.state = after_refusal(self.state, outcome)
        else:
            self.state = replace(self.state, phase="done", result=outcome, asking=False, tries=self.state.tries + 1)
            self.said.emit(
                tr("{now:%H:%M} 批量用印 {count} 件。", now=self._office.parts.clock.now(), count=len(outcome.sealed)),
                True,
            )
        self.changed.emit()

    @Slot(int)
    def _on_counted(self, done: int) -> None:
        if self.running and self.state is not None:
            self.state = replace(self.state, done=done)
            self.changed.emit()

    @Slot()
    def ask_stop(self) -> None:
        """停在这里? what is sealed stays sealed; it goes on while one is asked."""
        if self.running and self.state is not None:
            self.state = replace(self.state, asking=True)
            self.changed.emit()

    @Slot(bool)
    def mean_stop(self, stop: bool) -> None:
        """Yes, after the one in hand; or no."""
        if self.running and self.state is not None:
            self.state = replace(self.state, asking=False, stopping=stop)
            if stop:
                self._halt.set()
            self.changed.emit()

    @Slot()
    def leave(self) -> None:
        """Back to the list; what was not sealed waits there as before."""
        self.go("")

    @Slot(str)
    def go(self, case: str) -> None:
        """Out of the batch, to this case."""
        self.forget()
        self.left.emit(case)

    def forget(self) -> None:
        """Nothing lies open; what runs ends after the one in hand."""
        self.state = None
        self._drawing.begin(NO_PAGES)
        self._halt.set()

    def _failed(self, error: Exception) -> None:
        self.said.emit(sentence(error), False)
        if self.running:
            self.leave()


def attend(batching: Batching, pane: BatchPane, sheet: PageSheet) -> None:
    """What is asked on the page is decided here."""
    pane.turn_wanted.connect(batching.turn)
    pane.aside_wanted.connect(batching.put_aside)
    pane.authorise_wanted.connect(batching.authorise)
    pane.stop_wanted.connect(batching.ask_stop)
    pane.stop_meant.connect(batching.mean_stop)
    pane.leave_wanted.connect(batching.leave)
    pane.case_wanted.connect(batching.go)
    sheet.turn_wanted.connect(batching.turn)
    sheet.aside_wanted.connect(batching.put_aside)
