"""看板的话 from the counted board to what is written on it: bars, what is to be done, the days, one sentence and one button."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from clerk_app.duty.model import Person
from clerk_app.duty.noon import NOON
from clerk_app.office.duty.cover_ahead import DayAhead
from clerk_app.office.duty.cover_board import Board, Choice, Gap, PostRow
from clerk_app.office.duty.cover_day import Segment, clock_words
from clerk_app.receipts.words import day_words
from ui.duty.board.view import (
    ActionView,
    BarKind,
    BarView,
    BoardView,
    ChoiceView,
    DayChip,
    PostRowView,
    Side,
)
from ui.language import tr
from ui.weekdays import WEEKDAYS
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.tag import TagView

ZONES_OVER = 20
"""More windows than this are grouped by zone."""
ARRANGE, LOOK, TURN = "arrange", "look", "turn"
CUT_REASON = tr("新的顶岗要恢复后确认")
OTHER_REASON = tr("由值班长或首席代表安排")
NOBODY_REASON = tr("没有能顶的人")


def tell_board(board: Board, selected: str, chosen: str, *, connected: bool) -> BoardView:
    """The whole board in words."""
    return BoardView(
        title=_count(board),
        note=tr("{short_day} 的安排", short_day=_short_day(board.day)) if board.now is None else "",
        rows=tuple(_rows(board)),
        marks=_marks(board),
        now=(_place(board, board.now), f"{board.now:%H:%M}") if board.now and _open_now(board) else None,
        days=tuple(_chip(day, today=place == 0) for place, day in enumerate(board.ahead)),
        day=board.day.isoformat(),
        selected=selected,
        action=tell_action(board, chosen, connected=connected),
    )


def _open_now(board: Board) -> bool:
    return board.now is not None and board.hours.opens <= board.now < board.hours.closes


def _count(board: Board) -> str:
    """12 个窗口：10 岗 A角在岗，2 岗 B角顶岗."""
    rows = [row for row in board.rows if not row.post.chief]
    windows = len({row.window for row in rows})
    if not board.hours.open:
        return tr("{windows} 个窗口，今天不开", windows=windows)
    at = board.now or board.hours.opens
    kinds = [one.kind for row in rows for one in row.segments if one.holds(at)]
    parts = [tr("{count} 岗 A角在岗", count=kinds.count("a")), tr("{count} 岗 B角顶岗", count=kinds.count("b"))]
    parts += [tr("{count} 岗空着", count=kinds.count("gap"))] if "gap" in kinds else []
    parts += [tr("{count} 岗午间不开", count=kinds.count("closed"))] if "closed" in kinds else []
    return (
        tr("{windows} 个窗口：{names}", windows=windows, names=tr("，").join(parts))
        if kinds
        else tr("{windows} 个窗口，现在不是办公时间", windows=windows)
    )


def _rows(board: Board) -> Iterable[PostRowView]:
    if len({row.window for row in board.rows}) <= ZONES_OVER:
        yield from (tell_row(board, row) for row in board.rows)
        return
    zones: dict[str, list[PostRow]] = {}
    for row in board.rows:
        zones.setdefault(row.zone, []).append(row)
    for zone, rows in zones.items():
        empty = sum(1 for row in rows if row.gaps)
        words = tr("{zone}\u3000{count} 个窗口", zone=zone, count=len({row.window for row in rows}))
        gaps = tr("{empty} 岗有空档", empty=empty) if empty else ""
        yield PostRowView(
            id=f"zone:{zone}",
            zone=True,
            post=words,
            tag=TagView(gaps, "warn") if gaps else None,
            spoken=tr("{words}，{gaps}", words=words, gaps=gaps).strip("，"),
        )
        yield from (tell_row(board, row) for row in rows)


def tell_row(board: Board, row: PostRow) -> PostRowView:
    """One post."""
    names, post = board.names, row.post
    third = row.acting not in ("", post.a, post.b)
    acts: Side = "" if not row.acting else "third" if third else "a" if row.acting == post.a else "b"
    todo, tag = _todo(board, row)
    a, b = names.get(post.a, post.a), names.get(row.acting if third else post.b, post.b)
    who = names.get(row.acting, row.acting) if row.acting else tr("没有人")
    where = post.name if post.chief else tr("{window}号{name}", window=row.window, name=post.name)
    return PostRowView(
        id=post.id,
        number=tr("代") if post.chief else str(row.window),
        post=_post_words(row),
        a=a,
        b=b,
        acts=acts,
        bars=tuple(_bar(board, row, one) for one in row.segments),
        todo=todo,
        tag=tag,
        spoken=tr("，").join(part for part in (where, tr("现在{who}", who=who), tag.text if tag else todo) if part),
    )


def _post_words(row: PostRow) -> str:
    """A chief's post without its 岗: the place is narrow, and the number says 代."""
    name = row.post.name.replace("(", "（").replace(")", "）")
    return name.replace("首席代表岗", "首席代表") if row.post.chief else name


