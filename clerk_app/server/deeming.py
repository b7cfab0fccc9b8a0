"""视为受理 what nobody answered within its limit is accepted from the day of receipt (行政许可法 32(4)), by the centre alone.

No clock of ours runs for this: whichever machine asks next makes the centre look, at most once a minute a process. A machine
that was not heard of since the limit ended gets the first minutes of the office day; what it holds is provisional then, and
becomes firm, with a number, when it was heard of and has had time to send what it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import Connection, bindparam, literal, or_, select

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import deemed_on
from clerk_app.cases.deeming import confirm, deem
from clerk_app.cases.model import Case, case_kind, case_number
from clerk_app.cases.states import RUNNING
from clerk_app.command import Refusal
from clerk_app.hall import Hall
from clerk_app.oversight.model import CENTRE, Task, task_id
from clerk_app.oversight.silence import is_silent
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.holds import CentreBooks
from clerk_app.server.locks import lock_subjects
from clerk_app.server.numbers import counter, place_block
from clerk_app.server.tables import devices
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import cases, tasks

c, d, t = cases.c, devices.c, tasks.c
MOST = 500
"""In one transaction: a hall that was shut for a month is caught up with in a few minutes."""
_silent_ones = (
    select(cases)
    .where(c.hall == bindparam("hall"), c.state == "received", or_(c.due_on.is_(None), c.due_on < bindparam("today")))
    .order_by(c.due_on.nulls_last(), c.id)
    .limit(MOST)
)
_provisional_ones = (
    select(cases)
    .join(tasks, (t.hall == c.hall) & (t.subject == literal("case:") + c.id))
    .where(c.hall == bindparam("hall"), t.kind == "deemed", c.case_no == "", c.state.in_(sorted(RUNNING)))
    .order_by(c.id)
    .limit(MOST)
)
_seen = select(d.id, d.seen_at).where(d.hall == bindparam("hall"))

Certainty = Literal["wait", "provisional", "firm"]


@dataclass(frozen=True)
class _Found:
    """One case to be deemed, or whose deeming becomes firm."""

    case: Case
    item: Item
    certainty: Certainty


@dataclass(frozen=True)
class _Look:
    """One look at a hall's books."""

    office: CentreOffice
    hall: Hall
    books: CentreBooks
    now: datetime

    @property
    def connection(self) -> Connection:
        return self.books.cabinet.connection

    def found(self) -> list[_Found]:
        """What has to be written now; as a rule nothing."""
        asked = {"hall": self.hall.id, "today": self.now.date()}
        silent: Sequence[Case] = self.books.cabinet.query("case", _silent_ones, **asked)
        provisional: Sequence[Case] = self.books.cabinet.query("case", _provisional_ones, hall=self.hall.id)
        seen = {row.id: row.seen_at for row in self.connection.execute(_seen, {"hall": self.hall.id})}
        late = (self._late(case, seen) for case in silent)
        firm = (self._firm(case, seen) for case in provisional)
        return [one for one in (*late, *firm) if one is not None]

    def _late(self, case: Case, seen: dict[str, datetime]) -> _Found | None:
        item = self._item(case)
        last = deemed_on(case, item, self.hall.calendar) if item else None
        if item is None or last is None or self.now.date() <= last:
            return None
        certainty = self._certainty(case, last, seen)
        return None if certainty == "wait" else _Found(case, item, certainty)

    def _firm(self, case: Case, seen: dict[str, datetime]) -> _Found | None:
        item, deemed = self._item(case), case.life.deemed
        if item is None or deemed is None or not deemed.provisional:
            return None
        last = deemed_on(replace(case, state="received"), item, self.hall.calendar) or deemed.on
        return _Found(case, item, "firm") if self._certainty(case, last, seen) == "firm" else None

    def _item(self, case: Case) -> Item | None:
        """As the catalogue has it; one that is no longer in it, as it was when the case came."""
        known = self.hall.items.get(case.item)
        then = None if known else self.office.hall(self.connection, self.hall.id, case.hall_version)
        return known or (then.items.get(case.item) if then else None)

    def _certainty(self, case: Case, last: date, seen: dict[str, datetime]) -> Certainty:
        holder = self.books.cabinet.holder(f"case:{case.id}")
        if not holder:
            return "firm"
        heard, over = seen.get(holder), datetime.combine(last + timedelta(days=1), time.min, self.now.tzinfo)
        if heard is not None and heard >= over:
            return "firm" if self.office.ears.steady(holder, self.now) else "wait"
        workday = self.hall.calendar.is_workday(self.now.date())
        since = max(heard, over) if heard else over
        return "provisional" if is_silent(since, self.now, self.hall.hours, workday=workday) else "wait"


