"""说一件结果 where its paper is, how long it lies there, who fetched it: what all four views say; pure."""

from __future__ import annotations

from datetime import date

from clerk_app.cases.decision import receiver_words, signed_words
from clerk_app.cases.model import Applicant
from clerk_app.cases.states import state_words
from clerk_app.office.counter.handing.looking import ResultLine
from clerk_app.receipts.handing.model import Delivery, Result, how_words, reminded_words, result_state_words
from clerk_app.receipts.handing.reminding import Age
from clerk_app.receipts.words import moment_words
from ui.handing.reading import Here
from ui.language import tr
from ui.widgets.row_model import Cell, Row
from ui.widgets.tag import TagView

age_words: dict[Age, str] = {"fresh": "", "remind": tr("该催"), "unclaimed": tr("久无人领")}
DONE = ("delivered", "archived")
JOIN = "\u2060"
"""Keeps a date or a number whole at the end of a line."""


def whole(text: str) -> str:
    """Not broken across lines."""
    return text.replace("-", f"{JOIN}-{JOIN}")


def name_of(line: ResultLine) -> str:
    """打码的申请人."""
    return line.case.applicant.masked_name


def where_words(line: ResultLine, here: Here) -> str:
    """在哪里: the shelf and its window, the letter, or who has fetched it."""
    result = line.result
    if line.case.state in DONE:
        return tr("已领")
    if result is None or result.state == "expected":
        return (
            tr("还没交来")
            if line.case.state == "sealed"
            else tr("还在办：{state_words}", state_words=state_words[line.case.state])
        )
    if result.state == "shelved":
        at = tr("本窗口") if result.window == here.window else tr("{window}号窗口", window=result.window)
        return tr("架 {shelf}，{at}", shelf=result.shelf, at=at)
    if result.state == "posted":
        return tr("已寄出，运单 {waybill}", waybill=result.waybill)
    if result.state == "back":
        return tr("退回窗口，{name_of} 拿走", name_of=here.roster.name_of(result.back_to))
    return result_state_words[result.state]


def days_words(line: ResultLine) -> str:
    """放了几天."""
    if line.result is None or line.result.since is None:
        return ""
    return tr("今天收的") if line.days == 0 else tr("放了 {days} 个工作日", days=line.days)


def handed_words(line: ResultLine, here: Here) -> str:
    """谁领的, masked, when and from whom."""
    handed = line.case.handed_over
    if handed is None:
        return ""
    who = Applicant(name=handed.receiver).masked_name
    giver = here.roster.name_for(handed.by, handed.acting_for or None)
    return tr(
        "{receiver_words} {who}，{whole}，{giver} 交的",
        receiver_words=receiver_words[handed.as_who],
        who=who,
        whole=whole(moment_words(handed.at)),
        giver=giver,
    )


def signed_line(line: ResultLine) -> str:
    """怎么签的."""
    handed = line.case.handed_over
    if handed is None:
        return ""
    if handed.on is not None:
        return tr("{proof}，{whole} 签收", proof=handed.proof, whole=whole(handed.on.isoformat()))
    return "{signed_words}{value}".format(
        signed_words=signed_words[handed.signed], value=tr("，没带回执") if handed.without_slip else ""
    )


def wish_words(result: Result | None) -> str:
    """领取方式 as it was chosen."""
    return tr("没有问过，来领") if result is None or result.delivery is None else how_words[result.delivery.how]


def address_facts(delivery: Delivery) -> tuple[tuple[str, str], ...]:
    """寄给谁 the address as it goes on the letter; the telephone masked."""
    phone = Applicant(name="", phone=delivery.phone).masked_phone
    return ((tr("收件人"), delivery.name), (tr("电话"), phone), (tr("地址"), delivery.address))


def told_words(result: Result, here: Here) -> str:
    """催过几次 and what was said the last time."""
    if not result.reminders:
        return tr("还没催过")
    last = result.reminders[-1]
    said = tr("：{said}", said=last.said) if last.said else ""
    who = here.roster.name_of(last.by)
    return tr(
        "{count} 次，最近 {day} {who} {reminded_words}{said}",
        count=len(result.reminders),
        day=day(last.at.date()),
        who=who,
        reminded_words=reminded_words[last.how],
        said=said,
    )


def day(on: date) -> str:
    """11月20日."""
    return tr("{month}月{day}日", month=on.month, day=on.day)


def brought_words(result: Result, here: Here) -> str:
    """谁交来的 and who took it in."""
    taken = result.taken_in
    if taken is None:
        return ""
    name = here.roster.name_of
    return tr(
        "{name} 交，{name_2} 收，{whole}",
        name=name(taken.giver),
        name_2=name(taken.by),
        whole=whole(moment_words(taken.at)),
    )


def facts_of(line: ResultLine, here: Here) -> tuple[tuple[str, str], ...]:
    """What every view says of a case."""
    facts = [
        (tr("纸在"), where_words(line, here)),
        (tr("文号"), line.document_no),
        (tr("申请人"), name_of(line)),
        (tr("事项"), line.item),
        (tr("办件"), line.case.case_no),
        (tr("多久了"), days_words(line)),
    ]
    return tuple((label, words) for label, words in facts if words)


def row_of(line: ResultLine, here: Here) -> Row:
    """A line of the list: the shelf, whose it is, how long it lies."""
    result, done = line.result, line.case.state in DONE
    shelf = result.shelf if result is not None and result.state == "shelved" and not done else "—"
    tags = [TagView(age_words[line.age], "warn")] if line.age != "fresh" else []
    if done or result is None or result.state != "shelved":
        tags = [TagView(_state_tag(line, here), "ok" if done else "plain")]
    elif result.window != here.window:
        tags.append(TagView(tr("{window}号窗口", window=result.window), "info"))
    elif result.by_post:
        tags.append(TagView(tr("邮寄"), "info"))
    days = "" if done or not days_words(line) else tr("今天") if line.days == 0 else tr("{days} 天", days=line.days)
    main = Cell(name_of(line), note=f"{line.item}　{line.case.case_no}", bold=True, tags=tuple(tags))
    return Row(line.case.id, (Cell(shelf, bold=True), main, Cell(days, tone="warn" if line.age != "fresh" else "ink2")))


def _state_tag(line: ResultLine, here: Here) -> str:
    if line.case.state in DONE:
        return tr("已领")
    return tr("已寄出") if line.result is not None and line.result.state == "posted" else where_words(line, here)[:8]
