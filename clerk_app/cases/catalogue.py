"""事项目录 the catalogue of service items: materials and limits as data (行政许可法 30, 31, 42; 五要素)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["workday", "day", "month"]
ItemKind = Literal["spot", "promise", "joint", "report"]

kind_words: dict[ItemKind, str] = {"spot": "即办件", "promise": "承诺件", "joint": "联办件", "report": "上报件"}
form_words: dict[str, str] = {"original": "原件", "copy_check": "复印核原件", "shared": "共享", "digital": "电子件"}


@dataclass(frozen=True, kw_only=True)
class Limit:
    """时限 n of a unit, counted from the day after acceptance."""

    n: int
    unit: Unit = "workday"


@dataclass(frozen=True, kw_only=True)
class Material:
    """材料 one paper of the item's list; nothing outside the list may be asked (行政许可法 31)."""

    name: str
    copies: int
    form: str
    essential: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """事项 a service item. `external` items are carried by another system and have no case here."""

    code: str
    name: str
    short: str
    department: str
    kind: ItemKind
    statutory: Limit
    promised: Limit
    windows: tuple[int, ...]
    letters: tuple[str, ...]
    materials: tuple[Material, ...]
    limit_source: str = ""
    fee: int = 0
    site_check: bool = False
    tolerant: bool = False
    external: bool = False
    expert_review: bool = False
    correction: str = "permit_5d"
    form: str = ""
    signatures: int = 2
    decider: str = ""
    seal: str = ""
    decision_document: str = ""
    result: str = ""
    skills: tuple[str, ...] = ()
    """上岗资格 what who takes it in must have; none asked: any clerk of its windows."""

    @property
    def kind_word(self) -> str:
        """承诺件, 即办件 …"""
        return kind_words[self.kind]
