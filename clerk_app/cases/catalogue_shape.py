"""事项的样子 what may stand in an item's row, field by field, with the words people call it by. One sentence for each that is wrong.

The whole hall file's own checks look once more at the centre; this is what a person is told before he asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from clerk_app.cases.catalogue import Unit, corrections, kind_words

FIVE: dict[str, str] = {
    "name": "项目名称",
    "materials": "申报材料",
    "steps": "审批流程",
    "promised": "承诺时限",
    "fee": "收费标准",
    "fee_source": "收费依据",
}
"""五要素: the fifth, 收费标准和依据, is two fields of the row."""
REQUIRED: dict[str, str] = {
    "code": "实施编码",
    "short": "简称",
    "department": "部门",
    "kind": "种类",
    "statutory": "法定时限",
    "limit_source": "时限依据",
    "correction": "补正方式",
    "windows": "窗口",
    "letters": "业务字母",
    "chief_scope": "可否授权首席代表",
    "seal": "印章",
    "result": "办理结果",
}
OPTIONAL: dict[str, str] = {
    "decision_document": "决定文书", "form": "登记表", "signatures": "签名数", "registration_type": "登记类型",
    "decider": "决定人", "external": "外部系统办", "tolerant": "容缺", "fee_waiver": "减免说明", "fee_options": "收费项",
    "partners": "协办部门", "site_check": "现场核查", "expert_review": "专家评审", "commitment": "告知承诺",
    "deemed_granted_if_overdue": "逾期视为准予", "clock_start": "起算", "third_party_consult_workdays": "征求第三方意见",
    "skills": "上岗资格", "remedies": "救济途径", "second_limit": "第二时限", "batch_closes": "集中受理截止日",
    "paper_only": "涉密", "safety": "涉及安全", "agency_seal": "盖机关公章", "conditions": "申报条件", "basis": "政策依据",
    "complaint": "监督电话", "partner_silence": "协办逾期口径", "saying": "怎么说", "fee_unit": "执收单位",
    "fee_code": "收费项目编码", "fee_reductions": "减免", "prerequisites": "前置条件", "review_notes": "审查要点",
}  # fmt: skip
field_words: dict[str, str] = {**REQUIRED, **FIVE, **OPTIONAL}
FORMS = ("original", "copy", "copy_check", "shared", "digital")
_UNITS: tuple[Unit, ...] = get_args(Unit)
_MOST = 100_000_000

Look = Callable[[object], bool]


def row_gaps(row: Mapping[str, Any], name: str) -> Iterator[str]:
    """五要素 first, then what else is missing, unknown or of the wrong kind; each as a sentence."""
    for key, words in FIVE.items():
        if _empty(row, key):
            yield f"{name}没有写{words}，五要素不齐，没有收下。补上“{words}”再来。"
    for key, words in REQUIRED.items():
        if _empty(row, key):
            yield f"{name}没有写{words}，没有收下。补上“{words}”再来。"
    for key in row:
        if key not in field_words:
            yield f"{name}里的“{key}”不认识，没有收下。看看是不是写错了，多余的删掉。"
    for key, (fits, how) in _shapes.items():
        if not _empty(row, key) and not fits(row[key]):
            yield f"{name}的{field_words[key]}写得不对，没有收下。{how}。"


def _empty(row: Mapping[str, Any], key: str) -> bool:
    """Zero and false are said, a blank is not."""
    value = row.get(key)
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def is_text(value: object) -> bool:
    """A text that says something."""
    return isinstance(value, str) and bool(value.strip())


def is_whole(value: object, least: int = 0, most: int = _MOST) -> bool:
    """A whole number within its bounds; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _list(value: object, fits: Look) -> bool:
    return isinstance(value, list) and all(map(fits, value))


def is_words(value: object) -> bool:
    """A list of texts."""
    return _list(value, is_text)


def _numbers(value: object) -> bool:
    return _list(value, lambda one: is_whole(one, 1))


def is_day(value: object) -> bool:
    """2027-01-01."""
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _record(value: object, must: Mapping[str, Look], may: Mapping[str, Look] | None = None) -> bool:
    may = may or {}
    if not isinstance(value, dict) or set(must) - set(value) or set(value) - set(must) - set(may):
        return False
    return all({**must, **may}[key](inner) for key, inner in value.items())


