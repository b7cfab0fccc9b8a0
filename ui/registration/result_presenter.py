"""多证合一的主持 reads how far one company's form is with each department, and records what one says of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.form_papers import print_form_paper
from clerk_app.office.counter.result_paper import print_result
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.acts import move_route
from clerk_app.office.registration.coding import enter_code
from clerk_app.office.registration.joint_desk import JointDesk, joint_desk, make_route, send_extract
from clerk_app.office.registration.printing import granted_facts
from clerk_app.registration.joint import RouteState, route_words
from ui.background import Background
from ui.errors import record, sentence
from ui.language import tr
from ui.registration.copying import CopyPresenter
from ui.registration.result_page import ResultPage
from ui.registration.result_view import ResultView
from ui.registration.telling_result import next_to_send, tell_result
from ui.widgets.strip import StripView


class ResultPresenter(QObject):
    """多证合一 `closed()` when the hand goes back to the case; `said` is for the status line."""

    said = Signal(str, bool)
    closed = Signal()

    def __init__(self, office: Office, background: Background, page: ResultPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._case = ""
        self._chosen = ""
        self._desk: JointDesk | None = None
        self._facts: tuple[str, ...] = ()
        self._busy = False
        self._strip: StripView | None = None
        self._copying = CopyPresenter(page.card, parent=self)
        self._copying.said.connect(self.said)
        self._shown: tuple[str, str] = ("", "")
        page.back.connect(self.closed)
        page.row_chosen.connect(self._on_row)
        page.moved.connect(self._on_moved)
        page.code_given.connect(self._on_code)
        page.send_next.connect(self._on_send)
        page.print_wanted.connect(self._on_print)
        page.print_one_wanted.connect(self._on_print_one)
        page.left_page.connect(self._on_left)

    def open_case(self, case: str) -> None:
        """Show this case; a route that was not made for lack of power is made up first."""
        self._case, self._desk, self._chosen, self._strip = case, None, "", None
        self._page.render(ResultView())
        self._background.run(lambda: make_route(self._office, case), lambda _: self.refresh())

    @Slot()
    def refresh(self) -> None:
        """Read and show again; what is being typed stays."""
        case, office = self._case, self._office
        if case and office.session is not None:
            self._background.look(lambda: (joint_desk(office, case), granted_facts(office, case)), self._show)

    def _show(self, found: tuple[JointDesk | None, tuple[str, ...]]) -> None:
        desk, facts = found
        if desk is not None and desk.case.id != self._case:
            return
        self._desk, self._facts = desk, facts
        if desk is not None and not any(one.row.department == self._chosen for one in desk.rows):
            self._chosen = next_to_send(desk) or (desk.rows[0].row.department if desk.rows else "")
        self._render()

    def _render(self) -> None:
        desk = self._desk
        if desk is None:
            self._page.render(ResultView())
            return
        view = tell_result(desk, self._facts, self._office.hall, self._chosen, busy=self._busy, strip=self._strip)
        self._page.render(view)
        if self._shown != (desk.case.id, self._chosen):
            self._shown = (desk.case.id, self._chosen)
            self._copying.show_document(desk.document, self._chosen)

    @Slot(str)
    def _on_row(self, department: str) -> None:
        self._chosen = department
        self._render()

    @Slot(str, str, str)
    def _on_moved(self, state: RouteState, note: str, reference: str) -> None:
        case, word, office = self._case, self._chosen, self._office
        if state == "sent":
            self._do(lambda: send_extract(office, case, word, note), tr("{word}记了已送。", word=word), clear=True)
            return
        self._do(
            lambda: move_route(office, case, word, state, note=note, reference=reference),
            tr("{word}记了{route_words}。", word=word, route_words=route_words[state]),
            clear=True,
        )

    @Slot()
    def _on_send(self) -> None:
        word = next_to_send(self._desk) if self._desk else ""
        if word:
            self._chosen = word
            case, office = self._case, self._office
            self._do(lambda: send_extract(office, case, word), tr("{word}记了已送。", word=word))

    @Slot(str, str)
    def _on_code(self, first: str, second: str) -> None:
        case, office = self._case, self._office
        self._do(
            lambda: enter_code(office, case, first, second),
            tr("代码录好了，已归入登记档案；各部门的一份跟着换，再送一次。"),
        )

    @Slot()
    def _on_print(self) -> None:
        case, office = self._case, self._office
        self._do(lambda: print_result(office, case), tr("结果单打好了。"), net=True)

    @Slot()
    def _on_print_one(self) -> None:
        case, word, office = self._case, self._chosen, self._office
        self._do(
            lambda: print_form_paper(office, case, f"department-{word}"),
            tr("{word}的一份打好了。", word=word),
            net=True,
        )

    def _do(self, job: Callable[[], Outcome], words: str, *, net: bool = False, clear: bool = False) -> None:
        if self._busy:
            return
        self._busy = True
        self._render()

        def done(outcome: Outcome) -> None:
            self._busy = False
            bad = outcome.sentence if isinstance(outcome, Refusal) else ""
            head, _, rest = bad.partition("，")
            self._strip = StripView(head, rest) if bad else None
            if clear and not bad:
                self._page.one.clear()
            self.said.emit(bad or words, not bad)
            self._render()
            self.refresh()

        run = self._background.run_net if net else self._background.run
        run(job, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        record(error)
        head, _, rest = sentence(error).partition("，")
        self._strip = StripView(head, rest)
        self._render()

    @Slot()
    def _on_left(self) -> None:
        """Nothing is left on the clipboard."""
        self._copying.leave()
        self._shown = ("", "")
