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
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.tag import TagView

ZONES_OVER = 20
"""More windows than this are grouped by zone."""
ARRANGE, LOOK, TURN = "arrange", "look", "turn"
CUT_REASON = "新的顶岗要恢复后确认"
OTHER_REASON = "由值班长或首席代表安排"
NOBODY_REASON = "没有能顶的人"


def tell_board(board: Board, selected: str, chosen: str, *, connected: bool) -> BoardView:
    """The whole board in words."""
    return BoardView(
        title=_count(board),
        note=f"{_short_day(board.day)} 的安排" if board.now is None else "",
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
        return f"{windows} 个窗口，今天不开"
    at = board.now or board.hours.opens
    kinds = [one.kind for row in rows for one in row.segments if one.holds(at)]
    parts = [f"{kinds.count('a')} 岗 A角在岗", f"{kinds.count('b')} 岗 B角顶岗"]
    parts += [f"{kinds.count('gap')} 岗空着"] if "gap" in kinds else []
    parts += [f"{kinds.count('closed')} 岗午间不开"] if "closed" in kinds else []
    return f"{windows} 个窗口：{'，'.join(parts)}" if kinds else f"{windows} 个窗口，现在不是办公时间"


def _rows(board: Board) -> Iterable[PostRowView]:
    if len({row.window for row in board.rows}) <= ZONES_OVER:
        yield from (tell_row(board, row) for row in board.rows)
        return
    zones: dict[str, list[PostRow]] = {}
    for row in board.rows:
        zones.setdefault(row.zone, []).append(row)
    for zone, rows in zones.items():
        empty = sum(1 for row in rows if row.gaps)
        words = f"{zone}　{len({row.window for row in rows})} 个窗口"
        gaps = f"{empty} 岗有空档" if empty else ""
        yield PostRowView(
            id=f"zone:{zone}",
            zone=True,
            post=words,
            tag=TagView(gaps, "warn") if gaps else None,
            spoken=f"{words}，{gaps}".strip("，"),
        )
        yield from (tell_row(board, row) for row in rows)


def tell_row(board: Board, row: PostRow) -> PostRowView:
    """One post."""
    names, post = board.names, row.post
    third = row.acting not in ("", post.a, post.b)
    acts: Side = "" if not row.acting else "third" if third else "a" if row.acting == post.a else "b"
    todo, tag = _todo(board, row)
    a, b = names.get(post.a, post.a), names.get(row.acting if third else post.b, post.b)
    who = names.get(row.acting, row.acting) if row.acting else "没有人"
    where = post.name if post.chief else f"{row.window}号{post.name}"
    return PostRowView(
        id=post.id,
        number="代" if post.chief else str(row.window),
        post=_post_words(row),
        a=a,
        b=b,
        acts=acts,
        bars=tuple(_bar(board, row, one) for one in row.segments),
        todo=todo,
        tag=tag,
        spoken="，".join(part for part in (where, f"现在{who}", tag.text if tag else todo) if part),
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
        return (f"空岗 {one.minutes} 分", "空岗")
    if one.kind == "closed":
        if not board.hours.open:
            return ("不开窗",)
        return (f"午间并入 {one.into}号", f"并入 {one.into}号") if one.into else ("午间不开", "午间")
    name, sub = names.get(one.person, one.person), one.substitution
    if sub is None:
        return (f"{name}，兼顶 {one.beside}号", name) if one.beside else (name,)
    if sub.provisional:
        return (f"{name} 代 {names.get(sub.a, sub.a)}，待确认", f"{name}，待确认", name)
    if sub.cause == NOON:
        return (f"{name}，兼 {one.beside}号", name) if one.beside else (name,)
    return (f"{name} 代 {names.get(sub.a, sub.a)}", name)


def _todo(board: Board, row: PostRow) -> tuple[str, TagView | None]:
    todo, names = row.todo, board.names
    name = names.get(todo.person, todo.person)
    clock = clock_words(todo.at) if todo.at else ""
    if todo.kind == "gap":
        return "", TagView(_gap_tag(row), "must")
    if todo.kind == "confirm":
        return "", TagView("顶岗待确认", "warn")
    if todo.kind == "backer":
        return "", TagView(f"B角已顶 {todo.window}号", "warn")
    words = {
        "away": _away_words(board, todo.at),
        "return": f"{clock} 返岗",
        "later": "副代表已定" if row.post.chief else f"{clock} 起{name} 顶",
        "past": f"{clock} 空过岗",
    }
    return words.get(todo.kind, ""), None


def _gap_tag(row: PostRow) -> str:
    """Who is still wanted: the B角 who is free, a third, or for a chief nobody but the deputy."""
    free = row.gaps[0].backer_free
    if row.post.chief:
        return "△ 须副代表顶" if free else "△ 正副都不在"
    return "△ 须定人顶" if free else "△ 须定第三人"


def _away_words(board: Board, until: datetime | None) -> str:
    if until is None or until.date() <= board.day:
        return "全天离岗"
    return f"离岗到 {until.month}月{until.day}日"


def _chip(day: DayAhead, *, today: bool) -> DayChip:
    title = f"今天 {_weekday(day.day)}" if today else _short_day(day.day)
    first = day.notes[0].words if day.notes else ""
    more = f" 等 {len(day.notes)} 条" if len(day.notes) > 1 else ""
    tip = "\n".join(note.words for note in day.notes)
    return DayChip(day.day.isoformat(), title, first + more, day.at_risk, tip)


def _weekday(day: date) -> str:
    return f"周{'一二三四五六日'[day.weekday()]}"


def _short_day(day: date) -> str:
    """11月23日 周一."""
    return f"{day_words(day).partition('（')[0]} {_weekday(day)}"


def tell_action(board: Board, chosen: str, *, connected: bool) -> ActionView:
    """The worst gap, who could stand in, who must agree; or that there is none, and the next day with one."""
    if board.choice is not None:
        return _gap_action(board, board.choice, chosen, connected=connected)
    next_one = next((day for day in board.ahead if day.at_risk and day.day > board.day), None)
    when = "今天" if board.now else _short_day(board.day)
    sentence = f"{when}没有空岗。" if board.hours.open else f"{when}不开窗。"
    if next_one is None:
        return ActionView(bar=NextStepView(sentence, "今后 5 个工作日也没有要安排的。"))
    step = Act(TURN, f"看 {_short_day(next_one.day)}", "Ctrl+Enter")
    return ActionView(bar=NextStepView(sentence, f"{_short_day(next_one.day)}：{next_one.notes[0].words}。", step))


def _gap_action(board: Board, choice: Choice, chosen: str, *, connected: bool) -> ActionView:
    gap, free = choice.gap, choice.free
    picked = next((person for person in free if person.id == chosen), free[0] if free else None)
    who = picked.name if picked else "人"
    step = Act(
        ARRANGE, f"请{who}顶岗" if picked else "请人顶岗", "Ctrl+Enter", _reason(board, picked, connected=connected)
    )
    seconds: tuple[Act, ...] = ()
    if gap.absence is not None:
        seconds = (Act(LOOK, f"看{board.names.get(gap.absence.person, '')}的离岗", "Enter"),)
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
    where = gap.post.name if gap.post.chief else f"{gap.window}号窗口"
    day = "" if gap.start.date() == board.day and board.now else f"{_short_day(gap.start.date())} "
    return f"{day}{where} {clock_words(gap.start)}–{clock_words(gap.end)} 没有人。"


def _why_words(board: Board, gap: Gap) -> str:
    """Who is away; why is for those who arrange."""
    if gap.absence is None:
        return ""
    name = board.names.get(gap.absence.person, gap.absence.person)
    why = f"（{gap.absence.reason}）" if board.may_arrange and gap.absence.reason else ""
    backer = f"{'副代表' if gap.post.chief else 'B角'} {board.names.get(gap.post.b, '')}"
    return f"{name} 离岗{why}，{'还没定人顶' if gap.backer_free else f'{backer} 也来不了'}。"


def _free_words(board: Board, choice: Choice, *, connected: bool) -> str:
    why = _why_words(board, choice.gap)
    if not choice.free:
        head = f" {choice.head} " if choice.head else ""
        return f"{why}没有能顶的人，请部门负责人{head}顶上或另派人。"
    if not connected:
        ready = choice.gap.backer_free and not choice.gap.post.chief
        return f"{why}{'线路断着：B角可以先顶上，恢复后确认。' if ready else '线路断着，恢复后再安排。'}"
    first = choice.free[0]
    if len(choice.free) > 1:
        return f"{why}能顶的有 {len(choice.free)} 人，按数字键换人。顶到离岗结束。"
    return f"{why}能顶的人：{first.name}（{_fitness(choice.gap, first)}）。顶到离岗结束。"


def _fitness(gap: Gap, person: Person) -> str:
    """What makes him fit, in a few words."""
    if person.id == gap.post.b:
        return "B角"
    if gap.post.qualifications:
        return f"有{'、'.join(gap.post.qualifications)}资格"
    return "本部门，这段空着"
