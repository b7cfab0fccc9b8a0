"""打印页的话 what the page says of each paper, of its story, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clerk_app.office.counter.printers_here import others_for
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.receipts.kept_slip import slip_from
from clerk_app.receipts.paper import TEST_PAGE, WAITS, Attempt, PrintJob, needs_agreement
from clerk_app.receipts.slip import Qr
from ui.receipts.view import AGAIN, LOST, MOVE, NO_BAR, SHOW, JobRow, PaperView, Question
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

STATES: dict[str, tuple[LampKind, str]] = {
    "queued": ("waiting", "排着队"),
    "sending": ("busy", "正在打"),
    "done": ("done", "已打出"),
    "sent": ("done", "推定已出"),
    "not_sent": ("cut", "等打印机"),
    "blocked": ("cut", "等打印机"),
    "unknown": ("unknown", "说不清"),
    "expired": ("paused", "没有打"),
    "lost": ("paused", "没出来"),
    "half": ("paused", "出来一半"),
}
_tries = {"done": "打出来了", "sent": "全送出去了", "not_sent": "没送出", "blocked": "没送出", "unknown": "说不清"}


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


def name_of(job: PrintJob, books: Books) -> str:
    """The number people know it by."""
    word, _, key = job.subject.partition(":")
    ticket = books.ticket(key) if word == "ticket" else None
    if ticket is not None:
        return ticket.number
    return job.printer if job.doc_type == TEST_PAGE else job.doc_no


def row_of(job: PrintJob, name: str, today: date) -> JobRow:
    """One line of the list."""
    lamp, words = STATES[job.state]
    late = is_late(job, today)
    copy = f" 补{job.copy_no - 1}" if job.copy_no > 1 else ""
    day = f"{job.made_at:%H:%M}" if job.made_at.date() == today else f"{job.made_at.month}-{job.made_at.day}"
    return JobRow(
        id=job.id,
        paper=f"{job.doc_type}{copy}",
        number=name,
        state="隔夜，等人" if late else words,
        time=day,
        lamp="paused" if late else lamp,
        asks=job.state == "unknown",
    )


def question_of(job: PrintJob) -> Question:
    """不知道 of this one."""
    again = f"票头写【补打 第{job.copy_no}次】"
    if needs_agreement(job.copy_no + 1):
        said = f"{_agreement(job)}。先记下，再请他来"
        return Question(
            job=job.id,
            text=f"这张{job.doc_type}出来了吗？",
            why=job.said or Question.why,
            lost_note=said,
            half_note=said,
        )
    return Question(
        job=job.id,
        text=f"这张{job.doc_type}出来了吗？",
        why=job.said or Question.why,
        lost_note=f"马上补打一张，{again}，号不变",
        half_note=f"收回那半张，再补打一张，{again}",
    )


def paper_of(chosen: Chosen, name: str) -> PaperView:
    """In words and as a picture."""
    job = chosen.job
    said = "打印机收下了，不回报打没打完。没看见纸就按 没出来。" if job.state == "sent" else job.said
    if is_late(job, chosen.today):
        said = f"{job.made_at.month}月{job.made_at.day}日没打出来，过了当天不会自己打。"
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
    what = "第一次打" if job.copy_no == 1 else f"补打第{job.copy_no - 1}次：{job.reason or '没有写原因'}"
    where = f"，备用机 {job.printer} 代 {job.instead_of}" if job.instead_of else ""
    told = f"，{chosen.names.get(job.told_by, job.told_by)}看过" if job.told_by else ""
    return what, f"{job.made_at:%m-%d %H:%M} {who}，{job.window}号窗口{where}。{STATES[job.state][1]}{told}"


def _tried(chosen: Chosen) -> tuple[tuple[str, str], ...]:
    """Only where it did not go at the first try."""
    tries = chosen.attempts
    if len(tries) < 2:
        return ()
    last = tries[-1]
    return ((f"这一次送了 {len(tries)} 回", f"最后 {last.at:%H:%M:%S} {_tries.get(last.outcome, last.outcome)}"),)


def asks_reason(job: PrintJob) -> bool:
    """Whether it may be printed once more by hand."""
    return job.doc_type != TEST_PAGE and job.state in ("done", "sent", "lost", "half", "expired")


def asks_agreement(chosen: Chosen) -> bool:
    """Whether one more print of it needs the duty manager."""
    newest = chosen.prints[-1]
    return asks_reason(chosen.job) and newest.id == chosen.job.id and needs_agreement(newest.copy_no + 1)


def _agreement(job: PrintJob) -> str:
    return f"已补打 {job.copy_no - 1} 次，须值班长同意"


def bar_of(chosen: Chosen) -> NextStepView:
    """What may be done with it; what needs nothing has no filled button."""
    job = chosen.job
    again = Act(AGAIN, "补打", Key.PRINT)
    if job.state == "sent":
        return NextStepView(
            "推定已出，算作已经给了。", seconds=(Act(LOST, "没出来", Key.SEND_BACK), *_again_of(job, again))
        )
    if job.state in WAITS:
        return _of_waiting(chosen)
    if job.state == "unknown":
        moves = _moves(chosen, "没出来，换 {name} 补打")
        return NextStepView("先看一眼出纸口。", seconds=moves) if moves else NO_BAR
    if not asks_reason(job) or chosen.prints[-1].id != job.id:
        return NO_BAR
    if asks_agreement(chosen):
        return NextStepView(f"{_agreement(job)}。", seconds=(again,))
    return NextStepView("要再打一张，写明为什么。", seconds=(again,))


def _again_of(job: PrintJob, again: Act) -> tuple[Act, ...]:
    return (again,) if asks_reason(job) else ()


def _of_waiting(chosen: Chosen) -> NextStepView:
    job = chosen.job
    late = is_late(job, chosen.today)
    stuck = job.state in ("not_sent", "blocked") or late
    show = () if job.doc_type == TEST_PAGE else (Act(SHOW, "给他看屏幕", Key.CITIZEN),)
    moves = _moves(chosen, "换到 {name} 打") if stuck else ()
    sentence = "这张是前几天的，不会自己打。" if late else "打印机好了自动打。" if stuck else "轮到就打。"
    if not moves:
        return NextStepView(sentence, seconds=show)
    return NextStepView(sentence, "换一台打，票头写明代哪一台。", moves[0], show)


def _moves(chosen: Chosen, words: str) -> tuple[Act, ...]:
    """The next one only; moved once more it goes on to the one after."""
    return tuple(Act(MOVE + name, words.format(name=name), Key.SCAN) for name in chosen.others[:1])


def late_strip(late: int) -> StripView | None:
    """隔夜的 wait for one press."""
    if not late:
        return None
    return StripView(
        f"前几天有 {late} 张没打出来。",
        "没有自己打：人可能已经走了。还要的，按一下都打出来；过了当天的号票不打。",
        link=f"打剩下的 {late} 张",
        key=Key.ADD_ROW,
    )


def note_of(jobs: tuple[PrintJob, ...]) -> str:
    """推定已出 counted apart."""
    thought = sum(job.state == "sent" for job in jobs)
    return f"其中推定已出 {thought} 张" if thought else ""
