"""查办件 the one status line of any case, noted with who asked; and all cases of the departments one works for."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from clerk_app.cases.finding import StatusLine, folded, parse, status_of
from clerk_app.duty.model import Roster
from clerk_app.office.oversight.kinds import look_up_words
from clerk_app.ports.finding import LookUpBy, WiderLines
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.devices import Device, Knock
from clerk_app.server.problems import ProblemError
from clerk_app.server.sign_in_events import Place, note
from clerk_app.server.signed_persons import Caller, not_him, seated
from clerk_app.server.tables import hall_head
from clerk_app.store.finding import Finder, catch_up, unwritten

SLICE = 2000
EVERYWHERE = {"duty_manager", "supervisor"}


def status(
    office: CentreOffice, device: Device, knock: Knock, caller: Caller, by: LookUpBy, number: str
) -> tuple[StatusLine, ...]:
    """状态行 for whoever sits at a window; that he asked is written down in the same transaction, found or not."""
    with office.database.writing() as connection:
        who = seated(office, connection, device, knock, caller)
        if who is None:
            raise not_him("finding-not-signed")
        cases = Finder(connection, device.hall).exactly(by, folded(number))
        words = look_up_words(by, [case.case_no for case in cases])
        note(connection, Place(device, office.now()), "case_looked_up", caller.person, words)
        return tuple(status_of(case, who.books.hall.items.get(case.item), who.books.roster.name_for) for case in cases)


def search(office: CentreOffice, device: Device, knock: Knock, caller: Caller, text: str, limit: int) -> WiderLines:
    """Of his departments' cases; the duty manager and the supervisor look through all."""
    with office.database.reading() as connection:
        who = seated(office, connection, device, knock, caller)
        if who is None:
            raise not_him("finding-not-signed")
        departments = departments_of(who.books.roster, caller.person)
        if departments == ():
            raise ProblemError(
                403, "finding-not-yours", "您不在办件的部门里，没有给。凭查询码只看状态，请问办件的窗口。"
            )
        wanted = parse(text, who.books.hall.items, office.now().date())
        found = Finder(connection, device.hall, departments).find(wanted, limit)
        return WiderLines(lines=found.lines, more=found.more)


def write_down(database: Database, say: Callable[[str], None]) -> int:
    """补编索引 of every hall, a slice a transaction, said all the while; how many cases there were."""
    with database.reading() as connection:
        halls = connection.execute(select(hall_head.c.hall).order_by(hall_head.c.hall)).scalars().all()
        left = {hall: unwritten(connection, hall) for hall in halls}
    for hall, cases in left.items():
        after, done = "", 0
        while cases and (done == 0 or after):
            with database.writing() as connection:
                after = catch_up(connection, hall, SLICE, after)
            done += SLICE
            say(f"补编办件索引：{hall} 还剩 {max(0, cases - done)} 件")
    return sum(left.values())


def departments_of(roster: Roster, person: str) -> tuple[str, ...] | None:
    """Whose cases are his business: his own department's and those of his posts. None: everybody's."""
    known = roster.people.get(person)
    if known is None:
        return ()
    if EVERYWHERE & set(known.roles):
        return None
    posts = (post.department for post in roster.posts.values() if person in (post.a, post.b))
    own = [known.department] if set(known.roles) - {"admin"} else []
    return tuple(sorted({one for one in (*own, *posts) if one}))
