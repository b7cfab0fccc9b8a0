"""看得到哪几页 which pages a person's desk has: who only administers or supervises handles no case, and an administrator sees none."""

from __future__ import annotations

from clerk_app.cases.routing.on_duty import headed_posts
from clerk_app.duty.model import Person, Role
from clerk_app.hall import Hall

COUNTER, CASES, FORM, SEALING, PRINTING, SYNC, DUTY, POSTS, AUDIT, ROSTER, WATCH, REPORT, TODAY, REGISTER, HALL, FEES = (
    "counter", "cases", "form", "sealing", "printing", "sync", "duty", "board", "audit", "roster", "watch", "report",
    "today", "register", "hall", "fees",
)  # fmt: skip
HANDING, SETTINGS, MANAGING, BACK_ENTRY, INBOX = "handing", "settings", "managing", "back_entry", "inbox"
_of_all = frozenset({TODAY, SYNC, POSTS, WATCH})
"""Of everybody who serves people: his day, what has not come through, his leave, his own cards."""
_of_roles: tuple[tuple[frozenset[Role], frozenset[str]], ...] = (
    (
        frozenset({"clerk", "chief_rep", "duty_manager", "window_head"}),
        frozenset({COUNTER, CASES, FORM, SEALING, PRINTING, DUTY, REGISTER}) | _of_all,
    ),
    (frozenset({"cashier"}), frozenset({COUNTER, FEES, PRINTING}) | _of_all),
    (frozenset({"dispatcher"}), frozenset({COUNTER, HANDING, CASES, PRINTING}) | _of_all),
    (frozenset({"supervisor"}), frozenset({CASES, DUTY, SYNC, AUDIT, ROSTER, WATCH, REPORT, REGISTER})),
    (frozenset({"admin"}), frozenset({AUDIT, ROSTER})),
    (frozenset({"duty_manager", "chief_rep"}), frozenset({AUDIT, REPORT})),
    (frozenset({"duty_manager"}), frozenset({ROSTER})),
    (frozenset({"duty_manager", "supervisor"}), frozenset({HALL})),
    (frozenset({"admin", "duty_manager", "supervisor"}), frozenset({MANAGING})),
    (frozenset({"clerk", "chief_rep", "duty_manager"}), frozenset({BACK_ENTRY})),
)


def pages_for(person: Person) -> frozenset[str]:
    """The keys of the pages; everybody's desk has 岗位 and 设置.

    A supervisor reads cases and waits for no ticket; an administrator has neither, nor the pages that show slips (打印) or
    the two values of a field (同步), nor tasks about cases (待办). 大厅 is the duty manager's; a supervisor looks on. A cashier
    works on three, 叫号, 收费 and 打印: he takes in and seals nothing; 出件 is the dispatcher's. 管理 belongs to who administers,
    who confirms, and who looks on; 补录 to who takes in and checks.
    """
    roles = set(person.roles)
    pages = {POSTS, SETTINGS}
    for whose, theirs in _of_roles:
        if roles & whose:
            pages |= theirs
    return frozenset(pages)


def pages_in(hall: Hall, person: Person) -> frozenset[str]:
    """Those; 管理 with its 分办 alone for the head of windows that cases are given out to; 收件箱 for who takes in, where the hall has one."""
    pages = pages_for(person)
    if hall.inbox.open and {"clerk", "chief_rep"} & set(person.roles):
        pages |= {INBOX}
    return pages | {MANAGING} if headed_posts(hall.roster, hall.routing, person.id) else pages


def first_page(person: Person, *, calls: bool = True) -> str:
    """Where a sign-in begins: results for who hands them out; at a seat that calls nobody, what waits for the chief representative."""
    pages = pages_for(person)
    if HANDING in pages:
        return HANDING
    if not calls and "chief_rep" in person.roles:
        return SEALING
    return next(key for key in (COUNTER, AUDIT, POSTS) if key in pages)
