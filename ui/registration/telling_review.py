"""核对的话 the whole form as it reads, step by step, and the same for the citizen's screen. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clerk_app.registration.document import At, get, pointer, rows_of
from clerk_app.registration.entry import text_of
from clerk_app.registration.form import Field, Repeat, Step
from clerk_app.registration.model import person_name, required, row_name, visible
from ui.language import said, tr
from ui.registration.masking import covered
from ui.registration.sheet import Sheet
from ui.registration.view import REVIEW, CitizenView, ReviewGroup, ReviewLine, ReviewView

BLANK, GONE = tr("没填"), tr("已删去的人")
Placed = tuple[str, ReviewLine]


def tell_review(sheet: Sheet) -> ReviewView:
    """All values, read only."""
    groups = []
    for step in sheet.form.steps:
        lines = tuple(line for _, line in _lines(sheet, step, masked=not sheet.revealed))
        filled = [line for line in lines if not line.head]
        count = sum(1 for line in filled if line.blank)
        note = (
            tr("{count} 栏，{count_2} 栏没填", count=len(filled), count_2=count)
            if count
            else tr("{count} 栏", count=len(filled))
        )
        groups.append(ReviewGroup(step=step.id, name=step.name, note=note, lines=lines))
    return ReviewView(groups=tuple(groups), secured=any(_secured(sheet)), revealed=sheet.revealed)


def tell_citizen(sheet: Sheet, hall: str) -> CitizenView:
    """The step on the second screen: secured fields masked always, the line being typed marked; all of it to be looked over."""
    steps = sheet.form.steps if sheet.step == REVIEW else (sheet.steps[sheet.place],)
    placed = [
        one for step in steps for one in _lines(sheet, step, masked=True) if not one[1].blank or one[0] == sheet.now
    ]
    now = next((n for n, (place, _) in enumerate(placed) if place and place == sheet.now), -1)
    company = get(sheet.document, "/company/name")
    return CitizenView(
        title=sheet.steps[sheet.place].name,
        company=company if isinstance(company, str) else "",
        lines=tuple(line for _, line in placed),
        now=now,
        hall=hall,
    )


def _lines(sheet: Sheet, step: Step, *, masked: bool) -> Iterator[Placed]:
    for section in step.sections:
        yield from _inside(sheet, section, "", (), masked)


def _inside(sheet: Sheet, section: str, repeat: str, at: At, masked: bool) -> Iterator[Placed]:
    for place in sheet.form.places(section, repeat):
        if not visible(place, sheet.document, at):
            continue
        if isinstance(place, Repeat):
            yield from _rows(sheet, section, place, at, masked)
        elif place.type != "key":
            yield pointer(place.id, at), _line(sheet, place, at, masked)


def _rows(sheet: Sheet, section: str, repeat: Repeat, at: At, masked: bool) -> Iterator[Placed]:
    place = pointer(repeat.id, at)
    rows = rows_of(get(sheet.document, place))
    if not rows and required(repeat, sheet.document, at):
        yield place, ReviewLine(repeat.name, BLANK, blank=True)
    for number in range(len(rows)):
        here = (*at, number)
        name = row_name(sheet.form, repeat.id, sheet.document, here)
        count = f"{repeat.name} {number + 1}"
        yield "", ReviewLine(count if name.startswith("第 ") else f"{count}·{name}", head=True)
        yield from _inside(sheet, section, repeat.id, here, masked)


def _line(sheet: Sheet, one: Field, at: At, masked: bool) -> ReviewLine:
    value = get(sheet.document, pointer(one.id, at))
    text = _words(sheet, one, value)
    return ReviewLine(one.label, covered(text) if masked and one.masked else text or BLANK, blank=not text)


def _words(sheet: Sheet, one: Field, value: Any) -> str:
    if one.type == "person":
        return person_name(sheet.document, value) or (GONE if value else "")
    if one.type == "flag":
        return tr("是") if value is True else tr("否")
    if one.type == "set":
        return tr("、").join(said(str(v)) for v in rows_of(value))
    text = text_of(one, value).strip()
    return said(text) if one.type == "choice" else text


def _secured(sheet: Sheet) -> Iterator[bool]:
    for one in sheet.form.fields:
        if one.masked:
            for number in range(len(rows_of(get(sheet.document, pointer(one.repeat))) if one.repeat else [None])):
                yield bool(get(sheet.document, pointer(one.id, (number,) if one.repeat else ())))
