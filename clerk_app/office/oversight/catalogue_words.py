"""目录变动的话 every field of a line before → after, the record of changes, and its paper. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clerk_app.cases.catalogue_changes import CatalogueChange, state_words
from clerk_app.cases.catalogue_lines import CatalogueLine, row_of, what_words
from clerk_app.cases.catalogue_shape import FIVE, field_words
from clerk_app.cases.telling_outside import telling_words
from clerk_app.office.oversight.catalogue_cells import cell_text, remedies_text, slots_text, spans_text
from clerk_app.sealing.paper import NoticePaper, NoticePart

NOTHING = "（没有）"
_seal_words = {
    "id": "编号", "name": "名称", "department": "部门", "kind": "种类", "custodian": "保管人", "backup": "代管人",
    "electronic": "电子印章", "window": "窗口", "face": "印面",
}  # fmt: skip
_kind_words = {
    "approval": "行政审批专用章", "register": "登记专用章", "receipt": "收件章", "intake": "收件专用章", "fee": "收费章",
}  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """改了的一栏 its name, and how it is before and after."""

    field: str
    before: str
    after: str


def differences_of(line: CatalogueLine, before: Mapping[str, Any]) -> tuple[Changed, ...]:
    """What of the row is not the same; of what is new, everything."""
    old = row_of(before, line.what, line.key)
    if line.what == "item_off":
        return (Changed("事项", str(old["name"]) if old else NOTHING, "下线，不再收件"),)
    if line.what == "issuer":
        return (Changed("合法签发机构", _lawful(old), _lawful(line.row)),)
    if line.what == "outside" and not line.row:
        return (Changed("对外的平台", str(old["name"]) if old else NOTHING, "不再告诉它"),)
    if line.what == "remedies":
        return (Changed("救济途径", remedies_text(old or {}) or NOTHING, remedies_text(line.row)),)
    was, now = old or {}, line.row
    return tuple(
        Changed(_word(line, key), _said(line, key, was.get(key)), _said(line, key, now.get(key)))
        for key in _order({**was, **now})
        if was.get(key) != now.get(key)
    )


def _order(keys: Iterable[str]) -> list[str]:
    """The five elements first, then as the catalogue has them."""
    known = [*FIVE, *field_words]
    return sorted(keys, key=lambda key: (known.index(key) if key in known else len(known), key))


def _lawful(row: Mapping[str, Any] | None) -> str:
    return "认" if row and row.get("lawful") else "不认"


def _word(line: CatalogueLine, key: str) -> str:
    own = {
        "hours": "开窗时间",
        "booked": "预约时段",
        "standard": "服务标准",
        "procedure": "程序文书",
        "decision": "决定文书",
    }
    words = {"seal": _seal_words, "outside": _partner_words}.get(line.what, field_words)
    return own.get(key) or words.get(key, key)


def _said(line: CatalogueLine, key: str, value: Any) -> str:
    if value is None:
        return NOTHING
    if key == "hours":
        return spans_text(value) or NOTHING
    if key == "booked":
        return slots_text(value) or NOTHING
    if line.what == "outside":
        return _partner_said(key, value)
    if line.what == "seal":
        told = {"kind": _kind_words.get(str(value), str(value)), "electronic": "有" if value else "没有"}
        return told.get(key, str(value))
    if key in ("standard", "procedure", "decision"):
        return "；".join(value)
    return cell_text(key, value) or NOTHING


_partner_words = {"id": "代号", "name": "名称", "way": "怎么送", "kinds": "送什么", "since": "从哪天起",
                  "url": "地址", "phones": "电话给不给", "items": "只送哪些事项"}  # fmt: skip
WAY_WORDS = {"http": "走网络", "folder": "放文件夹"}


def _partner_said(key: str, value: Any) -> str:
    if key == "kinds":
        return "、".join(telling_words.get(kind, kind) for kind in value)
    if key == "items":
        return "、".join(value)
    return {True: "给", False: "不给"}[value] if isinstance(value, bool) else WAY_WORDS.get(str(value), str(value))


def record_line(change: CatalogueChange, name_of: Mapping[str, str]) -> str:
    """One change in a sentence, as the record bears it; `name_of` knows people by number and items by code."""
    things = "、".join(f"{what_words[line.what]}“{_thing(line, name_of)}”" for line in change.lines)
    parts = [f"{things}；依据 {change.basis}", f"{_who(name_of, change.asked_by)} {_moment(change.asked_at)} 提"]
    if change.confirmed_at is not None:
        parts.append(f"{_who(name_of, change.confirmed_by)} {_moment(change.confirmed_at)} 确认")
    if change.dropped_at is not None:
        parts.append(f"{_who(name_of, change.dropped_by)} {_moment(change.dropped_at)} 撤回：{change.note}")
    if change.refused_at is not None:
        parts.append(f"{_moment(change.refused_at)} 没能生效：{change.note.rstrip('。')}")
    if change.applied_at is not None:
        parts.append(f"{_moment(change.applied_at)} 生效，大厅资料版本 {change.applied_version[:12]}")
    else:
        parts.append(f"定于 {change.effective_on} 生效，{state_words[change.state]}")
    return "；".join(parts) + "。"


def _thing(line: CatalogueLine, name_of: Mapping[str, str]) -> str:
    if line.what in ("window", "standard"):
        return f"{line.key}号窗口"
    if line.what == "documents":
        return "全部文书"
    named = line.name if line.what in ("item", "seal", "outside") else name_of.get(line.key, line.key)
    return named if len(named) <= 40 else f"{named[:16]}…"


def _who(name_of: Mapping[str, str], person: str) -> str:
    return f"{name_of.get(person, person)}（{person}）"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def record_paper(
    changes: Iterable[CatalogueChange], name_of: Mapping[str, str], hall: str, day: date, *, training: bool
) -> NoticePaper:
    """公开目录变动记录 on A4, newest first, a part a month of the day they begin."""
    months: dict[str, list[str]] = {}
    for change in sorted(changes, key=lambda one: (one.effective_on, one.asked_at), reverse=True):
        month = f"{change.effective_on.year}年{change.effective_on.month}月"
        months.setdefault(month, []).append(record_line(change, name_of))
    parts = [
        NoticePart(head=month, lines=tuple(f"{place}. {line}" for place, line in enumerate(lines, 1)))
        for month, lines in months.items()
    ]
    none = NoticePart(head="没有变动", lines=("到这一天目录没有变动过。",))
    return NoticePaper(
        title="公开目录变动记录", subtitle=hall, parts=tuple(parts) or (none,), day=day, training=training
    )
