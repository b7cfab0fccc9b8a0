"""权限 may(): whether this person may do this act at this moment, with the reason and the basis. The same at both ends.

Asked for a past moment it answers for that moment: posts, leave and substitutions are intervals, and the roster is the
version the act names. Fails closed: an action without a row in the table is nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from clerk_app.command import Command, Conflict, Refusal, Stamp
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.consents import consented
from clerk_app.duty.letters import in_force
from clerk_app.duty.matrix import (
    ANYWHERE,
    BY_LETTER,
    COUNTERSIGNED,
    NOT_PROVISIONAL,
    OF_ROLE,
    PASSES,
    WITH_MENTOR,
    Cell,
    Column,
    column_words,
    matrix,
)
from clerk_app.duty.model import Person, Post, Role
from clerk_app.duty.records import Substitution
from clerk_app.duty.standing import Standing, absence_of, standing_of

_by_role: dict[Role, Column] = {"duty_manager": "duty_manager", "supervisor": "supervisor", "admin": "admin"}
_on_post: dict[Role, tuple[Column, Column]] = {
    "clerk": ("clerk_a", "clerk_b"),
    "cashier": ("cashier", "cashier"),
    "dispatcher": ("dispatcher", "dispatcher"),
}
_on_chief_post: dict[Role, tuple[Column, Column]] = {"chief_rep": ("chief_rep", "deputy")}
"""Role → what one is as the A角 of a post, and what one is as its substitute."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """一步 who would do which action, when, on which post and window, about what; `basis` is what he says it rests on."""

    actor: str
    action: str
    at: datetime
    post: str
    window: int
    subjects: tuple[str, ...] = ()
    basis: str = ""


def act_by(who: Command | Stamp, action: str, *subjects: str) -> Act:
    """这一步 by whoever stands in the command or the stamp, on what he says it rests on."""
    return Act(
        actor=who.actor, action=action, at=who.at, post=who.post, window=who.window, subjects=subjects, basis=who.basis
    )


@dataclass(frozen=True, kw_only=True)
class Yes:
    """可以办 in which capacity, for whom, and what it rests on."""

    column: Column
    cell: Cell
    basis: str
    acting_for: str | None = None


def may(act: Act, books: DutyBooks) -> Yes | Refusal:
    """Yes with the basis, or why not."""
    person = books.roster.people.get(act.actor)
    if person is None:
        return Refusal("unknown-person", f"工号 {act.actor} 不在本大厅的人员名单里，这一步没有办。找管理员核对名单。")
    row = matrix.get(act.action)
    if row is None:
        return Refusal("role-missing", "这一步还没有定由谁办，没有办。找管理员核对权限表。")
    post = books.roster.posts.get(act.post)
    if refusal := _place_refusal(act, post, books):
        return refusal
    standing = standing_of(books, person.id, post, act.at) if post else Standing()
    found = _best(act, person, post, standing)
    if found is None or found.cell not in PASSES:
        found = _by_day_letter(act, books) or _by_name(act, post) or found
    if found is None:
        return _why_not(act, person, post, standing, books)
    if found.cell not in PASSES:
        return _only(person, found, act)
    return _limits(act, person, found, standing, books) or found


def command_refusal(command: Command, action: str, books: DutyBooks) -> Refusal | None:
    """None if the command may be done as it says: by this person, in the name it says."""
    act = act_by(command, action, *command.subjects)
    if ended := _letter_ended(act, books):
        return ended
    found = may(act, books)
    if isinstance(found, Refusal):
        return found
    if command.acting_for != found.acting_for and command.acting_for not in _also_right(act, books):
        return Refusal("acting-for-wrong", "代谁办的对不上，这一步没有办。重新登录再办；还不行找值班长核对顶岗。")
    return None


def _also_right(act: Act, books: DutyBooks) -> tuple[str | None, ...]:
    """Whom he stands in for on that post, whatever he does it as: a duty manager who stands in elsewhere is still one.

    What is open to whoever works here he may do in his own name: his window need not know that he was put there.
    """
    post = books.roster.posts.get(act.post)
    stands_for = standing_of(books, act.actor, post, act.at).acting_for if post else None
    return (stands_for, None) if act.action in ANYWHERE else (stands_for,)


def _place_refusal(act: Act, post: Post | None, books: DutyBooks) -> Refusal | None:
    window = books.roster.windows.get(act.window)
    if window is None:
        return Refusal("unknown-window", f"没有 {act.window}号窗口，这一步没有办。找管理员核对窗口。")
    if not act.post and _by_role_alone(act.actor, books):
        return None
    if act.action not in COUNTERSIGNED and (post is None or post.id not in window.posts):
        return Refusal("post-elsewhere", f"岗位 {act.post} 不在{window.number}号窗口，这一步没有办。找值班长核对岗位。")
    return None


def _by_role_alone(actor: str, books: DutyBooks) -> bool:
    """Who supervises, administers or manages may sit without a post; then he has nothing but that column."""
    person = books.roster.people.get(actor)
    return person is not None and any(role in _by_role for role in person.roles)


def _columns(person: Person, post: Post | None, standing: Standing) -> list[tuple[Column, str | None]]:
    """What the person is at this moment, each with the one he acts for; what he is by role alone comes first."""
    found: list[tuple[Column, str | None]] = [(_by_role[role], None) for role in person.roles if role in _by_role]
    if post is None or standing.side is None:
        return found
    sides = _on_chief_post if post.chief else _on_post
    column = 0 if standing.side == "a" else 1
    return [*found, *((sides[role][column], standing.acting_for) for role in person.roles if role in sides)]


def _best(act: Act, person: Person, post: Post | None, standing: Standing) -> Yes | None:
    """The column that lets the most through; an act done from a post comes before one by role."""
    row, best = matrix[act.action], None
    for column, acting_for in reversed(_columns(person, post, standing)):
        cell = row[column]
        if cell == "no" or (best is not None and best.cell in PASSES):
            continue
        if best is None or cell in PASSES:
            best = Yes(column=column, cell=cell, basis=_basis(column, act.post, standing), acting_for=acting_for)
    if act.action in ANYWHERE and (best is None or best.cell not in PASSES):
        return _wherever(act, person) or best
    return best


def _wherever(act: Act, person: Person) -> Yes | None:
    """Open to whoever works here as what the table says, on his post at this moment or not."""
    row = matrix[act.action]
    of_post = {**{role: sides[0] for role, sides in _on_chief_post.items()}, **{r: s[0] for r, s in _on_post.items()}}
    of_roles = {**_by_role, **of_post}
    mine = [of_roles[role] for role in person.roles if role in of_roles]
    if not mine and all(cell in PASSES for cell in row.values()):
        mine = ["clerk_a"]  # who only approves has no column; what is open to all is open to him
    column = next((one for one in mine if row[one] in PASSES), None)
    return Yes(column=column, cell="own", basis=f"present:{act.post}") if column else None


def _by_day_letter(act: Act, books: DutyBooks) -> Yes | None:
    """带班授权 a leader on duty has a chief's powers by a letter recorded for the day; which items, the use case asks."""
    if act.action not in BY_LETTER:
        return None
    for row in books.recorded_letters_since(act.at.date()):
        mine = row.person == act.actor and "decide" in row.powers
        if mine and row.counts(act.at) and in_force(row.letter, act.at.date()):
            return Yes(column="chief_rep", cell="named", basis=f"letter:{row.document_no}")
    return None


