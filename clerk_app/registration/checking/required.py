"""必填 REQ: what must be there and is not, or is no such thing; said only where no other rule says it of the same place."""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.registration.checking.presence import Lack
from clerk_app.registration.checking.sheet import Sheet
from clerk_app.registration.document import pointer
from clerk_app.registration.findings import Finding
from clerk_app.registration.form import FieldType, Form, Repeat
from clerk_app.registration.model import row_name

LONGEST = 20
_KINDS: dict[FieldType, tuple[str, str]] = {
    "money": ("数", "阿拉伯数字，如 100 或 33.5"),
    "whole": ("整数", "阿拉伯数字"),
    "flag": ("“是”或“否”", "勾上或不勾"),
    "date": ("日期", "有的日子，如 2026-06-15"),
    "date_or_ever": ("日期", "有的日子，如 2026-06-15，或“长期”"),
    "month": ("年月", "2026-07 这样"),
    "set": ("可选的项", "可选的项"),
    "words": ("文字", "文字"),
}
_CHOSEN = ("choice", "person", "set", "flag")


def lacking(sheet: Sheet) -> Iterator[Finding]:
    """REQ, each with the field's own ground where it has one."""
    form = sheet.form
    for lack in sheet.lacks:
        where = row_name(form, lack.place.repeat, sheet.document, lack.at)
        yield _told(sheet, lack, f"{where}：" if where else "")
    for row, first in sheet.same_keys:
        yield sheet.found("REQ", f"/persons/{row}/key", "same_key", number=row + 1, first=first + 1)


def _told(sheet: Sheet, lack: Lack, where: str) -> Finding:
    place, at = lack.place, pointer(lack.place.id, lack.at)
    if isinstance(place, Repeat):
        return sheet.found("REQ", at, "row", where=where, label=place.name, unit=place.counted)
    case = "choose" if lack.case == "empty" and place.type in _CHOSEN else lack.case
    kind, wanted = _KINDS.get(place.type, ("文字", "文字"))
    return sheet.found(
        "REQ",
        at,
        "" if case == "empty" else case,
        place.basis,
        where=where,
        label=place.label,
        kind=kind,
        wanted=wanted,
        value=shortened(lack.value),
        choices="、".join(place.choices),
    )


def shortened(value: object) -> str:
    """What was typed, short enough to be read out."""
    text = str(value) if isinstance(value, str | int) else "别的东西"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def order_of(form: Form, place: str) -> tuple[tuple[int, int], ...]:
    """Where a pointer stands in the printed form; what the form does not know comes last, a list before its rows."""
    order: list[tuple[int, int]] = []
    known = ""
    for key in place.split("/")[1:]:
        if key.isdecimal():
            order.append((-1, int(key)))
            known += "[]"
        else:
            known += f".{key}" if known else key
            order.append((form.rank.get(known, len(form.fields)), 0))
    return tuple(order)
