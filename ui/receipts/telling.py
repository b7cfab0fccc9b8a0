"""打印页的话 what the page says of each paper, of its story, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clerk_app.office.counter.printers_here import others_for
from clerk_app.office.office import Office
from clerk_app.receipts.kept_slip import slip_from
from clerk_app.receipts.paper import TEST_PAGE, WAITS, Attempt, PrintJob, needs_agreement
from clerk_app.receipts.slip import Qr
from ui.language import tr
from ui.receipts.view import AGAIN, LOST, MOVE, NO_BAR, SHOW, JobRow, PaperView, Question
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

STATES: dict[str, tuple[LampKind, str]] = {
    "queued": ("waiting", tr("排着队")),
    "sending": ("busy", tr("正在打")),
    "done": ("done", tr("已打出")),
    "sent": ("done", tr("推定已出")),
    "not_sent": ("cut", tr("等打印机")),
    "blocked": ("cut", tr("等打印机")),
    "unknown": ("unknown", tr("说不清")),
    "expired": ("paused", tr("没有打")),
    "lost": ("paused", tr("没出来")),
    "half": ("paused", tr("出来一半")),
}
_tries = {
    "done": tr("打出来了"),
    "sent": tr("全送出去了"),
    "not_sent": tr("没送出"),
    "blocked": tr("没送出"),
    "unknown": tr("说不清"),
}


@dataclass(frozen=True)
class Chosen:
    """挑中的纸 its job, every print of it, every try at this one, its picture, where else it may go, and the roster's names."""

    job: PrintJob
    prints: tuple[PrintJob, ...]
    attempts: tuple[Attempt, ...]
    png: bytes
    others: tuple[str, ...]
    names: dict[str, str]
    today: date


def chosen_of(office: Office, job: PrintJob, png: bytes) -> Chosen:
    """Read for the page; not for the screen's thread."""
    spool = office.parts.vault.spool
    people = office.hall.roster.people
    return Chosen(
        job=job,
        prints=spool.prints_of(job.doc_type, job.doc_no),
        attempts=spool.attempts_of(job.id),
        png=png,
        others=others_for(office, job.printer),
        names={key: person.name for key, person in people.items()},
        today=office.parts.clock.now().date(),
    )


def row_of(job: PrintJob, name: str, today: date) -> JobRow:
    """One line of the list."""
    lamp, words = STATES[job.state]
    late = is_late(job, today)
    copy = tr(" 补{copy_no}", copy_no=job.copy_no - 1) if job.copy_no > 1 else ""
    day = f"{job.made_at:%H:%M}" if job.made_at.date() == today else f"{job.made_at.month}-{job.made_at.day}"
    return JobRow(
        id=job.id,
        paper=f"{job.doc_type}{copy}",
        number=name,
        state=tr("隔夜，等人") if late else words,
        time=day,
        lamp="paused" if late else lamp,
        asks=job.state == "unknown",
    )


def question_of(job: PrintJob) -> Question:
    """不知道 of this one."""
    again = tr("票头写【补打 第{copy_no}次】", copy_no=job.copy_no)
    if needs_agreement(job.copy_no + 1):
        said = tr("{agreement}。先记下，再请他来", agreement=_agreement(job))
        return Question(
            job=job.id,
            text=tr("这张{doc_type}出来了吗？", doc_type=job.doc_type),
            why=job.said or Question.why,
            lost_note=said,
            half_note=said,
        )
    return Question(
        job=job.id,
        text=tr("这张{doc_type}出来了吗？", doc_type=job.doc_type),
        why=job.said or Question.why,
        lost_note=tr("马上补打一张，{again}，号不变", again=again),
        half_note=tr("收回那半张，再补打一张，{again}", again=again),
    )


def paper_of(chosen: Chosen, name: str) -> PaperView:
    """In words and as a picture."""
    job = chosen.job
    said = tr("打印机收下了，不回报打没打完。没看见纸就按 没出来。") if job.state == "sent" else job.said
    if is_late(job, chosen.today):
        said = tr("{month}月{day}日没打出来，过了当天不会自己打。", month=job.made_at.month, day=job.made_at.day)
    return PaperView(
        title=job.doc_type,
        number=name,
        said=said,
        png=chosen.png,
        spoken=job.doc_type,
        code=_code(job),
        story=(*(_print(one, chosen) for one in chosen.prints), *_tried(chosen)),
    )


def _code(job: PrintJob) -> str:
    blocks = slip_from(job.content).blocks if job.content else ()
    return next((block.data for block in blocks if isinstance(block, Qr)), "")


def is_late(job: PrintJob, today: date) -> bool:
    """隔夜: it waits, and the day it may print by itself is over."""
    return job.state in WAITS and job.good_on is not None and job.good_on < today


