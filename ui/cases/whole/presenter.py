"""办件详情的主持 reads one case's file, asks what an act needs, and does it; the page shows what is told here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.assigning import assign_made
from clerk_app.office.counter.case_act import Answers, CaseAct
from clerk_app.office.counter.case_acts import ActDone, do_act
from clerk_app.office.counter.case_file import CaseFile, case_file
from clerk_app.office.counter.issued import print_document
from clerk_app.office.counter.issuing import issue
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.joint_desk import make_route
from ui.background import Background
from ui.cases.whole.page import WholePage
from ui.cases.whole.telling import CERTIFICATE, FORM, LEAVE, RESULT, tell_asking, tell_file
from ui.cases.whole.view import WholeView
from ui.errors import record, sentence
from ui.language import tr
from ui.papers.case_papers import CaseReader
from ui.widgets.strip import StripView


class WholePresenter(QObject):
    """办件详情 `closed()` when the hand goes back to the list, `form_wanted`, `result_wanted` for a company's; `said` to the status line."""

    said = Signal(str, bool)
    closed = Signal()
    form_wanted = Signal(str)
    result_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, page: WholePage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._case = ""
        self._file: CaseFile | None = None
        self._asked = ""
        self._busy = False
        self._strip: StripView | None = None
        page.back.connect(self._close)
        page.act_chosen.connect(self._ask)
        page.act.connect(self._act)
        page.asking_left.connect(self._leave)
        page.paper_opened.connect(self._print)
        page.paper_wanted.connect(self._issue)
        page.attachment_wanted.connect(self._read)
        self.papers = CaseReader(office, background, page.stage)
        self.papers.said.connect(self.said)

    def open_case(self, case: str) -> None:
        """Show this case from its beginning."""
        self._case, self._file, self._asked, self._strip = case, None, "", None
        self.papers.only(case)
        self.refresh()
        # A company's way to the departments, and whose it is, are made up now if they were not when it was accepted.
        self._background.run(lambda: self._made_up(case), lambda made: self.refresh() if made else None)

    def _made_up(self, case: str) -> bool:
        made = (make_route(self._office, case), assign_made(self._office, case))
        return any(one is not None for one in made)

    @Slot()
    def refresh(self) -> None:
        """Read and show again; what is being typed stays."""
        case = self._case
        if case and self._office.session is not None:
            self._background.look(lambda: case_file(self._office, case), self._show)

    def _show(self, file: CaseFile | None) -> None:
        if file is not None and file.case.id != self._case:
            return
        self._file = file
        self._render()

    def _render(self) -> None:
        file = self._file
        if file is None:
            self._page.render(WholeView())
            return
        act = self._act_named(self._asked)
        asking = tell_asking(self._case, act, busy=self._busy, strip=self._strip) if act else None
        strip = None if asking is not None else self._strip
        session = self._office.session
        me = session.person.id if session is not None else ""
        self._page.render(tell_file(file, self._office.hall, asking, strip, me))

    def _act_named(self, key: str) -> CaseAct | None:
        acts = self._file.acts if self._file else ()
        return next((act for act in acts if act.key == key and not act.refusal), None)

    @Slot(str)
    def _ask(self, key: str) -> None:
        if key in (FORM, RESULT):
            (self.form_wanted if key == FORM else self.result_wanted).emit(self._case)
        elif not self._busy:
            self._asked, self._strip = key, None
            self._render()

    @Slot()
    def _leave(self) -> None:
        self._asked, self._strip = "", None
        self._render()

    @Slot()
    def _close(self) -> None:
        self._leave()
        self.closed.emit()

    @Slot(str, dict)
    def _act(self, name: str, answers: Answers) -> None:
        if name == LEAVE:
            self._leave()
            return
        if self._busy or not self._asked:
            return
        case, key = self._case, self._asked
        self._busy = True
        self._render()
        self._background.run_net(lambda: do_act(self._office, case, key, dict(answers)), self._done, self._failed)

    def _done(self, done: ActDone | Refusal) -> None:
        self._busy = False
        if isinstance(done, Refusal):
            self._strip = StripView(*_parted(done.sentence))
            self._render()
            return
        self._asked, self._strip = "", None if done.good else StripView(*_parted(done.sentence))
        self.said.emit(done.sentence, done.good)
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        record(error)
        self._strip = StripView(*_parted(sentence(error)))
        self._render()

    @Slot(str)
    def _read(self, attachment: str) -> None:
        self.papers.open(self._case, attachment)

    @Slot(str)
    def _print(self, document: str) -> None:
        if document.startswith(CERTIFICATE):
            self.said.emit(tr("证照是别处做的，这里不打。做错了在做证的地方换，再记新的编号。"), False)
            return
        self._paper(lambda: print_document(self._office, document), tr("补打了一份"))

    @Slot(str)
    def _issue(self, kind: str) -> None:
        case = self._case
        self._paper(lambda: issue(self._office, case, kind), tr("{kind}出好了", kind=kind))

    def _paper(self, job: Callable[[], Outcome], words: str) -> None:
        if self._busy:
            return
        self._busy = True

        def done(outcome: Outcome) -> None:
            self._busy = False
            bad = outcome.sentence if isinstance(outcome, Refusal) else ""
            self._strip = StripView(*_parted(bad)) if bad else None
            self.said.emit(bad or tr("{words}。", words=words), not bad)
            self.refresh()

        self._background.run_net(job, done, self._failed)


def _parted(text: str) -> tuple[str, str]:
    """What happened in bold, the rest under it."""
    head, _, rest = text.partition("，")
    return head, rest
