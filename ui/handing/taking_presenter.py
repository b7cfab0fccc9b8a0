"""收进来 every scan is taken in at once, one after the other, on the next free shelf; all of one coming bear one transfer."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.handing import acts, looking, papers
from clerk_app.office.counter.handing.looking import HandingDesk, ResultLine
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.errors import record, sentence
from ui.handing import telling_taking as words
from ui.handing.reading import here, person_named
from ui.handing.taking_page import TakingPage
from ui.handing.telling_taking import tell_taking
from ui.language import tr
from ui.widgets.field import fold

SHOWN = 24
_still = tr("还有几张正在收，没有打，也没有换。收完再按。")
_several = Refusal("several-found", tr("不止一件，没有收。扫文书上的码，或写全办件编号。"))


@dataclass(frozen=True, kw_only=True)
class Scan:
    """扫的一张 as it was when it was scanned: what, from whom, on which shelf, by which handover."""

    text: str
    giver: str
    shelf: str
    transfer: str


@dataclass(frozen=True, kw_only=True)
class Taken:
    """收的结果 which one it was, as far as it was found, and what became of it."""

    line: ResultLine | None
    outcome: Outcome


class TakingPresenter(QObject):
    """收进来 of one window. `changed()` after every paper."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(self, office: Office, background: Background, page: TakingPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._desk = HandingDesk()
        self._lines: tuple[ResultLine, ...] = ()
        self._queue: deque[Scan] = deque()
        self._busy = self._again = False
        self._refused: dict[str, str] = {}
        self._finding = self._suggested = ""
        self._transfer = office.parts.new_id()
        page.scanned.connect(self._scan)
        page.giver_typed.connect(self._on_giver)
        page.act.connect(self._act)
        page.left.connect(self._leave)
        page.refused.connect(self._grey)

    def start(self) -> None:
        """Another person sat down: his is another handover."""
        self._fresh()
        self._desk = HandingDesk()
        self._show()

    def _fresh(self) -> None:
        self._transfer = self._office.parts.new_id()
        self._lines, self._refused, self._finding, self._again = (), {}, "", False
        self._queue.clear()
        for field in (self._page.scan, self._page.giver):
            field.set_text("")

    def show_desk(self, desk: HandingDesk) -> None:
        """What is awaited now; and what came by this handover."""
        self._desk = desk
        transfer = self._transfer
        self._background.look(lambda: _of_transfer(self._office, transfer), self._landed)

    def _landed(self, found: tuple[tuple[ResultLine, ...], str]) -> None:
        self._lines, shelf = found
        before, self._suggested = self._suggested, shelf
        self._page.show_shelf(shelf, before=before)
        self._show()

    def _show(self) -> None:
        told = tuple(words for words in self._refused.values() if words != self._finding)
        view = tell_taking(self._lines, self._desk.awaited, told, here(self._office), reason=self._again)
        typed = self._page.giver.text().strip()
        person = person_named(self._office.hall.roster, fold(typed)) if typed else ""
        self._page.render(
            replace(
                view,
                finding=self._finding,
                giver_hint=self._office.hall.roster.name_of(person) if person and person != typed else "",
                giver_finding=tr("没有这个人，写工号或全名。") if typed and not person else "",
            )
        )

    @Slot(str)
    def _on_giver(self, _: str) -> None:
        self._show()

    @Slot(str)
    def _scan(self, scanned: str) -> None:
        """It waits its turn; the field is free for the next one at once."""
        text = fold(scanned).strip()
        if not text:
            return
        typed = fold(self._page.giver.text()).strip()
        giver = person_named(self._office.hall.roster, typed) if typed else ""
        if typed and not giver:
            self._page.giver.select_all()
            self._show()
            return
        shelf = fold(self._page.shelf.text()).strip()
        own = shelf if shelf != self._suggested else ""
        self._queue.append(Scan(text=text, giver=giver, shelf=own, transfer=self._transfer))
        self._page.scan.set_text("")
        if own:
            self._page.shelf.set_text(self._suggested)
        self._next()

    def _next(self) -> None:
        if self._busy or not self._queue:
            return
        self._busy, scan = True, self._queue.popleft()
        self._background.run_net(
            lambda: take(self._office, scan),
            lambda taken: self._done(scan, taken),
            lambda error: self._fell(scan, error),
        )

    def _done(self, scan: Scan, taken: Taken) -> None:
        self._busy = False
        line, outcome = taken.line, taken.outcome
        key = line.case.id if line is not None else scan.text
        if scan.transfer != self._transfer:  # another handover began meanwhile: what is here is so all the same
            self._finding = ""
        elif isinstance(outcome, Refusal):
            told = (
                outcome.sentence
                if line is not None
                else tr("“{text}”{sentence}", text=scan.text[:SHOWN], sentence=outcome.sentence)
            )
            self._finding = told if line is None else ""
            self._refused[key] = told
        else:
            self._finding = ""
            self._refused.pop(key, None)
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        elif line is not None:
            self.said.emit(tr("{document_no} 收进来了。", document_no=line.document_no), True)
        self._show()
        self.changed.emit()
        self._next()

    def _fell(self, scan: Scan, error: Exception) -> None:
        """Whatever fell, the papers behind it are still taken in."""
        record(error)
        self._done(scan, Taken(line=None, outcome=Refusal("fault", sentence(error))))

    @Slot(str, str)
    def _act(self, name: str, reason: str) -> None:
        if name == words.LEAVE:
            self._leave()
        elif self._busy or self._queue:
            self.said.emit(_still, False)
        elif name == words.FRESH:
            self._fresh()
            self.said.emit(tr("新的一次交接，接着扫。"), True)
            self._show()
            self._page.take_scanner()
        else:
            transfer = self._transfer
            self._background.run(
                lambda: papers.print_transfer(self._office, transfer, reason), lambda done: self._printed(done, reason)
            )

    def _printed(self, outcome: Outcome, reason: str) -> None:
        if isinstance(outcome, Refusal) and outcome.type == "reason-missing" and not reason:
            self._again = True
            self._show()
            return
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self._again = False
        self.said.emit(tr("交接单在打，两人签了各留一份。"), True)
        self._show()
        self._page.take_scanner()

    @Slot()
    def _leave(self) -> None:
        self._again, self._finding = False, ""
        self._show()
        self._page.take_scanner()

    @Slot(str)
    def _grey(self, reason: str) -> None:
        self.said.emit(tr("{reason}，没有打。", reason=reason), False)


def take(office: Office, scan: Scan) -> Taken:
    """收一张. Not for the screen's thread."""
    found = looking.find(office, scan.text)
    if isinstance(found, Refusal):
        return Taken(line=None, outcome=found)
    sealed = tuple(line for line in found if line.case.state == "sealed") or found
    if len(sealed) > 1:
        return Taken(line=None, outcome=_several)
    line = sealed[0]
    giver = scan.giver or looking.brought_by(office, line)
    shelf = scan.shelf or looking.next_shelf(office)
    return Taken(line=line, outcome=acts.take_in(office, line.case.id, giver, shelf, scan.transfer, scan.text))


def _of_transfer(office: Office, transfer: str) -> tuple[tuple[ResultLine, ...], str]:
    """What came by it, the latest on top, and the next free shelf."""
    rows = office.read(lambda books: books.results_of_transfer(transfer))
    lines = (looking.line_of(office, row.id) for row in sorted(rows, key=lambda row: row.moved_at, reverse=True))
    return tuple(line for line in lines if line is not None), looking.next_shelf(office)
