"""带教条 decides which question stands on the strip, and what the answer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.duty.matrix import action_words
from clerk_app.office.duty import consenting
from clerk_app.office.duty.consenting import Waiting
from clerk_app.office.events import RowsChanged
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.duty.consent.strip import ConsentStrip
from ui.duty.consent.view import ConsentView
from ui.errors import tell
from ui.language import tr

CONCERNS = ("consent:", "case:")


@dataclass(frozen=True)
class _Questions:
    """要答的 those asked of who is signed in, and those he waits for himself."""

    of_me: tuple[Waiting, ...] = ()
    mine: tuple[Waiting, ...] = ()


class ConsentPresenter(QObject):
    """带教条 `said` for the status line, `waiting(count)` for a mark, `case_wanted(case)` when the mentor wants to look."""

    said = Signal(str, bool)
    waiting = Signal(int)
    case_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, strip: ConsentStrip) -> None:
        super().__init__(strip)
        self._office, self._background, self._strip = office, background, strip
        self._questions = _Questions()
        self._view: ConsentView | None = None
        strip.agreed.connect(self._on_agreed)
        strip.sent_back.connect(self._on_sent_back)
        strip.agreed_here.connect(self._on_agreed_here)
        strip.case_wanted.connect(self._on_look)

    @Slot(object)
    def note(self, change: object) -> None:
        """A change of the office: looked at again when it may concern a consent."""
        if isinstance(change, RowsChanged) and any(subject.startswith(CONCERNS) for subject in change.subjects):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read and show again; nobody signed in, nothing shown."""
        office = self._office
        self._background.run(
            lambda: _Questions(consenting.waiting_for_me(office), consenting.waiting_of_mine(office)), self._show
        )

    def _show(self, questions: _Questions) -> None:
        self._questions = questions
        rows = questions.of_me or questions.mine
        self.waiting.emit(len(questions.of_me))
        view = tell_question(rows[0], len(rows) - 1, at_mentor=bool(questions.of_me)) if rows else None
        same = view is not None and self._view is not None and view.id == self._view.id
        if view is not None and same and self._view is not None:
            view = replace(view, busy=self._view.busy, finding=self._view.finding)
        self._render(view)

    def _render(self, view: ConsentView | None) -> None:
        self._view = view
        self._strip.render(view)

    def _row(self, key: str) -> Waiting | None:
        return next((one for one in (*self._questions.of_me, *self._questions.mine) if one.consent.id == key), None)

    @Slot(str)
    def _on_agreed(self, key: str) -> None:
        row = self._row(key)
        if row is not None:
            words = tr("已同意{learner} 受理 {item}。", learner=row.learner, item=row.item)
            self._do(lambda: consenting.give(self._office, key, agreed=True), words)

    @Slot(str, str)
    def _on_sent_back(self, key: str, note: str) -> None:
        row = self._row(key)
        if row is not None:
            self._do(
                lambda: consenting.give(self._office, key, agreed=False, note=note),
                tr("已退回给{learner}。", learner=row.learner),
            )

    @Slot(str, str)
    def _on_agreed_here(self, key: str, secret: str) -> None:
        row = self._row(key)
        if row is not None:
            words = tr("{mentor} 当面同意了，可以受理。", mentor=row.mentor)
            self._do(lambda: consenting.give_here(self._office, row, secret), words, net=True)

    @Slot(str)
    def _on_look(self, key: str) -> None:
        row = self._row(key)
        if row is not None:
            self.case_wanted.emit(row.case.id)

    def _do(self, act: Callable[[], Outcome], words: str, *, net: bool = False) -> None:
        if self._view is None or self._view.busy:
            return
        self._render(replace(self._view, busy=True, finding=""))
        run = self._background.run_net if net else self._background.run
        run(act, lambda outcome: self._done(outcome, words), self._fault)

    def _done(self, outcome: Outcome, words: str) -> None:
        refused = isinstance(outcome, Refusal)
        if self._view is not None:
            finding = outcome.sentence if isinstance(outcome, Refusal) else ""
            self._render(replace(self._view, busy=False, finding=finding))
        if not refused:
            self.said.emit(words, True)
        self.refresh()

    def _fault(self, error: Exception) -> None:
        if self._view is not None:
            self._render(replace(self._view, busy=False))
        tell(error, lambda sentence: self.said.emit(sentence, False))


def tell_question(row: Waiting, others: int, *, at_mentor: bool) -> ConsentView:
    """One question in words; the applicant's name is masked, as on every list."""
    case, action = row.case, action_words[row.consent.action]
    what = tr(
        "{item}（{masked_name}），{window}号窗口",
        item=row.item,
        masked_name=case.applicant.masked_name,
        window=case.window,
    )
    head = (
        tr("{learner} 请您看：{what}", learner=row.learner, what=what)
        if at_mentor
        else tr(
            "等{mentor} 同意：{item}（{masked_name}）",
            mentor=row.mentor,
            item=row.item,
            masked_name=case.applicant.masked_name,
        )
    )
    facts = [
        tr("{asked_at:%H:%M} 请的", asked_at=row.consent.asked_at),
        action,
        tr("{count} 项材料收齐 {brought} 项", count=len(case.materials), brought=case.brought),
        *((tr("还缺{missing}", missing=case.missing[0]),) if case.missing else ()),
        *((tr("还有 {others} 件", others=others),) if others else ()),
    ]
    rest = (
        "·".join(facts)
        if at_mentor
        else tr("{asked_at:%H:%M} 请的。他在旁边的话，就在这里输。", asked_at=row.consent.asked_at)
    )
    return ConsentView(id=row.consent.id, head=head, rest=rest, at_mentor=at_mentor, mentor=row.mentor)
