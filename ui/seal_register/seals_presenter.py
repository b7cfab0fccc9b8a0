"""印章 reads how each seal stands and does the acts on it; what a stop leaves behind is counted at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import seal_custody
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight import seal_fall
from clerk_app.office.oversight.seal_desk import SeenSeal, read_seal_desk, stands_for_chief_of
from clerk_app.sealing.stopping import Fall
from ui.background import Background
from ui.language import tr
from ui.seal_register.seals_page import SealsPage
from ui.seal_register.telling_seals import (
    AGREE,
    ASK,
    BACK,
    CONFIRM,
    DESTROY,
    HAND,
    LOSS,
    REPORT,
    STOP,
    Doing,
    in_order,
    tell_seal,
    tell_seals,
)

SAID = {
    HAND: tr("交接记下了，从现在起由接的人保管。"),
    STOP: tr("印章停用了，哪台机器都不能再盖；等它的办件列在下面。"),
    LOSS: tr("印章挂失了，哪台机器都不能再盖；打印挂失报告送办公室。"),
    ASK: tr("请恢复记下了，等第二个人同意；印章还停着。"),
    AGREE: tr("印章恢复了，现在能盖。"),
    DESTROY: tr("销毁记下了。"),
}


class SealsPresenter(QObject):
    """印章 `case_wanted(id)` opens a case; PINs go to the office and stay nowhere."""

    said = Signal(str, bool)
    case_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, page: SealsPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._seals: tuple[SeenSeal, ...] = ()
        self._falls: dict[str, Fall] = {}
        self._key, self._doing, self._busy = "", Doing(), False
        self._page.detail.forget_words()
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)
        page.left.connect(self._leave)
        page.opened.connect(self._open)
        page.report_to.connect(self._save_report)
        page.refused.connect(lambda reason: self.said.emit(tr("{reason}。", reason=reason), False))

    def start(self) -> None:
        """Another person sat down: no act of the one before is under way."""
        self._key, self._doing, self._busy = "", Doing(), False
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.look(self._read, self._landed)

    def _read(self) -> tuple[tuple[SeenSeal, ...], dict[str, Fall]]:
        seals = read_seal_desk(self._office)
        down = (one.seal.id for one in seals if one.standing.state in ("stopped", "lost"))
        return seals, {key: fall for key in down if (fall := seal_fall.fallen(self._office, key)) is not None}

    def _landed(self, read: tuple[tuple[SeenSeal, ...], dict[str, Fall]]) -> None:
        self._seals, self._falls = read
        self._show()

    def _show(self) -> None:
        chosen = self._chosen()
        detail = None
        if chosen is not None:
            fall = self._falls.get(chosen.seal.id)
            detail = tell_seal(chosen, fall, self._office.hall.roster, self._doing)
        self._page.render(tell_seals(self._seals, detail))

    def _chosen(self) -> SeenSeal | None:
        known = next((one for one in self._seals if one.seal.id == self._key), None)
        return known or next(iter(in_order(self._seals)), None)

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self._key, self._doing = key, Doing()
            self._show()

    @Slot(str)
    def _open(self, key: str) -> None:
        """A case that waits, or the case of a document nothing vouches for."""
        of_use = {use.id: use.case for fall in self._falls.values() for use in fall.uncovered}
        self.case_wanted.emit(of_use.get(key, key))

    @Slot()
    def _leave(self) -> None:
        self._page.detail.keep_words()
        self._doing = Doing()
        self._show()
        self._page.take_hand()

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        chosen = self._chosen()
        if chosen is None or self._busy:
            return
        self._key = chosen.seal.id
        if name == CONFIRM:
            self._confirm(chosen.seal.id, [text.strip() for text in typed])
        elif name == BACK:
            self._leave()
        elif name == REPORT:
            self._report(chosen.seal.id)
        else:
            alone = name in (ASK, DESTROY) and stands_for_chief_of(self._office, chosen.seal.department)
            self._doing = Doing(name, alone=alone)
            self._show()

    def _confirm(self, seal: str, typed: list[str]) -> None:
        act, doing = self._acts(seal, typed).get(self._doing.act), self._doing.act
        if act is None:
            return
        self._busy = True
        # A PIN may be asked of the centre; to stop a seal waits for nobody.
        lane = self._background.run if doing in (STOP, LOSS) or self._doing.alone else self._background.run_net
        lane(act, lambda done: self._done(doing, done), self._failed)

    def _acts(self, seal: str, typed: list[str]) -> dict[str, Callable[[], Outcome]]:
        office, words = self._office, [*typed, "", "", ""]
        return {
            HAND: lambda: self._by_pin(
                words[0], words[2], lambda who: seal_custody.hand_over(office, seal, words[1], who)
            ),
            STOP: lambda: seal_fall.stop(office, seal, words[0]),
            LOSS: lambda: seal_fall.report_loss(office, seal, words[0]),
            ASK: lambda: self._by_chief(seal, "ask", words),
            AGREE: lambda: self._by_pin(
                words[0], words[1], lambda who: seal_custody.resume(office, seal, "agree", "", who)
            ),
            DESTROY: lambda: self._by_chief(seal, "destroy", words),
        }

    def _by_chief(self, seal: str, step: seal_custody.Step, words: list[str]) -> Outcome:
        office = self._office
        if self._doing.alone:
            return seal_custody.resume(office, seal, step, words[0])
        return self._by_pin(words[1], words[2], lambda who: seal_custody.resume(office, seal, step, words[0], who))

    def _by_pin(self, name: str, pin: str, act: Callable[[Countersigner], Outcome]) -> Outcome:
        person = self._office.hall.roster.find_person(name)
        if person is None:
            return Refusal("unknown-person", tr("没有这个工号或姓名，印章没有变。核对了再输。"))
        return act(Countersigner(person=person, pin=pin))

    def _failed(self, error: Exception) -> None:
        self._busy = False
        raise error

    def _done(self, doing: str, outcome: Outcome) -> None:
        self._busy = False
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            self._page.detail.clear_secrets()
            return
        self._doing = Doing()
        self.said.emit(SAID[doing], True)
        self.refresh()
        self._page.take_hand()

    def _report(self, seal: str) -> None:
        if self._office.parts.page_printer is None:
            self._page.ask_place(tr("挂失报告.pdf"))
            return
        self._background.run_net(lambda: seal_fall.print_report(self._office, seal), self._printed)

    def _printed(self, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self.said.emit(tr("挂失报告送去打印了，签字后送办公室。"), True)

    @Slot(str)
    def _save_report(self, path: str) -> None:
        chosen, file = self._chosen(), Path(path)
        if chosen is None:
            return
        seal = chosen.seal.id

        def save() -> str:
            made = seal_fall.report_page(self._office, seal)
            if isinstance(made, Refusal):
                return made.sentence
            try:
                file.write_bytes(made)
            except OSError:
                return tr("“{name}”写不进去，报告没有存。换一个文件夹再存。", name=file.name)
            return ""

        def saved(problem: str) -> None:
            self.said.emit(
                problem or tr("挂失报告存好了：{name}。打印出来签字，送办公室。", name=file.name), not problem
            )

        self._background.run_net(save, saved)