def _by_name(act: Act, post: Post | None) -> Yes | None:
    """The deputy agrees to a hold's breaking when it was the chief himself who asked: the use case holds him to it."""
    if act.action == "agree" and post is not None and post.chief and act.actor == post.b:
        return Yes(column="deputy", cell="named", basis=f"b_role:{post.id}")
    return None


def _basis(column: Column, post: str, standing: Standing) -> str:
    if column in OF_ROLE:
        return f"role:{column}"
    if standing.substitution is not None:
        return f"substitution:{standing.substitution.id}"
    return f"a_role:{post}"


def _limits(act: Act, person: Person, found: Yes, standing: Standing, books: DutyBooks) -> Refusal | None:
    """What stands in the way of somebody who otherwise might."""
    provisional = standing.substitution is not None and standing.substitution.provisional
    if provisional and act.action in NOT_PROVISIONAL and found.column not in OF_ROLE:
        return Refusal(
            "provisional", "断线时的顶岗只办窗口的事，不决定、不用印，这一步没有办。恢复后由首席代表确认，再办。"
        )
    if found.column in OF_ROLE and act.action not in ANYWHERE:
        away = absence_of(books, person.id, act.at)
        if away is not None and away.said_by == person.id:
            return Refusal("on-leave", f"{person.name} 登记了离岗，还没返岗，这一步没有办。先按返岗，再办。")
    if act.action in WITH_MENTOR and person.learns(act.at.date()) and not consented(act, person, books):
        mentor = books.roster.name_of(person.mentor)
        return Refusal(
            "mentor-needed", f"{person.name} 在学习期，这一步要{mentor} 同意，还没有办。先请他看过，同意了再办。"
        )
    return None


