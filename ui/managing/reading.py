"""读目录变动的一行 what was typed for one line → the line, or one sentence; and a row back into the fields. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clerk_app.cases.catalogue_lines import CLASSES, CatalogueLine, What, row_of
from clerk_app.cases.catalogue_shape import FIVE, REQUIRED, field_words
from clerk_app.cases.telling_outside import telling_words
from clerk_app.office.oversight.catalogue_cells import (
    cell_text,
    correction_words,
    how_written,
    pieces,
    read_cell,
    read_remedies,
    read_slots,
    read_spans,
    remedies_text,
    slots_text,
    spans_text,
)
from clerk_app.office.oversight.catalogue_words import WAY_WORDS
from ui.language import said, tr
from ui.managing.view import AskedField

Typed = Mapping[str, str]
Document = Mapping[str, Any]

FIVE_STEP, PLACE_STEP, MORE_STEP = "five", "place", "more"
ITEM_STEPS = ((FIVE_STEP, tr("一 五要素")), (PLACE_STEP, tr("二 编码和去处")), (MORE_STEP, tr("三 其余说明")))
_five = (*FIVE, "statutory", "limit_source")
_place = (*(key for key in REQUIRED if key not in _five), "decision_document")
_more = (
    "basis", "conditions", "prerequisites", "review_notes", "remedies", "complaint", "skills", "fee_unit", "fee_code",
    "fee_options", "fee_reductions", "partners", "tolerant", "site_check", "form",
)  # fmt: skip
OF_STEP = {FIVE_STEP: _five, PLACE_STEP: _place, MORE_STEP: _more}
_IN_FORM = (*_five, *_place, *_more)
_hints: Mapping[str, str] = {
    "code": tr("31 位：部门代码、层级、目录码；目录里有的就是改它"),
    "short": tr("叫号和列表上用，如 歇业备案"),
    "department": tr("部门编号，如 SJJ"),
    "seal": tr("印章编号，如 S-SJJ"),
    "limit_source": tr("写法条，如 行政许可法第四十二条"),
    "fee_source": tr("写文号；不收费写 不收费"),
    "decision_document": tr("如 准予登记通知书；不写用通用的决定书"),
    "complaint": tr("不写用大厅的电话"),
    "fee_unit": tr("部门编号；不写是本部门"),
    "form": tr("要填一表的写 company_registration"),
}
START: Mapping[str, str] = {"chief_scope": "否", "correction": correction_words["permit_5d"]}
LAWFUL, UNLAWFUL = tr("认"), tr("不认")
_ELECTRONIC = {tr("有"): True, tr("没有"): False}
_KINDS = {
    tr("行政审批专用章"): "approval",
    tr("登记专用章"): "register",
    tr("收件章"): "receipt",
    tr("收件专用章"): "intake",
    tr("收费章"): "fee",
}


def item_fields(step: str) -> tuple[AskedField, ...]:
    """One step of an item's form."""
    needed = {*FIVE, *REQUIRED}
    return tuple(
        AskedField(
            name=key,
            label=said(field_words[key]),
            hint=_hints.get(key) or said(how_written(key)),
            optional=key not in needed,
        )
        for key in OF_STEP[step]
    )


def lacking_step(typed: Typed) -> str:
    """The first step in which something that must be written is not; empty: there is none."""
    needed = {*FIVE, *REQUIRED}
    empty = {key for key in needed if not typed.get(key, "").strip()}
    return next((step for step, _ in ITEM_STEPS if empty & set(OF_STEP[step])), "")


_TELLINGS = {said(words): kind for kind, words in telling_words.items()}
_WAYS = {said(words): way for way, words in WAY_WORDS.items()}
PHONES, NO_PHONES = tr("给"), tr("不给")


