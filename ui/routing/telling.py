"""说分办 the rows and the chosen one: whose it is and why, how much somebody has, and what has to be written to give it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from clerk_app.cases.routing.choosing import Candidate
from clerk_app.cases.routing.model import TO_BE_GIVEN, Assignment, given_words
from clerk_app.cases.states import RUNNING, state_words
from clerk_app.hall import Hall
from clerk_app.office.oversight.routing_desk import CaseSeen, Load, RoutingDesk
from ui.language import said, tr
from ui.oversight.duty_view import AskView, TaskDetail, TaskRowView
from ui.shortcuts import Key
from ui.weekdays import LONG_WEEKDAYS
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

BY_RULE, GIVE, BACK, ALL = "by_rule", "give", "back", "all"
PERSON = "person:"
NOTHING = EmptyView(tr("没有分出去的办件"), tr("写了分办规则的事项，受理以后件在这里，看得见在谁手上。"), icon="folder")
NOT_SET_UP = EmptyView(
    tr("这个大厅没有分办规则"), tr("件谁收的谁接着办。要自动分办，在大厅资料里写上分给哪几个岗。"), icon="info"
)
NOT_YOURS = EmptyView(tr("办件不归管理员看"), tr("分办由值班长来看、来改。"), icon="lock")
_one_word = tr("写一句，记在件的过程里")


def empty_of(desk: RoutingDesk) -> EmptyView:
    """Why there are no rows."""
    if not desk.set_up and not desk.cases:
        return NOT_SET_UP
    return NOTHING if desk.may_see else NOT_YOURS


def rows_of(desk: RoutingDesk, hall: Hall, now: datetime) -> Iterator[TaskRowView]:
    """Nobody's first; then each person with what he has, and his cases."""
    yield from (case_row(one, hall, now.date()) for one in desk.cases if not one.person)
    for load in desk.loads:
        yield load_row(load, hall)
        yield from (case_row(one, hall, now.date()) for one in desk.cases if one.person == load.person)


def load_row(load: Load, hall: Hall) -> TaskRowView:
    """罗文静 手上 4 件."""
    due = tr("今天到期 {today}", today=load.due_today) if load.due_today else ""
    late = tr("超期 {overdue}", overdue=load.overdue) if load.overdue else ""
    words = tr("，").join(filter(None, (late, due))) or tr("没有到期的")
    lamp: LampKind = "ok"
    if load.away_until is not None and load.open:
        lamp, words = "soon", tr("离岗到 {until:%m-%d %H:%M}，件还在名下", until=load.away_until)
    return TaskRowView(
        id=f"{PERSON}{load.person}",
        kind=hall.roster.name_of(load.person),
        words=words,
        window="",
        age=tr("手上 {many} 件", many=load.open),
        lamp=lamp,
    )


def case_row(one: CaseSeen, hall: Hall, today: date) -> TaskRowView:
    """A case under whose it is."""
    case = one.case
    words = tr("{item}　{state}", item=case.item_name, state=said(state_words[case.state]))
    if not one.person:
        words = tr("还没有人　{item}", item=case.item_name)
    due = _day(case.due_on) if case.due_on is not None else ""
    return TaskRowView(
        id=case.id,
        kind=case.case_no or case.item_name,
        words=words,
        window=tr("{window}号", window=case.window),
        age=due,
        lamp=_lamp(one, today),
    )


def _day(day: date) -> str:
    return tr("{month}月{day}日", month=day.month, day=day.day)


def _lamp(one: CaseSeen, today: date) -> LampKind:
    case = one.case
    if case.due_on is not None and case.state in RUNNING and case.due_on < today:
        return "overdue"
    if not one.person or (case.due_on == today and case.state in RUNNING):
        return "soon"
    return "paused" if case.state == "suspended" else "ok"


def case_detail(one: CaseSeen, desk: RoutingDesk, hall: Hall, by_rule: bool) -> TaskDetail:
    """Whose it is, why, who had it before; a person and a reason to give it on."""
    case, row = one.case, one.assignment
    free = tuple(who for who in desk.can_have.get(case.item, ()) if who.person != one.person)
    facts = [(tr("事项"), case.item_name), (tr("到哪了"), said(state_words[case.state]))]
    if case.due_on is not None:
        facts.append((tr("要紧的一天"), f"{_day(case.due_on)} {LONG_WEEKDAYS[case.due_on.weekday()]}"))
    facts.append((tr("现在能接的"), tr("、").join(_candidate(who, desk, hall) for who in free) or tr("没有人")))
    facts += _before(row, hall)
    words = said(row.words) if row is not None else tr("受理以后还没有分过，照规则分一次。")
    title = tr("{number}　{name}", number=case.case_no, name=hall.roster.name_for(row.person, row.acting_for or None)) if row is not None and row.person else tr("{number}　还没有人", number=case.case_no)  # fmt: skip
    may = desk.may_act and case.state in TO_BE_GIVEN
    return TaskDetail(
        id=case.id,
        title=title,
        words=words,
        facts=tuple(facts),
        asks=_asks(free, hall) if may else (),
        bar=_bar(one, free, by_rule) if may else NextStepView(_why_not(desk, one), ""),
    )


