"""请假与审批 decides what the leave page shows and does what is pressed there: ask, approve, refuse, return, confirm, step in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.duty.rules import ON_PAPER
from clerk_app.office.duty.cover import (
    approve_leave,
    ask_leave,
    confirm_substitution,
    end_absence,
    refuse_leave,
    step_in,
)
from clerk_app.office.duty.cover_desk import LeaveDesk, Preview, covers_of, preview_leave, read_leave
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.duty.leave.form import ASK, DROP_DRAFT, NEW, Draft
from ui.duty.leave.page import LeavePage
from ui.duty.leave.telling import (
    APPROVE,
    BACK,
    CONFIRM,
    END,
    REFUSE,
    STEP_IN,
    WITHDRAW,
    Shown,
    tell_leave,
)
from ui.duty.leave.words import parse_moment, typed_moment
from ui.language import kept, tr

SAID = {
    ASK: tr("已报上去，批了在这里看得到。"),
    APPROVE: tr("已记下批准。"),
    REFUSE: tr("已退回，本人看得到您写的话。"),
    WITHDRAW: tr("已撤回。"),
    BACK: tr("已记下，离岗和顶岗到此为止。"),
    CONFIRM: tr("已确认顶岗。"),
    END: tr("这次顶岗已结束。"),
    STEP_IN: tr("已顶上，往后每一步都写“代”。登录那个窗口就能办。"),
}


class LeavePresenter(QObject):
    """请假与审批 `waiting(n)`: how many wait for this person to approve or confirm."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, background: Background, page: LeavePage, connected: Callable[[], bool]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._connected = office, background, page, connected
        self._key = ""
        self._draft: Draft | None = None
        self._chosen: dict[str, str] = {}
        self._asked = 0
        self._shown: Shown | None = None
        page.row_chosen.connect(self.open)
        page.act.connect(self._act)
        page.picked.connect(self._pick)
        page.edited.connect(self._edit)

    def start(self) -> None:
        """Somebody sat down: nothing of the one before is left."""
        self._key, self._draft, self._chosen, self._shown = "", None, {}, None
        self.refresh()

    @Slot()
    def ask(self) -> None:
        """A new request; one that was begun is gone on with."""
        if self._draft is None:
            self._draft = _first_draft(self._office)
        self._key = NEW
        self.refresh(then=lambda: self._page.take_hand("start"))

    @Slot(str)
    def open(self, key: str) -> None:
        """One row of the list."""
        if key != self._key:
            self._key, self._chosen = key, {}
            self.refresh()

    @Slot()
    def refresh(self, then: Callable[[], None] = lambda: None) -> None:
        """Read and show again."""
        if self._office.session is None:
            return
        self._asked += 1
        asked, key, draft = self._asked, self._key, self._draft

        def landed(found: tuple[LeaveDesk, Preview | None]) -> None:
            if asked == self._asked:
                self._show(*found)
                then()

        self._background.look(lambda: _load(self._office, key, draft), landed)

    def _show(self, desk: LeaveDesk, preview: Preview | None) -> None:
        chosen = self._chosen
        self._shown = Shown(desk, self._key, self._draft, preview, chosen, self._connected())
        self.waiting.emit(len(desk.waiting) + (len(desk.to_confirm) if desk.may_confirm else 0))
        self._page.render(tell_leave(self._shown, self._office.hall))

    @Slot(str)
    def _pick(self, key: str) -> None:
        post, _, person = key.partition(":")
        if self._draft is not None and self._key == NEW:
            self._draft = replace(self._draft, chosen={**self._draft.chosen, post: person})
        else:
            self._chosen = {**self._chosen, post: person}
        if self._shown is not None:
            self._show(self._shown.desk, self._shown.preview)

    @Slot()
    def _edit(self) -> None:
        if self._draft is not None and self._key == NEW:
            self._draft = self._typed(self._draft)
            self.refresh()

    def _typed(self, draft: Draft) -> Draft:
        typed, now = self._page.detail.typed(), self._office.parts.clock.now()
        start, end = typed.get("start", ""), typed.get("end", "")
        return replace(
            draft,
            start_text=start,
            end_text=end,
            start=parse_moment(start, now),
            end=parse_moment(end, now),
            reason=typed.get("reason", ""),
        )

    @Slot(str)
    def _act(self, name: str) -> None:
        if name == DROP_DRAFT:
            self._draft, self._key = None, ""
            self.refresh(then=self._page.take_hand)
            return
        act = self._acts().get(name)
        if act is not None:
            self._background.run(act, lambda outcome: self._done(name, outcome))

    def _acts(self) -> dict[str, Callable[[], Outcome]]:
        """What each button does to the row that is shown."""
        shown, office, typed = self._shown, self._office, self._page.detail.typed()
        if shown is None:
            return {}
        key = self._page.table().selected_id() or shown.key
        person_or_post = key.partition(":")[2]
        note, reason, cut = typed.get("note", ""), typed.get("reason", ""), not shown.connected
        return {
            ASK: lambda: self._ask(shown),
            APPROVE: lambda: self._approve(shown, key, typed.get("number", "")),
            REFUSE: lambda: refuse_leave(office, key, note),
            WITHDRAW: lambda: refuse_leave(office, key, ""),
            BACK: lambda: end_absence(office, key),
            CONFIRM: lambda: confirm_substitution(office, person_or_post, agreed=True),
            END: lambda: confirm_substitution(office, person_or_post, agreed=False),
            STEP_IN: lambda: step_in(office, person_or_post, reason or kept("离岗"), provisional=cut),
        }

    def _ask(self, shown: Shown) -> Outcome:
        draft = shown.draft
        if draft is None or draft.start is None or draft.end is None or shown.preview is None:
            return Refusal("span-missing", tr("起止时间还没写好，没有报上去。写好再报。"))
        return ask_leave(self._office, draft.start, draft.end, draft.reason, covers_of(shown.preview, draft.chosen))

    def _approve(self, shown: Shown, key: str, number: str) -> Outcome:
        request = shown.desk.request(key)
        if request is None or request.mine is None or shown.preview is None:
            return Refusal("unknown-absence", tr("没有这条离岗申请，什么都没改。刷新一下再看。"))
        wanted = {**{one.post: one.person for one in request.row.covers}, **shown.chosen}
        paper = (request.signer, number) if request.mine in ON_PAPER else ("", "")
        return approve_leave(self._office, key, request.mine, paper, covers_of(shown.preview, wanted))

    def _done(self, name: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self._draft = None if name == ASK else self._draft
            self._key, self._chosen = "", {}
            self.said.emit(SAID[name], True)
        self.refresh()


def _load(office: Office, key: str, draft: Draft | None) -> tuple[LeaveDesk, Preview | None]:
    """The desk, and what would come of the row that is shown: the form, or a request that waits."""
    desk = read_leave(office)
    if draft is not None and key in ("", NEW):
        if draft.start is None or draft.end is None:
            return desk, None
        return desk, preview_leave(office, desk.me, draft.start, draft.end)
    waiting = desk.request(key) if key else next(iter(desk.waiting), None)
    if waiting is None or waiting.mine is None:
        return desk, None
    row = waiting.row
    return desk, preview_leave(office, row.person, row.start, row.end, row.id)


def _first_draft(office: Office) -> Draft:
    """The next open day from opening to closing: the commonest, and easily typed over."""
    now, hall = office.parts.clock.now(), office.hall
    later = (now.date() + timedelta(days=n) for n in range(1, 60))
    day = next((one for one in later if hall.calendar.is_workday(one)), now.date())
    start = datetime.combine(day, hall.hours[0][0], now.tzinfo)
    end = datetime.combine(day, hall.hours[-1][1], now.tzinfo)
    return Draft(start_text=typed_moment(start), end_text=typed_moment(end), start=start, end=end)
