"""证件号码 identity numbers by their own shape: never by the county code, which may be abolished or newer than its holder.

GB 11643: six digits of place, eight of birth, three of sequence (odd 男, even 女), one check character by ISO 7064 MOD 11-2.
Residence permits of Hong Kong, Macao (810000, 820000) and Taiwan (830000) and foreigners' cards (9…) are made the same way.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

RESIDENT = frozenset({"居民身份证", "港澳居民居住证", "台湾居民居住证", "港澳台居民居住证"})
FOREIGNERS_CARD = "外国人永久居留身份证"

_resident = re.compile(r"\d{17}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHARACTERS = "10X98765432"
_SHAPES = {
    "护照": (re.compile(r"[A-Z0-9]{5,17}", re.ASCII), "5 至 17 位大写字母或数字"),
    "港澳居民来往内地通行证": (re.compile(r"[HM](\d{8}|\d{10})", re.ASCII), "H 或 M 开头，后接 8 位或 10 位数字"),
}


def expected_shape(id_type: str, number: str) -> str:
    """What a number of that kind must look like, when this one does not; empty when it does, or the kind is not known."""
    if id_type in RESIDENT:
        return "" if _resident.fullmatch(number) else "17 位数字，再加一位数字或 X"
    shape, words = _SHAPES.get(id_type, (None, ""))
    return words if shape is not None and not shape.fullmatch(number) else ""


def carries_birth(id_type: str, number: str) -> bool:
    """Whether a number of that kind is made as GB 11643 has it; a foreigner's card is since December 2023."""
    return id_type in RESIDENT or (id_type == FOREIGNERS_CARD and number[:1] == "9" and well_formed(number))


def well_formed(number: str) -> bool:
    """17 digits and a digit or X."""
    return _resident.fullmatch(number) is not None


def check_character(body: str) -> str:
    """Of 17 digits, by ISO 7064 MOD 11-2 as GB 11643 prescribes."""
    return _CHARACTERS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def check_holds(number: str) -> bool:
    """Whether the last of the 18 is the check character of the others."""
    return well_formed(number) and check_character(number[:17]) == number[17]


def birth_in(number: str) -> date | None:
    """The date in positions 7 to 14, if there is such a day."""
    if not well_formed(number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def birth_of(number: str) -> date | None:
    """The birth date a good number tells; None while it is not good."""
    return birth_in(number) if check_holds(number) else None


def sex_of(number: str) -> Literal["男", "女"] | None:
    """The sex a good number tells; a foreigner's card is not asked."""
    if not check_holds(number) or number[0] == "9":
        return None
    return "男" if int(number[16]) % 2 else "女"
