"""说次序 a line's tickets with why each stands there, and the acts as forms: figures first, then what must be typed; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from clerk_app.hall import Hall
from clerk_app.office.oversight.hall_reading import HallNow
from clerk_app.oversight.queue_figures import LineFigures, waits_since
from clerk_app.queueing.explaining import reason_of
from clerk_app.queueing.model import LARGE, TOP, VISUAL, Ticket
from clerk_app.queueing.rules import QueueRules
from ui.hall.order_page import FREE, MOVE, STOP
from ui.hall.telling_now import NONE, ONLY_MANAGER, span_words, tell_cut
from ui.hall.view import OrderView
from ui.language import tr
from ui.oversight.duty_view import AskView, TaskDetail
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row
from ui.widgets.tag import TagView

LIFT, OPEN, LEAVE = "lift", "open", "leave"
MOMENT = "%Y-%m-%d %H:%M"
Name = Callable[[str], str]


def why_there(ticket: Ticket, now: datetime, rules: QueueRules, name: Name) -> str:
    """为什么排在这里, as short as it can be said."""
    if not ticket.due(now) and ticket.appointment is not None:
        return tr("预约 {appointment:%H:%M}，还没到", appointment=ticket.appointment)
    own, taken = reason_of(ticket, rules, name, now), tr("{taken_at:%H:%M} 取号", taken_at=ticket.taken_at)
    if own and ticket.rank == TOP:
        return own
    return tr("{own}，{taken}", own=own, taken=taken) if own else taken


def tell_order(
    now: HallNow, hall: Hall, letter: str, chosen: str, form: TaskDetail | None, cut: datetime | None
) -> OrderView:
    """The line with the ticket under the hand, or the act at hand."""
    rules, moment, name = hall.queue, now.figures.now, hall.roster.name_of
    waiting = now.waiting(letter, rules.timing.ageing_minutes)
    line = now.figures.line(letter)
    ticket = next((one for one in waiting if one.id == chosen), waiting[0] if waiting else None)
    detail = form or (tell_ticket(ticket, waiting.index(ticket) + 1, now, hall) if ticket is not None else None)
    reason = "" if now.may_act else ONLY_MANAGER
    silent = any(one.state == "silent" and one.share for one in now.figures.windows)
    return OrderView(
        letter=letter,
        title=f"{letter}　{rules.letters.get(letter, '')}",
        note=line_note(line),
        counts=tuple(
            (key, str(found.waiting) if (found := now.figures.line(key)) and found.waiting else "")
            for key in rules.letters
        ),
        message=tell_cut(cut, brief=True),
        rows=tuple(_row(one, place, moment, rules, name) for place, one in enumerate(waiting, 1)),
        detail=detail,
        chosen=ticket.id if ticket is not None else "",
        stop_word=tr("恢复发号") if line is not None and line.stop is not None else tr("止号"),
        stop_reason=reason,
        move_reason=reason,
        free_reason=reason or ("" if silent else tr("没有断线的窗口名下有号")),
    )


def line_note(line: LineFigures | None) -> str:
    """How it stands, in one breath."""
    if line is None:
        return ""
    if line.stop is not None:
        return tr(
            "{at:%H:%M} 起止号，{moment_words} 恢复", at=line.stop.at, moment_words=moment_words(line.stop.reopens)
        )
    wait = tr("，现在取号约等 {wait}–{wait_2} 分钟", wait=line.wait[0], wait_2=line.wait[1]) if line.wait else ""
    return tr("{waiting} 人等{wait}", waiting=line.waiting, wait=wait) if line.waiting else ""


def moment_words(at: datetime) -> str:
    """11月23日 9:00."""
    return tr("{month}月{day}日 {hour}:{minute:02d}", month=at.month, day=at.day, hour=at.hour, minute=at.minute)


def _row(ticket: Ticket, place: int, now: datetime, rules: QueueRules, name: Name) -> Row:
    tags = tuple(
        TagView(word, "plain") for aid, word in ((LARGE, tr("大字")), (VISUAL, tr("视觉叫号"))) if aid in ticket.aids
    )
    why = why_there(ticket, now, rules, name)
    waited = span_words(max(timedelta(), now - waits_since(ticket))) if ticket.due(now) else ""
    window = tr("{fallback}号", fallback=ticket.fallback) if ticket.fallback else ""
    spoken = tr(
        "第 {place}，{number}，{why}，等了 {waited}，名下 {window}",
        place=place,
        number=ticket.number,
        why=why,
        waited=waited,
        window=window or tr("还没分"),
    )
    return Row(ticket.id, (str(place), Cell(ticket.number, note=why, tags=tags, bold=True), waited, window), spoken)


def _ticket_facts(ticket: Ticket, moment: datetime, hall: Hall) -> Iterator[tuple[str, str]]:
    item = hall.items.get(ticket.item)
    waited = span_words(max(timedelta(), moment - waits_since(ticket)))
    yield tr("取号"), tr("{taken_at:%H:%M}，等了 {waited}", taken_at=ticket.taken_at, waited=waited)
    yield tr("来办"), item.name if item else hall.queue.letters.get(ticket.letter, "")
    fallback = tr("{window}号窗口（断线时由它叫）", window=ticket.fallback) if ticket.fallback else ""
    yield tr("名下"), fallback or tr("还没分到窗口")
    moves = (
        tr("{at:%H:%M} {letter} 队转来：{reason}", at=one.at, letter=one.from_letter, reason=one.reason)
        for one in ticket.forwards
    )
    yield tr("转移"), tr("；").join(moves)


def tell_ticket(ticket: Ticket, place: int, now: HallNow, hall: Hall) -> TaskDetail:
    """One ticket, and the step that puts it on top."""
    rules, moment = hall.queue, now.figures.now
    facts = _ticket_facts(ticket, moment, hall)
    reason = "" if now.may_act else ONLY_MANAGER
    first = tr("已经排在最前") if place == 1 else ""
    step = Act(LIFT, tr("提前"), Key.NEXT_STEP, reason or first)
    return TaskDetail(
        id=f"{LIFT}:{ticket.id}",
        title=tr("{number}\u3000第 {place} 个", number=ticket.number, place=place),
        words=why_there(ticket, moment, rules, hall.roster.name_of),
        facts=tuple((label, words) for label, words in facts if words),
        asks=()
        if reason or first
        else (AskView(label=tr("为什么提前"), placeholder=tr("写一句，群众问起来就照这句答")),),
        bar=NextStepView(tr("提前要写原因，次序和原因都留着"), "" if first else tr("排到这一队最前面。"), step=step),
    )


def outlook_words(line: LineFigures) -> str:
    """还有 23 人等，按现在的快慢办到 17:52."""
    head = tr("还有 {waiting} 人等", waiting=line.waiting)
    if line.outlook is None:
        return tr("{head}，办过的还太少，估不出办到几点。", head=head)
    left = tr("，下班前有 {unserved} 人办不完", unserved=line.outlook.unserved) if line.outlook.unserved else ""
    return tr("{head}，按现在的快慢办到 {ends:%H:%M}{left}。", head=head, ends=line.outlook.ends, left=left)


def tell_stop(line: LineFigures, now: HallNow, reopens: datetime | None) -> TaskDetail:
    """止号 with the figures it rests on."""
    pace = (
        tr(
            "{span_words}（八成不超过 {span_words_2}）",
            span_words=span_words(line.pace.median),
            span_words_2=span_words(line.pace.p80),
        )
        if line.pace
        else NONE
    )
    facts = (
        (tr("等候"), tr("{waiting} 人，最久 {span_words}", waiting=line.waiting, span_words=span_words(line.longest))),
        (tr("办一个"), pace),
        (tr("在办的窗口"), tr("、").join(tr("{number}号", number=number) for number in line.windows) or tr("没有")),
        (tr("下班"), f"{now.closes:%H:%M}" if now.closes else NONE),
    )
    asks = (
        AskView(label=tr("为什么止号"), placeholder=tr("写一句，取号机和大厅屏照着说")),
        AskView(
            label=tr("什么时候恢复"), placeholder="2026-11-23 09:00", value=f"{reopens:{MOMENT}}" if reopens else ""
        ),
    )
    return TaskDetail(
        id=f"{STOP}:{line.letter}",
        title=tr("止号：{letter} {name}", letter=line.letter, name=line.name),
        words=outlook_words(line),
        facts=facts,
        asks=asks,
        bar=_bar(tr("不再发这一队的号，已取的照常办"), Act(STOP, tr("止号"), Key.NEXT_STEP), tr("不停了")),
    )


def tell_open(line: LineFigures, name: Name) -> TaskDetail:
    """恢复发号."""
    stop = line.stop
    facts = () if stop is None else (
        (tr("谁止的"), tr("按大厅的规则") if stop.rule else name(stop.by)),
        (tr("什么时候"), f"{stop.at:%H:%M}"),
        (tr("为什么"), stop.reason),
        (tr("原定恢复"), moment_words(stop.reopens)),
    )  # fmt: skip
    return TaskDetail(
        id=f"{OPEN}:{line.letter}",
        title=tr("恢复发号：{letter} {name}", letter=line.letter, name=line.name),
        words=outlook_words(line),
        facts=facts,
        bar=_bar(tr("取号机马上接着发这一队的号"), Act(OPEN, tr("恢复发号"), Key.NEXT_STEP), tr("先不恢复")),
    )


def tell_move(now: HallNow, hall: Hall, letter: str) -> TaskDetail:
    """窗口改队: which window, which letters, until the day ends."""
    facts = tuple(
        (
            tr("{number}号", number=one.number),
            "{names}\u3000{names_2}".format(
                names=tr("、").join(one.letters),
                names_2="\u3000".join(part for part in (one.person, one.ticket) if part),
            ).strip(),
        )
        for one in now.figures.windows
        if one.state != "closed"
    )
    asks = (
        AskView(label=tr("几号窗口"), placeholder=tr("如 5")),
        AskView(label=tr("改办哪些队"), placeholder=tr("如 A B；空着就照原来的"), value=letter),
        AskView(label=tr("为什么改"), placeholder=tr("如 企业队人多")),
    )
    words = tr("、").join(f"{key} {word}" for key, word in hall.queue.letters.items())
    return TaskDetail(
        id=f"{MOVE}:{letter}",
        title=tr("窗口改队"),
        words=tr("只管今天，手上的号办完再换。各队：{words}。", words=words),
        facts=facts,
        asks=asks,
        bar=_bar(tr("改了以后，名下的号重新分"), Act(MOVE, tr("改队"), Key.NEXT_STEP), tr("不改了")),
    )


def tell_free(now: HallNow) -> TaskDetail | None:
    """放开 the share of the silent window that has most people; None when there is none."""
    found = [one for one in now.figures.windows if one.state == "silent" and one.share]
    if not found:
        return None
    window = max(found, key=lambda one: (one.share, -one.number))
    numbers = tr("、").join(one.number for one in now.share(window.number))
    since = tr(" {since:%H:%M} 起没有消息", since=window.since) if window.since else tr("没有消息")
    others = tr("、").join(tr("{number}号", number=one.number) for one in found if one is not window)
    facts = [(tr("名下的号"), numbers), (tr("谁在那里"), window.person), (tr("还断着的"), others)]
    return TaskDetail(
        id=f"{FREE}:{window.number}",
        title=tr("放开 {number}号窗口名下的 {share} 个号", number=window.number, share=window.share),
        words=tr(
            "{number}号窗口{since}，它可能还在照自己的名单叫。先去说一声，再放开，同一个人就不会被两边叫。",
            number=window.number,
            since=since,
        ),
        facts=tuple((label, words) for label, words in facts if words),
        asks=(AskView(label=tr("为什么放开"), value=tr("{number}号窗口断线，人转到别的窗口", number=window.number)),),
        bar=_bar(
            tr("放开以后别的窗口能叫；名单打一张送过去"), Act(FREE, tr("放开并打名单"), Key.NEXT_STEP), tr("先留着")
        ),
    )


def _bar(sentence: str, step: Act, leave: str) -> NextStepView:
    return NextStepView(sentence, step=step, seconds=(Act(LEAVE, leave, "Esc"),))
