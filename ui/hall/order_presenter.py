"""次序 one line and what is done with it: a ticket put on top, the line stopped and opened, windows moved, a share freed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.hall_desk import free, lift, move_window, open_line, stop_line, usual_reopening
from clerk_app.office.oversight.hall_reading import HallNow
from ui.background import Background
from ui.hall.order_page import FREE, MOVE, STOP, OrderPage
from ui.hall.reading import HallReading
from ui.hall.telling_order import LEAVE, LIFT, MOMENT, OPEN, tell_free, tell_move, tell_open, tell_order, tell_stop
from ui.language import tr
from ui.oversight.duty_view import TaskDetail
from ui.widgets.field import fold

SAID = {
    LIFT: tr("提前了，原因记在号上。"),
    STOP: tr("止号了，取号机和大厅屏照着说。"),
    OPEN: tr("恢复发号了。"),
    MOVE: tr("改好了，只管今天。"),
    FREE: tr("放开了，别的窗口现在能叫；名单排上打印了。"),
}
_no_moment = Refusal("unread-moment", tr("恢复的时间没看懂，没有止号。照 2026-11-23 09:00 这样写。"))
_no_window = Refusal("unread-window", tr("窗口号没看懂，没有改。只写数字，如 5。"))


class OrderPresenter(QObject):
    """次序 of one letter; a form stays until it is done or left."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: OrderPage, reading: HallReading) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._reading = office, background, page, reading
        self._letter = self._chosen = self._form = ""
        self._now: HallNow | None = None
        reading.landed.connect(self._landed)
        page.letter_chosen.connect(self.open_line)
        page.row_chosen.connect(self._choose)
        page.form_wanted.connect(self._open_form)
        page.act.connect(self._act)
        page.left.connect(self._leave)
        page.refused.connect(self._refused)

    def start(self) -> None:
        """Another person sat down."""
        self._letter = self._chosen = self._form = ""
        self._now = None

    @Slot(str)
    def open_line(self, letter: str) -> None:
        """This line in front."""
        self._letter, self._chosen, self._form = letter, "", ""
        if self._now is not None:
            self._show()
        self._reading.read_now()

    @Slot(object)
    def _landed(self, now: HallNow) -> None:
        self._now = now
        if not self._letter:
            longest = max(now.figures.lines, key=lambda line: line.waiting, default=None)
            self._letter = longest.letter if longest else next(iter(self._office.hall.queue.letters), "")
        self._show()

    def _show(self) -> None:
        now = self._now
        if now is None:
            return
        form = self._formed(now)
        view = tell_order(now, self._office.hall, self._letter, self._chosen, form, self._reading.line.cut_since())
        self._page.render(view)

    def _formed(self, now: HallNow) -> TaskDetail | None:
        """The act at hand; none when what it was about is gone."""
        line = now.figures.line(self._letter)
        made: dict[str, Callable[[], TaskDetail | None]] = {
            MOVE: lambda: tell_move(now, self._office.hall, self._letter),
            FREE: lambda: tell_free(now),
        }
        if line is not None:
            made[STOP] = lambda: tell_stop(line, now, usual_reopening(self._office))
            made[OPEN] = lambda: tell_open(line, self._office.hall.roster.name_of) if line.stop else None
        form = made[self._form]() if self._form in made else None
        if form is None:
            self._form = ""
        return form

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._chosen or self._form:
            self._chosen, self._form = key, ""
            self._show()

    @Slot(str)
    def _open_form(self, name: str) -> None:
        line = self._now.figures.line(self._letter) if self._now else None
        self._form = OPEN if name == STOP and line is not None and line.stop is not None else name
        self._show()
        self._page.take_form()

    @Slot()
    def _leave(self) -> None:
        if self._form:
            self._form = ""
            self._show()
            self._page.take_hand()

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        if name == LEAVE:
            self._leave()
            return
        act = self._acts(typed).get(name)
        if act is not None:
            self._background.run(act, lambda outcome: self._done(name, outcome))

    def _acts(self, typed: Sequence[str]) -> dict[str, Callable[[], Outcome]]:
        office, now, letter = self._office, self._now, self._letter
        if now is None:
            return {}
        line = now.figures.line(letter)
        stop = line.stop.id if line is not None and line.stop is not None else ""
        silent = tell_free(now)
        waiting = now.waiting(letter, office.hall.queue.timing.ageing_minutes)
        ticket = self._chosen or (waiting[0].id if waiting else "")
        words = (*typed, "", "", "")
        return {
            LIFT: lambda: lift(office, ticket, words[0]),
            STOP: lambda: self._stop(letter, words[0], words[1]),
            OPEN: lambda: open_line(office, stop),
            MOVE: lambda: self._move(words[0], words[1], words[2]),
            FREE: lambda: free(office, int(silent.id.partition(":")[2]) if silent else 0, words[0]),
        }

    def _stop(self, letter: str, reason: str, until: str) -> Outcome:
        at = read_moment(until, self._office.parts.clock.now())
        return _no_moment if at is None else stop_line(self._office, letter, at, reason)

    def _move(self, window: str, letters: str, reason: str) -> Outcome:
        number = fold(window).strip().removesuffix("号")
        if not number.isdecimal():
            return _no_window
        return move_window(self._office, int(number), read_letters(letters, self._office.hall.queue.letters), reason)

    def _done(self, name: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self.said.emit(SAID[name], True)
        self._form = self._chosen = ""
        self._reading.read_now()
        self._page.take_hand()

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)


def read_moment(text: str, now: datetime) -> datetime | None:
    """A moment as it is offered; None when it cannot be read."""
    try:
        return datetime.strptime(fold(text).strip().replace("：", ":"), MOMENT).replace(tzinfo=now.tzinfo)
    except ValueError:
        return None


def read_letters(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """A B, AB and A、B are the same."""
    names = frozenset(known)
    parts = re.split(r"[\s、，,;；]+", fold(text).upper().strip())
    found = [one for part in parts for one in ((part,) if part in names else part)]
    return tuple(dict.fromkeys(one for one in found if one))
