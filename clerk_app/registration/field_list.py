"""字段清单 every field of the form for people of other systems: where it stands, what it is, when it is wanted, who gets it."""

from __future__ import annotations

import csv
import io
from typing import Any

from clerk_app.registration.form import Condition, Field, Form

HEAD = {
    "section": "部分", "label": "字段", "id": "标识", "type": "类型", "required": "必填", "choices": "可选值",
    "rule": "规则", "basis": "依据", "departments": "部门", "masked": "隐私", "entry": "条目",
}  # fmt: skip
type_words = {
    "text": "文字", "code": "代码", "phone": "电话", "date": "日期", "month": "年月", "date_or_ever": "日期或长期",
    "money": "小数", "whole": "整数", "choice": "单选", "flag": "是否", "person": "人员", "set": "多选", "words": "列表",
    "key": "标识",
}  # fmt: skip


def field_rows(form: Form) -> list[dict[str, Any]]:
    """One row a field, in the order of the form."""
    names = {one.id: one.name for one in form.sections}
    return [
        {
            "section": f"{one.section} {names[one.section]}",
            "label": one.label,
            "id": one.id,
            "type": type_words[one.type],
            "required": _required(form, one),
            "choices": list(one.choices),
            "rule": one.rule,
            "basis": one.basis,
            "departments": list(one.departments),
            "masked": one.masked,
            "entry": one.entry,
        }
        for one in form.fields
    ]


def markdown(form: Form) -> str:
    """As one table under a head for each section."""
    columns = [name for name in HEAD if name != "section"]
    lines = [f"# {form.name} {form.version} 版字段清单"]
    section = ""
    for row in field_rows(form):
        if row["section"] != section:
            section = row["section"]
            lines += ["", f"## {section}", "", _line([HEAD[name] for name in columns]), _line(["---"] * len(columns))]
        lines.append(_line([_cell(row[name]) for name in columns]))
    return "\n".join(lines) + "\n"


def comma_separated(form: Form) -> str:
    """As a sheet opens it: a byte order mark first, so that Chinese is read as such."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD.values())
    writer.writerows([_cell(row[name]) for name in HEAD] for row in field_rows(form))
    return "\ufeff" + out.getvalue()


def _required(form: Form, one: Field) -> str:
    """必 always, 条件 by what, 选 never; 自动 is filled in by the program."""
    words = "自动" if one.automatic else ""
    gates = [gate for gate in (one.required, one.visible) if isinstance(gate, Condition)]
    if one.required is False and not one.must:
        return words or "选填"
    said = "、".join(dict.fromkeys(_words(form, gate) for gate in gates))
    return "、".join(text for text in (words, f"条件：{said}" if said else "必填") if text)


def _words(form: Form, gate: Condition) -> str:
    if gate.all:
        return "并且".join(_words(form, one) for one in gate.all)
    if gate.referenced_by:
        roles = (form.by_id[role.strip("/").replace("/", ".")] for role in gate.referenced_by)
        return f"担任{'、'.join(one.label for one in roles)}"
    label = form.by_id[gate.field].label
    if gate.filled:
        return f"填了{label}"
    if gate.starts:
        return f"{label}以{'、'.join(gate.starts)}开头"
    values = "、".join(
        "是" if v is True else "否" if v is False else "没填" if v is None else str(v) for v in gate.values
    )
    return f"{label}{'为' if gate.wanted else '不为'}{values}"


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(value)
    return ("是" if value else "") if isinstance(value, bool) else str(value)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
