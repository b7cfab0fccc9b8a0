"""请假的话 rows and details of the leave page: what waits, what is asked, what follows from each button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.duty.records import Absence, Substitution
from clerk_app.duty.rules import ON_PAPER, rank_words
from clerk_app.hall import Hall
from clerk_app.office.duty.cover_day import clock_words
from clerk_app.office.duty.cover_desk import LeaveDesk, Opening, Preview, Request
from ui.duty.leave.form import NEW, SEND_BACK, STEP, Draft, bare_place, people, tell_form
from ui.duty.leave.view import FieldView, LeaveDetail, LeaveRow, LeaveView
from ui.duty.leave.words import rank_list, span_words, state_words
from ui.language import tr
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

APPROVE, REFUSE, WITHDRAW, BACK = "approve", "refuse", "withdraw", "back"
CONFIRM, END, STEP_IN = "confirm", "end", "step_in"


@dataclass(frozen=True)
class Shown:
    """读到的 the desk, the chosen row's key, the draft if one is open, and what would come of it."""

    desk: LeaveDesk
    key: str
    draft: Draft | None
    preview: Preview | None
    chosen: dict[str, str]
    connected: bool


def tell_leave(shown: Shown, hall: Hall) -> LeaveView:
    """The page."""
    desk = shown.desk
    waits = len(desk.waiting) + (len(desk.to_confirm) if desk.may_confirm else 0)
    rows = [*_draft_rows(shown), *(_request_row(one, desk, hall, waits=True) for one in desk.waiting)]
    rows += [_confirm_row(one, hall) for one in desk.to_confirm]
    rows += [_request_row(one, desk, hall) for one in desk.mine]
    rows += [_opening_row(one, hall) for one in desk.openings]
    rows += [_request_row(one, desk, hall) for one in desk.others]
    return LeaveView(
        note=tr("等您定 {waits} 条", waits=waits) if waits else "",
        rows=tuple(rows),
        detail=_detail(shown, hall, rows[0].id if rows else ""),
    )


def _draft_rows(shown: Shown) -> list[LeaveRow]:
    if shown.draft is None:
        return []
    return [LeaveRow(id=NEW, who=tr("新的请假"), words=tr("还没报上去"), state=tr("在填"), lamp="soon")]


def _request_row(one: Request, desk: LeaveDesk, hall: Hall, *, waits: bool = False) -> LeaveRow:
    row = one.row
    own = row.person == desk.me
    lamps: dict[str, LampKind] = {"asked": "soon" if waits else "waiting", "refused": "unknown", "withdrawn": "waiting"}
    lamp = lamps.get(row.state, "done")
    return LeaveRow(
        id=row.id,
        who=tr("我") if own else hall.roster.name_of(row.person),
        words=span_words(row.start, row.until),
        state=tr("等您批") if waits else state_words(row, one.still, desk.at),
        lamp=lamp,
        tag="warn" if waits else "plain",
    )


def _confirm_row(one: Substitution, hall: Hall) -> LeaveRow:
    name = hall.roster.name_of
    words = tr("代 {name}，{span_words}", name=name(one.a), span_words=span_words(one.start, one.until))
    return LeaveRow(
        id=f"sub:{one.id}",
        who=tr("{name} 顶岗", name=name(one.b)),
        words=words,
        state=tr("断线时顶，待确认"),
        lamp="unknown",
        tag="warn",
    )


def _opening_row(one: Opening, hall: Hall) -> LeaveRow:
    name = hall.roster.name_of(one.post.a)
    words = "{name} {value}".format(name=name, value=tr("登记了离岗，没人顶") if one.absence else tr("今天还没登录"))
    return LeaveRow(
        id=f"step:{one.post.id}", who=one.post.name, words=words, state=tr("您可以顶上"), lamp="soon", tag="info"
    )


def _detail(shown: Shown, hall: Hall, first: str) -> LeaveDetail | None:
    desk, key = shown.desk, shown.key or first
    if key == NEW and shown.draft is not None:
        return tell_form(shown.draft, shown.preview, hall)
    if (sub := next((one for one in desk.to_confirm if f"sub:{one.id}" == key), None)) is not None:
        return _to_confirm(shown, sub, hall)
    if (opening := next((one for one in desk.openings if f"step:{one.post.id}" == key), None)) is not None:
        return _to_step_in(shown, opening, hall)
    request = desk.request(key)
    if request is None:
        return None
    if request in desk.waiting:
        return _to_approve(shown, request, hall)
    return _to_read(shown, request, hall)


def _facts(row: Absence, hall: Hall, *, reason: bool = True) -> tuple[tuple[str, str], ...]:
    name = hall.roster.name_of
    covers = tr("，").join(
        tr("{name}由{name_2}", name=hall.roster.posts[one.post].name, name_2=name(one.person))
        for one in row.covers
        if one.post in hall.roster.posts
    )
    given = tr("，").join(
        f"{rank_words[one.rank]} {one.name or name(one.by)}{f' {one.document_no}' if one.document_no else ''}"
        for one in row.approvals
    )
    found = (
        (tr("时间"), span_words(row.start, row.until)),
        (tr("为什么"), row.reason if reason else ""),
        (tr("谁顶"), covers),
    )
    return tuple(pair for pair in (*found, (tr("已批"), given), (tr("批语"), row.note)) if pair[1])