def deem_overdue(office: CentreOffice, hall_id: str) -> None:
    """Accept what silence accepts, and tell the duty manager and the chief; as a rule nothing is written."""
    now = office.now()
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, hall_id)
        look = _Look(office, hall, CentreBooks(Cabinet(connection, hall_id), hall, CENTRE), now)
        found, answered = look.found(), _answered(look.books)
    if not found and not answered:
        return
    with office.database.writing() as connection:
        counters = {counter(case_kind(one.case.received_at.year)) for one in found}
        lock_subjects(connection, hall_id, ["deeming", *counters, *(f"case:{one.case.id}" for one in found)])
        look = _Look(office, hall, CentreBooks(Cabinet(connection, hall_id), hall, CENTRE), now)
        locked = {one.case.id for one in found}
        _write(look, [one for one in look.found() if one.case.id in locked])


def _write(look: _Look, found: Sequence[_Found]) -> None:
    """As they stand now, under their locks."""
    serials = _serials(look, [one.case for one in found if one.certainty == "firm"])
    for one in found:
        after = _after(look, one, serials)
        if not isinstance(after, Refusal):
            look.books.put_case(after)
            look.books.put_task(_task(look, after))
    for task in _answered(look.books):
        look.books.put_task(
            replace(task, closed_at=look.now, closed_by=CENTRE, note="期限内的答复后来送到了，不算视为受理。")
        )
    cabinet = look.books.cabinet
    cabinet.flush()
    values = ((subject, cabinet.get(*subject.split(":", 1))) for subject in cabinet.touched())
    entries = [feed.Entry(subject, value, *cabinet.hold_of(subject)[:2]) for subject, value in values]
    feed.append(look.connection, look.hall.id, entries)


def _after(look: _Look, one: _Found, serials: dict[str, tuple[str, int]]) -> Case | Refusal:
    case: Case | Refusal = confirm(one.case)
    if one.case.life.deemed is None:
        provisional = one.certainty == "provisional"
        rules = (look.hall.calendar, look.hall.off_work, look.now)
        case = deem(one.case, one.item, *rules, provisional=provisional)
    if isinstance(case, Refusal) or one.case.id not in serials:
        return case
    block, serial = serials[case.id]
    day = case.received_at.date()
    refusal = look.books.spend_number(case_kind(day.year), block, serial, task_id("deemed", f"case:{case.id}"))
    return refusal or replace(case, case_no=case_number(look.hall.id, day, serial), serial=serial)


def _serials(look: _Look, found: Iterable[Case]) -> dict[str, tuple[str, int]]:
    """A block of the centre's own for each year, just as long as it is needed."""
    years: dict[int, list[Case]] = {}
    for case in found:
        years.setdefault(case.received_at.year, []).append(case)
    given: dict[str, tuple[str, int]] = {}
    for year, of_year in sorted(years.items()):
        block = place_block(look.connection, look.hall.id, CENTRE, case_kind(year), len(of_year))
        given.update({case.id: (block.id, serial) for serial, case in enumerate(of_year, start=block.first)})
    return given


def _answered(books: CentreBooks) -> list[Task]:
    """Open tasks of cases that were put back: an answer given in time came in later."""
    open_ = [task for task in books.open_tasks(MOST) if task.kind == "deemed"]
    return [task for task in open_ if (case := books.case(task.subject[5:])) and case.life.deemed is None]


def _task(look: _Look, case: Case) -> Task:
    """One a case; the words change when it becomes firm, and one that a person closed stays closed."""
    key = task_id("deemed", f"case:{case.id}")
    known, day = look.books.task(key), case.received_at
    words = f"{case.item_name}，{day:%m月%d日} 收件，答复期限里没有答复，按收件那天视为受理"
    if case.case_no:
        words += f"，编号 {case.case_no}。补一份受理通知书给申请人，查明为什么没有答复。"
    else:
        words += f"（暂定）：拿着这件的 {case.window}号窗口机器还没有消息。它期限内答复过的，送到就照它的；没有就坐实。"
    if known is not None and known.closed_by not in ("", CENTRE):
        return replace(known, words=words)
    return Task(
        id=key,
        kind="deemed",
        subject=f"case:{case.id}",
        command="",
        window=case.window,
        words=words,
        made_at=known.made_at if known else look.now,
        made_by=CENTRE,
    )