def _why_not(desk: RoutingDesk, one: CaseSeen) -> str:
    return tr("定了的件不再改分") if desk.may_act else tr("改分由值班长来办，您只看")


def _candidate(who: Candidate, desk: RoutingDesk, hall: Hall) -> str:
    load = desk.load_of(who.person)
    name = hall.roster.name_for(who.person, who.acting_for or None)
    return tr("{name}（{many} 件）", name=name, many=load.open) if load is not None else name


def _asks(free: tuple[Candidate, ...], hall: Hall) -> tuple[AskView, ...]:
    names = tr("、").join(hall.roster.name_of(who.person) for who in free[:4])
    who = AskView(
        label=tr("分给谁"), placeholder=tr("姓名或工号，如 {names}", names=names) if names else tr("现在没有人能接")
    )
    return who, AskView(label=tr("原因"), placeholder=_one_word)


def _bar(one: CaseSeen, free: tuple[Candidate, ...], by_rule: bool) -> NextStepView:
    nobody = "" if free else tr("现在没有人能接")
    rule = (Act(BY_RULE, tr("照规则分"), reason=nobody),) if by_rule else ()
    if not one.person and rule:
        return NextStepView(
            tr("照规则分不用写原因，指定人要写"),
            tr("分给谁都记在件的过程里。"),
            step=replace(rule[0], key=Key.NEXT_STEP),
            seconds=(Act(GIVE, tr("分给这个人"), reason=nobody),),
        )
    words = tr("改分") if one.person else tr("分给这个人")
    back = (Act(BACK, tr("改回上一个人")),) if back_to(one) in {who.person for who in free} else ()
    return NextStepView(
        tr("写上分给谁和原因，原来的人看得到"),
        tr("件在谁手上不变，要交接的另外交接。"),
        step=Act(GIVE, words, Key.NEXT_STEP, nobody),
        seconds=(*rule, *back),
    )


def back_to(one: CaseSeen) -> str:
    """Who had it before; empty when nobody had."""
    earlier = one.assignment.earlier if one.assignment is not None else ()
    return earlier[-1].person if earlier else ""


def _before(row: Assignment | None, hall: Hall) -> Iterator[tuple[str, str]]:
    for given in reversed(row.earlier if row is not None else ()):
        name = hall.roster.name_for(given.person, given.acting_for or None) if given.person else tr("没有分到人")
        how = said(given_words[given.how])
        yield tr("以前"), tr("{at:%m-%d %H:%M} {how}：{name}", at=given.at, how=how, name=name)
    if row is not None and row.reason:
        yield tr("原因"), row.reason


def load_detail(load: Load, desk: RoutingDesk, hall: Hall) -> TaskDetail:
    """One person's figures, and all of his at once to others."""
    facts = (
        (tr("岗位"), tr("、").join(hall.roster.posts[key].name for key in load.posts if key in hall.roster.posts)),
        (tr("手上"), tr("{many} 件", many=load.open)),
        (tr("今天到期"), tr("{many} 件", many=load.due_today)),
        (tr("超期"), tr("{many} 件", many=load.overdue)),
        (tr("本周办结"), tr("{many} 件", many=load.done)),
    )
    message = None
    if load.away_until is not None:
        message = StripView(
            tr("离岗到 {until:%m-%d %H:%M}", until=load.away_until), tr("件还在名下。急的改分给在岗的人。"), kind="info", icon="info"
        )  # fmt: skip
    bar = NextStepView(tr("名下没有件，不用改分") if not load.open else tr("改分由值班长来办，您只看"), "")
    asks: tuple[AskView, ...] = ()
    if desk.may_act and load.open:
        asks = (AskView(label=tr("原因"), placeholder=_one_word),)
        bar = NextStepView(
            tr("一件一件照规则分给别人"),
            tr("没有人能接的留在名下，会说还剩几件。"),
            step=Act(ALL, tr("全部改分"), Key.NEXT_STEP),
        )
    return TaskDetail(
        id=f"{PERSON}{load.person}",
        title=hall.roster.name_of(load.person),
        words=tr("数字只给分办的人看，不排名次。"),
        message=message,
        facts=facts,
        asks=asks,
        bar=bar,
    )
