"""收件的下一步 what one key does with what stands in the receive pane, and why not yet: pure over what is typed."""

from __future__ import annotations

from ui.language import tr
from ui.queueing.days import read_day
from ui.queueing.view import (
    BACK_TO_CASE,
    EXTERNAL,
    FINISH,
    NOTIFY,
    RECEIVE,
    SPOT,
    AskView,
    ExternalForm,
    ItemChoice,
    ReceiveForm,
    ReceiveView,
)
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView

IN_ORDER = tr("材料齐全，符合法定形式。")


def receive_step(view: ReceiveView | None, item: ItemChoice | None, form: ReceiveForm) -> NextStepView:
    """收件, or for an item of one sitting everything at once."""
    reason = view.blocked if view else ""
    if not reason and item is None:
        reason = tr("先选事项")
    elif not reason and not form.name:
        reason = tr("还没填申请人")
    answer = Act(NOTIFY, tr("不收怎么答"), Key.NOTICE, tr("先选事项") if item is None else "")
    back = (Act(BACK_TO_CASE, tr("回到上一件"), "Esc"),) if view is not None and view.another else ()
    if item is None and view is not None and view.done:
        return NextStepView(view.done, tr("还有别的事，选好事项接着办。"), Act(FINISH, tr("办结本号"), Key.NEXT_STEP))
    if item is None:
        note = tr("选好事项，填申请人，勾上带来的材料。")
        return NextStepView(
            tr("下一步：收件。"), note, Act(RECEIVE, tr("收件"), Key.NEXT_STEP, reason), (*back, answer)
        )
    if item.one_sitting and not (view and view.learning):
        return _at_once(view, item, form, reason, (*back, answer))
    note = tr(
        "带来 {count} / {count_2} 样材料，没带齐也能收，受理前补。",
        count=len(form.brought),
        count_2=len(item.materials),
    )
    return NextStepView(tr("下一步：收件。"), note, Act(RECEIVE, tr("收件"), Key.NEXT_STEP, reason), (*back, answer))


def _at_once(
    view: ReceiveView | None, item: ItemChoice, form: ReceiveForm, reason: str, others: tuple[Act, ...]
) -> NextStepView:
    missing = [paper.name for paper in item.materials if paper.essential and paper.name not in form.brought]
    why = reason or (
        tr("还缺必备材料：{missing}{value}", missing=missing[0], value=tr("等") if len(missing) > 1 else "")
        if missing
        else ""
    )
    why = why or ("" if form.opinion else tr("还没写审查意见"))
    whom = tr("首席代表{chief}", chief=item.chief) if item.chief else tr("首席代表")
    note = tr("人在窗口等结果，不打回执；先走的再打。")
    if view is not None and view.cut and item.second:
        note = tr("断线期间收的，按第二时限 {second}承诺，回执上写明。", second=item.second)
    return NextStepView(
        tr("一次办完：收件、受理，提给{whom}。", whom=whom),
        note,
        Act(SPOT, tr("收件、受理并提交"), Key.NEXT_STEP, why),
        (*others, Act(RECEIVE, tr("先收件"), "", reason)),
    )


def spot_ask(view: ReceiveView | None, item: ItemChoice | None) -> AskView | None:
    """签名一的意见 asked of an item of one sitting; what such an item is checked for stands there already."""
    if view is None or item is None or not item.one_sitting or view.learning:
        return None
    return AskView(
        id=f"spot {view.id} {item.code}",
        label=tr("审查意见（签名一）"),
        placeholder=tr("写一句为什么可以办"),
        empty=tr("还没写审查意见"),
        preset=IN_ORDER,
    )


def external_step(view: ReceiveView | None, form: ExternalForm) -> NextStepView:
    """记下 what the other system said."""
    reason = view.blocked if view else ""
    if not reason and not form.outcome:
        reason = tr("先说办得怎么样")
    elif not reason and form.outcome == "taken" and not form.number:
        reason = tr("还没写部门系统的编号")
    elif not reason and day_finding(view, form.promised):
        reason = tr("日期写成 12-04")
    taken = form.outcome in ("taken", "finished")
    note = tr("单子上写部门系统的编号和日期，进度凭编号查。") if taken else tr("只记号票、事项和结果，不打单子。")
    step = Act(EXTERNAL, tr("记下并打印") if taken else tr("记下"), Key.NEXT_STEP, reason)
    return NextStepView(tr("下一步：记下部门系统里的结果。"), note, step)


def day_finding(view: ReceiveView | None, typed: str) -> str:
    """What is wrong with a typed day; nothing for an empty one."""
    if not typed or view is None or view.today is None:
        return ""
    return "" if read_day(typed, view.today) else tr("写成 12-04 或 2026-12-04")