def _to_approve(shown: Shown, one: Request, hall: Hall) -> LeaveDetail:
    row, rank = one.row, one.mine
    name = hall.roster.name_of(row.person)
    paper = rank in ON_PAPER
    asked, choices, chosen = people(shown.preview, {**{c.post: c.person for c in row.covers}, **shown.chosen}, hall)
    fields = (
        (FieldView(name="number", label=tr("{signer} 的批件文号", signer=one.signer), placeholder=tr("照纸件写")),)
        if paper
        else ()
    )
    word = (
        tr("登记{signer}的批件", signer=one.signer)
        if paper
        else tr("以{rank_words}批准", rank_words=rank_words[rank])
        if rank
        else tr("批准")
    )
    last = one.still == ((rank,) if rank else ())
    after = (
        tr("批了就生效。")
        if last
        else tr("还要{rank_list}批。", rank_list=rank_list([r for r in one.still if r != rank]))
    )
    bare = bare_place(shown.preview) is not None
    act = Act(APPROVE, word, STEP, tr("这段时间没有能顶的人") if bare else "")
    message = _bare_strip(shown.preview) if bare else None
    return LeaveDetail(
        id=row.id,
        title=tr("{name} 请假", name=name),
        message=message,
        facts=_facts(row, hall),
        fields=(*fields, FieldView(name="note", label=tr("不准的话，写一句为什么"), placeholder=tr("准就不用写"))),
        asked=asked,
        choices=choices,
        chosen=chosen,
        bar=NextStepView(tr("批准{name}离岗。", name=name), after, act, (Act(REFUSE, tr("不准"), SEND_BACK),)),
    )


def _bare_strip(preview: Preview | None) -> StripView | None:
    place = bare_place(preview)
    if place is None:
        return None
    return StripView(
        tr("{name}这段时间没有能顶的人。", name=place.post.name),
        tr("准了就空岗，所以批不了。请部门负责人顶上或另派人，或退回改时间。"),
    )


def _to_read(shown: Shown, one: Request, hall: Hall) -> LeaveDetail:
    desk, row = shown.desk, one.row
    own = row.person == desk.me
    name = tr("我") if own else hall.roster.name_of(row.person)
    state = state_words(row, one.still, desk.at)
    return LeaveDetail(
        id=row.id,
        title=tr("{name}：{state}", name=name, state=state),
        facts=_facts(row, hall, reason=own or desk.may_confirm),
        bar=_own_bar(row, state, desk.at) if own else None,
    )


def _own_bar(row: Absence, state: str, at: datetime) -> NextStepView | None:
    if row.state == "asked":
        return NextStepView(
            tr("还没批，可以撤回。"), tr("撤回后可以改时间另报。"), None, (Act(WITHDRAW, tr("撤回"), SEND_BACK),)
        )
    if not row.counts or row.until <= at:
        return None
    if row.start <= at:
        return NextStepView(tr("回来了就按返岗。"), tr("离岗和顶岗都到这一刻为止。"), Act(BACK, tr("返岗"), STEP))
    return NextStepView(tr("不去了可以取消。"), tr("顶岗也一起取消。"), None, (Act(BACK, tr("取消离岗"), SEND_BACK),))


def _to_confirm(shown: Shown, sub: Substitution, hall: Hall) -> LeaveDetail:
    name = hall.roster.name_of
    post = hall.roster.posts[sub.post]
    own = sub.b == shown.desk.me
    reason = tr("顶岗的是您本人，须另一人确认") if own else "" if shown.connected else tr("恢复后确认")
    facts = (
        (tr("岗位"), post.name),
        (tr("时间"), span_words(sub.start, sub.until)),
        (tr("谁顶"), tr("{name} 代 {name_2}", name=name(sub.b), name_2=name(sub.a))),
    )
    seconds = () if own else (Act(END, tr("现在结束"), SEND_BACK),)
    return LeaveDetail(
        id=f"sub:{sub.id}",
        title=tr("{name} 断线时顶了{name_2}", name=name(sub.b), name_2=post.name),
        words=tr("确认以前只办窗口的事，不决定、不用印。"),
        facts=facts,
        bar=NextStepView(
            tr("确认后有 A角的全部权限。"),
            tr("到 {clock_words} 为止。", clock_words=clock_words(sub.until)),
            Act(CONFIRM, tr("确认顶岗"), STEP, reason),
            seconds,
        ),
    )


def _to_step_in(shown: Shown, one: Opening, hall: Hall) -> LeaveDetail:
    name = hall.roster.name_of(one.post.a)
    said = (
        tr("{name} 登记了离岗，没有定人顶。", name=name)
        if one.absence
        else tr("{name} 今天还没登录。没来就由您顶上，他到岗登录就结束。", name=name)
    )
    cut = "" if shown.connected else tr("线路断着：先办窗口的事，不决定、不用印，恢复后确认。")
    reason = tr("断线时不能代首席代表") if one.post.chief and not shown.connected else ""
    fields = (
        ()
        if one.absence
        else (FieldView(name="reason", label=tr("为什么"), text=tr("还没到岗"), placeholder=tr("写一句")),)
    )
    return LeaveDetail(
        id=f"step:{one.post.id}",
        title=tr("顶上{window}号{name}", window=one.window, name=one.post.name),
        words=said,
        fields=fields,
        bar=NextStepView(
            tr("顶到下班，记在您名下，写“代 {name}”。", name=name), cut, Act(STEP_IN, tr("顶上"), STEP, reason)
        ),
    )
