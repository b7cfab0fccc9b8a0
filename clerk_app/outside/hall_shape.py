"""资料格式 the small language the shape of a hall file is written in: what a line may hold, and the sentence if not.

Sentences name the key and say what to write; the line number is put before them by `hall_file`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

Place = tuple[str | int, ...]
Problem = tuple[Place, str]
"""Where it is wrong, and one Chinese sentence."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_ADDRESS = re.compile(r"(https://[A-Za-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:\d{1,5})?(/[A-Za-z0-9._~-]+)*")
LONGEST_ADDRESS = 80


class Shape(Protocol):
    """格式 what one value must look like."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]: ...


def key_of(place: Place) -> str:
    """The nearest key above a value: list positions say nothing to a reader."""
    return next((part for part in reversed(place) if isinstance(part, str)), "整份资料")


@dataclass(frozen=True)
class Text:
    """文字 a non-empty text; an unquoted number or 12:00 is not one, whatever it looks like."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield place, f"{key_of(place)} 要写成文字，纯数字和 12:00 这样的要加引号。"
        elif not value.strip():
            yield place, f"{key_of(place)} 是空的，填上内容。"


@dataclass(frozen=True)
class Word:
    """选词 one of a few known words."""

    choices: Sequence[str]

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, str) or value not in self.choices:
            yield place, f"{key_of(place)} 不能写 {shown(value)}，只能是 {'、'.join(self.choices)}。"


@dataclass(frozen=True)
class Whole:
    """整数 a whole number within its bounds."""

    least: int = 0
    most: int = 100_000_000

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            bounds = f"{self.least} 到 {self.most} 的整数" if self.least < self.most else f"{self.least}"
            yield place, f"{key_of(place)} 不能写 {shown(value)}，要写 {bounds}。"


@dataclass(frozen=True)
class Flag:
    """是否 true or false."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield place, f"{key_of(place)} 不能写 {shown(value)}，只能是 true 或 false。"


@dataclass(frozen=True)
class Day:
    """日期 a date in ISO text."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not is_day(value):
            yield place, f"{key_of(place)} 不能写 {shown(value)}，要写 2026-01-05 这样的日期。"


@dataclass(frozen=True)
class Clock:
    """钟点 a time of day in quotes."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, str) or not _CLOCK.fullmatch(value):
            yield place, f'{key_of(place)} 要写成 "09:00" 这样加引号的钟点。'


@dataclass(frozen=True)
class WebAddress:
    """网址 the beginning of an address that goes into a QR code: https, or http on this very machine; short, no slash behind."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, str) or len(value) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(value):
            yield (
                place,
                f"{key_of(place)} 不能写 {shown(value)}，要写 https://cx.example.gov.cn 这样的网址，末尾不带斜杠，最多 {LONGEST_ADDRESS} 个字。",
            )


