"""备用件的主持 a kit is printed, handed out, counted when it comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.back_entry import kits
from clerk_app.office.counter.back_entry.kits import PrintedKit
from clerk_app.office.counter.back_entry.looking import BackEntryDesk, KitLine
from clerk_app.office.counter.back_entry.reading import person_named, read_number
from clerk_app.office.office import Done, Office, Outcome
from ui.back_entry import telling_kits as words
from ui.back_entry.kits_page import KitsPage
from ui.back_entry.telling_kits import KitStep, tell_kits
from ui.background import Background
from ui.language import tr
from ui.one_act import OneAct
from ui.widgets.field import fold

_split = re.compile(r"[、，,；;\s]+")


class KitsPresenter(QObject):
    """备用件 `said(text, good)`, `changed()` when something was done; `ask_file(name)` names where a kit's file goes."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(self, office: Office, background: Background, page: KitsPage, ask_file: Callable[[str], str]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._ask_file = office, background, page, ask_file
        self._desk = BackEntryDesk()
        self._chosen, self._step = "", KitStep()
        self._printed: PrintedKit | None = None
        self.acts = OneAct(background, self)
        self.acts.said.connect(self.said)
        self.acts.changed.connect(self.changed)
        page.row_chosen.connect(self._choose)
        page.left.connect(self._leave)
        page.detail.act.connect(self._act)
        page.detail.refused.connect(self.acts.refused)

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._desk, self._chosen, self._step, self._printed = BackEntryDesk(), "", KitStep(), None
        self._show()

    def show_desk(self, desk: BackEntryDesk) -> None:
        """The kits as they stand now."""
        self._desk = desk
        self._show()

    def _line(self) -> KitLine | None:
        kits_ = self._desk.kits
        return next((line for line in kits_ if line.kit.id == self._chosen), None) or next(iter(kits_), None)

    def _show(self) -> None:
        line = self._line()
        if line is not None and line.kit.id != self._chosen and self._step.form != words.NEW:
            self._chosen, self._step = line.kit.id, KitStep(not_out=self._not_out(line.kit.id))
        self._page.render(tell_kits(self._desk, line, self._step, self._office.hall.roster))

    def _not_out(self, kit: str) -> str:
        return self._printed.not_out if self._printed is not None and self._printed.kit == kit else ""

    @Slot(str)
    def _choose(self, kit: str) -> None:
        if kit != self._chosen or self._step.form == words.NEW:
            self._chosen, self._step = kit, KitStep(not_out=self._not_out(kit))
            self._show()

    @Slot()
    def _leave(self) -> None:
        self._step = KitStep(not_out=self._not_out(self._chosen))
        self._show()
        self._page.take_hand()

    @Slot(str, dict)
    def _act(self, name: str, typed: dict[str, str]) -> None:
        folded = {key: fold(text).strip() for key, text in typed.items()}
        line = self._line()
        if name == words.LEAVE:
            self._leave()
        elif name in (words.NEW, words.RETURN_FORM):
            self._step = KitStep(form=name)
            self._show()
            self._page.detail.take_form()
        elif name == words.PRINT:
            self._print(folded)
        elif name == words.KEEP and self._printed is not None:
            self._keep(self._printed)
        elif line is not None:
            self._do(name, line, folded)

    def _do(self, name: str, line: KitLine, typed: dict[str, str]) -> None:
        office, kit = self._office, line.kit.id
        if name == words.HAND:
            window = int(typed[words.WINDOW]) if typed[words.WINDOW].isdecimal() else 0
            taker = person_named(office.hall.roster, typed[words.TAKER])
            done = tr("领用记下了：{window}号窗口。", window=window)
            self.acts.do(lambda: kits.hand_kit(office, kit, window, taker), done, self._after)
        elif name == words.RETURN:
            blank = tuple(read_number(one) for one in _split.split(typed[words.BLANK]) if one)
            left = len(line.blank) - len(blank)
            done = tr("交回记下了，空白 {blank} 份，还有 {left} 份要补录或作废。", blank=len(blank), left=left)
            self.acts.do(lambda: kits.return_kit(office, kit, blank), done, self._after)

    def _after(self, outcome: Outcome) -> None:
        """The form closes when it was done; refused, what was typed stays."""
        if isinstance(outcome, Done):
            self._step = KitStep()

    def _print(self, typed: dict[str, str]) -> None:
        office = self._office
        count = int(typed[words.COUNT]) if typed[words.COUNT].isdecimal() else 0

        def job() -> Outcome:
            made = kits.print_kit(office, count, typed[words.REASON])
            if isinstance(made, Refusal):
                return made
            self._printed = made
            return Done(made.kit)

        self.acts.do(job, tr("印了 {count} 份，号记下了。发到窗口时在这里记领用。", count=count), self._after_print)

    def _after_print(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done) and self._printed is not None:
            self._chosen, self._step = outcome.command, KitStep(not_out=self._printed.not_out)

    def _keep(self, printed: PrintedKit) -> None:
        name = self._ask_file(tr("备用件 {numbers}.pdf", numbers=printed.numbers))
        if not name:
            return

        def job() -> Outcome:
            try:
                Path(name).write_bytes(printed.pdf)
            except OSError:
                return Refusal("file-not-written", tr("文件没有存成，号都在账上。换一个文件夹再存。"))
            return Done(printed.kit)

        self.acts.do(job, tr("已存到 {name}，打一次就删掉。", name=Path(name).name), self._after_keep)

    def _after_keep(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            self._printed, self._step = None, KitStep()
