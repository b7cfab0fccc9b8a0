"""在架 who does not come is told, the wrong paper goes back, and how a result is fetched is changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.office.counter import visit
from clerk_app.office.counter.handing import acts
from clerk_app.office.counter.handing.looking import HandingDesk, ResultLine
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.receipts.handing.model import Delivery, how_words, reminded_words
from ui.background import Background
from ui.handing import telling_shelves as words
from ui.handing.reading import here, person_named
from ui.handing.shelves_page import ShelvesPage
from ui.handing.telling_shelves import ALL, TO_TELL, UNCLAIMED, Step, chosen_by, tell_shelves
from ui.language import tr
from ui.one_act import OneAct
from ui.widgets.field import fold

SHOWN_MS = 30_000


class ShelvesPresenter(QObject):
    """在架 of one window. `changed()` when something was done."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(self, office: Office, background: Background, page: ShelvesPage) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        self._lines: tuple[ResultLine, ...] = ()
        self._chosen, self._filter = "", ALL
        self._step = Step()
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(SHOWN_MS)
        self._hide.timeout.connect(self.mask)
        self.acts = OneAct(background, self)
        self.acts.said.connect(self.said)
        self.acts.changed.connect(self.changed)
        page.row_chosen.connect(self._choose)
        page.filtered.connect(self._on_filter)
        page.left.connect(self._leave)
        page.detail.act.connect(self._act)
        page.detail.picked.connect(self._pick)
        page.detail.refused.connect(self.acts.refused)

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._lines, self._chosen, self._filter, self._step = (), "", ALL, Step()
        self._show()

    def show_desk(self, desk: HandingDesk) -> None:
        """The shelves as they stand now."""
        self._lines = desk.shelved
        for key in (TO_TELL, UNCLAIMED):
            count = len(chosen_by(self._lines, key))
            self._page.filters.segment(key).show_figure(str(count) if count else "")
        self._show()

    def _line(self) -> ResultLine | None:
        """The chosen one; when it has gone, the first there is."""
        shown = chosen_by(self._lines, self._filter)
        found = next((line for line in shown if line.case.id == self._chosen), None)
        return found or next(iter(shown), None)

    def _show(self) -> None:
        line = self._line()
        now = line.case.id if line is not None else ""
        if now != self._chosen:
            self._chosen, self._step = now, Step()
        self._page.render(tell_shelves(self._lines, self._filter, line, self._step, here(self._office)))

    @Slot(str)
    def _choose(self, case: str) -> None:
        if case != self._chosen:
            self._chosen, self._step = case, Step()
            self._show()

    @Slot(str)
    def _on_filter(self, key: str) -> None:
        self._filter = key
        self._show()

    @Slot()
    def _leave(self) -> None:
        """The form is left; what is shown stays shown until its time is over."""
        self._step = Step(revealed=self._step.revealed)
        self._show()
        self._page.take_hand()

    @Slot()
    def mask(self) -> None:
        """遮住电话 its time is over, or the clerk gets up."""
        self._step = Step(form=self._step.form, how=self._step.how)
        self._show()

    @Slot(str, str)
    def _pick(self, key: str, word: str) -> None:
        if key == words.DELIVERY:
            self._step = Step(form=self._step.form, how=word)
            self._show()

    @Slot(str, dict)
    def _act(self, name: str, typed: dict[str, str]) -> None:
        line = self._line()
        if name == words.LEAVE:
            self._leave()
        elif name in (words.BACK_FORM, words.WISH_FORM):
            self._step = Step(form=name)
            self._show()
            self._page.detail.take_form()
        elif line is not None:
            self._do(name, line, {key: fold(text).strip() for key, text in typed.items()})

    def _do(self, name: str, line: ResultLine, typed: dict[str, str]) -> None:
        office, case, number = self._office, line.case.id, line.case.case_no
        if name == words.REVEAL:
            self._reveal(case)
        elif name == words.REMIND:
            how = next(one for one in reminded_words if one == typed[words.HOW])
            self.acts.do(
                lambda: acts.remind(office, case, how, typed[words.SAID]), tr("{number} 的催领记下了。", number=number)
            )
        elif name == words.BACK:
            taker = person_named(office.hall.roster, typed[words.TAKER])
            done = tr(
                "{number} 退回窗口了，架 {shelf} 空出来了。",
                number=number,
                shelf=line.result.shelf if line.result else "",
            )
            self.acts.do(lambda: acts.send_back(office, case, taker, typed[words.WHY]), done, self._after)
        elif name == words.WISH:
            self._change_wish(case, number, typed)

    def _change_wish(self, case: str, number: str, typed: dict[str, str]) -> None:
        office, session = self._office, self._office.session
        wish = Delivery(
            how=next(one for one in how_words if one == typed[words.DELIVERY]),
            by=session.person.id if session is not None else "",
            at=office.parts.clock.now(),
            name=typed.get(words.TO, ""),
            phone=typed.get(words.PHONE, ""),
            address=typed.get(words.ADDRESS, ""),
        )
        done = tr("{number} 改成{how_words}了。", number=number, how_words=how_words[wish.how])
        self.acts.do(lambda: acts.choose(office, case, wish), done, self._after)

    def _after(self, outcome: Outcome) -> None:
        """The form closes when it was done; refused, what was typed stays."""
        if isinstance(outcome, Done):
            self._step = Step()

    def _reveal(self, case: str) -> None:
        if self._step.revealed:
            self._hide.stop()
            self.mask()
            return
        self.acts.do(
            lambda: visit.reveal(self._office, case),
            tr("电话显示 30 秒，已记录。"),
            lambda done: self._revealed(case, done),
        )

    def _revealed(self, case: str, outcome: Outcome) -> None:
        if isinstance(outcome, Done) and case == self._chosen:
            self._step = Step(form=self._step.form, how=self._step.how, revealed=True)
            self._hide.start()