def _only(person: Person, found: Yes, act: Act) -> Refusal:
    word = column_words[found.column]
    return Refusal("see-only", f"{person.name} 是{word}，这一步只能看，没有办。换有权限的人来办。")


def _why_not(act: Act, person: Person, post: Post | None, standing: Standing, books: DutyBooks) -> Refusal:
    row = matrix[act.action]
    if post is None:
        return Refusal("not-on-post", f"{person.name} 不在这个岗上，没有办。由岗上的本人来办。")
    if standing.side is None and _would(row, post, person):
        return _ended(act, books) or Refusal("not-on-post", standing.reason)
    return Refusal("role-missing", f"{person.name} 没有办这一步的身份，这一步没有办。换有权限的人来办。")


def _would(row: Mapping[Column, Cell], post: Post, person: Person) -> bool:
    """Whether somebody of his roles would get through if he acted on this post."""
    return any(row[column] in PASSES for column, _ in _columns(person, post, Standing(side="a")))


def _letter_ended(act: Act, books: DutyBooks) -> Refusal | None:
    """The recorded letter it rests on had been ended, and the window did not know: two sayings, a person decides."""
    word, _, key = act.basis.partition(":")
    rows = books.recorded_letters_since(act.at.date()) if word == "letter" else ()
    row = next((one for one in rows if one.document_no == key), None)
    if row is None or row.ended_at is None or act.at < row.ended_at or row.confirmed_at is None:
        return None
    said = f"授权书 {row.document_no} {row.ended_at:%H:%M} 已停用，这一步是在那以后办的"
    return Conflict("letter-ended", f"{said}。记着，等值班长或首席代表定。")


def _rested_on(act: Act, books: DutyBooks) -> Substitution | None:
    """The substitution an act names, or the one by which its letter was used for the chief."""
    word, _, key = act.basis.partition(":")
    if word == "substitution":
        return books.substitution(key)
    made = books.substitutions_since(act.at.date()) if word == "letter" else ()
    over = (one for one in made if (one.post, one.b) == (act.post, act.actor) and one.start <= act.at)
    return max(over, key=lambda one: (one.start, one.id), default=None)


def _ended(act: Act, books: DutyBooks) -> Refusal | None:
    """The substitution it rests on had ended early, and the window did not know: two sayings, a person decides."""
    known = _rested_on(act, books)
    if known is None or known.b != act.actor or known.ended_at is None or not known.ended_at <= act.at < known.end:
        return None
    b, who = books.roster.name_of(known.b), books.roster.name_of(known.ended_by)
    how = "已返岗" if known.ended_by == known.a else "另作了安排"
    said = f"{who} {known.ended_at:%H:%M} {how}，{b} 的顶岗到那时为止"
    return Conflict("substitution-ended", f"{said}，这一步是在那以后办的，还不算数。要不要算，由值班长或首席代表定。")
