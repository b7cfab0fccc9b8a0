"""分办的经过 each giving as a line among what else happened to the case."""

from __future__ import annotations

from clerk_app.cases.history import Entry
from clerk_app.cases.routing.model import Assignment, Given, given_words
from clerk_app.duty.model import Roster


def with_givings(entries: tuple[Entry, ...], row: Assignment | None, roster: Roster) -> tuple[Entry, ...]:
    """The oldest first; what happened at one moment stays in its order."""
    if row is None:
        return entries
    return tuple(sorted((*entries, *(_entry(one, roster) for one in row.history)), key=lambda entry: entry.at))


def _entry(one: Given, roster: Roster) -> Entry:
    to = roster.name_for(one.person, one.acting_for or None) if one.person else "没有分到人"
    post = roster.posts.get(one.post)
    what = f"{given_words[one.how]}：{to}" + (f"（{post.name}）" if post is not None and one.person else "")
    return Entry(at=one.at, who=roster.name_of(one.by), what=what, note=one.reason or one.words)
