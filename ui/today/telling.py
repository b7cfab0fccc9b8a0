"""说开门前 from what the office found to what the page shows. Pure."""

from __future__ import annotations

from datetime import date

from clerk_app.cases.finding import CaseLine
from clerk_app.cases.states import state_words
from clerk_app.hall import Hall
from clerk_app.office.oversight.morning import BPost, Mark, Morning, mark_words
from clerk_app.workdays import workdays_between
from ui.today.view import BPostView, LineView, MarkView, TodayView, TroubleView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView

WEEKDAYS = "一二三四五六日"
PAGE_WORDS = {"sync": "同步", "printing": "打印", "sealing": "授权用印", "board": "岗位AB角", "counter": "叫号"}
BEGIN = "begin"
_STEPS = {"counter": "开始叫号", "sealing": "去授权用印", "board": "看岗位AB角", "audit": "看审计"}


def tell_morning(found: Morning, hall: Hall, first: str) -> TodayView:
    """`first` is the page a sign-in goes on to."""
    missing = found.troubles
    due, waiting = len(found.due), len(found.waiting)
    more, more_waiting = ("+" if found.due_more else ""), ("+" if found.waiting_more else "")
    whose = "等您授权" if found.to_authorise else "等我的"
    return TodayView(
        title=f"{found.day.month}月{found.day.day}日 星期{WEEKDAYS[found.day.weekday()]}·开门前",
        marks=tuple(_mark(mark) for mark in found.marks),
        troubles=tuple(map(_trouble, missing)),
        due_title=f"今天到期 {due}{more} 件" if due else "今天到期",
        due=tuple(line_view(line, hall, found.day) for line in found.due),
        waiting_title=f"{whose} {waiting}{more_waiting} 件" if waiting else whose,
        waiting=tuple(line_view(line, hall, found.day) for line in found.waiting),
        b_posts=tuple(_b_post(post) for post in found.b_posts),
        bar=_bar(found, first),
    )


def _bar(found: Morning, first: str) -> NextStepView:
    missing, late = len(found.troubles), sum(_late(line, found.day) for line in found.due)
    sentence = "都齐了，可以开门。" if not missing else f"还差 {missing} 样，不耽误开门。"
    rest = [f"超期 {late} 件，先办。"] if late else []
    if missing:
        rest.append("该办的写在上面，按数字键去办。")
    return NextStepView(sentence, note="".join(rest), step=Act(BEGIN, _STEPS.get(first, "开始"), "Enter"))


def _late(line: CaseLine, today: date) -> bool:
    return line.due_on is not None and line.due_on < today


def _mark(mark: Mark) -> MarkView:
    lamp: LampKind = "done" if mark.good else "cut" if mark.kind == "line" else "unknown"
    return MarkView(kind=mark.kind, word=mark_words[mark.kind], said=mark.said, lamp=lamp)


def _trouble(mark: Mark) -> TroubleView:
    link = f"去“{PAGE_WORDS.get(mark.page, mark.page)}”"
    head = f"{mark_words[mark.kind]}：{mark.said}。"
    return TroubleView(head=head, rest=f"{mark.remedy}。", page=mark.page, link=link)


def line_view(line: CaseLine, hall: Hall, today: date) -> LineView:
    """One case: red only when its day is over."""
    lamp, left = standing(line, hall, today)
    return LineView(
        id=line.id,
        number=line.number or f"查询码 {line.query_code}",
        applicant=line.applicant,
        item=line.item_name,
        state=state_words[line.state],
        left=left,
        lamp=lamp,
    )


def standing(line: CaseLine, hall: Hall, today: date) -> tuple[LampKind, str]:
    """▲ 超 2 天, ◐ 今天, ● 3 天."""
    if line.due_on is None:
        return "waiting", "不限"
    days = workdays_between(hall.calendar, today, line.due_on)
    if line.due_on < today:
        return "overdue", f"超 {max(1, -days)} 天"
    return ("soon", "今天") if line.due_on == today else ("ok", f"{days} 天")


def _b_post(post: BPost) -> BPostView:
    said = f"{post.a} {post.away}" if post.away else f"{post.a} 在"
    if post.mine_now:
        said = f"{said}，现在由您办" if post.away else f"您代 {post.a}"
    lamp: LampKind = "soon" if post.away and not post.mine_now else "ok"
    return BPostView(id=post.post, name=post.name, a=said, cases=f"{post.open_cases} 件", lamp=lamp)
