"""办件单的话 how many and in what order, where it was looked, and what to do when nothing was found."""

from __future__ import annotations

from datetime import datetime

from clerk_app.cases.finding import Worklist
from ui.cases.lists import Listed
from ui.cases.view import NO_CASES
from ui.widgets.empty_card import EmptyView
from ui.widgets.strip import StripView

_empty: dict[Worklist, EmptyView] = {
    "due": EmptyView("今天没有到期的办件", "超期的也没有。要看别的，换一个单子。", icon="check"),
    "mine": EmptyView("您手上没有办件", "收件以后出现在这里；顶岗时，您代的人的件也在这里。", icon="folder"),
    "authorise": EmptyView("没有等授权的办件", "提了意见、等首席代表定的件在这里。", icon="stamp"),
    "all": NO_CASES,
}
READING = EmptyView("正在取", "", icon="")
WIDER = "到中心找"


def tell_count(now: Listed) -> str:
    """13 件，按期限先后."""
    number = len(now.statuses) if now.place == "status" else len(now.lines)
    if not number:
        return ""
    if now.place == "status":
        return f"{'线路断着，本机' if now.here else '中心'}查到 {number} 件，只看状态"
    if now.place == "centre":
        return f"中心找到 {number} 件，在您部门的办件里" + ("，只列最近的" if now.more else "")
    if now.text:
        many = f"最近的 {number} 件，多打几个字再找" if now.more else f"{number} 件"
        return f"找到{'' if now.more else ' '}{many}，在本机的 {now.counts.get('all', 0)} 件里"
    return f"先列 {number} 件，按期限先后" if now.more else f"{number} 件，按期限先后"


def tell_empty(now: Listed, *, connected: bool) -> EmptyView:
    """Where it was looked, and the wider place."""
    if now.place == "status":
        rest = "线路断着，只查了本机的。线路恢复后再查。" if now.here else "核对一遍再查；查询码是 8 位，证件号要写全。"
        return EmptyView("没有这一件", rest, icon="search")
    if now.place == "centre":
        return EmptyView(
            f"中心也没有“{now.text}”",
            "在您部门的办件里找的。别的部门的件，凭查询码或证件号看状态。",
            icon="search",
        )
    if now.text:
        head, looked = f"没有找到“{now.text}”", f"在本机的 {now.counts.get('all', 0)} 件里找的"
        if not connected:
            return EmptyView(head, f"{looked}。线路断着，恢复后到中心找。", icon="search")
        return EmptyView(head, f"{looked}。少打几个字，或按 Enter 到中心找。", icon="search", link=WIDER, key="Enter")
    return READING if now.busy else _empty[now.segment]


def tell_strip(now: Listed, *, connected: bool, fresh_at: datetime | None) -> StripView | None:
    """A cut line, and an index that is still being written."""
    if now.unwritten:
        rest = f"还剩 {now.unwritten} 件。单子照常；没编到的旧件暂时找不到。"
        return StripView("正在给旧办件补编索引", rest, kind="info", icon="search")
    if connected:
        return None
    since = f"，这里是 {fresh_at:%H:%M} 的样子" if fresh_at else "，这里只有本机知道的"
    return StripView(f"线路断着{since}", "本机的件照常办；别的窗口后来改的，线路恢复后才看得到。", icon="link-off")


def tell_news(now: Listed) -> str:
    """有 2 件更新."""
    return f"有 {now.news} 件更新，点这里看" if now.news else ""