@dataclass(frozen=True)
class Span:
    """时段 a beginning and an end on one day."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        found = list(Row((Clock(), Clock())).problems(value, place))
        if not found and isinstance(value, list) and value[0] >= value[1]:
            found = [(place, f"{key_of(place)} 从 {value[0]} 到 {value[1]}，先后写反了。")]
        yield from found


@dataclass(frozen=True)
class Row:
    """定长列 a list of exactly these values."""

    cells: Sequence[Shape]

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, list) or len(value) != len(self.cells):
            yield place, f"{key_of(place)} 这里要正好写 {len(self.cells)} 个值，用 [ ] 括起来。"
            return
        for index, (cell, inner) in enumerate(zip(self.cells, value, strict=True)):
            yield from cell.problems(inner, (*place, index))


@dataclass(frozen=True)
class ListOf:
    """列表 any number of values of one shape, at least `least`."""

    shape: Shape
    least: int = 0

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield place, f"{key_of(place)} 要写成列表，一项一行，前面加“- ”，或者用 [ ] 括起来。"
            return
        if len(value) < self.least:
            yield place, f"{key_of(place)} 是空的，最少要写 {self.least} 项。"
        for index, inner in enumerate(value):
            yield from self.shape.problems(inner, (*place, index))


@dataclass(frozen=True)
class MapOf:
    """对照表 free keys, values of one shape."""

    shape: Shape

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield place, f"{key_of(place)} 下面要写“名称: 内容”，一行一个。"
            return
        for key, inner in value.items():
            yield from self.shape.problems(inner, (*place, key))


@dataclass(frozen=True)
class Record:
    """表 fixed keys: some must stand, some may, no others."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield place, f"{key_of(place)} 下面要写“名称: 内容”，一行一个。"
            return
        yield from self._key_problems(value, place)
        for key, inner in value.items():
            shape = self.required.get(key) or self.optional.get(key)
            if shape is not None:
                yield from shape.problems(inner, (*place, key))

    def _key_problems(self, value: Mapping[str, object], place: Place) -> Iterator[Problem]:
        missing = "、".join(named(key) for key in self.required if key not in value)
        unknown = [key for key in value if key not in self.required and key not in self.optional]
        # A misspelt key is one wrong line, not one that is unknown and another one that is missing.
        for key in unknown:
            tail = f"；这里缺的是 {missing}，是不是写错了。" if missing else "，看看是不是写错了，多余的就删掉。"
            yield (*place, key), f"不认识“{key}”{tail}"
        if missing and not unknown:
            yield place, f"{key_of(place)} 这里缺 {missing}，补上再用。"


def is_day(value: object) -> bool:
    if not isinstance(value, str) or len(value) != len("2026-01-05"):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def named(key: str) -> str:
    """The key with its Chinese name behind it, for those who do not read English."""
    label = LABELS.get(key)
    return f"{key}（{label}）" if label else key


def shown(value: object) -> str:
    """What was written there, as a sentence quotes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"“{str(value)[:40]}”" if isinstance(value, str | int | float) else "这样的内容"


LABELS = {
    "id": "编号", "name": "名称", "code": "实施编码", "short": "简称", "number": "窗口号", "department": "部门",
    "uscc": "统一社会信用代码", "chief_rep": "首席代表", "deputy_rep": "副代表", "custodian": "保管人",
    "backup": "代管人", "a": "A角", "b": "B角", "roles": "角色", "post": "岗位", "posts": "岗位",
    "letters": "业务字母", "windows": "窗口",
    "window": "窗口", "zone": "区域", "seal": "印章", "partners": "协办部门", "decider": "决定人", "person": "被授权人",
    "deputy": "副代表", "items": "事项", "kind": "种类", "statutory": "法定时限", "promised": "承诺时限",
    "limit_source": "时限依据", "fee": "收费标准", "fee_source": "收费依据", "fee_unit": "执收单位", "fee_code": "收费项目编码", "rule": "分办办法", "fee_reductions": "减免",
    "materials": "申报材料",
    "result": "办理结果", "correction": "补正方式", "chief_scope": "可否授权首席代表", "n": "数量", "unit": "单位", "percent": "减免比例", "means": "收款方式", "cash": "收现金",
    "face": "印面", "diameter": "直径", "star": "五角星", "duplex": "双面打印", "lawful_issuers": "合法签发机构",
    "from": "起始日", "to": "截止日", "document_no": "文号", "copies": "份数", "form": "形式", "registration_type": "登记类型",
    "essential": "是否必要", "amount": "金额", "carrier": "邮寄承运", "post_basis": "邮寄依据", "remind_after": "催领天数",
    "citizen_url": "查询网址", "citizen_days": "办件页保留天数", "recovery_certificate": "恢复证书", "mentor": "带教人", "learner": "学习期", "skills": "上岗资格", "qualifications": "岗位要求", "window_head": "窗口负责人", "dept_head": "部门负责人",
}  # fmt: skip
