"""收件箱怎么说 the lists of what came from outside, one of them in whole sentences, and its next step. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.cases.inbox.model import InboxItem, InboxKind, InboxMaterial, result_words
from clerk_app.duty.model import Roster
from clerk_app.office.counter.inbox import InboxDesk, InboxLine
from clerk_app.receipts.words import day_words
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.form_view import Ask, FormView, ListView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row, Tone
from ui.widgets.strip import StripView

RECEIVE, TO_TICKET, CHECK_IN, NOT_TAKE, DECLINE, LEAVE, LAY_BACK, OPEN, LOOK = (
    "inboxReceive", "inboxToTicket", "inboxCheckIn", "inboxNotTake", "inboxDecline", "inboxLeave", "inboxLayBack",
    "inboxOpen", "inboxLook",
)  # fmt: skip
REASON, MISSING = "inboxReason", "inboxMissing"
SPLIT = "；"
TITLES: dict[InboxKind, str] = {"application": tr("网上申请"), "booking": tr("预约"), "precheck": tr("预审")}
EMPTY: dict[InboxKind, EmptyView] = {
    "application": EmptyView(tr("没有网上申请在等"), tr("平台送来的申请会自己列在这里，不用刷新。"), icon="check", tone="ok"),
    "booking": EmptyView(tr("没有预约"), tr("平台约好的时段会自己列在这里，人来了在这里取号。"), icon="check", tone="ok"),
    "precheck": EmptyView(tr("没有预审结果"), tr("平台预审过的会自己列在这里，人带原件来了在这里收件。"), icon="check", tone="ok"),
}  # fmt: skip
CHOOSE: dict[InboxKind, EmptyView] = {
    "application": EmptyView(tr("选一件看细目"), tr("谁申请、交了什么、哪天前要答复，都写在这里。"), icon="info"),
    "booking": EmptyView(tr("选一个预约"), tr("人来了，写他的姓名、手机末四位或预约号，就找到他的预约。"), icon="info"),
    "precheck": EmptyView(tr("选一件看细目"), tr("哪样通过了、哪样没过，都写在这里。"), icon="info"),
}
LAMPS = {"waiting": "waiting", "taken": "done"}


@dataclass(frozen=True, kw_only=True)
class Here:
    """在哪个窗口 what the words depend on; `seen`: the digests of what who sits here has opened."""

    window: int
    roster: Roster
    now: datetime
    seen: frozenset[str] = frozenset()

    def unseen(self, line: InboxLine) -> tuple[str, ...]:
        """没看过的 of what is here, by name."""
        return tuple(one.name for one in line.row.materials if one.size and one.sha256 not in self.seen)


def tell_list(
    kind: InboxKind, desk: InboxDesk, line: InboxLine | None, here: Here, finding: str, form: str
) -> ListView:
    """One kind: what waits, the oldest first (a booking by its time), then what became of others lately."""
    waiting = sorted((one for one in desk.waiting if one.row.kind == kind), key=_order)
    lately = [one for one in desk.lately if one.row.kind == kind]
    rows = (*(_row(one, here) for one in waiting), *(_row(one, here) for one in lately))
    late = sum(one.overdue for one in waiting)
    return ListView(
        title=tr("{kind} {n} 件在等", kind=TITLES[kind], n=len(waiting)),
        note=tr("{n} 件过了答复期限", n=late) if late else "",
        rows=rows,
        empty=EMPTY[kind],
        chosen=line.row.id if line is not None else "",
        detail=_detail(line, desk, here, form) if line is not None else None,
        finding=finding,
    )


def _order(line: InboxLine) -> tuple[str, str, str]:
    slot = line.row.slot
    when = f"{slot.day.isoformat()} {slot.start.isoformat()}" if slot is not None else ""
    return when, line.row.came_at.isoformat(), line.row.id


def _row(line: InboxLine, here: Here) -> Row:
    row = line.row
    where = "" if line.here or line.item is None else tr("，{windows}窗口的", windows=_windows(line))
    main = Cell(
        row.applicant.masked_name,
        note=f"{row.item_name}{where}",
        bold=row.waiting,
        lamp="overdue" if line.overdue else "busy" if line.open_here else LAMPS.get(row.state, ""),
        tone="" if row.waiting or line.open_here else "ink2",
    )
    return Row(row.id, (main, Cell(*_when(line, here))))


def _when(line: InboxLine, here: Here) -> tuple[str, Tone]:
    """How long it waits, when he comes, or what became of it."""
    row, today = line.row, here.now.date()
    if not row.waiting:
        return (tr("收下了，没收件"), "warn") if line.open_here else (row.told, "ink2")
    if row.slot is not None:
        return (f"{row.slot.start:%H:%M}", "accent") if row.slot.day == today else (_day(row.slot.day), "ink2")
    if line.overdue:
        return tr("过期没答复"), "red"
    days = (today - row.came_at.astimezone(here.now.tzinfo).date()).days
    return (tr("等了 {days} 天", days=days), "ink2") if days else (tr("今天来的"), "ink2")


def _day(day: date) -> str:
    return tr("{month}月{day}日", month=day.month, day=day.day)


def _windows(line: InboxLine) -> str:
    return tr("、").join(tr("{n}号", n=number) for number in (line.item.windows if line.item else ()))


def _detail(line: InboxLine, desk: InboxDesk, here: Here, form: str) -> FormView:
    row = line.row
    asking = form == NOT_TAKE and row.waiting
    return FormView(
        id=f"{row.id} {row.state} {form if asking else ''}",
        title=f"{row.applicant.masked_name}　{row.item_name}",
        words=_words(line),
        message=_message(line, here),
        facts=() if asking else _facts(line, here),
        asks=_asks(line) if asking else (),
        more=() if asking else _more(line, here),
        bar=_asking_bar(row) if asking else _bar(line, desk, here),
    )


def _more(line: InboxLine, here: Here) -> tuple[Act, ...]:
    elsewhere = line.row.state == "taken" and line.row.window != here.window
    reason = _not_here(line) or (tr("{n}号窗口收下的，到那里看", n=line.row.window) if elsewhere else "")
    came = any(one.size for one in line.row.materials)
    look = (Act(LOOK, tr("看原件"), Key.PAPERS, reason),) if came and _stands(line.row) else ()
    if not line.row.waiting:
        return look
    return (*look, Act(NOT_TAKE, _not_take(line.row), Key.SEND_BACK, _not_here(line)))


def _stands(row: InboxItem) -> bool:
    """Whether its originals are still there to be looked at."""
    return row.state in ("waiting", "taken")


def _words(line: InboxLine) -> str:
    row = line.row
    if row.waiting and line.answer_by is not None:
        return tr("{day}前要收件或一次性告知，过了就算超期。", day=day_words(line.answer_by))
    return row.told_reason


def _message(line: InboxLine, here: Here) -> StripView | None:
    row = line.row
    if line.overdue:
        return StripView(head=tr("过了答复期限。"), rest=tr("先收件，或马上一次性告知。"), kind="red")
    if line.open_here:
        return StripView(
            head=tr("本窗口 {at:%H:%M} 收下了，还没有收件。", at=row.moved_at),
            rest=tr("到叫号页接着收；不收了，放回收件箱。"),
        )
    if row.state == "taken":
        who = here.roster.name_of(row.by)
        head = tr("{n}号窗口 {who} {at:%m-%d %H:%M} 收下。", n=row.window, who=who, at=row.moved_at)
        return StripView(head=head, kind="info", icon="info")
    return None


def _facts(line: InboxLine, here: Here) -> tuple[tuple[str, str], ...]:
    row, who = line.row, line.row.applicant
    slot = row.slot
    booked = (
        tr("{day} {start:%H:%M}–{end:%H:%M}", day=day_words(slot.day), start=slot.start, end=slot.end) if slot else ""
    )
    facts = (
        (tr("约的时间"), booked),
        (tr("平台编号"), row.number),
        (
            tr("送来"),
            tr("{at:%m-%d %H:%M}，{partner}", at=row.came_at.astimezone(here.now.tzinfo), partner=row.partner),
        ),
        (tr("证件号"), who.masked_id),
        (tr("证件末四位"), row.id_end),
        (tr("手机"), who.masked_phone),
        (tr("经办人"), who.agent),
        (tr("办件编号"), line.case_no),
        (tr("预审意见"), row.words),
        (tr("有效到"), day_words(row.valid_until) if row.valid_until else ""),
        *((tr("材料 {n}", n=place), _material(line, m, here)) for place, m in enumerate(row.materials, 1)),
        *((one.label, one.value) for one in row.fields),
        (tr("告诉了平台"), row.told),
    )
    return tuple((label, words) for label, words in facts if words)


def _material(line: InboxLine, one: InboxMaterial, here: Here) -> str:
    listed = "" if one.name in line.listed else tr("（清单外，不用收）")
    said = result_words[one.result] if one.result else _came(line.row, one, here)
    words = tr("：{words}", words=one.words) if one.words else ""
    came = tr("；{came}", came=_came(line.row, one, here)) if one.result and one.sha256 else ""
    return tr("{name}：{said}", name=one.name, said=f"{said}{words}{came}{listed}")


def _came(row: InboxItem, one: InboxMaterial, here: Here) -> str:
    """原件到没到, as long as anybody may still look at it."""
    if not _stands(row):
        return tr("电子件 {file}", file=one.file) if one.file else tr("电子件")
    if one.awaited:
        return tr("还没到，不能记作电子件")
    if not one.sha256:
        return tr("没有送电子件")
    return tr("原件已到，看过") if one.sha256 in here.seen else tr("原件已到，还没看")


def _asks(line: InboxLine) -> tuple[Ask, ...]:
    if line.row.kind == "booking":
        return (Ask(key=REASON, label=tr("为什么取消，他会看到"), placeholder=tr("如：那天窗口不开")),)
    reason = Ask(key=REASON, label=tr("为什么不收，申请人会看到"), placeholder=tr("如：材料不齐；不归这里办"))
    missing = Ask(
        key=MISSING,
        label=tr("缺什么、怎么改，一次说全"),
        placeholder=tr("几样用“；”隔开，如：住所证明；章程缺签名"),
        value=SPLIT.join(line.lacking),
    )
    return (reason, missing)


def _asking_bar(row: InboxItem) -> NextStepView:
    if row.kind == "booking":
        keep = (Act(LEAVE, tr("不取消了"), "Esc"),)
        note = tr("取消了改不回来，要来得重新约。")
        return NextStepView(tr("取消这个预约，平台会告诉他。"), note, Act(DECLINE, tr("取消预约"), Key.NEXT_STEP), keep)
    back = (Act(LEAVE, tr("不退了"), "Esc"),)
    note = tr("这就是一次性告知：以后不能再要别的。")
    return NextStepView(tr("不收件，一次性告知。"), note, Act(DECLINE, tr("不收，告知"), Key.NEXT_STEP), back)


def _not_take(row: InboxItem) -> str:
    return tr("取消预约") if row.kind == "booking" else tr("不收，一次性告知")


def _not_here(line: InboxLine) -> str:
    if line.item is None:
        return ""
    return "" if line.here else tr("{windows}窗口的件，到那里办", windows=_windows(line))


def _bar(line: InboxLine, desk: InboxDesk, here: Here) -> NextStepView:
    row = line.row
    if line.open_here:
        back = (Act(LAY_BACK, tr("放回收件箱"), Key.SEND_BACK),)
        return NextStepView(tr("接着收件。"), _still(line, here), Act(OPEN, tr("到叫号页收"), Key.NEXT_STEP), back)
    if row.state == "taken" and row.case:
        return NextStepView(tr("已经成了办件。"), "", Act(OPEN, tr("打开办件"), Key.NEXT_STEP))
    if not row.waiting:
        return NextStepView(tr("{told}，没有要办的了。", told=row.told))
    if row.slot is not None:
        return _booking_bar(line)
    reason = _not_here(line) or (tr("目录里没有这个事项了") if line.item is None else "")
    number = desk.serving.number if desk.serving is not None and not desk.busy else ""
    if row.kind == "precheck":
        return _precheck_bar(number, reason)
    return _on_ticket_bar(line, here, number, reason) if number else _alone_bar(line, here, reason)


def _booking_bar(line: InboxLine) -> NextStepView:
    note = tr("号票前面带 Y，到点就叫他。")
    return NextStepView(tr("人来了：按预约取号。"), note, Act(CHECK_IN, tr("取号"), Key.NEXT_STEP))


def _precheck_bar(number: str, reason: str) -> NextStepView:
    if number:
        words = tr("事项和申请人已填好，原件一样一样勾。")
        return NextStepView(tr("人带原件来了：接着收件。"), words, _to_ticket(number, reason))
    why = reason or tr("先叫他的号、等人到窗")
    return NextStepView(tr("预审的件要人带原件来。"), "", Act(TO_TICKET, tr("收件"), Key.NEXT_STEP, why))


def _to_ticket(number: str, reason: str, key: str = Key.NEXT_STEP) -> Act:
    return Act(TO_TICKET, tr("给 {number} 收件", number=number), key, reason)


def _on_ticket_bar(line: InboxLine, here: Here, number: str, reason: str) -> NextStepView:
    """Somebody stands here: what was looked at is ticked, the rest he brings."""
    if here.unseen(line) and not reason:
        aside = (_to_ticket(number, "", ""),)
        return NextStepView(tr("先看原件，再给 {number} 收件。", number=number), _still(line, here), _look(), aside)
    alone = (Act(RECEIVE, tr("人没来，直接收件"), "", reason or _cannot_alone(line)),)
    return NextStepView(
        tr("{number} 是他就接着收件。", number=number), _still(line, here), _to_ticket(number, reason), alone
    )


def _alone_bar(line: InboxLine, here: Here, reason: str) -> NextStepView:
    step = Act(RECEIVE, tr("收件"), Key.NEXT_STEP, reason or _cannot_alone(line))
    if reason:
        return NextStepView(tr("下一步：收件。"), "", step)
    if line.lacking:
        return NextStepView(tr("必备材料没有交全，先一次性告知。"), _still(line, here), step)
    if here.unseen(line):
        return NextStepView(tr("下一步：看原件，看过再收件。"), _still(line, here), _look())
    if step.reason:
        return NextStepView(tr("还有原件没到，等平台送来。"), _still(line, here), step)
    return NextStepView(tr("下一步：收件。"), _still(line, here), step)


def _look() -> Act:
    return Act(LOOK, tr("看原件"), Key.NEXT_STEP)


def _cannot_alone(line: InboxLine) -> str:
    """The first essential paper that was not sent, or is not here yet."""
    if line.lacking:
        return tr("还缺必备的 {name}", name=line.lacking[0])
    essential = {m.name for m in line.item.materials if m.essential} if line.item is not None else set[str]()
    awaited = [name for name in line.awaited if name in essential]
    return tr("{name} 的原件还没到", name=awaited[0]) if awaited else ""


def _still(line: InboxLine, here: Here) -> str:
    """What becomes electronic papers, and what does not yet."""
    unseen, awaited = here.unseen(line), line.awaited
    if unseen:
        left = tr("{n} 份没看过，没看过的不记作电子件。", n=len(unseen))
    elif awaited:
        left = tr("{n} 份还没到，没到的不记作电子件。", n=len(awaited))
    else:
        return tr("交来的 {n} 样记作电子件，收了接着审、受理。", n=len(line.ticked))
    more = tr("{n} 份还没到。", n=len(awaited)) if unseen and awaited else ""
    return left + more
