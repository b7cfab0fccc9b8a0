"""沉默到期 what silence may mean elsewhere is told to a person and never done by itself: a renewal nobody decided (行政许可法 50),
a partner of a joint case who says nothing, a full correction nobody accepted (32(5)). The task closes itself when the
decision, the opinion or the acceptance is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.deemed_granted import silence_flag
from clerk_app.cases.model import Case
from clerk_app.cases.states import RUNNING
from clerk_app.hall import Hall
from clerk_app.oversight.model import CENTRE, Task, task_id
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.holds import CentreBooks
from clerk_app.server.locks import lock_subjects
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import cases

c = cases.c
EVERY = timedelta(minutes=30)
"""Limits end with a day: this is soon enough."""
MOST = 500
_open_of = select(cases).where(
    c.hall == bindparam("hall"),
    c.state.in_(sorted({*RUNNING, "suspended"})),
    c.item.in_(bindparam("items", expanding=True)),
)
_overdue_of = _open_of.where(c.due_on < bindparam("today")).order_by(c.due_on, c.id).limit(MOST)
_unanswered = (
    select(cases)
    .where(c.hall == bindparam("hall"), c.state == "received", c.due_on < bindparam("today"))
    .order_by(c.due_on, c.id)
    .limit(MOST)
)


def flag_silence(office: CentreOffice, hall_id: str) -> None:
    """Make what tasks are missing, close those whose matter is over; as a rule nothing is written."""
    now = office.now()
    if not office.ears.due(office.ears.looked, f"{hall_id}/limits", now, EVERY):
        return
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, hall_id)
        if not _changes(CentreBooks(Cabinet(connection, hall_id), hall, CENTRE), hall, now):
            return
    with office.database.writing() as connection:
        lock_subjects(connection, hall_id, ["silent_limits"])
        cabinet = Cabinet(connection, hall_id)
        books = CentreBooks(cabinet, hall, CENTRE)
        for task in _changes(books, hall, now):
            books.put_task(task)
        cabinet.flush()
        values = [(subject, cabinet.get(*subject.split(":", 1))) for subject in cabinet.touched()]
        feed.append(connection, hall_id, [feed.Entry(subject, value, None) for subject, value in values])


def _changes(books: CentreBooks, hall: Hall, now: datetime) -> list[Task]:
    """What the tasks must become."""
    wanted = {task.id: task for case in _asked(books, hall, now.date()) for task in silences(case, hall, now)}
    fresh = [task for key, task in wanted.items() if books.task(key) is None]
    open_ = [task for task in books.open_tasks(MOST) if task.kind == "silence" and task.id not in wanted]
    over = [task for task in open_ if (case := books.case(task.subject[5:])) and not _still(task, case, hall, now)]
    return fresh + [replace(task, closed_at=now, closed_by=CENTRE, note="已有决定、意见或答复。") for task in over]


def _still(task: Task, case: Case, hall: Hall, now: datetime) -> bool:
    """Behind the first five hundred it may still be so."""
    return task.id in {one.id for one in silences(case, hall, now)}


def _asked(books: CentreBooks, hall: Hall, today: date) -> Iterable[Case]:
    renewals = [item.code for item in hall.items.values() if item.deemed_granted]
    joint = [item.code for item in hall.items.values() if item.partners]
    if renewals:
        yield from books.cabinet.query("case", _overdue_of, hall=hall.id, items=renewals, today=today)
    if joint:
        yield from books.cabinet.query("case", _open_of, hall=hall.id, items=joint)
    yield from books.cabinet.query("case", _unanswered, hall=hall.id, today=today)


def silences(case: Case, hall: Hall, now: datetime) -> list[Task]:
    """The tasks of one case as it stands."""
    item, today = hall.items.get(case.item), now.date()
    if item is not None and case.state == "received":
        return _not_accepted_yet(case, item, hall, now)
    if item is None or case.state not in (*RUNNING, "suspended"):
        return []
    found = []
    flag = silence_flag(case, item, hall.calendar, hall.off_work, today)
    if flag is not None:
        words = f"{case.item_name} {case.case_no}（行政许可法 50）：{flag.sentence}"
        found.append(_task(case, "renewal", words, now))
    for partner in case.life.partners:
        if partner.silent and partner.due < today:
            found.append(
                _task(case, partner.department, _partner_words(case, partner.department, partner.due, hall), now)
            )
    return found


def _not_accepted_yet(case: Case, item: Item, hall: Hall, now: datetime) -> list[Task]:
    """补齐了还没受理: the law says it is to be accepted; that it was, a person says."""
    last = case.life.completed_on
    clock = next((one for one in clocks_of(case, item, hall.calendar, hall.off_work, now.date()) if one.running), None)
    if last is None or clock is None or clock.due is None or clock.due >= now.date():
        return []
    words = (
        f"{case.item_name}（查询码 {case.query_code}，{case.window}号窗口）：补齐了还没受理，{last:%m月%d日} 补齐，"
        f"{clock.due:%m月%d日} 该答复的。材料齐了就该受理（行政许可法 32(5)），请催窗口受理。"
    )
    return [_task(case, "completed", words, now)]


def _partner_words(case: Case, department: str, due: date, hall: Hall) -> str:
    known, item = hall.roster.departments.get(department), hall.items.get(case.item)
    name, rule = known.name if known else department, item.partner_silence if item else ""
    rest = f"大厅的口径是“{rule}”，照它办也要人来定。" if rule else "不说话不算同意，要等它的意见，先打电话催。"
    return f"{case.item_name} {case.case_no}：{name}的意见 {due:%m月%d日} 到期，还没有来。{rest}"


def _task(case: Case, about: str, words: str, now: datetime) -> Task:
    return Task(
        id=task_id("silence", f"case:{case.id}:{about}"),
        kind="silence",
        subject=f"case:{case.id}",
        command="",
        window=case.window,
        words=words,
        made_at=now,
        made_by=CENTRE,
    )
