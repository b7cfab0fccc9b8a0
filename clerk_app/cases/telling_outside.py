"""对外 who outside the hall is told what: a hall's data, and nobody where it says nothing (不写就什么也不出大厅)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

Telling = Literal["message", "public_result", "status", "supervision", "archive"]
TELLINGS: tuple[Telling, ...] = get_args(Telling)
telling_words: dict[Telling, str] = {
    "message": "短信",
    "public_result": "结果公示",
    "status": "外网反馈",
    "supervision": "监察平台",
    "archive": "一事一档",
}
Way = Literal["http", "folder"]
PARTNER_KEY = re.compile(r"[a-z][a-z0-9-]{1,23}")
KEY_HOW = "2 到 24 个小写字母、数字或横线，字母开头，如 city-platform"
"""It names a file and a folder at the centre, so it is plain."""
_address = re.compile(r"(https://[A-Za-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:\d{1,5})?(/[A-Za-z0-9._~-]+)*")
_needed = {"id", "name", "way", "kinds", "since"}
_allowed = _needed | {"url", "phones", "items"}


@dataclass(frozen=True, kw_only=True)
class OutsidePartner:
    """对方 a platform that is told: by which way, which kinds, from which day on.

    `phones`: people's telephone numbers may go there, which 短信 needs. Its key is no hall data: it lies at the centre only.
    """

    id: str
    name: str
    way: Way
    kinds: frozenset[Telling]
    since: date
    url: str = ""
    phones: bool = False
    items: frozenset[str] = frozenset()
    """Of which items only (codes); empty: of all."""

    def hears(self, kind: Telling, item: str = "") -> bool:
        """Whether it is told this; 短信 only by who may have telephone numbers."""
        if kind not in self.kinds or (kind == "message" and not self.phones):
            return False
        return not self.items or not item or item in self.items


@dataclass(frozen=True, kw_only=True)
class OutsideRules:
    """对外规矩 whom this hall tells; nobody unless it says so."""

    partners: tuple[OutsidePartner, ...] = ()

    def partner(self, key: str) -> OutsidePartner | None:
        """By its id."""
        return next((one for one in self.partners if one.id == key), None)

    @property
    def sends_messages(self) -> bool:
        """Whether somebody passes messages on to people's telephones."""
        return any(one.hears("message") for one in self.partners)


def read_outside(said: Mapping[str, Any]) -> OutsideRules:
    """From the checked section `outside` of a hall document."""
    return OutsideRules(partners=tuple(map(_partner, said.get("partners", ()))))


def _partner(row: Mapping[str, Any]) -> OutsidePartner:
    return OutsidePartner(
        id=row["id"],
        name=row["name"],
        way="folder" if row["way"] == "folder" else "http",
        kinds=frozenset(row["kinds"]),
        since=date.fromisoformat(row["since"]),
        url=row.get("url", ""),
        phones=row.get("phones", False),
        items=frozenset(row.get("items", ())),
    )


def partner_gaps(row: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a row that is typed, a sentence each; the hall file's own checks say the same of its shape."""
    if not _needed <= row.keys() <= _allowed:
        yield "要写代号、名称、怎么送、送什么、从哪天起，别的删掉。"
        return
    if not PARTNER_KEY.fullmatch(str(row["id"])):
        yield f"代号要写 {KEY_HOW}。"
    if not str(row["name"]).strip():
        yield "名称是空的，写上。"
    kinds = row["kinds"]
    if not isinstance(kinds, list) or not kinds or not set(map(str, kinds)) <= set(TELLINGS):
        yield f"送什么只能从 {'、'.join(telling_words.values())} 里选，至少一种。"
    yield from _way_gaps(row)
    if not _is_day(row["since"]):
        yield "从哪天起要写 2026-12-01 这样的日期。"
    phones = row.get("phones", False)
    if not isinstance(phones, bool) or (isinstance(kinds, list) and "message" in kinds and not phones):
        yield "电话给不给要写明，送短信的才给。"


def _way_gaps(row: Mapping[str, Any]) -> Iterator[str]:
    url = str(row.get("url", ""))
    if row["way"] == "http" and not _address.fullmatch(url):
        yield "走网络的要写 https 开头的地址，末尾不带斜杠。"
    elif row["way"] == "folder" and url:
        yield "放文件夹的不写地址，文件放在中心的对外文件夹里。"
    elif row["way"] not in get_args(Way):
        yield "怎么送只能写 走网络 或 放文件夹。"


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