def _print(job: PrintJob, chosen: Chosen) -> tuple[str, str]:
    who = chosen.names.get(job.operator, job.operator)
    what = (
        tr("第一次打")
        if job.copy_no == 1
        else tr("补打第{copy_no}次：{reason}", copy_no=job.copy_no - 1, reason=job.reason or tr("没有写原因"))
    )
    where = (
        tr("，备用机 {printer} 代 {instead_of}", printer=job.printer, instead_of=job.instead_of)
        if job.instead_of
        else ""
    )
    told = tr("，{told_by}看过", told_by=chosen.names.get(job.told_by, job.told_by)) if job.told_by else ""
    return what, tr(
        "{made_at:%m-%d %H:%M} {who}，{window}号窗口{where}。{states}{told}",
        made_at=job.made_at,
        who=who,
        window=job.window,
        where=where,
        states=STATES[job.state][1],
        told=told,
    )


def _tried(chosen: Chosen) -> tuple[tuple[str, str], ...]:
    """Only where it did not go at the first try."""
    tries = chosen.attempts
    if len(tries) < 2:
        return ()
    last = tries[-1]
    return (
        (
            tr("这一次送了 {count} 回", count=len(tries)),
            tr("最后 {at:%H:%M:%S} {outcome}", at=last.at, outcome=_tries.get(last.outcome, last.outcome)),
        ),
    )


def asks_reason(job: PrintJob) -> bool:
    """Whether it may be printed once more by hand."""
    return job.doc_type != TEST_PAGE and job.state in ("done", "sent", "lost", "half", "expired")


def asks_agreement(chosen: Chosen) -> bool:
    """Whether one more print of it needs the duty manager."""
    newest = chosen.prints[-1]
    return asks_reason(chosen.job) and newest.id == chosen.job.id and needs_agreement(newest.copy_no + 1)


def _agreement(job: PrintJob) -> str:
    return tr("已补打 {copy_no} 次，须值班长同意", copy_no=job.copy_no - 1)


def bar_of(chosen: Chosen) -> NextStepView:
    """What may be done with it; what needs nothing has no filled button."""
    job = chosen.job
    again = Act(AGAIN, tr("补打"), Key.PRINT)
    if job.state == "sent":
        return NextStepView(
            tr("推定已出，算作已经给了。"), seconds=(Act(LOST, tr("没出来"), Key.SEND_BACK), *_again_of(job, again))
        )
    if job.state in WAITS:
        return _of_waiting(chosen)
    if job.state == "unknown":
        moves = _moves(chosen, tr("没出来，换 {name} 补打"))
        return NextStepView(tr("先看一眼出纸口。"), seconds=moves) if moves else NO_BAR
    if not asks_reason(job) or chosen.prints[-1].id != job.id:
        return NO_BAR
    if asks_agreement(chosen):
        return NextStepView(tr("{agreement}。", agreement=_agreement(job)), seconds=(again,))
    return NextStepView(tr("要再打一张，写明为什么。"), seconds=(again,))


def _again_of(job: PrintJob, again: Act) -> tuple[Act, ...]:
    return (again,) if asks_reason(job) else ()


def _of_waiting(chosen: Chosen) -> NextStepView:
    job = chosen.job
    late = is_late(job, chosen.today)
    stuck = job.state in ("not_sent", "blocked") or late
    show = () if job.doc_type == TEST_PAGE else (Act(SHOW, tr("给他看屏幕"), Key.CITIZEN),)
    moves = _moves(chosen, tr("换到 {name} 打")) if stuck else ()
    sentence = tr("这张是前几天的，不会自己打。") if late else tr("打印机好了自动打。") if stuck else tr("轮到就打。")
    if not moves:
        return NextStepView(sentence, seconds=show)
    return NextStepView(sentence, tr("换一台打，票头写明代哪一台。"), moves[0], show)


def _moves(chosen: Chosen, words: str) -> tuple[Act, ...]:
    """The next one only; moved once more it goes on to the one after."""
    return tuple(Act(MOVE + name, words.format(name=name), Key.SCAN) for name in chosen.others[:1])


def late_strip(late: int) -> StripView | None:
    """隔夜的 wait for one press."""
    if not late:
        return None
    return StripView(
        tr("前几天有 {late} 张没打出来。", late=late),
        tr("没有自己打：人可能已经走了。还要的，按一下都打出来；过了当天的号票不打。"),
        link=tr("打剩下的 {late} 张", late=late),
        key=Key.ADD_ROW,
    )


def note_of(jobs: tuple[PrintJob, ...]) -> str:
    """推定已出 counted apart."""
    thought = sum(job.state == "sent" for job in jobs)
    return tr("其中推定已出 {thought} 张", thought=thought) if thought else ""
