"""办件单的话 how many and in what order, where it was looked, and what to do when nothing was found."""

from __future__ import annotations

from datetime import datetime

from clerk_app.cases.finding import Worklist
from ui.cases.lists import Listed
from ui.cases.view import NO_CASES
from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.strip import StripView

_empty: dict[Worklist, EmptyView] = {
    "due": EmptyView(tr("今天没有到期的办件"), tr("超期的也没有。要看别的，换一个单子。"), icon="check"),
    "mine": EmptyView(tr("您手上没有办件"), tr("收件以后出现在这里；顶岗时，您代的人的件也在这里。"), icon="folder"),
    "assigned": EmptyView(tr("没有分给您的办件"), tr("自动分给您的、改分给您的，受理以后都在这里。"), icon="folder"),
    "authorise": EmptyView(tr("没有等授权的办件"), tr("提了意见、等首席代表定的件在这里。"), icon="stamp"),
    "all": NO_CASES,
}
READING = EmptyView(tr("正在取"), "", icon="")
WIDER = tr("到中心找")


def tell_count(now: Listed) -> str:
    """13 件，按期限先后."""
    number = len(now.statuses) if now.place == "status" else len(now.lines)
    if not number:
        return ""
    if now.place == "status":
        return tr(
            "{value}查到 {number} 件，只看状态", value=tr("线路断着，本机") if now.here else tr("中心"), number=number
        )
    if now.place == "centre":
        return tr("中心找到 {number} 件，在您部门的办件里", number=number) + (tr("，只列最近的") if now.more else "")
    if now.text:
        many = tr("最近的 {number} 件，多打几个字再找", number=number) if now.more else tr("{number} 件", number=number)
        return tr(
            "找到{value}{many}，在本机的 {value_2} 件里",
            value="" if now.more else " ",
            many=many,
            value_2=now.counts.get("all", 0),
        )
    if now.own is not None:
        return tr(
            "{number} 件，今天到期 {today}，超期 {overdue}，本周办结 {done}",
            number=number,
            today=now.own.due_today,
            overdue=now.own.overdue,
            done=now.own.done,
        )
    return (
        tr("先列 {number} 件，按期限先后", number=number) if now.more else tr("{number} 件，按期限先后", number=number)
    )


def tell_empty(now: Listed, *, connected: bool) -> EmptyView:
    """Where it was looked, and the wider place."""
    if now.place == "status":
        rest = (
            tr("线路断着，只查了本机的。线路恢复后再查。")
            if now.here
            else tr("核对一遍再查；查询码是 8 位，证件号要写全。")
        )
        return EmptyView(tr("没有这一件"), rest, icon="search")
    if now.place == "centre":
        return EmptyView(
            tr("中心也没有“{text}”", text=now.text),
            tr("在您部门的办件里找的。别的部门的件，凭查询码或证件号看状态。"),
            icon="search",
        )
    if now.text:
        head, looked = (
            tr("没有找到“{text}”", text=now.text),
            tr("在本机的 {value} 件里找的", value=now.counts.get("all", 0)),
        )
        if not connected:
            return EmptyView(head, tr("{looked}。线路断着，恢复后到中心找。", looked=looked), icon="search")
        return EmptyView(
            head,
            tr("{looked}。少打几个字，或按 Enter 到中心找。", looked=looked),
            icon="search",
            link=WIDER,
            key="Enter",
        )
    return READING if now.busy else _empty[now.segment]


def tell_strip(now: Listed, *, connected: bool, fresh_at: datetime | None) -> StripView | None:
    """A cut line, and an index that is still being written."""
    if now.unwritten:
        rest = tr("还剩 {unwritten} 件。单子照常；没编到的旧件暂时找不到。", unwritten=now.unwritten)
        return StripView(tr("正在给旧办件补编索引"), rest, kind="info", icon="search")
    if connected:
        return None
    since = tr("，这里是 {fresh_at:%H:%M} 的样子", fresh_at=fresh_at) if fresh_at else tr("，这里只有本机知道的")
    return StripView(
        tr("线路断着{since}", since=since),
        tr("本机的件照常办；别的窗口后来改的，线路恢复后才看得到。"),
        icon="link-off",
    )


def tell_news(now: Listed) -> str:
    """有 2 件更新."""
    return tr("有 {news} 件更新，点这里看", news=now.news) if now.news else ""
