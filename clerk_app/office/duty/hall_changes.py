"""资料改了什么 two hall documents as one sentence a change: what came, what went, which fields are not the same. Pure; people by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]

_lists = {
    "windows": ("窗口", "number"),
    "items": ("事项", "code"),
    "people": ("人员", "id"),
    "posts": ("岗位", "id"),
    "seals": ("印章", "id"),
    "departments": ("部门", "id"),
    "authorisations": ("授权书", "document_no"),
}
_rules = {
    "hall": "大厅",
    "calendar": "日历",
    "queue": "排队规矩",
    "seal_rules": "用印规矩",
    "duty_rules": "岗位规矩",
    "supervision": "监察口径",
    "keeping": "留存期限",
    "people_side": "群众一侧的规矩",
    "fees": "收费规矩",
    "handing": "出件规矩",
    "inbox": "收件箱规矩",
    "high_risk": "两人办的步骤",
    "routing": "分办规则",
    "sharing": "用大厅已有材料的规矩",
    "outside": "对外的平台",
    "ranks": "准假的人",
    "labels": "用词",
    "roles": "角色",
    "noon_roster": "午间排班",
    "short_leave_minutes": "短假分钟数",
}
_named = {"name": "名称", "windows": "窗口", "letters": "队", "posts": "岗位", "roles": "角色", "skills": "本领",
          "promised": "承诺时限", "statutory": "法定时限", "materials": "材料", "fee": "收费", "hours": "时间",
          "a": "A角", "b": "B角", "custodian": "保管人", "electronic": "电子印章", "from": "起", "to": "止",
          "items": "事项", "department": "部门", "chief_rep": "首席代表", "booked": "预约", "remedies": "救济途径"}  # fmt: skip


def hall_changes(before: Document, after: Document) -> tuple[str, ...]:
    """Empty when nothing changes; what leaves stands before what is changed and what comes."""
    found = [sentence for section in _lists for sentence in _of_list(section, before, after)]
    others = sorted((before.keys() | after.keys()) - _lists.keys() - {"schema"})
    return (*found, *(sentence for section in others for sentence in _of_rules(section, before, after)))


def _of_list(section: str, before: Document, after: Document) -> Iterator[str]:
    word, key = _lists[section]
    old, new = ({str(row[key]): row for row in document.get(section, ())} for document in (before, after))
    for one in sorted(old.keys() - new.keys()):
        yield f"去掉{word} {one}。"
    for one in sorted(old.keys() & new.keys()):
        if fields := _differing(old[one], new[one]):
            yield f"{word} {one} 改了：{'、'.join(fields)}。"
    for one in sorted(new.keys() - old.keys()):
        yield f"新增{word} {one}。"
    kept = [one for one in new if one in old]
    if kept != [one for one in old if one in new]:
        yield f"{word}的先后次序变了。"


def _of_rules(section: str, before: Document, after: Document) -> Iterator[str]:
    old, new, word = before.get(section), after.get(section), _rules.get(section, section)
    if old == new:
        return
    if section == "calendar" and isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _of_days(old, new)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield f"{word}改了：{'、'.join(_differing(old, new))}。"
    elif old is None:
        yield f"新写了{word}。"
    elif new is None:
        yield f"不再写{word}，照原来的规矩办。"
    else:
        yield f"{word}改了。"


def _of_days(old: Document, new: Document) -> Iterator[str]:
    before, after = ({row["date"]: row for row in one.get("overrides", ())} for one in (old, new))
    days = sorted(day for day in before.keys() | after.keys() if before.get(day) != after.get(day))
    if days:
        yield f"日历改了 {len(days)} 天：{days[0]} 到 {days[-1]}。"
    rest = [field for field in _differing(old, new) if field != "overrides"]
    if rest:
        yield f"日历改了：{'、'.join(rest)}。"


def _differing(old: Document, new: Document) -> list[str]:
    return [_named.get(key, key) for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
