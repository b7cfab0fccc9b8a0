"""打印 decides what the printing page says of each paper, and takes a person's word and acts on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.paper_copies import move_paper, print_again, print_the_rest
from clerk_app.office.counter.paper_names import name_of
from clerk_app.office.counter.papers import Answer, answer_paper, show_instead
from clerk_app.office.counter.printers_here import left_from_before
from clerk_app.office.events import PrinterState
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.printing_month import printing_month
from clerk_app.receipts.paper import PrintJob
from ui.background import Background
from ui.lamps import printer_lamp
from ui.language import tr
from ui.receipts import telling
from ui.receipts.page import PrintingPage
from ui.receipts.telling import Chosen, chosen_of
from ui.receipts.view import AGAIN, HALF, LOST, MOVE, OUT, SHOW, PrinterLine, PrintingView

SHOWN = 100
ANSWERS: dict[str, Answer] = {OUT: "out", LOST: "lost", HALF: "half"}


@dataclass(frozen=True)
class Papers:
    """纸的底数 the newest jobs, the numbers people know them by, the chosen one, and how many wait from before."""

    jobs: tuple[PrintJob, ...]
    names: dict[str, str]
    chosen: Chosen | None
    late: int
    today: date


class PrintingPresenter(QObject):
    """打印 from the spool to the page."""

    counted = Signal(int)
    said = Signal(str, bool)

    def __init__(
        self,
        office: Office,
        background: Background,
        page: PrintingPage,
        draw: Callable[[bytes], bytes],
        printers: Callable[[], Sequence[PrinterState]],
    ) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._draw, self._printers = draw, printers
        self._chosen: Chosen | None = None
        self._wanted = ""
        page.job_chosen.connect(self._choose)
        page.answered.connect(self._answer)
        page.acted.connect(self._act)
        page.rest_wanted.connect(self._print_rest)
        page.month_to.connect(self._save_month)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(self._load, self._show)

    def count(self) -> None:
        """How many papers ask a question, for the rail; also while the page is hidden."""
        spool = self._office.parts.vault.spool
        self._background.run(lambda: sum(1 for j in spool.jobs(SHOWN) if j.state == "unknown"), self.counted.emit)

    def _load(self) -> Papers:
        office = self._office
        known = office.parts.vault.spool.jobs(SHOWN)
        ordered = tuple(sorted(known, key=lambda job: job.state != "unknown"))
        names = office.read(lambda books: {job.id: name_of(job, books) for job in ordered})
        job = next((one for one in ordered if one.id == self._wanted), ordered[0] if ordered else None)
        chosen = chosen_of(office, job, self._draw(job.payload)) if job is not None else None
        return Papers(ordered, names, chosen, left_from_before(office), office.parts.clock.now().date())

    def _show(self, papers: Papers) -> None:
        self._chosen = chosen = papers.chosen
        asks = sum(1 for job in papers.jobs if job.state == "unknown")
        self._page.render(
            PrintingView(
                title=tr("最近 {count} 张", count=len(papers.jobs)),
                note=telling.note_of(papers.jobs),
                jobs=tuple(telling.row_of(job, papers.names[job.id], papers.today) for job in papers.jobs),
                chosen=chosen.job.id if chosen else "",
                question=telling.question_of(chosen.job) if chosen and chosen.job.state == "unknown" else None,
                paper=telling.paper_of(chosen, papers.names[chosen.job.id]) if chosen else None,
                printers=tuple(_lamp(state) for state in self._printers()),
                strip=telling.late_strip(papers.late),
                bar=telling.bar_of(chosen) if chosen else PrintingView.bar,
                asks_reason=chosen is not None and telling.asks_reason(chosen.job),
                asks_agreement=chosen is not None and telling.asks_agreement(chosen),
            )
        )
        self.counted.emit(asks)

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._wanted:
            self._wanted = key
            self.refresh()

    @Slot(str, str)
    def _answer(self, key: str, answer: str) -> None:
        self._background.run(lambda: answer_paper(self._office, key, ANSWERS[answer]), self._answered)

    @Slot(str, str)
    def _act(self, name: str, reason: str) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        if name == AGAIN and telling.asks_agreement(chosen):
            self._agree(chosen, reason)
            return
        office, job = self._office, chosen.job
        acts: dict[str, Callable[[], Outcome]] = {
            LOST: lambda: answer_paper(office, job.id, "lost"),
            AGAIN: lambda: print_again(office, job.id, chosen.prints[-1].copy_no + 1, reason),
            SHOW: lambda: show_instead(office, job.id),
        }
        to = name.removeprefix(MOVE)
        moved: Callable[[], Outcome] = (
            (lambda: answer_paper(office, job.id, "lost", to))
            if job.state == "unknown"
            else (lambda: move_paper(office, job.id, to))
        )
        shown = name == SHOW
        self._background.run(acts.get(name, moved), lambda outcome: self._answered(outcome, shown=shown))

    def _agree(self, chosen: Chosen, reason: str) -> None:
        """His PIN is taken off the page before anything else: nothing keeps it."""
        number, pin = self._page.take_agreement()
        person = self._office.hall.roster.find_person(number)
        if person is None or not pin:
            self.said.emit(tr("第三次起的补打要值班长的工号和 PIN，没有打。请他来输。"), False)
            return
        key, nth, by = chosen.job.id, chosen.prints[-1].copy_no + 1, Countersigner(person=person, pin=pin)
        self._background.run_net(lambda: print_again(self._office, key, nth, reason, by=by), self._answered)

    def _answered(self, outcome: Outcome, *, shown: bool = False) -> None:
        refused = isinstance(outcome, Refusal)
        self.said.emit(
            outcome.sentence if isinstance(outcome, Refusal) else tr("记下了。要打的已排上队。"), not refused
        )
        if shown and not refused:
            self._page.show_large()
        self.refresh()

    @Slot()
    def _print_rest(self) -> None:
        self._background.run(lambda: print_the_rest(self._office), self._rest_printed)

    def _rest_printed(self, count: int) -> None:
        self.said.emit(tr("{count} 张排上队了。", count=count) if count else tr("没有剩下的。"), True)
        self.refresh()

    @Slot(str)
    def _save_month(self, file: str) -> None:
        today = self._office.parts.clock.now().date()

        def saved() -> tuple[str, bool]:
            found = printing_month(self._office, today)
            try:
                Path(file).write_bytes(found.table)
            except OSError:
                return tr("月单没有存下，什么都没改。换一个地方再存。"), False
            return tr("{month}月的说不清和补打 {count} 张，存好了。", month=today.month, count=len(found.jobs)), True

        self._background.run(saved, lambda said: self.said.emit(*said))


def _lamp(state: PrinterState) -> PrinterLine:
    lamp, words = printer_lamp(state)
    named = state.printer and "://" not in state.printer
    return PrinterLine(
        lamp=lamp,
        sentence=tr("{printer}：{removeprefix}", printer=state.printer, removeprefix=words.removeprefix(tr("打印机 ")))
        if named
        else words,
    )
