"""资料里的印章 what a hall file may say of a seal's face, and of whose certificates make a lawful one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clerk_app.outside.hall_shape import Flag, ListOf, Place, Problem, Record, key_of, shown

DIAMETERS = (40, 42, 45)


@dataclass(frozen=True)
class Diameter:
    """直径 one of those seals are cut in."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        """One sentence."""
        if value not in DIAMETERS or isinstance(value, bool):
            sizes = "、".join(map(str, DIAMETERS))
            yield place, f"{key_of(place)} 不能写 {shown(value)}，印章的直径只能是 {sizes}（毫米）。"


@dataclass(frozen=True)
class Pattern:
    """式样 a text of one form; `said` tells what to write."""

    form: re.Pattern[str]
    said: str

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        """One sentence."""
        if not isinstance(value, str) or not self.form.fullmatch(value):
            yield place, f"{key_of(place)} 不能写 {shown(value)}，{self.said}。"


SEAL_FACE = Record(
    {},
    {
        "diameter": Diameter(),
        "star": Flag(),
        "number": Pattern(re.compile(r"\([1-9]\d?\)"), "要写 (1) 到 (99) 这样带半角括号的编号，加引号"),
        "code": Pattern(re.compile(r"[0-9]{13}"), "公安机关的印章编码是 13 位数字，加引号"),
    },
)
LAWFUL_ISSUERS = ListOf(
    Pattern(re.compile(r"[0-9a-f]{64}"), "要写签发机构证书的 SHA-256，64 位小写十六进制，加引号"),
)
