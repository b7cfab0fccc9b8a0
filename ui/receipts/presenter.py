"""打印 decides what the printing page says of each paper, and takes a person's answer on the doubtful ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.papers import Answer, answer_paper
from clerk_app.office.events import PrinterState
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.receipts.paper import PrintJob
from ui.background import Background
from ui.lamps import printer_lamp
from ui.receipts.page import PrintingPage
from ui.receipts.view import HALF, LOST, OUT, JobRow, PaperView, PrinterLine, PrintingView, Question
from ui.widgets.lamp import LampKind

SHOWN = 100

_states: dict[str, tuple[LampKind, str]] = {
    "queued": ("waiting", "排着队"),
    "sending": ("busy", "正在打"),
    "done": ("done", "已打出"),
    "not_sent": ("cut", "等打印机"),
    "blocked": ("cut", "等打印机"),
    "unknown": ("unknown", "说不清"),
    "expired": ("paused", "过时作废"),
    "lost": ("paused", "没出来，已补打"),
}


@dataclass(frozen=True)
class Papers:
    """纸的底数 today's jobs, the numbers people know them by, and the chosen one's picture."""

    jobs: tuple[PrintJob, ...]
    names: dict[str, str]
    chosen: str
    png: bytes


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
        printer: Callable[[], PrinterState],
    ) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._draw, self._printer = draw, printer
        self._chosen = ""
        page.job_chosen.connect(self._choose)
        page.answered.connect(self._answer)

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
        jobs = self._office.parts.vault.spool.jobs(SHOWN)
        names = self._office.read(lambda books: {job.id: _name(job, books) for job in jobs})
        ordered = sorted(jobs, key=lambda j: j.state != "unknown")
        chosen = next((j for j in jobs if j.id == self._chosen), ordered[0] if ordered else None)
        return Papers(tuple(ordered), names, chosen.id if chosen else "", self._draw(chosen.payload) if chosen else b"")

    def _show(self, papers: Papers) -> None:
        chosen = next((j for j in papers.jobs if j.id == papers.chosen), None)
        lamp, words = printer_lamp(self._printer())
        self._page.render(
            PrintingView(
                title=f"最近 {len(papers.jobs)} 张",
                jobs=tuple(_row(job, papers.names[job.id]) for job in papers.jobs),
                chosen=papers.chosen,
                question=_question(chosen) if chosen and chosen.state == "unknown" else None,
                paper=_paper(chosen, papers) if chosen else None,
                printers=(PrinterLine(lamp=lamp, sentence=words),),
            )
        )
        self.counted.emit(sum(1 for j in papers.jobs if j.state == "unknown"))

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self.refresh()

    @Slot(str, str)
    def _answer(self, key: str, answer: str) -> None:
        answers: dict[str, Answer] = {OUT: "out", LOST: "lost", HALF: "half"}
        self._background.run(lambda: answer_paper(self._office, key, answers[answer]), self._answered)

    def _answered(self, outcome: Outcome) -> None:
        refused = isinstance(outcome, Refusal)
        self.said.emit(outcome.sentence if isinstance(outcome, Refusal) else "记下了。要补打的已排上队。", not refused)
        self.refresh()


def _name(job: PrintJob, books: Books) -> str:
    word, _, key = job.subject.partition(":")
    ticket = books.ticket(key) if word == "ticket" else None
    return ticket.number if ticket else job.doc_no


def _row(job: PrintJob, name: str) -> JobRow:
    lamp, words = _states[job.state]
    copy = f"（补打第{job.copy_no - 1}次）" if job.copy_no > 1 else ""
    return JobRow(
        id=job.id,
        paper=f"{job.doc_type}{copy}",
        number=name,
        state=words,
        time=f"{job.made_at:%H:%M}",
        lamp=lamp,
        asks=job.state == "unknown",
    )


def _question(job: PrintJob) -> Question:
    again = f"票头写【补打 第{job.copy_no}次】"
    return Question(
        job=job.id,
        text=f"这张{job.doc_type}出来了吗？",
        why=job.said or Question.why,
        lost_note=f"马上补打一张，{again}，号不变",
        half_note=f"收回那半张，再补打一张，{again}",
    )


def _paper(job: PrintJob, papers: Papers) -> PaperView:
    return PaperView(title=f"{job.doc_type} {papers.names[job.id]}", said=job.said, png=papers.png, spoken=job.doc_type)
