"""收费日结 reads this window's money of today, closes the day, and has it signed by the second person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import money_day
from clerk_app.office.counter.bill_papers import unit_name
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.money_day import MoneyToday
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.receipts.fees.closing import Counted
from clerk_app.receipts.fees.drawer import money_day_key
from clerk_app.receipts.fees.reading import read_yuan
from ui.background import Background
from ui.fees import telling_day as words
from ui.fees.day_page import MoneyDayPage
from ui.language import tr
from ui.widgets.field import fold

_no_amount = Refusal("unread-amount", tr("点的数没看懂，没有日结。每一项写数字，如 120 或 120.50。"))
_nobody = Refusal("unknown-person", tr("没有这个工号，没有签。看他的工牌再写。"))
_no_why = Refusal("reason-missing", tr("要再点一遍，先写为什么。"))
_nothing = Refusal("nothing-handed", tr("一项都没写，没有记交存。照银行回单写。"))
SAID = {
    words.CLOSE: tr("点的数记下了。"),
    words.SIGN: tr("复核好了，日结单在打。"),
    words.AGAIN: tr("退回再点一遍。"),
    words.HAND: tr("交存记下了。"),
}


class MoneyDayPresenter(QObject):
    """收费日结 of today."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: MoneyDayPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._today: MoneyToday | None = None
        self._form = ""
        page.act.connect(self._act)
        page.refused.connect(self._refused)

    def start(self) -> None:
        """Another person sat down."""
        self._form = ""

    @Slot()
    def refresh(self) -> None:
        """Read today again."""
        if self._office.session is not None:
            self._background.look(lambda: money_day.money_today(self._office), self._landed)

    def _landed(self, today: MoneyToday) -> None:
        self._today = today
        self._show()

    def _show(self) -> None:
        if self._today is not None:
            unit, person = unit_name(self._office), self._office.hall.roster.name_of
            now = self._office.parts.clock.now().date()
            self._page.render(words.tell_day(self._today, now, self._form, unit, person))

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        if name in (words.HAND_FORM, words.LEAVE):
            self._form = name if name == words.HAND_FORM else ""
            self._show()
            return
        today = self._today
        if today is None:
            return
        job = self._job(name, today, [fold(text).strip() for text in typed])
        if isinstance(job, Refusal):
            self.said.emit(job.sentence, False)
        else:
            self._background.run_net(job, lambda outcome: self._done(name, outcome))

    def _job(self, name: str, today: MoneyToday, typed: Sequence[str]) -> Callable[[], Outcome] | Refusal:
        office, day = self._office, today.on
        if name == words.CLOSE:
            return self._close(today, day, typed)
        if name == words.HAND:
            return self._hand(today, day, typed)
        number, pin, again = (*typed, "", "", "")[:3]
        person = office.hall.roster.people.get(number.upper())
        if person is None:
            return _nobody
        if name == words.AGAIN and not again:
            return _no_why
        by, key = Countersigner(person=person, pin=pin), money_day_key(day, office.window)
        return lambda: money_day.sign_day(office, key, by, again if name == words.AGAIN else "")

    def _close(self, today: MoneyToday, day: date, typed: Sequence[str]) -> Callable[[], Outcome] | Refusal:
        counted = []
        for line, text in zip(today.lines, typed, strict=False):
            amount = read_yuan(text)
            if amount is None:
                return _no_amount
            counted.append(Counted(unit=line.unit, means=line.means, amount=amount))
        why = typed[len(today.lines)] if len(typed) > len(today.lines) else ""
        return lambda: money_day.close_day(self._office, day, counted, why)

    def _hand(self, today: MoneyToday, day: date, typed: Sequence[str]) -> Callable[[], Outcome] | Refusal:
        units = tuple(dict.fromkeys(line.unit for line in today.lines if line.means == "cash"))
        pairs = zip(units, typed[::2], typed[1::2], strict=False)
        wanted = [(unit, read_yuan(amount), slip) for unit, amount, slip in pairs if amount or slip]
        if not wanted:
            return _nothing

        def hand_in() -> Outcome:
            outcome: Outcome = Done("")
            for unit, amount, slip in wanted:
                outcome = money_day.hand_in_cash(self._office, day, unit, amount or 0, slip)
                if isinstance(outcome, Refusal):
                    break
            return outcome

        return hand_in

    def _done(self, name: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self._form = ""
            self.said.emit(SAID[name], True)
        self.refresh()

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}，没有办。", reason=reason), False)
