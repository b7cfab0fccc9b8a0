"""权限 may(): whether this person may do this act at this post and window (roles × actions, rules of the hall).

Fails closed: an action that is not in the table is nobody's. Asked in both offices before every move.
"""

from __future__ import annotations

from clerk_app.command import Command, Refusal
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import Post, Role

_queue_roles: tuple[Role, ...] = ("clerk", "duty_manager", "cashier", "dispatcher", "chief_rep")
_case_roles: tuple[Role, ...] = ("clerk", "chief_rep")

actions: dict[str, tuple[Role, ...]] = {
    "queue": _queue_roles,
    "case": _case_roles,
    "decide": ("chief_rep", "clerk"),
    "deliver": ("clerk", "dispatcher"),
    "paper": (*_queue_roles, "supervisor", "admin"),
    "present": (*_queue_roles, "supervisor", "admin"),
    "hand": (*_queue_roles, "supervisor", "admin"),
    "settle": (*_queue_roles, "supervisor", "admin"),
    "tasks": ("duty_manager", "chief_rep"),
    "break": ("duty_manager",),
    "agree": ("chief_rep",),
}
countersigned = ("decide", "agree")
"""Given by PIN at whatever window, from one's own post."""


def may(command: Command, action: str, books: DutyBooks) -> Refusal | None:
    """None if allowed, else why not.

    The actor must be known, hold a role for the action, and sit on a post of this window as its A角.
    """
    roster = books.roster
    person = roster.people.get(command.actor)
    if person is None:
        return Refusal(
            "unknown-person", f"工号 {command.actor} 不在本大厅的人员名单里，这一步没有办。找管理员核对名单。"
        )
    roles = actions.get(action, ())
    if not set(person.roles) & set(roles):
        return Refusal("role-missing", f"{person.name} 没有办这一步的身份，这一步没有办。换有权限的人来办。")
    if action in countersigned:
        return _decider_refusal(command, action, books, person.name)
    window = roster.windows.get(command.window)
    if window is None:
        return Refusal("unknown-window", f"没有 {command.window}号窗口，这一步没有办。找管理员核对窗口。")
    post = roster.posts.get(command.post)
    if post is None or post.id not in window.posts:
        return Refusal(
            "post-elsewhere", f"岗位 {command.post} 不在{window.number}号窗口，这一步没有办。找值班长核对岗位。"
        )
    return _seat_refusal(command, post, person.name)


def _seat_refusal(command: Command, post: Post, name: str) -> Refusal | None:
    """Only the A角 himself: without a substitution in force nobody acts for another (fail closed)."""
    if command.actor == post.a and command.acting_for is None:
        return None
    return Refusal("not-on-post", f"{name} 现在不在{post.name}的岗上，这一步没有办。本人到岗，或找值班长安排顶岗。")


def _decider_refusal(command: Command, action: str, books: DutyBooks, name: str) -> Refusal | None:
    """A countersignature is no sign-in: it may be given at any window, but only from a chief's post or by a named decider."""
    post = books.roster.posts.get(command.post)
    if post is None or command.actor not in (post.a, post.b):
        return Refusal("not-on-post", f"{name} 不在这个岗上，没有授权。由首席代表本人授权。")
    if action != "decide" and not post.chief:
        return Refusal("not-on-post", f"{name} 不在首席代表岗上，没有办。由首席代表本人来。")
    if not post.chief and command.actor != post.a:
        return Refusal("not-on-post", f"{name} 现在不在{post.name}的岗上，没有授权。由本人授权。")
    return None