_code = AskedField(name="key", label=tr("实施编码"), hint=tr("目录里有的 31 位编码"))
_number = AskedField(name="key", label=tr("窗口号"))
fields_of: dict[What, tuple[AskedField, ...]] = {
    "item_off": (_code,),
    "window": (
        _number,
        AskedField(name="hours", label=tr("开窗时间"), hint=tr("如 09:00-12:00；13:30-17:00"), optional=True),
        AskedField(name="booked", label=tr("预约时段"), hint=tr("如 09:00-10:00 5个"), optional=True),
    ),
    "standard": (_number, AskedField(name="standard", label=tr("服务标准"), hint=tr("一条一条写，用；隔开"))),
    "remedies": (
        AskedField(name="key", label=tr("部门编号"), hint=tr("如 SJJ")),
        AskedField(name="remedies", label=tr("救济途径"), hint=tr("写成 复议：市政府；诉讼：区法院")),
    ),
    "documents": (
        AskedField(name="procedure", label=tr("程序文书"), hint=tr("盖收件专用章的，用；隔开")),
        AskedField(name="decision", label=tr("决定文书"), hint=tr("盖行政审批专用章的，用；隔开")),
    ),
    "seal": (
        AskedField(name="key", label=tr("印章编号"), hint=tr("如 S-SJ-13")),
        AskedField(name="name", label=tr("印章名称")),
        AskedField(name="department", label=tr("部门编号")),
        AskedField(name="kind", label=tr("种类"), hint=tr("写 {kinds}", kinds="、".join(_KINDS))),
        AskedField(name="custodian", label=tr("保管人"), hint=tr("工号；由窗口的人保管写 window_clerk")),
        AskedField(name="backup", label=tr("代管人"), hint=tr("工号"), optional=True),
        AskedField(name="electronic", label=tr("电子印章"), hint=tr("写 有 或 没有")),
        AskedField(name="window", label=tr("在几号窗口"), optional=True),
    ),
    "issuer": (
        AskedField(name="key", label=tr("签发机构证书的 SHA-256"), hint=tr("64 位小写十六进制")),
        AskedField(name="lawful", label=tr("认不认"), hint=tr("写 {yes} 或 {no}", yes=LAWFUL, no=UNLAWFUL)),
    ),
    "outside": (
        AskedField(name="key", label=tr("代号"), hint=tr("小写字母，如 city-platform；别的栏都空着就是不再告诉它")),
        AskedField(name="name", label=tr("名称"), optional=True),
        AskedField(name="way", label=tr("怎么送"), hint=tr("写 {ways}", ways="、".join(_WAYS)), optional=True),
        AskedField(name="url", label=tr("地址"), hint=tr("https 开头；放文件夹的不写"), optional=True),
        AskedField(
            name="kinds", label=tr("送什么"), hint=tr("{kinds}，用；隔开", kinds="、".join(_TELLINGS)), optional=True
        ),
        AskedField(name="since", label=tr("从哪天起"), hint=tr("如 2026-12-01"), optional=True),
        AskedField(name="phones", label=tr("电话给不给"), hint=tr("送短信才写 {yes}", yes=PHONES), optional=True),
        AskedField(name="items", label=tr("只送哪些事项"), hint=tr("实施编码，用；隔开；不写是全部"), optional=True),
    ),
    "fee": (
        _code,
        AskedField(name="fee", label=tr("收费标准"), hint=said(how_written("fee"))),
        AskedField(name="fee_source", label=tr("收费依据"), hint=tr("文号")),
        AskedField(name="fee_unit", label=tr("执收单位"), hint=tr("部门编号"), optional=True),
        AskedField(name="fee_code", label=tr("收费项目编码"), optional=True),
        AskedField(name="fee_options", label=tr("收费项"), hint=said(how_written("fee_options")), optional=True),
        AskedField(name="fee_reductions", label=tr("减免"), hint=said(how_written("fee_reductions")), optional=True),
    ),
}


def asked_fields(what: What, step: str) -> tuple[AskedField, ...]:
    """What is asked now."""
    return item_fields(step) if what == "item" else fields_of[what]


def read_line(what: What, typed: Typed, document: Document) -> CatalogueLine | str:
    """The line, or one sentence saying which field was not understood."""
    try:
        if what == "item":
            return _read_item(typed, document)
        key = typed.get("key", "").strip()
        row = _readers[what](typed, row_of(document, what, key) or {})
        return CatalogueLine(what=what, key=CLASSES if what == "documents" else key, row=row)
    except _WrongError as wrong:
        return str(wrong)


class _WrongError(Exception):
    """The sentence is its text."""


def _cell(key: str, text: str) -> Any:
    try:
        return read_cell(key, text)
    except ValueError as how:
        raise _WrongError(_unread(field_words[key], text, str(how))) from None


def _unread(label: str, text: str, how: str) -> str:
    return tr("{label}“{text}”没看懂。{how}。", label=said(label), text=text.strip()[:20], how=said(how))


def _read_item(typed: Typed, document: Document) -> CatalogueLine:
    """Fields that the form does not have stay as they are in the item in force."""
    code = typed.get("code", "").strip()
    row = {key: value for key, value in (row_of(document, "item", code) or {}).items() if key not in _IN_FORM}
    row |= {key: _cell(key, typed[key]) for key in _IN_FORM if typed.get(key, "").strip()}
    return CatalogueLine(what="item", key=code, row=row)


def typed_of(row: Mapping[str, Any]) -> dict[str, str]:
    """An item in force as the form's fields."""
    return {key: cell_text(key, row[key]) for key in _IN_FORM if key in row}


