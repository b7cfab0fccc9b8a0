"""交接怎么说 the list of a handover in one sentence and in rows, with the days that are near."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from clerk_app.duty.model import Roster
from clerk_app.duty.noon import NOON
from clerk_app.duty.records import Thing, ThingKind, thing_words
from clerk_app.office.duty.handing_over import Waiting
from ui.duty.handover.view import HandoverView, ThingView
from ui.widgets.lamp import LampKind
from ui.widgets.tag import TagView

UNITS: dict[ThingKind, str] = {
    "case": "在办 {} 件",
    "ticket": "号票 {} 个",
    "paper": "纸质材料 {} 份",
    "seal": "印章 {} 枚",
}


def tell_handover(one: Waiting, roster: Roster, now: datetime, more: int) -> HandoverView:
    """罗文静 已点头 · 等 申屠宁."""
    giver, taker = roster.name_of(one.giver), roster.name_of(one.taker)
    other = taker if one.giving else giver
    other_nodded = (one.taken_at if one.giving else one.given_at) is not None
    return HandoverView(
        id=f"{one.substitution.id}:{one.direction}",
        title=_title(one, giver, taker),
        tags=(_tag(giver, nodded=one.given_at is not None), _tag(taker, nodded=one.taken_at is not None)),
        sentence=_sentence(one, now.date()),
        report=one.words if one.direction == "back" else "",
        things=tuple(_thing(thing, now.date()) for thing in one.things),
        nod=_nod(one) if one.mine_open else "",
        asks_words=one.own_words and one.giving and one.mine_open,
        beside="" if other_nodded else other,
        more=more,
    )


def _title(one: Waiting, giver: str, taker: str) -> str:
    noon = "午间" if one.substitution.cause == NOON else ""
    if one.direction == "back":
        return f"{noon}交还给 {taker}" if one.giving else f"{giver} {noon}顶岗结束，交还给您"
    return f"{noon}交接给 {taker}" if one.giving else f"{noon}从 {giver} 接过来"


def _nod(one: Waiting) -> str:
    return "点头，交出" if one.giving else "点头，接下"


def _tag(name: str, *, nodded: bool) -> TagView:
    return TagView(f"{name} 已点头", "ok") if nodded else TagView(f"等 {name}", "warn")


def _sentence(one: Waiting, today: date) -> str:
    counts = Counter(thing.kind for thing in one.things)
    said = [UNITS[kind].format(counts[kind]) for kind in UNITS if counts[kind]]
    nearest = min((thing.due for thing in one.things if thing.kind == "case" and thing.due), default="")
    if nearest and said:
        day = date.fromisoformat(nearest)
        said[0] += "（今天到期）" if day == today else f"（最近 {_day(day, today)}到期）"
    return "、".join(said) + "。" if said else "手上没有要交的，点头就行。"


def _day(day: date, today: date) -> str:
    return "今天" if day == today else f"{day.month}月{day.day}日"


def _thing(thing: Thing, today: date) -> ThingView:
    day = date.fromisoformat(thing.due) if thing.due else None
    return ThingView(thing_words[thing.kind], thing.words, f"{_day(day, today)}到期" if day else "", _lamp(day, today))


def _lamp(day: date | None, today: date) -> LampKind | None:
    if day is None:
        return None
    if day < today:
        return "overdue"
    return "soon" if day == today else "ok"
