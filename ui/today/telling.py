"""说开门前 from what the office found to what the page shows. Pure."""

from __future__ import annotations

from datetime import date

from clerk_app.cases.finding import CaseLine
from clerk_app.cases.states import state_words
from clerk_app.hall import Hall
from clerk_app.office.oversight.morning import BPost, Mark, Morning, mark_words
from clerk_app.workdays import workdays_between
from ui.language import tr
from ui.today.view import BPostView, LineView, MarkView, TodayView, TroubleView
from ui.weekdays import LONG_WEEKDAYS
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView

PAGE_WORDS = {
    "sync": tr("同步"),
    "printing": tr("打印"),
    "sealing": tr("授权用印"),
    "board": tr("岗位AB角"),
    "counter": tr("叫号"),
}
BEGIN = "begin"
_STEPS = {"counter": tr("开始叫号"), "sealing": tr("去授权用印"), "board": tr("看岗位AB角"), "audit": tr("看审计")}


def tell_morning(found: Morning, hall: Hall, first: str) -> TodayView:
    """`first` is the page a sign-in goes on to."""
    missing = found.troubles
    due, waiting = len(found.due), len(found.waiting)
    more, more_waiting = ("+" if found.due_more else ""), ("+" if found.waiting_more else "")
    whose = tr("等您授权") if found.to_authorise else tr("等我的")
    return TodayView(
        title=tr(
            "{month}月{day}日 {weekday}·开门前",
            month=found.day.month,
            day=found.day.day,
            weekday=LONG_WEEKDAYS[found.day.weekday()],
        ),
        marks=tuple(_mark(mark) for mark in found.marks),
        troubles=tuple(map(_trouble, missing)),
        due_title=tr("今天到期 {due}{more} 件", due=due, more=more) if due else tr("今天到期"),
        due=tuple(line_view(line, hall, found.day) for line in found.due),
        waiting_title=tr("{whose} {waiting}{more_waiting} 件", whose=whose, waiting=waiting, more_waiting=more_waiting)
        if waiting
        else whose,
        waiting=tuple(line_view(line, hall, found.day) for line in found.waiting),
        b_posts=tuple(_b_post(post) for post in found.b_posts),
        bar=_bar(found, first),
    )


def _bar(found: Morning, first: str) -> NextStepView:
    missing, late = len(found.troubles), sum(_late(line, found.day) for line in found.due)
    sentence = tr("都齐了，可以开门。") if not missing else tr("还差 {missing} 样，不耽误开门。", missing=missing)
    rest = [tr("超期 {late} 件，先办。", late=late)] if late else []
    if missing:
        rest.append(tr("该办的写在上面，按数字键去办。"))
    return NextStepView(sentence, note="".join(rest), step=Act(BEGIN, _STEPS.get(first, tr("开始")), "Enter"))


def _late(line: CaseLine, today: date) -> bool:
    return line.due_on is not None and line.due_on < today


def _mark(mark: Mark) -> MarkView:
    lamp: LampKind = "done" if mark.good else "cut" if mark.kind == "line" else "unknown"
    return MarkView(kind=mark.kind, word=mark_words[mark.kind], said=mark.said, lamp=lamp)


def _trouble(mark: Mark) -> TroubleView:
    link = tr("去“{page}”", page=PAGE_WORDS.get(mark.page, mark.page))
    head = tr("{mark_words}：{said}。", mark_words=mark_words[mark.kind], said=mark.said)
    return TroubleView(head=head, rest=tr("{remedy}。", remedy=mark.remedy), page=mark.page, link=link)


def line_view(line: CaseLine, hall: Hall, today: date) -> LineView:
    """One case: red only when its day is over."""
    lamp, left = standing(line, hall, today)
    return LineView(
        id=line.id,
        number=line.number or tr("查询码 {query_code}", query_code=line.query_code),
        applicant=line.applicant,
        item=line.item_name,
        state=state_words[line.state],
        left=left,
        lamp=lamp,
    )


def standing(line: CaseLine, hall: Hall, today: date) -> tuple[LampKind, str]:
    """▲ 超 2 天, ◐ 今天, ● 3 天."""
    if line.due_on is None:
        return "waiting", tr("不限")
    days = workdays_between(hall.calendar, today, line.due_on)
    if line.due_on < today:
        return "overdue", tr("超 {value} 天", value=max(1, -days))
    return ("soon", tr("今天")) if line.due_on == today else ("ok", tr("{days} 天", days=days))


def _b_post(post: BPost) -> BPostView:
    said = f"{post.a} {post.away}" if post.away else tr("{a} 在", a=post.a)
    if post.mine_now:
        said = tr("{said}，现在由您办", said=said) if post.away else tr("您代 {a}", a=post.a)
    lamp: LampKind = "soon" if post.away and not post.mine_now else "ok"
    return BPostView(
        id=post.post, name=post.name, a=said, cases=tr("{open_cases} 件", open_cases=post.open_cases), lamp=lamp
    )
