"""目录的格 an item's fields as people write them in one line of a form or a table, and back: 3个工作日, 甲；乙, 80.00."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from clerk_app.cases.catalogue import kind_words

Codec = tuple[Callable[[str], Any], Callable[[Any], str], str]
"""Text → value (ValueError), value → text, and how it is written."""
correction_words = {
    "permit_5d": "五日内一次告知",
    "return_once": "当场退回并告知",
    "same_day_or_accepted": "当场答复",
    "foi_7d": "七日内告知",
}
form_words = {"original": "原件", "copy": "复印件", "copy_check": "复印核原件", "shared": "共享", "digital": "电子件"}
result_words = {"certificate": "证照", "decision": "决定文书"}
_units = {"workday": "个工作日", "day": "天", "month": "个月"}
_unit_of = {"工作日": "workday", "天": "day", "日": "day", "月": "month"}
_extenders = {"dept_head": "部门负责人", "government_head": "政府负责人", "foi_office_head": "公开机构负责人"}
_LIMIT = re.compile(r"(\d{1,4})\s*(个工作日|工作日|天|日|个月|月)(?:\s*[，,]?\s*可延\s*(\d{1,4})(?:\s*由(.+))?)?")
_MATERIAL = re.compile(
    r"(.+?)[（(]([^（()）\d，,]+?)\s*(\d{1,3})?\s*份?\s*[，,]\s*(必备|可不交|可容缺)(?:[，,](系统打印))?[）)]"
)
_RESULT = re.compile(r"(.+?)[（(](证照|决定文书)[）)]")
_OPTION = re.compile(r"(.+?)\s+(\d+(?:\.\d{1,2})?)")
_REDUCTION = re.compile(r"(?:([a-z0-9_]{1,20})：)?(.+?)[，,]\s*(\d{1,3})%[，,]\s*(.+)")
_ENDED = re.compile(r"(.+?)[（(](\d{4}-\d\d-\d\d)起不再要[）)]")
_SLOT = re.compile(r"(\d{1,2}:\d\d)\s*[-–—到至]\s*(\d{1,2}:\d\d)(?:\s+(\d{1,3})\s*个?)?")


def pieces(text: str) -> list[str]:
    """甲；乙 as its parts."""
    return [one.strip() for one in re.split(r"[；;\n]", text) if one.strip()]


def _joined(values: list[str]) -> str:
    return "；".join(values)


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return found


def _key(words: Mapping[str, str], text: str) -> str:
    """By its word, or by the key itself."""
    wanted = text.strip()
    if wanted in words:
        return wanted
    return next(key for key, word in words.items() if word == wanted)


def read_money(text: str) -> int:
    """80.00 or 80 元 as fen."""
    try:
        fen = Decimal(text.strip().removesuffix("元").strip() or "0") * 100
    except InvalidOperation:
        raise ValueError(text) from None
    if fen != fen.to_integral_value() or fen < 0:
        raise ValueError(text)
    return int(fen)


def money(fen: int) -> str:
    """800 as 8.00; 0 as 0."""
    return f"{fen / 100:.2f}" if fen else "0"


def _read_limit(text: str) -> dict[str, Any]:
    if text.strip() == "当场":
        return {"n": 0, "unit": "workday"}
    n, word, more, who = _matched(_LIMIT, text).groups()
    unit = _unit_of[word.removeprefix("个")]
    limit: dict[str, Any] = {"n": int(n), "unit": unit}
    if more:
        limit["extend"] = int(more)
    if who:
        limit["extend_by"] = _key(_extenders, who)
    return limit


def limit_text(limit: Mapping[str, Any]) -> str:
    """20个工作日，可延10由部门负责人."""
    if limit["n"] == 0 and limit["unit"] == "workday" and "extend" not in limit:
        return "当场"
    words = f"{limit['n']}{_units[limit['unit']]}"
    by = f"由{_extenders[limit['extend_by']]}" if "extend_by" in limit else ""
    return f"{words}，可延{limit['extend']}{by}" if "extend" in limit else words


def _read_material(text: str) -> dict[str, Any]:
    name, form, copies, need, ours = _matched(_MATERIAL, text).groups()
    row = {"name": name, "copies": int(copies or 1), "form": _key(form_words, form), "essential": need == "必备"}
    return {**row, "printed_by_system": True} if ours else row


def _material(row: Mapping[str, Any]) -> str:
    need, ours = "必备" if row["essential"] else "可不交", "，系统打印" if row.get("printed_by_system") else ""
    return f"{row['name']}（{form_words[row['form']]} {row['copies']} 份，{need}{ours}）"


def _read_result(text: str) -> dict[str, str]:
    name, kind = _matched(_RESULT, text).groups()
    return {"name": name, "kind": _key(result_words, kind)}


def _read_option(text: str) -> dict[str, Any]:
    name, amount = _matched(_OPTION, text).groups()
    return {"name": name, "amount": read_money(amount)}


def _read_reductions(text: str) -> list[dict[str, Any]]:
    found = [_matched(_REDUCTION, one).groups() for one in pieces(text)]
    return [
        {"key": key or f"r{place}", "name": name, "basis": basis, "percent": int(percent)}
        for place, (key, name, percent, basis) in enumerate(found, 1)
    ]


def _reduction(row: Mapping[str, Any]) -> str:
    return f"{row['key']}：{row['name']}，{row['percent']}%，{row['basis']}"


def _read_prerequisite(text: str) -> dict[str, str]:
    ended = _ENDED.fullmatch(text)
    return {"name": ended[1], "not_needed_since": ended[2]} if ended else {"name": text}


def _prerequisite(row: Mapping[str, Any]) -> str:
    since = row.get("not_needed_since")
    return f"{row['name']}（{since}起不再要）" if since else str(row["name"])


def read_remedies(text: str) -> dict[str, Any]:
    """复议：市政府；诉讼：区法院."""
    row: dict[str, Any] = {}
    for one in pieces(text):
        word, colon, rest = one.replace(":", "：").partition("：")
        key = {"复议": "review_body", "诉讼": "court"}.get(word.strip())
        if one == "先复议":
            row["review_first"] = True
        elif key and colon and rest.strip():
            row[key] = rest.strip()
        else:
            raise ValueError(text)
    return row


def remedies_text(row: Mapping[str, Any]) -> str:
    """The same in words."""
    named = [f"{word}：{row[key]}" for key, word in (("review_body", "复议"), ("court", "诉讼")) if row.get(key)]
    return _joined([*named, *(["先复议"] if row.get("review_first") else [])])


def _clock(text: str) -> str:
    hour, _, minute = text.partition(":")
    return f"{int(hour):02}:{minute}"


def read_spans(text: str) -> list[list[str]]:
    """09:00-12:00；13:30-17:00."""
    found = [_matched(_SLOT, one).groups() for one in pieces(text)]
    return [[_clock(begins), _clock(ends)] for begins, ends, _ in found]


def read_slots(text: str) -> list[dict[str, Any]]:
    """09:00-10:00 5个."""
    found = [_matched(_SLOT, one).groups() for one in pieces(text)]
    return [{"from": _clock(begins), "to": _clock(ends), "places": int(places or 0)} for begins, ends, places in found]


def spans_text(spans: list[list[str]]) -> str:
    """The same in words."""
    return _joined([f"{begins}-{ends}" for begins, ends in spans])


def slots_text(slots: list[dict[str, Any]]) -> str:
    """The same in words."""
    return _joined([f"{one['from']}-{one['to']} {one['places']}个" for one in slots])


def _read_flag(text: str) -> bool:
    return {"是": True, "否": False, "true": True, "false": False}[text.strip().lower()]


def _of_words(words: Mapping[str, str]) -> Codec:
    return (
        lambda text: _key(words, text),
        lambda value: words.get(value, str(value)),
        f"写 {'、'.join(words.values())}",
    )


def _list_of(read: Callable[[str], Any], told: Callable[[Any], str], how: str) -> Codec:
    return (lambda text: list(map(read, pieces(text))), lambda value: _joined(list(map(told, value))), how)


_TEXT: Codec = (lambda text: text.strip(), str, "")
_WORDS: Codec = _list_of(str, str, "一项一项写，用；隔开")
_FLAG: Codec = (_read_flag, lambda value: "是" if value else "否", "写 是 或 否")
_WHOLE: Codec = (int, str, "写整数")
_LIMIT_CODEC: Codec = (_read_limit, limit_text, "写 当场、3个工作日、20个工作日，可延10由部门负责人")
_MONEY: Codec = (read_money, money, "写几元，如 80 或 80.50，不收费写 0")
_NUMBERS: Codec = (
    lambda text: [int(one) for one in re.split(r"[；;，,、\s]+", text.strip()) if one],
    lambda value: "、".join(map(str, value)),
    "写窗口号，如 2、3",
)
_LETTERS: Codec = (
    lambda text: [one for one in re.split(r"[；;，,、\s]+", text.strip().upper()) if one],
    "、".join,
    "写业务字母，如 A、B",
)
codecs: dict[str, Codec] = {
    **dict.fromkeys(("steps", "partners", "skills", "conditions", "review_notes"), _WORDS),
    **dict.fromkeys(
        ("chief_scope", "external", "tolerant", "site_check", "expert_review", "commitment", "paper_only", "safety",
         "deemed_granted_if_overdue"), _FLAG
    ),
    **dict.fromkeys(("signatures", "third_party_consult_workdays"), _WHOLE),
    **dict.fromkeys(("statutory", "promised", "second_limit"), _LIMIT_CODEC),
    "kind": _of_words({str(key): word for key, word in kind_words.items()}),
    "correction": _of_words(correction_words),
    "windows": _NUMBERS,
    "letters": _LETTERS,
    "fee": _MONEY,
    "materials": _list_of(_read_material, _material, "每份写成 申请书（原件 1 份，必备），用；隔开"),
    "result": (_read_result, lambda row: f"{row['name']}（{result_words[row['kind']]}）", "写成 营业执照（证照）或（决定文书）"),
    "fee_options": _list_of(_read_option, lambda row: f"{row['name']} {money(row['amount'])}", "写成 加本 10，用；隔开"),
    "fee_reductions": (_read_reductions, lambda rows: _joined(list(map(_reduction, rows))), "写成 小微企业，100%，依据的文号"),
    "prerequisites": _list_of(_read_prerequisite, _prerequisite, "写 前置的名称；不再要的写成 名称（2026-01-01起不再要）"),
    "remedies": (read_remedies, remedies_text, "写成 复议：市政府；诉讼：区法院"),
}  # fmt: skip


def read_cell(key: str, text: str) -> Any:
    """The value; raises ValueError with how it is written."""
    read, _, how = codecs.get(key, _TEXT)
    try:
        return read(text)
    except (ValueError, KeyError, StopIteration):
        raise ValueError(how) from None


def cell_text(key: str, value: Any) -> str:
    """As a person would write it; what has no such form is said whole."""
    if value is None:
        return ""
    try:
        return codecs.get(key, _TEXT)[1](value)
    except (KeyError, TypeError, ValueError):
        return str(value)


def how_written(key: str) -> str:
    """Under the field."""
    return codecs.get(key, _TEXT)[2]
