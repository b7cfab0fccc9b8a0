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
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

CONFIRM, END = "confirm", "end"
SAID = {CONFIRM: tr("已复核，从现在起算数。"), END: tr("已停用，从现在起不算数；以前按它定的照旧。")}


def tell_note(book: LetterBook) -> str:
    """What wants somebody's hand, in the list's head."""
    soon = sum(one.ends_soon for one in book.letters)
    unread = sum(waits(one) for one in book.letters)
    parts = [
        tr("{unread} 份等复核", unread=unread) if unread else "",
        tr("{soon} 份 30 天内到期", soon=soon) if soon else "",
    ]
    return tr("，").join(part for part in parts if part)


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
        what=tr("{document_no}·{count} 项", document_no=letter.document_no, count=len(letter.items)),
        until=until,
        left=left,
        lamp=lamp,
    )


def _until(one: LetterStanding) -> tuple[LampKind, str, str]:
    row, start, end = one.row, one.letter.start, one.letter.end
    if row is not None and row.ended_at is not None:
        return "paused", tr("{month}月{day}日", month=row.ended_at.month, day=row.ended_at.day), tr("停用")
    if waits(one):
        return "waiting", tr("{month}月{day}日", month=end.month, day=end.day), tr("等复核")
    if one.days_left < 0:
        return "paused", tr("{year}年{month}月{day}日", year=end.year, month=end.month, day=end.day), tr("已到期")
    if not one.in_force:
        return (
            "waiting",
            tr("{month}月{day}日", month=end.month, day=end.day),
            tr("{month}月{day}日起", month=start.month, day=start.day),
        )
    left = _left(one.days_left) if one.days_left else tr("今天到期")
    return (
        ("soon" if one.ends_soon or not one.days_left else "ok"),
        tr("{month}月{day}日", month=end.month, day=end.day),
        left,
    )


def _left(days: int) -> str:
    return tr("还有 {days} 天", days=days)


def tell_detail(one: LetterStanding, hall: Hall, locked: str) -> LetterDetail:
    """The letter in whole; what can be done with it by who looks."""
    letter, row = one.letter, one.row
    return LetterDetail(
        id=letter.document_no,
        title=letter.document_no,
        words=_standing_words(one),
        message=_warning(one),
        facts=(
            *_facts(one, hall),
            *(_signatures(one, hall) if row else ((tr("出处"), tr("大厅资料，原件在办公室存档")),)),
        ),
        items=tuple(
            hall.items[code].name if code in hall.items else tr("目录里没有：{code}", code=code)
            for code in letter.items
        ),
        scan=row is not None,
        reason_asked=row is not None and row.ended_at is None and not locked,
        bar=_bar(one, locked),
    )


def _facts(one: LetterStanding, hall: Hall) -> tuple[tuple[str, str], ...]:
    letter, roster = one.letter, hall.roster
    department = roster.departments.get(letter.department)
    return (
        (tr("部门"), department.name if department else letter.department),
        (tr("授给"), roster.name_of(letter.person)),
        (tr("副代表"), roster.name_of(letter.deputy) if letter.deputy else tr("没有")),
        (tr("授的权"), tr("、").join(power_words[power] for power in letter.powers)),
        (
            tr("有效期"),
            tr("{full_day}至{full_day_2}", full_day=full_day(letter.start), full_day_2=full_day(letter.end)),
        ),
    )


def _signatures(one: LetterStanding, hall: Hall) -> tuple[tuple[str, str], ...]:
    row, name_of = one.row, hall.roster.name_of
    if row is None:
        return ()
    said = [
        (
            tr("登记"),
            tr("{name_of}，{recorded_at:%m-%d %H:%M}", name_of=name_of(row.recorded_by), recorded_at=row.recorded_at),
        )
    ]
    if row.confirmed_at is not None:
        said.append(
            (
                tr("复核"),
                tr(
                    "{name_of}，{confirmed_at:%m-%d %H:%M}",
                    name_of=name_of(row.confirmed_by),
                    confirmed_at=row.confirmed_at,
                ),
            )
        )
    if row.ended_at is not None:
        said.append(
            (
                tr("停用"),
                tr(
                    "{name_of}，{ended_at:%m-%d %H:%M}：{note}",
                    name_of=name_of(row.ended_by),
                    ended_at=row.ended_at,
                    note=row.note,
                ),
            )
        )
    return tuple(said)


def _standing_words(one: LetterStanding) -> str:
    if one.row is not None and one.row.ended_at is not None:
        return tr("已停用。以前按它定的照旧，新的不能再按它定。")
    if waits(one):
        return tr("还没复核，不算数。另一人对着纸件看过，复核了才生效。")
    if one.days_left < 0:
        return tr("已到期，不能再按它授权。留着备查。")
    return tr("在有效期内，只授列明的事项。") if one.in_force else tr("还没到生效的日子。")


def _warning(one: LetterStanding) -> StripView | None:
    if not one.ends_soon:
        return None
    return StripView(
        tr("{left}到期。", left=_left(one.days_left)),
        tr("到期后这些事项只能送审。请局办公室尽早发新的授权书。"),
        icon="clock",
    )


def _bar(one: LetterStanding, locked: str) -> NextStepView:
    row = one.row
    if row is None or row.ended_at is not None or locked:
        return NextStepView(locked) if locked else NextStepView("")
    end = Act(END, tr("停用"), Key.SEND_BACK)
    if row.confirmed_at is None:
        step = Act(CONFIRM, tr("复核，生效"), Key.NEXT_STEP)
        return NextStepView(tr("对着扫描件看过再复核。"), tr("登记的人和授权书上的人不能复核。"), step, (end,))
    return NextStepView(tr("要停用，先写原因。"), seconds=(end,))


def tell_form(serial: int, draft: LetterDraft, hall: Hall, *, for_the_day: bool) -> LetterForm:
    """An empty form, or one for a leader on duty today with the chief's own items ticked."""
    departments = tuple(Choice(key=one.id, words=one.name) for one in hall.roster.departments.values())
    return LetterForm(
        serial=serial,
        title=tr("带班授权，只管今天") if for_the_day else tr("登记收到的授权书"),
        words=tr("照纸件填，一字不差；没列明的事项，登记后也不算。"),
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
        return tr(
            "没有“{deputy}”这个工号或姓名，没有登记。", deputy=typed.deputy if person is not None else typed.person
        )
    days: list[date] = []
    for text in (typed.start, typed.end):
        with contextlib.suppress(ValueError):
            days.append(date.fromisoformat(text))
    if len(days) != 2:
        return tr("日期要写成 2026-11-21 这样，没有登记。")
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
