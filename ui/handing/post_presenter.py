"""邮寄 a letter goes out under its waybill, is signed for, or comes back to a shelf; the carrier's list of the day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.handing import acts, looking, papers
from clerk_app.office.counter.handing.looking import HandingDesk, ResultLine
from clerk_app.office.office import Done, Office, Outcome
from ui.background import Background
from ui.handing import telling_post as words
from ui.handing.post_page import PostPage
from ui.handing.reading import here
from ui.handing.telling_post import at_hand_of, tell_post
from ui.language import tr
from ui.one_act import OneAct
from ui.widgets.field import fold

_no_day = tr("日期没看懂，没有记。照 2026-11-22 这样写。")


class PostPresenter(QObject):
    """邮寄 of one window. `changed()` when something was done."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(self, office: Office, background: Background, page: PostPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._desk = HandingDesk()
        self._chosen = self._form = self._shelf = ""
        self._moved = False
        self.acts = OneAct(background, self)
        self.acts.said.connect(self.said)
        self.acts.changed.connect(self.changed)
        page.row_chosen.connect(self._choose)
        page.left.connect(self._leave)
        page.list_wanted.connect(self._print)
        page.detail.act.connect(self._act)
        page.detail.refused.connect(self.acts.refused)

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._desk, self._chosen, self._form = HandingDesk(), "", ""
        self._show()

    def show_desk(self, desk: HandingDesk) -> None:
        """What is to be posted and on its way now."""
        self._desk = desk
        self._show()
        if self._moved:
            self._moved = False
            self._page.take_form()

    def _show(self) -> None:
        line = at_hand_of(self._desk, self._chosen)
        now = line.case.id if line is not None else ""
        if now != self._chosen:
            self._chosen = now
            self._form = ""
        self._page.render(tell_post(self._desk, line, self._form, self._shelf, here(self._office)))

    @Slot(str)
    def _choose(self, case: str) -> None:
        if case != self._chosen:
            self._chosen, self._form = case, ""
            self._show()

    @Slot()
    def _leave(self) -> None:
        self._form = ""
        self._show()
        self._page.take_hand()

    @Slot(str, dict)
    def _act(self, name: str, typed: dict[str, str]) -> None:
        line = at_hand_of(self._desk, self._chosen)
        read = {key: fold(text).strip() for key, text in typed.items()}
        if name == words.LEAVE:
            self._leave()
        elif name == words.LIST_AGAIN:
            self._print_list(read.get(words.REASON, ""))
        elif name == words.RETURN_FORM:
            self._background.look(lambda: looking.next_shelf(self._office), self._open_return)
        elif line is not None:
            self._do(name, line, read)

    def _open_return(self, shelf: str) -> None:
        self._shelf, self._form = shelf, words.RETURN_FORM
        self._show()
        self._page.take_form()

    def _do(self, name: str, line: ResultLine, typed: dict[str, str]) -> None:
        office, case, number = self._office, line.case.id, line.case.case_no
        if name == words.POST:
            waybill = typed[words.WAYBILL]
            self.acts.do(
                lambda: acts.post(office, case, waybill),
                tr("{number} 交寄了，地址条在打。", number=number),
                self._after,
            )
            return
        try:
            on = date.fromisoformat(typed[words.ON])
        except ValueError:
            self.said.emit(_no_day, False)
            return
        if name == words.RECEIPT:
            receiver = typed[words.RECEIVER]
            self.acts.do(
                lambda: acts.record_receipt(office, case, receiver, on),
                tr("{number} 的签收记下了。", number=number),
                self._after,
            )
        elif name == words.RETURN:
            why, shelf = typed[words.WHY], typed[words.SHELF]
            done = tr("{number} 退回来了，放在架 {shelf}。", number=number, shelf=shelf)
            self.acts.do(lambda: acts.record_return(office, case, why, on, shelf), done, self._after)

    def _after(self, outcome: Outcome) -> None:
        """The next one is at hand when it was done; refused, what was typed stays."""
        if isinstance(outcome, Done):
            self._form, self._chosen, self._moved = "", "", True

    @Slot()
    def _print(self) -> None:
        self._print_list("")

    def _print_list(self, reason: str) -> None:
        day = self._office.parts.clock.now().date()
        self._background.run(
            lambda: papers.print_post_list(self._office, day, reason), lambda done: self._printed(done, reason)
        )

    def _printed(self, outcome: Outcome, reason: str) -> None:
        if isinstance(outcome, Refusal) and outcome.type == "reason-missing" and not reason and not self._form:
            self._form = words.AGAIN_FORM
            self._show()
            self._page.take_form()
            return
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self._form = ""
        self.said.emit(tr("今天的邮寄清单在打。"), True)
        self._show()