def _word(*choices: str) -> Look:
    return lambda value: isinstance(value, str) and value in choices


_extend: dict[str, Look] = {
    "extend": lambda value: is_whole(value, 1, 1000),
    "extend_by": _word("dept_head", "government_head", "foi_office_head"),
}


def _limit(value: object) -> bool:
    return _record(value, {"n": lambda n: is_whole(n, 0, 1000), "unit": _word(*_UNITS)}, _extend)


def _material(value: object) -> bool:
    must: dict[str, Look] = {
        "name": is_text,
        "copies": lambda n: is_whole(n, 1),
        "form": _word(*FORMS),
        "essential": _flag,
    }
    return _record(value, must, {"printed_by_system": _flag})


def is_remedies(value: object) -> bool:
    """Review body, court, and which comes first."""
    return _record(value, {}, {"review_body": is_text, "court": is_text, "review_first": _flag})


def _option(value: object) -> bool:
    return _record(value, {"name": is_text, "amount": is_whole})


def _reduction(value: object) -> bool:
    return _record(value, {"key": is_text, "name": is_text, "basis": is_text, "percent": lambda n: is_whole(n, 1, 100)})


def _prerequisite(value: object) -> bool:
    return _record(value, {"name": is_text}, {"basis": is_text, "not_needed_since": is_day})


_WORDS = "写成列表，一项一行"
_YES = "只能是 true 或 false"
_LIMIT = "写成 n（几）和 unit（workday 工作日、day 天、month 月）"
_shapes: dict[str, tuple[Look, str]] = {
    **dict.fromkeys(
        ("code", "name", "short", "department", "limit_source", "seal", "fee_source", "decision_document", "form",
         "decider", "fee_waiver", "agency_seal", "basis", "complaint", "partner_silence", "fee_unit", "fee_code"),
        (is_text, "写成文字，纯数字要加引号"),
    ),
    **dict.fromkeys(("letters", "steps", "partners", "skills", "conditions", "review_notes"), (is_words, _WORDS)),
    **dict.fromkeys(
        ("chief_scope", "external", "tolerant", "site_check", "expert_review", "commitment", "paper_only", "safety",
         "deemed_granted_if_overdue"),
        (_flag, _YES),
    ),
    **dict.fromkeys(("statutory", "promised", "second_limit"), (_limit, _LIMIT)),
    "kind": (_word(*kind_words), f"只能是 {'、'.join(kind_words)}"),
    "correction": (_word(*corrections), f"只能是 {'、'.join(corrections)}"),
    "registration_type": (_word("设立", "变更", "备案", "注销"), "只能是 设立、变更、备案、注销"),
    "clock_start": (_word("acceptance", "batch_close"), "只能是 acceptance、batch_close"),
    "windows": (_numbers, "写窗口号的列表，如 [2, 3]"),
    "fee": (is_whole, "写几分钱，整数，不收费写 0"),
    "signatures": (lambda value: is_whole(value, 1, 9), "写几个签名，整数"),
    "third_party_consult_workdays": (is_whole, "写几个工作日，整数"),
    "batch_closes": (lambda value: _list(value, is_day), "写日期的列表，如 2026-12-31"),
    "result": (
        lambda value: _record(value, {"name": is_text, "kind": _word("certificate", "decision")}),
        "写 name（名称）和 kind（certificate 证照、decision 决定文书）",
    ),
    "materials": (lambda value: _list(value, _material), f"每份写 name、copies、form（{'、'.join(FORMS)}）、essential"),
    "remedies": (is_remedies, "写 review_body（复议机关）和 court（法院）"),
    "saying": (lambda value: _record(value, {}, {"ask_first": is_words, "say_no": is_text}), "写 ask_first 和 say_no"),
    "fee_options": (lambda value: _list(value, _option), "每项写 name 和 amount（几分钱）"),
    "fee_reductions": (lambda value: _list(value, _reduction), "每项写 key、name、basis、percent，减免也要有依据"),
    "prerequisites": (
        lambda value: _list(value, _prerequisite),
        "每项写 name，可以写 basis 和 not_needed_since（从哪天起不再要）",
    ),
}  # fmt: skip


def fits(key: str, value: object) -> bool:
    """Whether a value has the form of this field."""
    return _shapes[key][0](value)


def how(key: str) -> str:
    """How this field is written."""
    return _shapes[key][1]
