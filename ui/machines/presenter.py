"""电脑的主持 asks the centre for the list, opens the forms, and does what was typed with the second person beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.oversight import machines_desk
from clerk_app.office.oversight.machines_desk import Certificate, Given, NewMachine
from clerk_app.ports.doctor import Finding
from clerk_app.ports.machines import CodeSeen, Gone, MachineSeen, MachinesSeen, Second, SetupWish
from ui.background import Background
from ui.errors import tell
from ui.language import said, tr
from ui.machines import telling
from ui.machines.page import MachinesPage
from ui.machines.telling import CERTIFICATES, CODE, COLUMNS, ENROL, LOSE, SWAP, TO_LOSE, TO_SWAP, UNDO, YES
from ui.oversight.duty_view import TaskDetail, TaskRowView
from ui.oversight.matter_view import NEW, MatterView

AskPlace = Callable[[str], str]
"""Asks where a file goes, with a name for it; empty when nobody said."""
_order = {"silent": 0, "old": 1, "enrolled": 2, "revoked": 3}


class MachinesPresenter(QObject):
    """电脑 `said(text, good)`, `counted(n)`: machines that are silent or old, and certificates that run out."""

    said = Signal(str, bool)
    counted = Signal(int)

    def __init__(self, office: Office, background: Background, page: MachinesPage, ask_place: AskPlace) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._ask_place = office, background, page, ask_place
        self._seen, self._why = MachinesSeen(), ""
        self._certificates: tuple[Certificate, ...] = ()
        self._centre: Finding | None = None
        self._key, self._form, self._busy, self._drawing = "", "", False, False
        self._given: Given | None = None
        page.opened.connect(self.refresh)
        page.row_chosen.connect(self._choose)
        page.new_wanted.connect(self._begin)
        page.act.connect(self._act)

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays, least of all a code."""
        self._seen, self._why, self._key, self._form, self._given = MachinesSeen(), "", "", "", None
        self._render()

    @Slot()
    def refresh(self) -> None:
        """Ask the centre when somebody looks, not at every change of a row; the certificates stand in the books."""
        if self._office.session is None:
            return
        self._background.look(lambda: machines_desk.certificates(self._office), self._note)
        self._background.run_net(lambda: machines_desk.look(self._office), self._hear, self._failed)
        self._background.run_net(
            lambda: machines_desk.centre_certificate(self._office),
            lambda found: self._note(centre=found),
            lambda _: None,
        )

    def _note(self, certificates: tuple[Certificate, ...] | None = None, centre: Finding | None = None) -> None:
        """What was heard of certificates: the seals' from the books, the centre's from the line."""
        self._certificates = self._certificates if certificates is None else certificates
        self._centre = centre or self._centre
        self._render()

    def _hear(self, seen: MachinesSeen | Refusal) -> None:
        if self._office.session is None:
            return
        if isinstance(seen, Refusal):
            self._why = said(seen.sentence)
        else:
            self._seen, self._why = seen, ""
        self._render()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, lambda text: self.said.emit(text, False))

    def _render(self) -> None:
        rows = self._rows()
        if self._key not in [row.id for row in rows]:
            self._key = rows[0].id if rows else ""
            self._form = NEW if self._form == NEW else ""
        may_new = self._seen.may_act and self._given is None and self._form != NEW
        waits = sum(one.state in ("silent", "old") for one in self._seen.machines)
        waits += any(one.left <= telling.SOON for one in self._certificates)
        self.counted.emit(waits)
        using = sum(one.state != "revoked" for one in self._seen.machines)
        # A table that is filled anew says which row it is on: that is nobody's choice.
        self._drawing = True
        self._page.render(
            MatterView(
                title=tr("大厅的电脑 {count} 台", count=using),
                age=tr("怎样"),
                empty=telling.AWAY if self._why else telling.NOTHING,
                rows=rows,
                detail=self._detail(),
                new_word=tr("入列") if may_new else "",
            )
        )
        self._drawing = False

    def _rows(self) -> tuple[TaskRowView, ...]:
        now = self._office.parts.clock.now()
        machines = sorted(self._seen.machines, key=lambda one: (_order[one.state], one.window, one.enrolled_at))
        rows = [telling.code_row(one, now) for one in self._seen.codes]
        rows += [telling.row_of(one, now) for one in machines]
        if self._certificates or (rows and self._centre is not None):
            rows.append(telling.certificates_row(self._certificates, self._centre))
        return tuple(rows)

    def _machine(self) -> MachineSeen | None:
        return next((one for one in self._seen.machines if one.id == self._key), None)

    def _code(self) -> CodeSeen | None:
        return next((one for one in self._seen.codes if f"{CODE}{one.act}{one.window}" == self._key), None)

    def _detail(self) -> TaskDetail | None:
        if self._given is not None:
            return telling.made_detail(self._given)
        if self._form == NEW:
            return telling.enrol_form(self._seen)
        machine, code = self._machine(), self._code()
        if machine is not None:
            forms = {SWAP: telling.swap_form, LOSE: telling.lose_form}
            if form := forms.get(self._form):
                return form(machine, self._seen)
            return telling.machine_detail(machine, may_act=self._seen.may_act)
        if code is not None:
            return telling.code_detail(code, self._seen)
        if self._key == CERTIFICATES:
            return telling.certificates_detail(self._certificates, self._centre)
        return None

    @Slot(str)
    def _choose(self, key: str) -> None:
        if self._drawing or self._given is not None or (key == self._key and not self._form):
            return  # a code that is told once stays until somebody says that he has it
        self._key, self._form = key, ""
        self._render()

    @Slot()
    def _begin(self) -> None:
        if self._seen.may_act:
            self._form, self._given = NEW, None
            self._render()

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        if self._busy:
            return
        if name in (TO_SWAP, TO_LOSE):
            self._form = SWAP if name == TO_SWAP else LOSE
            self._render()
        elif name in (ENROL, SWAP):
            self._give(name, typed)
        elif name in (LOSE, UNDO):
            self._end(name, typed)
        else:
            self._form, self._given = "", None
            self._render()

    def _give(self, name: str, typed: list[str]) -> None:
        """入列 or 换机: where the file goes is said first."""
        machine, words = self._machine(), [one.strip() for one in typed]
        number = words.pop(0) if name == ENROL else str(machine.window if machine else "")
        if not number.isdecimal():
            self.said.emit(tr("窗口号写成数字，没有发入列码。"), False)
            return
        wish = _wish(words[1:5])
        if wish is None:
            self.said.emit(tr("纸宽写 32、42 或 48，没有发入列码。"), False)
            return
        place = self._ask_place(tr("{window}号窗口.clerk-setup", window=number))
        if not place:
            self.said.emit(tr("没有选装机文件放哪里，没有办，什么都没动。"), False)
            return
        new = NewMachine(reason=words[0], second=_second(words[5:], typed), file=Path(place), wish=wish)
        if name == ENROL:
            self._net(lambda: machines_desk.enrol(self._office, int(number), new), self._given_out)
        elif machine is not None:
            self._net(lambda: machines_desk.swap(self._office, machine, new), self._given_out)

    def _end(self, name: str, typed: list[str]) -> None:
        machine, code = self._machine(), self._code()
        reason, second = typed[0].strip(), _second(typed[1:], typed)
        if name == LOSE and machine is not None:
            self._net(lambda: machines_desk.lose(self._office, machine.id, reason, second), self._lost)
        elif name == UNDO and code is not None:
            self._net(lambda: machines_desk.undo(self._office, code.act, reason, second), self._undone)

    def _net(self, job: Callable[[], object], done: Callable[[object], None]) -> None:
        self._busy = True
        self._background.run_net(job, done, self._failed)

    def _given_out(self, given: object) -> None:
        self._busy = False
        if isinstance(given, Refusal):
            self.said.emit(said(given.sentence), False)
        elif isinstance(given, Given):
            self._given, self._form = given, ""
            self.said.emit(tr("{window}号窗口的入列码发出来了。", window=given.made.window), True)
            self._render()
            self.refresh()

    def _lost(self, gone: object) -> None:
        self._busy = False
        if isinstance(gone, Refusal):
            self.said.emit(said(gone.sentence), False)
        elif isinstance(gone, Gone):
            self._form = ""
            self.said.emit(tr("报失了，马上停用。它手里的 {count} 件照旧留着。", count=gone.held), True)
            self.refresh()

    def _undone(self, refusal: object) -> None:
        self._busy = False
        if isinstance(refusal, Refusal):
            self.said.emit(said(refusal.sentence), False)
            return
        self._key = ""
        self.said.emit(tr("入列码撤回了，谁也用不了。"), True)
        self.refresh()


def _wish(words: list[str]) -> SetupWish | None:
    """What stands in the set-up file; None when the paper's width is no number."""
    printer, columns, screen, copy = words
    if columns and not columns.isdecimal():
        return None
    return SetupWish(
        printer=printer,
        paper_columns=int(columns or COLUMNS),
        second_screen=screen == YES,
        second_copy=copy,
    )


def _second(words: list[str], typed: list[str]) -> Second | None:
    """A secret is taken as it was typed."""
    return Second(account=words[0].strip(), secret=typed[-1]) if len(words) == 2 else None
