"""交接怎么说 the list of a handover in one sentence and in rows, with the days that are near."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from clerk_app.duty.model import Roster
from clerk_app.duty.noon import NOON
from clerk_app.duty.records import Thing, ThingKind, thing_words
from clerk_app.office.duty.handing_over import Waiting
from ui.duty.handover.view import HandoverView, ThingView
from ui.language import tr
from ui.widgets.lamp import LampKind
from ui.widgets.tag import TagView

UNITS: dict[ThingKind, str] = {
    "case": tr("在办 {} 件"),
    "ticket": tr("号票 {} 个"),
    "paper": tr("纸质材料 {} 份"),
    "seal": tr("印章 {} 枚"),
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
    noon = tr("午间") if one.substitution.cause == NOON else ""
    if one.direction == "back":
        return (
            tr("{noon}交还给 {taker}", noon=noon, taker=taker)
            if one.giving
            else tr("{giver} {noon}顶岗结束，交还给您", giver=giver, noon=noon)
        )
    return (
        tr("{noon}交接给 {taker}", noon=noon, taker=taker)
        if one.giving
        else tr("{noon}从 {giver} 接过来", noon=noon, giver=giver)
    )


def _nod(one: Waiting) -> str:
    return tr("点头，交出") if one.giving else tr("点头，接下")


def _tag(name: str, *, nodded: bool) -> TagView:
    return TagView(tr("{name} 已点头", name=name), "ok") if nodded else TagView(tr("等 {name}", name=name), "warn")


def _sentence(one: Waiting, today: date) -> str:
    counts = Counter(thing.kind for thing in one.things)
    said = [UNITS[kind].format(counts[kind]) for kind in UNITS if counts[kind]]
    nearest = min((thing.due for thing in one.things if thing.kind == "case" and thing.due), default="")
    if nearest and said:
        day = date.fromisoformat(nearest)
        said[0] += tr("（今天到期）") if day == today else tr("（最近 {day}到期）", day=_day(day, today))
    return tr("、").join(said) + tr("。") if said else tr("手上没有要交的，点头就行。")


def _day(day: date, today: date) -> str:
    return tr("今天") if day == today else tr("{month}月{day}日", month=day.month, day=day.day)


def _thing(thing: Thing, today: date) -> ThingView:
    day = date.fromisoformat(thing.due) if thing.due else None
    return ThingView(
        thing_words[thing.kind], thing.words, tr("{day}到期", day=_day(day, today)) if day else "", _lamp(day, today)
    )


def _lamp(day: date | None, today: date) -> LampKind | None:
    if day is None:
        return None
    if day < today:
        return "overdue"
    return "soon" if day == today else "ok"
