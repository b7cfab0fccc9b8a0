"""占用 taking a case in hand, keeping it, giving it back, and handing it over by a code when the line is cut."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from clerk_app.cases.decisions import GiveBackCase, ReleaseCase
from clerk_app.command import Refusal, case_subject
from clerk_app.office.events import RowsChanged
from clerk_app.office.hold_rules import lapsed, until_of
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books, CentreAway, CentreProblem, HoldGrant
from clerk_app.sync.verdicts import undecided

AHEAD = timedelta(minutes=30)
MOST, EVERY, AGAIN = 20, 60.0, 600.0
UNSENT = 500

_cut = Refusal("line-cut", "线路断着，别的窗口的件拿不到手，没有变化。线路恢复再办，或到那个窗口办。")
_still_sending = Refusal(
    "still-sending", "这件刚从本窗口放手，中心还没收到，没有变化。过几秒再来一次；线路断着，等通了再办。"
)
_elsewhere = Refusal("held-elsewhere", "这件还在经办窗口手上，没有变化。让经办人交到席上，或到他的窗口授权。")


@dataclass(frozen=True)
class ReleaseCode:
    """交接码 to be read out; `unsent` acts on the case have not reached the centre, and will not count if they clash."""

    code: str
    unsent: int


def take_in_hand(office: Office, case: str) -> Refusal | None:
    """拿到手 claim a case nobody holds, or one whose hold is about to lapse; None when it is this device's."""
    subject = case_subject(case)
    now = office.parts.clock.now()
    holder, device, over = office.read(lambda books: (books.holder(subject), books.device, lapsed(subject, now, books)))
    if holder == device and not over:
        return None
    if holder != device and _leaving(office, subject):
        return _still_sending
    try:
        granted = claim(office, subject)
    except (CentreAway, CentreProblem):
        if holder == device:
            return Refusal("hold-lapsed", "这件的占用到期了，线路断着续不上，没有变化。线路恢复后再办。")
        return _cut
    return None if granted else _elsewhere


def _leaving(office: Office, subject: str) -> bool:
    """Asked for now, the centre would renew the very hold that our own act on its way is about to give back."""
    return any(subject in row.subjects for row in office.parts.vault.journal.rows(sorted(undecided), UNSENT))


def in_time(office: Office, case: str) -> Refusal | None:
    """A hold of ours that lapsed is asked for again before anything is decided or sealed under it."""
    holder, device = office.read(lambda books: (books.holder(case_subject(case)), books.device))
    return take_in_hand(office, case) if holder == device else None


def claim(office: Office, subject: str, release_code: str = "") -> bool:
    """Ask the centre, and keep what it grants. Raises `CentreAway` or `CentreProblem`."""
    grant = office.parts.centre.claim(subject, release_code)
    if grant.granted:
        _keep(office, subject, grant)
    return grant.granted


def _keep(office: Office, subject: str, grant: HoldGrant) -> None:
    office.parts.vault.keep.grant_hold(subject, grant)
    office.bell.ring(RowsChanged((subject,)))


def give_back(office: Office, case: str) -> Outcome:
    """交到席上: the case leaves this window."""
    return office.do(GiveBackCase(**office.stamp().fields(office.parts.new_id), case=case))


def release_code_of(office: Office, case: str) -> ReleaseCode | Refusal:
    """交接码: read out here, typed in there. From this moment this machine does not move the case any more."""
    subject = case_subject(case)
    holder, device, fence = office.read(lambda books: (books.holder(subject), books.device, books.fence(subject)))
    if holder != device:
        return Refusal("not-held", "这件不在本窗口手上，没有交接码。")
    code = office.parts.vault.keep.release_code(subject, fence)
    if not code:
        return Refusal(
            "release-code-none", "这件还没有交接码，没有变化。线路恢复直接交出来，急用请值班长和首席代表解除占用。"
        )
    waiting = office.parts.vault.journal.rows(sorted(undecided), UNSENT)
    unsent = sum(subject in row.subjects for row in waiting)
    done = office.do(ReleaseCase(**office.stamp().fields(office.parts.new_id), case=case))
    return ReleaseCode(code, unsent) if isinstance(done, Done) else done


def take_over(office: Office, case: str, code: str) -> Refusal | None:
    """凭码接手: the other window read its code out; None when the case is this device's."""
    digits = "".join(sign for sign in code if sign.isdecimal())
    if len(digits) != 8:
        return Refusal("release-code-wrong", "交接码是 8 位数字，没有变化。请对方再读一遍。")
    try:
        granted = claim(office, case_subject(case), digits)
    except CentreAway:
        return _cut
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    return None if granted else _elsewhere


class HoldRenewer:
    """续占 while the line is up: open cases born here get a code, and holds near their end a longer one.

    `step` is called by the line's thread. What the centre does not give again stays as it is here: the next act says so.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._next = 0.0
        self._asked: dict[str, float] = {}

    def step(self) -> int:
        """Once a minute; answers how many were renewed. Raises `CentreAway` or `CentreProblem`."""
        if time.monotonic() < self._next:
            return 0
        self._next = time.monotonic() + EVERY
        return self.renew()

    def renew(self) -> int:
        """Now; each case at most every ten minutes."""
        started = time.monotonic()
        self._asked = {subject: at for subject, at in self._asked.items() if at > started - AGAIN}
        wanted = [subject for subject in self._wanted() if subject not in self._asked][:MOST]
        renewed = 0
        for subject in wanted:
            self._asked[subject] = started
            grant = self._office.parts.centre.claim(subject)
            if grant.granted:
                self._office.parts.vault.keep.grant_hold(subject, grant)
                renewed += 1
        return renewed

    def _wanted(self) -> list[str]:
        """Of the cases in hand whose birth is settled: those near their end, and those without a code."""
        office = self._office
        keep, end = office.parts.vault.keep, office.hall.hold_end(office.parts.clock.now())
        soon = office.parts.clock.now() + AHEAD
        found = []
        for subject, fence, until in office.read(_in_hand):
            near = until is not None and until < soon and until < end
            if near or not keep.release_code(subject, fence):
                found.append(subject)
        return found


def _in_hand(books: Books) -> list[tuple[str, int, datetime | None]]:
    """Open cases this device has, with their fences and ends."""
    subjects = [case_subject(case.id) for case in books.latest_cases(200) if case.state not in ("delivered", "void")]
    mine = [subject for subject in subjects if books.holder(subject) == books.device]
    return [(subject, books.fence(subject), until_of(subject, books)) for subject in mine]