def _read(read: Callable[[str], Any], label: str, text: str, how: str) -> Any:
    try:
        return read(text)
    except (ValueError, KeyError):
        raise _WrongError(_unread(label, text, how)) from None


def _window(typed: Typed, before: Mapping[str, Any]) -> dict[str, Any]:
    how = tr("写成 09:00-12:00，预约写成 09:00-10:00 5个")
    row: dict[str, Any] = dict(before)
    for name, read, label in (("hours", read_spans, tr("开窗时间")), ("booked", read_slots, tr("预约时段"))):
        if text := typed.get(name, "").strip():
            row[name] = _read(read, label, text, how)
    return row


def _standard(typed: Typed, _: Mapping[str, Any]) -> dict[str, Any]:
    return {"standard": pieces(typed.get("standard", ""))}


def _remedies(typed: Typed, _: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = _read(
        read_remedies, tr("救济途径"), typed.get("remedies", ""), tr("写成 复议：市政府；诉讼：区法院")
    )  # fmt: skip
    return row


def _documents(typed: Typed, _: Mapping[str, Any]) -> dict[str, Any]:
    return {name: pieces(typed.get(name, "")) for name in ("procedure", "decision")}


def _seal(typed: Typed, before: Mapping[str, Any]) -> dict[str, Any]:
    key = typed.get("key", "").strip()
    row: dict[str, Any] = {**before, "id": key}
    row |= {
        name: typed[name].strip()
        for name in ("name", "department", "custodian", "backup")
        if typed.get(name, "").strip()
    }
    if text := typed.get("kind", "").strip():
        row["kind"] = _KINDS.get(text, text)
    if text := typed.get("electronic", "").strip():
        row["electronic"] = _read(_ELECTRONIC.__getitem__, tr("电子印章"), text, tr("写 有 或 没有"))
    if text := typed.get("window", "").strip():
        row["window"] = _read(int, tr("在几号窗口"), text, tr("写窗口号"))
    return row


def _issuer(typed: Typed, _: Mapping[str, Any]) -> dict[str, Any]:
    words = {LAWFUL: True, UNLAWFUL: False}
    return {"lawful": _read(words.__getitem__, tr("认不认"), typed.get("lawful", "").strip(), tr("写 认 或 不认"))}


def _fee(typed: Typed, _: Mapping[str, Any]) -> dict[str, Any]:
    names = (field.name for field in fields_of["fee"] if field.name != "key")
    return {name: _cell(name, typed[name]) for name in names if typed.get(name, "").strip()}


def _partner(typed: Typed, _: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing but the key: it is told no more."""
    words = {name: text.strip() for name, text in typed.items() if name != "key" and text.strip()}
    if not words:
        return {}
    kinds, how = pieces(words.get("kinds", "")), tr("写 {kinds}", kinds="、".join(_TELLINGS))
    row: dict[str, Any] = {"id": typed.get("key", "").strip()}
    row |= {name: words[name] for name in ("name", "url", "since") if name in words}
    row["way"] = _read(_WAYS.__getitem__, tr("怎么送"), words.get("way", ""), tr("写 {ways}", ways="、".join(_WAYS)))
    row["kinds"] = [_read(_TELLINGS.__getitem__, tr("送什么"), one, how) for one in kinds]
    if text := words.get("phones"):
        says = {PHONES: True, NO_PHONES: False}
        row["phones"] = _read(
            says.__getitem__, tr("电话给不给"), text, tr("写 {yes} 或 {no}", yes=PHONES, no=NO_PHONES)
        )
    return row | ({"items": pieces(words["items"])} if "items" in words else {})


_readers: dict[What, Callable[[Typed, Mapping[str, Any]], dict[str, Any]]] = {
    "item_off": lambda typed, before: {},
    "window": _window,
    "standard": _standard,
    "remedies": _remedies,
    "documents": _documents,
    "seal": _seal,
    "issuer": _issuer,
    "fee": _fee,
    "outside": _partner,
}


def given_of(what: What, document: Document) -> dict[str, str]:
    """What stands in the fields before anything is typed: the document classes are changed, never begun anew."""
    if what == "item":
        return dict(START)
    if what != "documents":
        return {}
    row = row_of(document, "documents", CLASSES) or {}
    return {name: "；".join(row[name]) for name in ("procedure", "decision") if name in row}


def row_words(what: What, row: Mapping[str, Any]) -> str:
    """A row in few words, for the list of a draft."""
    told = {"window": lambda: spans_text(row.get("hours", [])) + " " + slots_text(row.get("booked", [])),
            "remedies": lambda: remedies_text(row)}.get(what)  # fmt: skip
    return told().strip() if told else ""
