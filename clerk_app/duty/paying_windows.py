"""收费窗口 where money is taken: one of the window's posts has a cashier as its A角 or B角."""

from __future__ import annotations

from clerk_app.duty.model import Roster


def where_to_pay(roster: Roster) -> str:
    """到哪里缴 the paying windows in words."""
    cashiers = {person.id for person in roster.people.values() if "cashier" in person.roles}
    posts = {post.id for post in roster.posts.values() if {post.a, post.b} & cashiers}
    windows = sorted(window.number for window in roster.windows.values() if posts.intersection(window.posts))
    return "、".join(f"{number}号" for number in windows) + "窗口" if windows else "收费窗口"
