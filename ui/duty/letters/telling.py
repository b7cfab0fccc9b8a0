"""说授权书 letters as rows and whole sentences, and what is said when one is recorded, confirmed, ended or refused."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import cast

from clerk_app.duty.model import Power, Roster, power_words
from clerk_app.hall import Hall
from clerk_app.office.duty.letters import LetterBook, LetterDraft, LetterStanding
from clerk_app.receipts.words import full_day
from ui.duty.letters.view import Choice, LetterDetail, LetterForm, LetterRowView, TypedLetter
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

CONFIRM, END = "confirm", "end"
SAID = {CONFIRM: "已复核，从现在起算数。", END: "已停用，从现在起不算数；以前按它定的照旧。"}


def tell_note(book: LetterBook) -> str:
    """What wants somebody's hand, in the list's head."""
    soon = sum(one.ends_soon for one in book.letters)
    unread = sum(waits(one) for one in book.letters)
    parts = [f"{unread} 份等复核" if unread else "", f"{soon} 份 30 天内到期" if soon else ""]
    return "，".join(part for part in parts if part)


def waits(one: LetterStanding) -> bool:
    """Recorded and not confirmed yet."""
    return one.row is not None and one.row.confirmed_at is None and one.row.ended_at is None


def tell_row(one: LetterStanding, hall: Hall) -> LetterRowView:
    """One line: whose, its number, how many items, until when."""
    letter = one.letter
    department = hall.roster.departments.get(letter.department)
    lamp, until, left = _until(one)
    return LetterRowView(
        id=letter.document_no,
        who=f"{department.name if department else letter.department}　{hall.roster.name_of(letter.person)}",
        what=f"{letter.document_no}·{len(letter.items)} 项",
        until=until,
        left=left,
        lamp=lamp,
    )


def _until(one: LetterStanding) -> tuple[LampKind, str, str]:
    row, start, end = one.row, one.letter.start, one.letter.end
    if row is not None and row.ended_at is not None:
        return "paused", f"{row.ended_at.month}月{row.ended_at.day}日", "停用"
    if waits(one):
        return "waiting", f"{end.month}月{end.day}日", "等复核"
    if one.days_left < 0:
        return "paused", f"{end.year}年{end.month}月{end.day}日", "已到期"
    if not one.in_force:
        return "waiting", f"{end.month}月{end.day}日", f"{start.month}月{start.day}日起"
    left = _left(one.days_left) if one.days_left else "今天到期"
    return ("soon" if one.ends_soon or not one.days_left else "ok"), f"{end.month}月{end.day}日", left


def _left(days: int) -> str:
    return f"还有 {days} 天"


def tell_detail(one: LetterStanding, hall: Hall, locked: str) -> LetterDetail:
    """The letter in whole; what can be done with it by who looks."""
    letter, row = one.letter, one.row
    return LetterDetail(
        id=letter.document_no,
        title=letter.document_no,
        words=_standing_words(one),
        message=_warning(one),
        facts=(*_facts(one, hall), *(_signatures(one, hall) if row else (("出处", "大厅资料，原件在办公室存档"),))),
        items=tuple(hall.items[code].name if code in hall.items else f"目录里没有：{code}" for code in letter.items),
        scan=row is not None,
        reason_asked=row is not None and row.ended_at is None and not locked,
        bar=_bar(one, locked),
    )


def _facts(one: LetterStanding, hall: Hall) -> tuple[tuple[str, str], ...]:
    letter, roster = one.letter, hall.roster
    department = roster.departments.get(letter.department)
    return (
        ("部门", department.name if department else letter.department),
        ("授给", roster.name_of(letter.person)),
        ("副代表", roster.name_of(letter.deputy) if letter.deputy else "没有"),
        ("授的权", "、".join(power_words[power] for power in letter.powers)),
        ("期限", f"{full_day(letter.start)}至{full_day(letter.end)}"),
    )


def _signatures(one: LetterStanding, hall: Hall) -> tuple[tuple[str, str], ...]:
    row, name_of = one.row, hall.roster.name_of
    if row is None:
        return ()
    said = [("登记", f"{name_of(row.recorded_by)}，{row.recorded_at:%m-%d %H:%M}")]
    if row.confirmed_at is not None:
        said.append(("复核", f"{name_of(row.confirmed_by)}，{row.confirmed_at:%m-%d %H:%M}"))
    if row.ended_at is not None:
        said.append(("停用", f"{name_of(row.ended_by)}，{row.ended_at:%m-%d %H:%M}：{row.note}"))
    return tuple(said)


def _standing_words(one: LetterStanding) -> str:
    if one.row is not None and one.row.ended_at is not None:
        return "已停用。以前按它定的照旧，新的不能再按它定。"
    if waits(one):
        return "还没复核，不算数。另一人对着纸件看过，复核了才生效。"
    if one.days_left < 0:
        return "已到期，不能再按它授权。留着备查。"
    return "在有效期内，只授列明的事项。" if one.in_force else "还没到生效的日子。"


def _warning(one: LetterStanding) -> StripView | None:
    if not one.ends_soon:
        return None
    return StripView(
        f"{_left(one.days_left)}到期。", "到期后这些事项只能送审。请局办公室尽早发新的授权书。", icon="clock"
    )


def _bar(one: LetterStanding, locked: str) -> NextStepView:
    row = one.row
    if row is None or row.ended_at is not None or locked:
        return NextStepView(locked) if locked else NextStepView("")
    end = Act(END, "停用", Key.SEND_BACK)
    if row.confirmed_at is None:
        step = Act(CONFIRM, "复核，生效", Key.NEXT_STEP)
        return NextStepView("对着扫描件看过再复核。", "登记的人和授权书上的人不能复核。", step, (end,))
    return NextStepView("停用从按下起算，先写原因。", seconds=(end,))


def tell_form(serial: int, draft: LetterDraft, hall: Hall, *, for_the_day: bool) -> LetterForm:
    """An empty form, or one for a leader on duty today with the chief's own items ticked."""
    departments = tuple(Choice(key=one.id, words=one.name) for one in hall.roster.departments.values())
    return LetterForm(
        serial=serial,
        title="带班授权，只管今天" if for_the_day else "登记收到的授权书",
        words="照纸件填，一字不差；没列明的事项，登记后也不算。",
        departments=departments,
        items={
            one.key: tuple(
                Choice(key=item.code, words=item.name) for item in hall.items.values() if item.department == one.key
            )
            for one in departments
        },
        powers=tuple(Choice(key=power, words=words) for power, words in power_words.items()),
        department=draft.department,
        start=day_text(draft.start),
        end=day_text(draft.end) if for_the_day else "",
        ticked=draft.items if for_the_day else (),
        granted=draft.powers,
    )


def day_text(day: date) -> str:
    """2026-11-21, as it is typed."""
    return day.isoformat()


def read_draft(typed: TypedLetter, roster: Roster) -> LetterDraft | str:
    """What was typed as a letter, or the first thing that cannot be read."""
    person, deputy = roster.find_person(typed.person), roster.find_person(typed.deputy)
    if person is None or (typed.deputy and deputy is None):
        return f"没有“{typed.deputy if person is not None else typed.person}”这个工号或姓名，没有登记。"
    days: list[date] = []
    for text in (typed.start, typed.end):
        with contextlib.suppress(ValueError):
            days.append(date.fromisoformat(text))
    if len(days) != 2:
        return "日期要写成 2026-11-21 这样，没有登记。"
    return LetterDraft(
        number=typed.number,
        department=typed.department,
        person=person.id,
        deputy=deputy.id if deputy else "",
        start=days[0],
        end=days[1],
        items=typed.items,
        powers=cast("tuple[Power, ...]", typed.powers),
    )
