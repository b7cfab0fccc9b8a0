"""坐下来一句话 after sign-in: at which window, on which post, as what, for whom, who my chief is, and what I may not do yet."""

from __future__ import annotations

from datetime import datetime

from clerk_app.duty.model import Person, Post, Roster
from clerk_app.duty.records import Substitution
from clerk_app.duty.standing import standing_of
from clerk_app.office.duty.acting_now import acting_words
from clerk_app.office.office import Office

NOBODY = ""
_role_words = {
    "chief_rep": "首席代表", "cashier": "收费员", "dispatcher": "出件员", "duty_manager": "值班长", "admin": "管理员",
    "supervisor": "监察员",
}  # fmt: skip


def seated_words(office: Office) -> str:
    """One sentence for the status line; empty while nobody is signed in."""
    session = office.session
    if session is None:
        return NOBODY
    hall, at, person = office.hall, office.parts.clock.now(), session.person
    post = hall.roster.posts.get(session.seat.post)
    if post is None:
        return f"{session.seat.window}号窗口，{_as_what(person, None)}，没有坐岗。"
    sub = None
    if post.a != person.id:
        sub = office.read(lambda books: standing_of(books, person.id, post, at)).substitution
    capacity = acting_words(hall, post, sub, at)[0] if sub is not None else _as_what(person, post)
    parts = [f"{session.seat.window}号窗口", post.name, capacity, *_chief(hall.roster, post, person)]
    return f"{'，'.join(parts)}。{_not_yet(hall.roster, person, sub, at)}"


def _as_what(person: Person, post: Post | None) -> str:
    role = next((word for role, word in _role_words.items() if role in person.roles), "窗口人员")
    if post is None:
        return role
    return f"{role}（{'A角' if post.a == person.id else 'B角，A角在岗，只看不办'}）"


def _chief(roster: Roster, post: Post, person: Person) -> list[str]:
    """Whom he asks for the second signature; a chief has none above him here."""
    department = roster.departments.get(post.department)
    if department is None or post.chief or department.chief_rep == person.id:
        return []
    return [f"首席代表 {roster.name_of(department.chief_rep)}"]


def _not_yet(roster: Roster, person: Person, sub: Substitution | None, at: datetime) -> str:
    """What waits: a learner's acts for his mentor, a substitute's of the cut for the chief."""
    if sub is not None and sub.provisional:
        return "顶岗还没确认：先不决定、不用印。"
    if person.learner_until is not None and person.learns(at.date()):
        until = f"{person.learner_until.month}月{person.learner_until.day}日"
        return f"学习期到 {until}：受理、不予受理、告知要 {roster.name_of(person.mentor)} 同意。"
    return ""
