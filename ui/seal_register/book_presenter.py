"""用印登记 reads a span of the register beside the store's lane, shows the chosen line, takes answers and exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.seal_custody import say_not_used
from clerk_app.office.counter.seat_queue import print_sealed
from clerk_app.office.office import Office, Outcome, SignedOut
from clerk_app.office.oversight.seal_book import ReadBook, read_book, read_line, waiting
from clerk_app.office.oversight.seal_desk import open_intents, seals_of
from clerk_app.office.oversight.seal_export import save_pages, save_table
from clerk_app.sealing.model import SealIntent
from clerk_app.sealing.register_lines import RegisterLine
from ui.background import Background
from ui.errors import tell
from ui.language import tr
from ui.seal_register.book_page import BookPage
from ui.seal_register.book_view import DAY, READING, BookFilter, BookView
from ui.seal_register.telling_book import (
    NOT_USED,
    ONE_SEAL,
    SEALED_PAPER,
    SHOWN,
    asked_of,
    kind_choices,
    moved,
    open_strip,
    seal_choices,
    tell_book,
    tell_line,
    tell_printed,
)


@dataclass(frozen=True)
class _Read:
    """One look: the span, what is open whenever it was begun, and how many wait for somebody."""

    book: ReadBook
    begun: tuple[SealIntent, ...]
    lines: tuple[RegisterLine, ...]
    """Of what is open."""
    waiting: int


class BookPresenter(QObject):
    """用印登记 of today until a person turns; `waiting(n)` for the badge, `case_wanted(id)`, `one_wanted(use)` (一章一查)."""

    said = Signal(str, bool)
    waiting = Signal(int)
    case_wanted = Signal(str)
    one_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, page: BookPage, connected: Callable[[], bool]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._connected = office, background, page, connected
        self._span, self._end = DAY, date.min
        self._filter, self._limit, self._key = BookFilter(), SHOWN, ""
        self._read: _Read | None = None
        self._turn = 0
        page.filtered.connect(self._on_filter)
        page.span_chosen.connect(self._on_span)
        page.days_moved.connect(self._move)
        page.more_wanted.connect(self._more)
        page.row_chosen.connect(self._choose)
        page.strip_chosen.connect(self._first_open)
        page.act.connect(self._act)
        page.table_to.connect(lambda file: self._export(save_table, file))
        page.paper_to.connect(lambda file: self._export(save_pages, file))
        page.refused.connect(lambda reason: self.said.emit(tr("{reason}。", reason=reason), False))

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._span, self._end, self._filter = DAY, date.min, BookFilter()
        self._read, self._key, self._limit = None, "", SHOWN
        self._page.doubtful.setChecked(False)
        self._page.render(BookView(empty=READING))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read and show again; what was asked before and comes later is not shown."""
        if self._office.session is None:
            return
        self._turn += 1
        turn, office = self._turn, self._office
        asked = asked_of(self._span, self._last(), self._today(), self._filter)

        def look() -> _Read:
            begun = open_intents(office)
            lines = tuple(line for one in begun if (line := read_line(office, one.id, one.at)) is not None)
            return _Read(read_book(office, asked), begun, lines, waiting(office))

        # Not on the store's lane: a year takes two seconds, and the clerk's next act must not wait behind it.
        self._background.run_net(look, lambda read: self._landed(turn, read), self._failed)

    def count(self) -> None:
        """The badge, whichever page is in front."""
        if self._office.session is not None:
            self._background.look(lambda: waiting(self._office), self.waiting.emit)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SignedOut):
            tell(error, self._background.trouble.emit)

    def _today(self) -> date:
        return self._office.parts.clock.now().date()

    def _last(self) -> date:
        return self._today() if self._end == date.min else min(self._end, self._today())

    def _landed(self, turn: int, read: _Read) -> None:
        if turn != self._turn or self._office.session is None:
            return
        self._read = read
        self.waiting.emit(read.waiting)
        self._show()

    def _show(self) -> None:
        read = self._read
        if read is None:
            return
        view = tell_book(
            read.book,
            self._limit,
            self._today(),
            connected=self._connected(),
            can_print=self._office.parts.pages is not None,
        )
        line = self._line()
        self._page.render(
            replace(
                view,
                span=self._span,
                seals=seal_choices(seals_of(self._office), self._office.hall.roster),
                kinds=kind_choices(),
                message=open_strip(read.begun),
                detail=tell_line(line, can_print=self._office.parts.page_printer is not None) if line else None,
            )
        )

    def _line(self) -> RegisterLine | None:
        """The chosen one, open ones of other days too; else the newest."""
        if self._read is None:
            return None
        lines = self._read.book.lines
        known = next((line for line in (*lines, *self._read.lines) if line.id == self._key), None)
        return known or (lines[-1] if lines else None)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._key = key
        self._show()

    @Slot()
    def _first_open(self) -> None:
        if self._read is not None and self._read.begun:
            self._choose(self._read.begun[0].id)
            self._page.ask_note()

    @Slot(object)
    def _on_filter(self, chosen: BookFilter) -> None:
        self._filter, self._limit = chosen, SHOWN
        self.refresh()

    @Slot(str)
    def _on_span(self, key: str) -> None:
        self._span, self._limit = key, SHOWN
        self.refresh()

    @Slot(int)
    def _move(self, step: int) -> None:
        self._end, self._limit = min(moved(self._span, self._last(), step), self._today()), SHOWN
        self.refresh()

    @Slot()
    def _more(self) -> None:
        self._limit += SHOWN
        self._show()

    @Slot(str, str)
    def _act(self, name: str, note: str) -> None:
        line = self._line()
        if line is None:
            return
        if name == NOT_USED:
            self._background.run(lambda: say_not_used(self._office, line.entry, note), self._answered)
        elif name == ONE_SEAL:
            self.one_wanted.emit(line.entry)
        elif name == SEALED_PAPER:
            self._background.run_net(
                lambda: print_sealed(self._office, line.entry), lambda done: self.said.emit(*tell_printed(done))
            )
        else:
            self.case_wanted.emit(line.case)

    def _answered(self, done: Outcome) -> None:
        if isinstance(done, Refusal):
            self.said.emit(done.sentence, False)
            self._page.ask_note()
            return
        self.said.emit(tr("记下了：没有盖成。这份授权用过了，要盖请重新授权。"), True)
        self.refresh()

    def _export(self, save: Callable[..., int | Refusal], path: str) -> None:
        if self._read is None:
            return
        office, asked, file = self._office, self._read.book.asked, Path(path)
        self.said.emit(tr("正在存用印登记簿，别的照常办。"), True)
        self._background.run_net(
            lambda: save(office, asked, file), lambda done: self._exported(file, done), self._failed
        )

    def _exported(self, file: Path, done: int | Refusal) -> None:
        if isinstance(done, Refusal):
            self.said.emit(done.sentence, False)
        else:
            self.said.emit(
                tr("用印登记簿 {done} 条，存好了：{name}。导出已记在流水里。", done=done, name=file.name), True
            )