def _place(board: Board, at: datetime) -> float:
    hours = board.hours
    return (at - hours.opens) / (hours.closes - hours.opens)


def _marks(board: Board) -> tuple[tuple[float, str], ...]:
    hours = board.hours
    whole = [hours.opens.replace(hour=hour, minute=0) for hour in range(hours.opens.hour, hours.closes.hour + 1)]
    return tuple((_place(board, at), f"{at.hour}:00") for at in whole if hours.opens <= at <= hours.closes)


def _bar(board: Board, row: PostRow, one: Segment) -> BarView:
    sub = one.substitution
    kind: BarKind = "waits" if sub is not None and sub.provisional else one.kind
    return BarView(kind, _place(board, one.start), _place(board, one.end), _bar_words(board, row, one))


def _bar_words(board: Board, row: PostRow, one: Segment) -> tuple[str, ...]:
    """Whole words, shorter ones, and at last none: a name is never cut."""
    names = board.names
    if one.kind == "gap":
        return (tr("空岗 {minutes} 分", minutes=one.minutes), tr("空岗"))
    if one.kind == "closed":
        if not board.hours.open:
            return (tr("不开窗"),)
        return (
            (tr("午间并入 {into}号", into=one.into), tr("并入 {into}号", into=one.into))
            if one.into
            else (tr("午间不开"), tr("午间"))
        )
    name, sub = names.get(one.person, one.person), one.substitution
    if sub is None:
        return (tr("{name}，兼顶 {beside}号", name=name, beside=one.beside), name) if one.beside else (name,)
    if sub.provisional:
        return (
            tr("{name} 代 {a}，待确认", name=name, a=names.get(sub.a, sub.a)),
            tr("{name}，待确认", name=name),
            name,
        )
    if sub.cause == NOON:
        return (tr("{name}，兼 {beside}号", name=name, beside=one.beside), name) if one.beside else (name,)
    return (tr("{name} 代 {a}", name=name, a=names.get(sub.a, sub.a)), name)


def _todo(board: Board, row: PostRow) -> tuple[str, TagView | None]:
    todo, names = row.todo, board.names
    name = names.get(todo.person, todo.person)
    clock = clock_words(todo.at) if todo.at else ""
    if todo.kind == "gap":
        return "", TagView(_gap_tag(row), "must")
    if todo.kind == "confirm":
        return "", TagView(tr("顶岗待确认"), "warn")
    if todo.kind == "backer":
        return "", TagView(tr("B角已顶 {window}号", window=todo.window), "warn")
    words = {
        "away": _away_words(board, todo.at),
        "return": tr("{clock} 返岗", clock=clock),
        "later": tr("副代表已定") if row.post.chief else tr("{clock} 起{name} 顶", clock=clock, name=name),
        "past": tr("{clock} 空过岗", clock=clock),
    }
    return words.get(todo.kind, ""), None


def _gap_tag(row: PostRow) -> str:
    """Who is still wanted: the B角 who is free, a third, or for a chief nobody but the deputy."""
    free = row.gaps[0].backer_free
    if row.post.chief:
        return tr("△ 须副代表顶") if free else tr("△ 正副都不在")
    return tr("△ 须定人顶") if free else tr("△ 须定第三人")


def _away_words(board: Board, until: datetime | None) -> str:
    if until is None or until.date() <= board.day:
        return tr("全天离岗")
    return tr("离岗到 {month}月{day}日", month=until.month, day=until.day)


def _chip(day: DayAhead, *, today: bool) -> DayChip:
    title = tr("今天 {weekday}", weekday=_weekday(day.day)) if today else _short_day(day.day)
    first = day.notes[0].words if day.notes else ""
    more = tr(" 等 {count} 条", count=len(day.notes)) if len(day.notes) > 1 else ""
    tip = "\n".join(note.words for note in day.notes)
    return DayChip(day.day.isoformat(), title, first + more, day.at_risk, tip)


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _short_day(day: date) -> str:
    """11月23日 周一."""
    return f"{day_words(day).partition('（')[0]} {_weekday(day)}"


