"""出件窗口 where results are handed out: one of the window's posts has a dispatcher as its A角."""

from __future__ import annotations

from clerk_app.duty.model import Roster


def handing_windows(roster: Roster) -> tuple[int, ...]:
    """By number; a hall without any hands results out where they were taken in."""
    dispatchers = {person.id for person in roster.people.values() if "dispatcher" in person.roles}
    posts = {post.id for post in roster.posts.values() if post.a in dispatchers}
    return tuple(sorted(window.number for window in roster.windows.values() if posts.intersection(window.posts)))


def where_to_fetch(roster: Roster) -> str:
    """到哪里领 the handing-over windows in words."""
    windows = handing_windows(roster)
    return "、".join(f"{number}号" for number in windows) + "窗口" if windows else "出件窗口"
