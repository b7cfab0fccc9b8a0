"""打印机档案 what is known of one printer: its paper, its letters, how it tells what became of a job.

The makes are a start; the probe and a person's answers to the test page are what counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

import yaml

from resources import path

Columns = Literal[32, 42, 48]
Rom = Literal["gb18030", "gbk", "gb2312", "ascii"]
Completion = Literal["process_id", "fence", "none", ""]
StatusLevel = Literal["full", "none", ""]

_CHOICES: dict[str, tuple[object, ...]] = {
    "columns": get_args(Columns),
    "rom": get_args(Rom),
    "completion": get_args(Completion),
    "status": get_args(StatusLevel),
}
_TYPES: dict[str, type] = {"name": str, "cjk_always_on": bool, "cutter": bool, "native_qr": bool}


@dataclass(frozen=True)
class Profile:
    """打印机档案 of one device. Empty `completion` and `status` mean: nobody has asked it yet."""

    name: str = ""
    columns: Columns = 48
    rom: Rom = "gbk"
    """What its own letters hold; `ascii`: all Chinese is drawn."""
    cjk_always_on: bool = False
    """It is in Chinese mode by its switches and is not told `FS &`."""
    completion: Completion = ""
    status: StatusLevel = ""
    cutter: bool = True
    native_qr: bool = True
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What a person answered to the test page's questions: key → word."""

    @property
    def probed(self) -> bool:
        """Whether the device was asked how it confirms."""
        return self.completion != ""

    def to_json(self) -> str:
        """As text for a table; keys in order, so that the same profile is the same text."""
        return json.dumps(_plain(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Profile:
        """Raises ValueError with one sentence for what is no profile; keys of a later version are passed over."""
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise ValueError("打印机档案读不出来：重新做一次测试页。")
        known = {one.name for one in fields(cls)}
        return cls(**{key: _checked(key, value) for key, value in found.items() if key in known})


def _plain(profile: Profile) -> dict[str, Any]:
    """Its values as JSON knows them."""
    return {one.name: getattr(profile, one.name) for one in fields(profile)} | {"answers": dict(profile.answers)}


def _checked(key: str, value: object) -> Any:
    choices, kind = _CHOICES.get(key), _TYPES.get(key)
    if choices is not None:
        fits = value in choices and not isinstance(value, bool)
    elif kind is not None:
        fits = isinstance(value, kind)
    else:
        fits = isinstance(value, dict) and all(isinstance(word, str) for pair in value.items() for word in pair)
    if not fits:
        raise ValueError(f"打印机档案里「{key}」这一项不对：重新做一次测试页。")
    return MappingProxyType(dict(cast("dict[str, str]", value))) if key == "answers" else value


@dataclass(frozen=True, kw_only=True)
class Make:
    """机型 what public sources say of one make; `verified` is false where nobody of us looked at the paper."""

    name: str
    columns: Columns
    rom: Rom
    width_mm: float
    source: str
    verified: bool
    note: str = ""
    cutter: bool = True
    native_qr: bool = True

    def profile(self) -> Profile:
        """A profile to begin with; the probe and the test page fill in the rest."""
        return Profile(name=self.name, columns=self.columns, rom=self.rom, cutter=self.cutter, native_qr=self.native_qr)


@cache
def makes() -> tuple[Make, ...]:
    """The table of known makes, in its own order."""
    rows = yaml.safe_load(path("printers", "makes.yaml").read_text(encoding="utf-8"))["makes"]
    for row in rows:
        for key in ("columns", "rom", "cutter", "native_qr", "name"):
            if key in row:
                _checked(key, row[key])
    return tuple(Make(**row) for row in rows)
