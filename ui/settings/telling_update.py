"""更新页的话 what runs, what waits and when it is taken, what went wrong, and the way back."""

from __future__ import annotations

from datetime import datetime

from clerk_app.office.line.updating import Outlook
from clerk_app.ports.updates import Returned, UpdateState
from ui.language import tr
from ui.settings.view import AGAIN, GO_BACK, BackupView
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView

STOP = "stop"
Rows = tuple[tuple[str, str], ...]


def update_of(outlook: Outlook | None, now: datetime, stuck: str, *, stopped: bool) -> BackupView:
    """更新. `stuck`: why one cannot go back; empty when one can."""
    if outlook is None:
        return BackupView(groups=_elsewhere(), bar=NextStepView(tr("这里没有更新要取，不用做什么。")))
    back = Act(GO_BACK, tr("退回上一版"), Key.VERSION_BACK, stuck)
    state = outlook.state
    groups = (
        (tr("现在"), _now(state)),
        (tr("等着的"), _waiting(outlook, now)),
        *(((tr("上次没成"), ((tr("为什么"), state.trouble),)),) if state.trouble else ()),
        *(((tr("上次退回"), _returned(state.returned)),) if state.returned else ()),
    )
    return BackupView(groups=groups, bar=_bar(outlook, back, now, stopped=stopped))


def _elsewhere() -> tuple[tuple[str, Rows], ...]:
    """Where programs are not replaced: why, and what stands here at a window."""
    return (
        (
            tr("这里"),
            ((tr("为什么没有"), tr("练习大厅和直接从源代码开的程序不自己换版，更新只发给装好的窗口")),),
        ),
        (
            tr("在装好的窗口"),
            (
                (tr("看得到"), tr("现在是哪一版、等着哪一版、取到哪、什么时候换")),
                (tr("什么时候换"), tr("关门以后没有人登录时，先留一份数据，不耽误办件")),
                (tr("换得不对"), tr("按 {key} 退回上一版；还有没送到中心的，先送完再退", key=Key.VERSION_BACK)),
            ),
        ),
    )


def _now(state: UpdateState) -> Rows:
    since = tr("{at:%Y-%m-%d %H:%M} 起", at=state.since.astimezone()) if state.since else tr("装好就是这一版")
    return (
        (tr("版本"), state.running),
        (tr("什么时候换的"), since),
        (tr("上一版"), state.previous or tr("没有，这台机器没有换过版本")),
    )


def _waiting(outlook: Outlook, now: datetime) -> Rows:
    state, offer = outlook.state, outlook.state.waiting
    if offer is None:
        return ((tr("版本"), tr("没有等着的更新")),)
    share = min(100, state.received * 100 // max(offer.size, 1))
    come = (
        tr("取好了，验过签名")
        if state.ready
        else tr("取了 {share}%，共 {size:.1f} MB", share=share, size=offer.size / (1 << 20))
    )
    return (
        (tr("版本"), offer.version),
        (tr("有什么"), offer.notes or tr("没有写")),
        (tr("取到哪"), come),
        (tr("什么时候换"), when_of(outlook, now)),
    )


def when_of(outlook: Outlook, now: datetime) -> str:
    """今晚 18:00 以后."""
    if not outlook.state.ready:
        return tr("取好以后，关门时换")
    quiet = outlook.quiet
    if quiet is None or quiet <= now:
        return tr("没有人登录时就换，先留一份数据")
    day = tr("今天") if quiet.date() == now.date() else f"{quiet:%m-%d}"
    return tr("{day} {at:%H:%M} 以后，没有人登录时，先留一份数据", day=day, at=quiet)


def _returned(returned: Returned) -> Rows:
    why = tr("有人按了退回") if returned.why == "asked" else tr("两次都没有起来，自己退的")
    return (
        (tr("从哪一版"), returned.version),
        (tr("什么时候"), f"{returned.at.astimezone():%Y-%m-%d %H:%M}"),
        (tr("为什么"), why),
    )


def _bar(outlook: Outlook, back: Act, now: datetime, *, stopped: bool) -> NextStepView:
    state = outlook.state
    ask = Act(AGAIN, tr("问中心有没有"), Key.NEXT_STEP)
    if state.waiting is None:
        return NextStepView(tr("现在这一版没有等着的更新。"), tr("中心放行了会自己取，不耽误办件。"), ask, (back,))
    if state.ready:
        said = tr("{version} 取好了：{when}。", version=state.waiting.version, when=when_of(outlook, now))
        return NextStepView(said, outlook.held, ask, (back,))
    if stopped:
        go_on = Act(AGAIN, tr("接着取"), Key.NEXT_STEP)
        return NextStepView(tr("停下了，取到的都留着。"), tr("重开程序会自己接着取。"), go_on, (back,))
    stop = Act(STOP, tr("停下不取"), Key.NEXT_STEP)
    return NextStepView(tr("正在取更新，不耽误办件。"), tr("断了线会自己接着取。"), stop, (back,))
