"""说待办 from tasks to the duty manager's page: what it is, how long it waits, what must be typed, what ends it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from clerk_app.hall import Hall
from clerk_app.oversight.model import HoldBreak, Task, task_words
from ui.language import tr
from ui.oversight.duty_view import AskView, TaskDetail, TaskRowView
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView

CLOSE, AGREE, RATIFY, TAKEN_BACK, LIST = "close", "agree", "ratify", "taken_back", "list"
LAMPS: dict[str, LampKind] = {"silent_device": "cut", "break": "busy", "lapse": "soon"}
MANAGERS = frozenset({"duty_manager", "chief_rep"})
NOTE = AskView(label=tr("怎么了结的"), placeholder=tr("写一句，会记入流水"))


def waited(since: datetime, now: datetime) -> str:
    """12 分钟, 3 小时, 2 天."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return tr("{minutes} 分钟", minutes=minutes)
    return (
        tr("{minutes} 小时", minutes=minutes // 60)
        if minutes < 48 * 60
        else tr("{minutes} 天", minutes=minutes // (24 * 60))
    )


def tell_task_row(task: Task, name: str, now: datetime) -> TaskRowView:
    """One line: its kind, what it is about, where, how long."""
    first = task.words.partition("。")[0]
    return TaskRowView(
        id=task.id,
        kind=f"{task_words[task.kind]}　{name}".strip("　"),
        words=first,
        window=tr("{window}号", window=task.window) if task.window else "",
        age=waited(task.made_at, now),
        lamp=LAMPS.get(task.kind, "unknown"),
    )


def tell_task(task: Task, name: str, hall: Hall, roles: Iterable[str], asked: HoldBreak | None) -> TaskDetail:
    """The task in whole sentences and the step that ends it; a chief's PIN for a hold to be broken."""
    reason = "" if set(roles) & MANAGERS else tr("要值班长或首席代表来办")
    facts = [(tr("哪一件"), name)] if name else []
    place = hall.roster.windows.get(task.window)
    if place is not None:
        facts.append((tr("窗口"), tr("{number}号 {name}", number=place.number, name=place.name)))
    maker = hall.roster.people.get(task.made_by)
    facts.append((tr("谁提的"), maker.name if maker else tr("中心")))
    facts.append((tr("什么时候"), f"{task.made_at:%m-%d %H:%M}"))
    asks, bar = _step(task, reason, asked)
    return TaskDetail(
        id=task.id,
        title=task_words[task.kind],
        words=task.words,
        facts=tuple(facts),
        asks=asks,
        bar=bar,
    )


def _step(task: Task, reason: str, asked: HoldBreak | None) -> tuple[tuple[AskView, ...], NextStepView]:
    close = Act(CLOSE, tr("销掉"), reason=reason)
    if task.kind == "break" and asked is not None and not asked.agreed_by:
        person = AskView(label=tr("首席代表工号"), placeholder=tr("同意的人，不能是提的人"))
        pin = AskView(label=tr("首席代表 PIN"), secret=True)
        step = Act(AGREE, tr("同意解除占用"), Key.NEXT_STEP)
        words = NextStepView(
            tr("值班长提，首席代表同意，两个人"),
            tr("解除之后，原窗口回来的动作中心不收。"),
            step=step,
            seconds=(close,),
        )
        return (person, pin, NOTE), words
    if task.kind == "conflict" and task.command:
        step = Act(RATIFY, tr("追认"), Key.NEXT_STEP, reason)
        seconds = (Act(TAKEN_BACK, tr("不认，收回"), reason=reason), close)
        return (NOTE,), NextStepView(tr("当时有效，认还是不认"), step=step, seconds=seconds)
    if task.kind == "take_back" and task.command:
        step = Act(TAKEN_BACK, tr("纸收回了"), Key.NEXT_STEP, reason)
        return (NOTE,), NextStepView(tr("打电话请群众来换，收回来再记"), step=step, seconds=(close,))
    if task.kind == "silent_device":
        step = Act(LIST, tr("列出没见着的号"), Key.NEXT_STEP, reason)
        return (NOTE,), NextStepView(tr("机器坏了就照回执补录；只是断线就等它"), step=step, seconds=(close,))
    step = Act(CLOSE, tr("销掉"), Key.NEXT_STEP, reason)
    if task.kind == "unassigned":
        return (NOTE,), NextStepView(tr("到管理的分办里分给人"), tr("分给人，这条自己就销了。"), step=step)
    return (NOTE,), NextStepView(tr("办好了写一句，销掉"), step=step)
