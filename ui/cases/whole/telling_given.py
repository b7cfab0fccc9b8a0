"""说分办 whose the opened case is and why; whoever else opens it is told, and may go on."""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.cases.model import Case
from clerk_app.cases.routing.model import TO_BE_GIVEN, Assignment
from clerk_app.hall import Hall
from ui.language import said, tr
from ui.widgets.tag import TagView


def given_facts(row: Assignment | None, case: Case, me: str, hall: Hall) -> Iterator[tuple[str, str]]:
    """分给 and 怎么分的; nothing where the hall gives such cases to nobody."""
    if row is None:
        return
    post = hall.roster.posts.get(row.post)
    place = post.name if post is not None else row.post
    name = hall.roster.name_for(row.person, row.acting_for or None)
    who = tr("{name}（{post}）", name=name, post=place) if row.person else tr("还没有人（{post}）", post=place)
    yield tr("分给"), tr("{who}，您照样能办", who=who) if _others(row, case, me) else who
    words = said(row.words)
    yield tr("怎么分的"), tr("{words}原因：{reason}", words=words, reason=row.reason) if row.reason else words


def given_tags(row: Assignment | None, case: Case, me: str, hall: Hall) -> Iterator[TagView]:
    """不拦，只说: beside the number, for everybody but whose it is."""
    if row is None or not _others(row, case, me):
        return
    if row.person:
        yield TagView(tr("{name} 的件", name=hall.roster.name_of(row.person)), "info")
    else:
        yield TagView(tr("还没分到人"), "warn")


def _others(row: Assignment, case: Case, me: str) -> bool:
    return row.person != me and case.state in TO_BE_GIVEN
