"""请假单 the form of a new request in words: what would come of it, who could stand in, why it cannot be sent yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from clerk_app.duty.rules import ON_PAPER
from clerk_app.hall import Hall
from clerk_app.office.duty.cover_day import clock_words
from clerk_app.office.duty.cover_desk import Place, Preview, covers_of
from ui.duty.board.view import ChoiceView
from ui.duty.leave.view import FieldView, LeaveDetail
from ui.duty.leave.words import WHEN, rank_list
from ui.language import tr
from ui.weekdays import WEEKDAYS
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

NEW = "new"
ASK, DROP_DRAFT = "ask", "drop"
STEP, SEND_BACK = "Ctrl+Enter", "Ctrl+B"


@dataclass(frozen=True)
class Draft:
    """草稿 what is being asked for: the times as typed and as understood, and who was picked by post."""

    start_text: str = ""
    end_text: str = ""
    start: datetime | None = None
    end: datetime | None = None
    reason: str = ""
    chosen: dict[str, str] = field(default_factory=dict)


def tell_form(draft: Draft, preview: Preview | None, hall: Hall) -> LeaveDetail:
    """The form of a new request, what would come of it, and why it cannot be sent yet."""
    fields = (
        FieldView(
            name="start", label=tr("从什么时候"), text=draft.start_text, placeholder=WHEN, hint=_hint(draft.start)
        ),
        FieldView(name="end", label=tr("到什么时候"), text=draft.end_text, placeholder=WHEN, hint=_hint(draft.end)),
        FieldView(name="reason", label=tr("为什么"), text=draft.reason, placeholder=tr("写一句，只给批的人看")),
    )
    drop = (Act(DROP_DRAFT, tr("不报了"), SEND_BACK),)
    reason = _new_reason(draft, preview)
    bar = NextStepView(
        tr("还不能报。") if reason else tr("报上去，等着批。"), "", Act(ASK, tr("报上去"), STEP, reason), drop
    )
    short = tr(
        "{short_leave_minutes} 分以内不用报，按 Ctrl+L 暂离，只登记。",
        short_leave_minutes=hall.roster.rules.short_leave_minutes,
    )
    asked, choices, chosen = people(preview, draft.chosen, hall)
    return LeaveDetail(
        id=NEW,
        title=tr("请假或离岗"),
        words=short,
        message=_outlook(draft, preview, hall),
        fields=fields,
        asked=asked,
        choices=choices,
        chosen=chosen,
        bar=bar,
    )


def _hint(at: datetime | None) -> str:
    return (
        tr(
            "{month}月{day}日 {weekday} {clock_words}",
            month=at.month,
            day=at.day,
            weekday=WEEKDAYS[at.weekday()],
            clock_words=clock_words(at),
        )
        if at
        else tr("写成 11-23 9:00")
    )


def _new_reason(draft: Draft, preview: Preview | None) -> str:
    if draft.start is None or draft.end is None:
        return tr("先写起止时间")
    if not draft.reason.strip():
        return tr("先写为什么")
    if preview is None:
        return tr("正在看谁能顶")
    if preview.refusal is not None:
        return tr("时间不对，见上面")
    if bare_place(preview) is not None:
        return tr("这段时间没有能顶的人")
    return "" if preview.ranks else tr("大厅资料没写由谁批")


def _outlook(draft: Draft, preview: Preview | None, hall: Hall) -> StripView | None:
    """What would come of it: who must approve and who stands in; or what is in the way."""
    if preview is None:
        return None
    if preview.refusal is not None:
        return StripView(preview.refusal.sentence)
    if (bare := bare_place(preview)) is not None:
        head = hall.roster.rules.ranks.dept_head.get(bare.post.department, "")
        words = tr("请部门负责人{value}顶上或另派人，或者改时间。", value=f" {head} " if head else "")
        return StripView(tr("{name}这段时间没有能顶的人。", name=bare.post.name), words)
    if not preview.ranks:
        return StripView(tr("大厅资料没有写这么长的离岗由谁批。"), tr("请办公室先定，再报。"))
    name = hall.roster.name_of
    covers = covers_of(preview, draft.chosen)
    who = tr("，").join(
        tr("{name} 顶{name_2}", name=name(one.person), name_2=hall.roster.posts[one.post].name) for one in covers
    )
    paper = tr("批件由值班长登记。") if set(preview.ranks) & ON_PAPER else ""
    said = tr("{paper}批了以后：{who}，离岗前先交接。", paper=paper, who=who or tr("没有岗要顶"))
    return StripView(tr("要{rank_list}批。", rank_list=rank_list(preview.ranks)), said, kind="info", icon="info")


def bare_place(preview: Preview | None) -> Place | None:
    """The first post nobody could stand in on."""
    return next((place for place in preview.places if not place.free), None) if preview else None


def people(
    preview: Preview | None, chosen: dict[str, str], hall: Hall
) -> tuple[str, tuple[ChoiceView, ...], tuple[str, ...]]:
    """The question, the people by post, and who is chosen: the first, or whom one picked."""
    if preview is None or not any(place.free for place in preview.places):
        return "", (), ()
    many = len(preview.places) > 1
    views = tuple(
        ChoiceView(
            f"{place.post.id}:{person.id}", person.name, place.post.name if many else why(place.post.b, person.id)
        )
        for place in preview.places
        for person in place.free
    )[:9]
    picked = tuple(f"{one.post}:{one.person}" for one in covers_of(preview, chosen))
    return (tr("谁顶（按数字键换人，列出的都有资格、这段空着）") if len(views) > 1 else tr("谁顶")), views, picked


def why(b: str, person: str) -> str:
    """Why he is on the list."""
    return tr("B角") if person == b else tr("本部门")