def tell_action(board: Board, chosen: str, *, connected: bool) -> ActionView:
    """The worst gap, who could stand in, who must agree; or that there is none, and the next day with one."""
    if board.choice is not None:
        return _gap_action(board, board.choice, chosen, connected=connected)
    next_one = next((day for day in board.ahead if day.at_risk and day.day > board.day), None)
    when = tr("今天") if board.now else _short_day(board.day)
    sentence = tr("{when}没有空岗。", when=when) if board.hours.open else tr("{when}不开窗。", when=when)
    if next_one is None:
        return ActionView(bar=NextStepView(sentence, tr("今后 5 个工作日也没有要安排的。")))
    step = Act(TURN, tr("看 {short_day}", short_day=_short_day(next_one.day)), "Ctrl+Enter")
    return ActionView(
        bar=NextStepView(
            sentence,
            tr("{short_day}：{words}。", short_day=_short_day(next_one.day), words=next_one.notes[0].words),
            step,
        )
    )


def _gap_action(board: Board, choice: Choice, chosen: str, *, connected: bool) -> ActionView:
    gap, free = choice.gap, choice.free
    picked = next((person for person in free if person.id == chosen), free[0] if free else None)
    who = picked.name if picked else tr("人")
    step = Act(
        ARRANGE,
        tr("请{who}顶岗", who=who) if picked else tr("请人顶岗"),
        "Ctrl+Enter",
        _reason(board, picked, connected=connected),
    )
    seconds: tuple[Act, ...] = ()
    if gap.absence is not None:
        seconds = (Act(LOOK, tr("看{value}的离岗", value=board.names.get(gap.absence.person, "")), "Enter"),)
    many = free if len(free) > 1 else ()
    return ActionView(
        bar=NextStepView(_gap_words(board, gap), _free_words(board, choice, connected=connected), step, seconds),
        risky=True,
        choices=tuple(ChoiceView(person.id, person.name, _fitness(gap, person)) for person in many),
        chosen=picked.id if picked else "",
    )


def _reason(board: Board, picked: Person | None, *, connected: bool) -> str:
    if not board.may_arrange:
        return OTHER_REASON
    if picked is None:
        return NOBODY_REASON
    return "" if connected else CUT_REASON


def _gap_words(board: Board, gap: Gap) -> str:
    """9号窗口 14:30–15:30 没有人."""
    where = gap.post.name if gap.post.chief else tr("{window}号窗口", window=gap.window)
    day = "" if gap.start.date() == board.day and board.now else f"{_short_day(gap.start.date())} "
    return tr(
        "{day}{where} {clock_words}–{clock_words_2} 没有人。",
        day=day,
        where=where,
        clock_words=clock_words(gap.start),
        clock_words_2=clock_words(gap.end),
    )


def _why_words(board: Board, gap: Gap) -> str:
    """Who is away; why is for those who arrange."""
    if gap.absence is None:
        return ""
    name = board.names.get(gap.absence.person, gap.absence.person)
    why = tr("（{reason}）", reason=gap.absence.reason) if board.may_arrange and gap.absence.reason else ""
    backer = "{value} {value_2}".format(
        value=tr("副代表") if gap.post.chief else tr("B角"), value_2=board.names.get(gap.post.b, "")
    )
    return tr(
        "{name} 离岗{why}，{value}。",
        name=name,
        why=why,
        value=tr("还没定人顶") if gap.backer_free else tr("{backer} 也来不了", backer=backer),
    )


def _free_words(board: Board, choice: Choice, *, connected: bool) -> str:
    why = _why_words(board, choice.gap)
    if not choice.free:
        head = f" {choice.head} " if choice.head else ""
        return tr("{why}没有能顶的人，请部门负责人{head}顶上或另派人。", why=why, head=head)
    if not connected:
        ready = choice.gap.backer_free and not choice.gap.post.chief
        return "{why}{value}".format(
            why=why, value=tr("线路断着：B角可以先顶上，恢复后确认。") if ready else tr("线路断着，恢复后再安排。")
        )
    first = choice.free[0]
    if len(choice.free) > 1:
        return tr("{why}能顶的有 {count} 人，按数字键换人。顶到离岗结束。", why=why, count=len(choice.free))
    return tr(
        "{why}能顶的人：{name}（{fitness}）。顶到离岗结束。",
        why=why,
        name=first.name,
        fitness=_fitness(choice.gap, first),
    )


def _fitness(gap: Gap, person: Person) -> str:
    """What makes him fit, in a few words."""
    if person.id == gap.post.b:
        return tr("B角")
    if gap.post.qualifications:
        return tr("有{names}资格", names=tr("、").join(gap.post.qualifications))
    return tr("本部门，这段空着")
