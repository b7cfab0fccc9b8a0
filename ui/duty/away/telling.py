"""暂离怎么说 the question, its three answers, and the covered screen, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from clerk_app.duty.rules import Rank, rank_words
from clerk_app.hall import Hall
from clerk_app.office.duty.leaving_desk import Leaving, Left, WayOut
from ui.duty.away.view import AwayView, WayView
from ui.language import tr
from ui.widgets.strip import StripView

KEYS = {"short": "1", "while": "2", "day": "3"}
MOST_NUMBERS = 6


def tell_question(leaving: Leaving, hall: Hall, *, connected: bool) -> tuple[tuple[WayView, ...], str]:
    """The answers and the line under them."""
    ways = tuple(_way(way, leaving, hall) for way in leaving.ways)
    return ways, _foot(leaving, connected=connected)


def _way(way: WayOut, leaving: Leaving, hall: Hall) -> WayView:
    return WayView(way.choice, KEYS[way.choice], _head(way, hall), way.reason or _note(way, leaving), way.reason)


def _head(way: WayOut, hall: Hall) -> str:
    if way.choice == "short":
        return tr("一会儿")
    if way.choice == "day":
        return tr("今天不回来")
    noon = hall.roster.rules.noon_hours
    return (
        tr("到午间结束")
        if noon is not None and way.until.time() == noon[1]
        else tr("到 {until:%H:%M}", until=way.until)
    )


def _note(way: WayOut, leaving: Leaving) -> str:
    if way.choice == "short":
        minutes = round((way.until - leaving.at).total_seconds() / 60)
        return tr("{minutes} 分钟内，只登记", minutes=minutes)
    if way.noon:
        nodded = tr("已点头") if way.nodded else tr("还没点头")
        return tr(
            "{substitute} 顶岗到 {until:%H:%M}，{nodded}", substitute=way.substitute, until=way.until, nodded=nodded
        )
    if way.rank_unknown:
        return tr("大厅资料没写由谁批，先找值班长")
    cover = tr("由 {substitute} 顶", substitute=way.substitute) if way.substitute else tr("先找值班长定人顶")
    return tr("须{ranks_words}准假，{cover}", ranks_words=ranks_words(way.ranks), cover=cover)


def ranks_words(ranks: tuple[Rank, ...]) -> str:
    """值班长和首席代表."""
    return tr("和").join(rank_words[rank] for rank in ranks)


def numbers_words(numbers: tuple[str, ...]) -> str:
    """B017、B018, the first ones of many."""
    shown = tr("、").join(numbers[:MOST_NUMBERS])
    return tr("{shown} 等 {count} 个号", shown=shown, count=len(numbers)) if len(numbers) > MOST_NUMBERS else shown


def _foot(leaving: Leaving, *, connected: bool) -> str:
    if leaving.serving:
        return tr("{serving} 还在办，留在手上，回来接着办。要走得久，先回去办结（F8）。", serving=leaving.serving)
    if not leaving.numbers:
        return tr("手上没有号。")
    numbers = numbers_words(leaving.numbers)
    if connected:
        return tr("手上 {numbers} 一并交出，别的窗口接着叫，两人名字都记。", numbers=numbers)
    return tr(
        "线路断着：选 2、3 打一张交号单，同类窗口扫了就能叫 {numbers}；选 1 号留着，回来接着叫。", numbers=numbers
    )


def tell_left(left: Left, ranks: tuple[Rank, ...]) -> tuple[StripView, ...]:
    """What was asked, what was handed on, what was not taken in."""
    strips = []
    if left.refused is not None:
        head, _, rest = left.refused.sentence.partition("。")
        strips.append(StripView(tr("{head}。", head=head), tr("{rest}窗口已暂停，屏幕已锁。", rest=rest)))
    elif left.asked:
        strips.append(
            StripView(
                tr("离岗报上去了，等{ranks_words}批。", ranks_words=ranks_words(ranks)),
                tr("批了由 B角顶岗；没批先回来，就撤回。"),
                "info",
                "clock",
            )
        )
    if left.handed.numbers:
        numbers = numbers_words(left.handed.numbers)
        if left.handed.code:
            strips.append(
                StripView(
                    tr("{numbers} 交出，交号单在打。", numbers=numbers),
                    tr("同类窗口扫单子或屏幕上的码，就能叫这些号。"),
                    "info",
                    "printer",
                )
            )
        else:
            strips.append(
                StripView(
                    tr("{numbers} 已交出。", numbers=numbers), tr("别的窗口接着叫，排的位置不变。"), "ok", "check"
                )
            )
    return tuple(strips)


def tell_away(view: AwayView, until: datetime, now: datetime) -> AwayView:
    """The covered screen at this moment."""
    late = int((now - until).total_seconds() // 60)
    over = tr("，已过 {late} 分", late=late) if late > 0 else ""
    far = until.date() > now.date() or until.time().hour >= 23
    when = tr("今天不回来") if far else tr("暂离到 {until:%H:%M}{over}", until=until, over=over)
    return replace(view, phase="away", title=when, ways=(), note="")
