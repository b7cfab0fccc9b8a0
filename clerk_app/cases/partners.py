"""协办部门 the partners of a joint case as they are asked at its acceptance, each with its own clock (行政许可法 26, 42)."""

from __future__ import annotations

from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import PartnerOpinion
from clerk_app.workdays import Calendar


def partners_asked(item: Item, at: datetime, calendar: Calendar) -> tuple[PartnerOpinion, ...]:
    """抄告 every partner of a joint item, asked at this moment; it answers within the promise the whole case has."""
    if item.kind != "joint":
        return ()
    due = calendar.due(at.date(), item.promised.n, item.promised.unit).due
    return tuple(PartnerOpinion(department=partner, asked_at=at, due=due) for partner in item.partners)
