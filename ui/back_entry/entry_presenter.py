"""补录的主持 a sheet is typed in, scanned, compared by somebody else; what is typed stays until it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.counter.back_entry import entering, kits
from clerk_app.office.counter.back_entry.looking import BackEntryDesk, SheetLine, sheet_line
from clerk_app.office.line.attaching import attach
from clerk_app.office.office import Done, Office, Outcome
from ui.back_entry import telling as words
from ui.back_entry.entry_page import EntryPage
from ui.back_entry.paper_beside import PaperBeside
from ui.back_entry.telling import Here, Step, read_words, tell_entry
from ui.background import Background
from ui.language import tr
from ui.one_act import OneAct
from ui.widgets.field import fold

SHOWN_MS = 30_000


class EntryPresenter(QObject):
    """录入与核对 `said(text, good)`, `changed()` when something was done; `ask_scan()` names the file of a scan."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(self, office: Office, background: Background, page: EntryPage, ask_scan: Callable[[], str]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._ask_scan = office, background, page, ask_scan
        self._desk = BackEntryDesk()
        self._line: SheetLine | None = None
        self._step, self._finding = Step(), ""
        self._paper = PaperBeside(office, background, page.scan)
        self._stop = Event()
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(SHOWN_MS)
        self._hide.timeout.connect(self.mask)
        self.acts = OneAct(background, self)
        self.acts.said.connect(self.said)
        self.acts.changed.connect(self.changed)
        page.row_chosen.connect(self.open_sheet)
        page.number_typed.connect(self._find)
        page.left.connect(self._leave)
        page.detail.act.connect(self._act)
        page.detail.picked.connect(self._pick)
        page.detail.refused.connect(self.acts.refused)

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._desk, self._line, self._step, self._finding = BackEntryDesk(), None, Step(), ""
        self._page.number.set_text("")
        self._show()

    def close(self) -> None:
        """Nothing is scanned any more."""
        self._stop.set()

    def show_desk(self, desk: BackEntryDesk) -> None:
        """What waits, as it stands now; the sheet at hand is read again."""
        self._desk = desk
        self._show()
        if self._line is not None:
            self.open_sheet(self._line.sheet.id)

    def _here(self) -> Here:
        office = self._office
        return Here(
            person=office.session.person.id if office.session is not None else "",
            roster=office.hall.roster,
            items=office.hall.items,
            scanner=office.parts.scanner is not None,
        )

    def _show(self) -> None:
        self._page.render(tell_entry(self._desk, self._line, self._step, self._here(), self._finding))
        self._paper.show_scan(self._line)

    # Which sheet.

    @Slot(str)
    def open_sheet(self, number: str) -> None:
        """One of the list, or the one at hand again."""
        self._background.look(lambda: sheet_line(self._office, number), self._opened)

    @Slot(str)
    def _find(self, text: str) -> None:
        if text.strip():
            typed = fold(text)
            self._background.look(lambda: entering.find_sheet(self._office, typed), self._found)

    def _found(self, found: SheetLine | Refusal) -> None:
        if isinstance(found, Refusal):
            self._finding = found.sentence
            self._show()
            return
        self._finding = ""
        self._page.number.set_text("")
        self._opened(found)
        self._page.detail.take_form()

    def _opened(self, line: SheetLine | None) -> None:
        if line is None:
            return
        before = self._line.sheet if self._line is not None else None
        if before is None or (before.id, before.revision, before.state) != (
            line.sheet.id,
            line.sheet.revision,
            line.sheet.state,
        ):
            self._step = Step()
        self._line = line
        self._show()

    # What is done.

    @Slot()
    def _leave(self) -> None:
        self._step = Step(revealed=self._step.revealed)
        self._show()
        self._page.take_hand()

    @Slot()
    def mask(self) -> None:
        """遮住 its time is over, or the clerk gets up."""
        self._step = replace(self._step, revealed=False)
        self._show()

    @Slot(str, str)
    def _pick(self, key: str, word: str) -> None:
        if key == "outcome":
            self._step = replace(self._step, outcome=word)
            self._show()

    @Slot(str, dict)
    def _act(self, name: str, typed: dict[str, str]) -> None:
        line = self._line
        if line is None:
            return
        if name == words.LEAVE:
            self._leave()
        elif name in (words.MEND_FORM, words.BACK_FORM, words.SPOIL_FORM, words.VOID_FORM):
            outcome = line.sheet.entry.outcome if line.sheet.entry is not None else "accepted"
            self._step = Step(form=name, outcome=outcome, revealed=self._step.revealed)
            self._show()
            self._page.detail.take_form()
        elif name in (words.SCAN, words.FILE):
            self._scan(name, line)
        elif name == words.REVEAL:
            self._reveal(line)
        else:
            self._do(name, line, {key: fold(text).strip() for key, text in typed.items()})

    def _do(self, name: str, line: SheetLine, typed: dict[str, str]) -> None:
        office, number = self._office, line.sheet.id
        if name == words.ENTER:
            done = tr("{number} 录好了，补录待核。扫这份纸，请另一个人核对。", number=number)
            self.acts.do(lambda: entering.enter(office, number, read_words(typed)), done, self._after)
        elif name == words.MEND:
            done = tr("{number} 改好了，再请另一个人核对。", number=number)
            self.acts.do(lambda: entering.mend(office, number, read_words(typed)), done, self._after)
        elif name == words.CONFIRM and line.scans:
            scan = line.scans[-1].digest
            self.acts.do(
                lambda: entering.confirm(office, line, scan),
                tr("{number} 核对过了，照常往下办。", number=number),
                self._after,
            )
        elif name == words.BACK:
            done = tr("{number} 退回给录的人了。", number=number)
            self.acts.do(lambda: entering.send_back(office, line, typed[words.WORDS]), done, self._after)
        elif name == words.VOID:
            done = tr("{number} 录的这件作废了。", number=number)
            self.acts.do(lambda: entering.void(office, line, typed[words.WORDS]), done, self._spoiled)
        elif name == words.SPOIL:
            done = tr("{number} 作废了，号不再用。", number=number)
            self.acts.do(lambda: kits.spoil_sheet(office, number, typed[words.WORDS]), done, self._spoiled)

    def _after(self, outcome: Outcome) -> None:
        """The form closes when it was done; refused, what was typed stays."""
        if isinstance(outcome, Done):
            self._step = Step(revealed=self._step.revealed)

    def _spoiled(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            self._line, self._step = None, Step()

    def _scan(self, name: str, line: SheetLine) -> None:
        if line.case is None:
            return
        office, case, done = self._office, line.case.id, tr("扫描件加进去了。")
        if name == words.SCAN:
            self.acts.do(lambda: entering.scan_sheet(office, case, self._stop), done)
            return
        file = self._ask_scan()
        if file:
            self.acts.do(lambda: attach(office, case, Path(file)), done)

    def _reveal(self, line: SheetLine) -> None:
        if self._step.revealed:
            self._hide.stop()
            self.mask()
            return
        if line.case is not None:
            case = line.case.id
            said = tr("证件号显示 30 秒，已记录。")
            self.acts.do(lambda: visit.reveal(self._office, case), said, lambda done: self._revealed(line, done))

    def _revealed(self, line: SheetLine, outcome: Outcome) -> None:
        if isinstance(outcome, Done) and self._line is not None and self._line.sheet.id == line.sheet.id:
            self._step = replace(self._step, revealed=True)
            self._hide.start()
