"""企业名称 how a name is put together, and which registered names it is the same as or sounds like (名称规定 6, 17).

Compared is within one prefecture (the first four digits of the registration authority), on the day of filing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from itertools import product
from typing import Any, Protocol

from clerk_app.cases import pinyin
from clerk_app.registration.document import Document, get, rows_of
from clerk_app.registration.findings import Finding, RegisteredName
from clerk_app.registration.reading_values import day_of, text_of

FIRST, BRACKETED = "行政区划在前", "行政区划加括号后置"
_brackets = str.maketrans("()", "（）", " \u3000")
_no_brackets = str.maketrans("", "", "（）() \u3000")
MOST_SOUNDS = 64
_not_han = re.compile("[^\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")


@dataclass(frozen=True, kw_only=True)
class NameParts:
    """名称各部分 as they stand on the form; `uscc` and `number` (名称申报文号) say which registered name is its own."""

    name: str = ""
    division: str = ""
    trade_name: str = ""
    industry_term: str = ""
    org_form: str = ""
    layout: str = FIRST
    authority_code: str = ""
    uscc: str = ""
    number: str = ""
    reserved_until: date | None = None
    alternatives: tuple[str, ...] = ()

    @property
    def prefecture(self) -> str:
        """Within which names are compared; empty while the authority is not known."""
        return self.authority_code[:4] if re.fullmatch("[0-9]{6}", self.authority_code) else ""


@dataclass(frozen=True, kw_only=True)
class AlternativeCheck:
    """备选名称 one other name the applicant would take, and what it meets in the register."""

    name: str
    same: tuple[RegisteredName, ...] = ()
    near: tuple[RegisteredName, ...] = ()

    @property
    def free(self) -> bool:
        """Nothing in its way."""
        return not self.same and not self.near


@dataclass(frozen=True, kw_only=True)
class NameCheck:
    """名称自查 what a name meets on a day: `register_as_of` is the day of the copy it was held against, None for none at hand.

    `issues` are the points of the name itself, as the whole check would tell them.
    """

    as_of: date
    register_as_of: date | None
    same: tuple[RegisteredName, ...] = ()
    near: tuple[RegisteredName, ...] = ()
    issues: tuple[Finding, ...] = ()
    alternatives: tuple[AlternativeCheck, ...] = ()


def parts_of(document: Document) -> NameParts:
    """The parts as an application has them; whatever is of another shape reads as empty."""

    def text(place: str) -> str:
        return text_of(get(document, place))

    return NameParts(
        name=text("/company/name"),
        division=text("/company/name_division"),
        trade_name=text("/company/trade_name"),
        industry_term=text("/company/industry_term"),
        org_form=text("/company/org_form"),
        layout=text("/company/name_layout"),
        authority_code=text("/application/authority_code"),
        uscc=text("/company/uscc"),
        number=text("/company/name_approval_no"),
        reserved_until=day_of(get(document, "/company/name_reserved_until")),
        alternatives=tuple(filter(None, map(text_of, rows_of(get(document, "/company/alt_names"))))),
    )


def as_document(parts: NameParts) -> dict[str, Any]:
    """An application of nothing but these parts, for the rules that ask no more."""
    until = parts.reserved_until
    return {
        "application": {"authority_code": parts.authority_code},
        "company": {
            "name": parts.name,
            "name_division": parts.division,
            "trade_name": parts.trade_name,
            "industry_term": parts.industry_term,
            "org_form": parts.org_form,
            "name_layout": parts.layout,
            "name_reserved_until": until.isoformat() if until else None,
        },
    }


def compose(parts: NameParts) -> str:
    """区划字号行业形式, or 字号（区划）行业形式; empty while a part or the layout is missing."""
    pieces = (parts.division, parts.trade_name, parts.industry_term, parts.org_form)
    if not all(pieces):
        return ""
    division, trade, industry, form = pieces
    if parts.layout == FIRST:
        return division + trade + industry + form
    return f"{trade}（{division}）{industry}{form}" if parts.layout == BRACKETED else ""


def folded(name: str) -> str:
    """Full-width brackets, no spaces: as names are written."""
    return name.translate(_brackets)


def beyond_han(name: str) -> str:
    """What in the name, without its brackets, is no Chinese character; each sign once."""
    bare = name.replace("（", "").replace("）", "").replace("(", "").replace(")", "")
    return "".join(dict.fromkeys(_not_han.findall(bare)))


def still_kept(one: RegisteredName, on: date) -> bool:
    """A registered name is; a reserved one to its last day."""
    return one.until is None or on <= one.until


def same_names(parts: NameParts, registered: Iterable[RegisteredName], on: date) -> tuple[RegisteredName, ...]:
    """相同: the same trade name and industry term, the same two the other way round, or the same words altogether."""
    return tuple(one for one in _in_its_way(parts, registered, on) if _is_same(parts, one))


def near_names(parts: NameParts, registered: Iterable[RegisteredName], on: date) -> tuple[RegisteredName, ...]:
    """近似: the trade name in other characters that may be read the same, with the same industry term."""
    return tuple(
        one
        for one in _in_its_way(parts, registered, on)
        if one.industry_term == parts.industry_term
        and not _is_same(parts, one)
        and sounds_same(one.trade_name, parts.trade_name)
    )


def sounds_same(one: str, other: str) -> bool:
    """Character by character there is a reading both have (重 is chong as well as zhong)."""
    if not one or len(one) != len(other) or one == other:
        return False
    return all(_read_alike(a, b) for a, b in zip(one, other, strict=True))


def _read_alike(one: str, other: str) -> bool:
    return one == other or not set(pinyin.readings(one)).isdisjoint(pinyin.readings(other))


def _in_its_way(parts: NameParts, registered: Iterable[RegisteredName], on: date) -> Iterable[RegisteredName]:
    prefecture = parts.prefecture
    if not prefecture or not parts.trade_name:
        return ()
    return (
        one
        for one in registered
        if one.authority_code[:4] == prefecture and still_kept(one, on) and not _its_own(parts, one)
    )


def _its_own(parts: NameParts, one: RegisteredName) -> bool:
    """The company's registered name, or what was reserved for this very application."""
    return bool(one.uscc and one.uscc == parts.uscc) or bool(one.number and one.number == parts.number)


def _is_same(parts: NameParts, one: RegisteredName) -> bool:
    mine, theirs = (parts.trade_name, parts.industry_term), (one.trade_name, one.industry_term)
    if mine in {theirs, theirs[::-1]}:
        return True
    return bool(parts.name) and parts.name.translate(_no_brackets) == one.name.translate(_no_brackets)


def alternative(parts: NameParts, name: str) -> NameParts:
    """The same company under another name: with its trade name, where the rest of the name is the same."""
    whole = folded(name)
    for layout in (parts.layout, FIRST, BRACKETED):
        frame = compose(replace(parts, trade_name="\0", layout=layout))
        before, mark, after = frame.partition("\0")
        if mark and whole.startswith(before) and whole.endswith(after) and len(whole) > len(before + after):
            trade_name = whole[len(before) : len(whole) - len(after)]
            return replace(parts, name=whole, trade_name=trade_name, layout=layout, number="")
    return replace(parts, name=whole, trade_name=whole, industry_term="", number="")


def check_alternatives(
    parts: NameParts, registered: Iterable[RegisteredName], on: date
) -> tuple[AlternativeCheck, ...]:
    """Every other name the applicant would take."""
    register = tuple(registered)
    others = ((name, alternative(parts, name)) for name in parts.alternatives)
    return tuple(
        AlternativeCheck(name=name, same=same_names(one, register, on), near=near_names(one, register, on))
        for name, one in others
    )


class Named(Protocol):
    """有名称的 what a register is searched by: a wanted name, a registered one, a line of a copy."""

    @property
    def name(self) -> str:
        """名称."""
        ...

    @property
    def trade_name(self) -> str:
        """字号."""
        ...

    @property
    def industry_term(self) -> str:
        """行业."""
        ...

    @property
    def authority_code(self) -> str:
        """登记机关."""
        ...


def keys_of(one: Named) -> frozenset[str]:
    """By which a name is looked up in a register of many: two names that are the same or sound the same share one.

    Short digests: of its two parts in either order, of its words without brackets, of every way to read its trade name.
    """
    prefecture = one.authority_code[:4]
    pair = "|".join(sorted((one.trade_name, one.industry_term)))
    words = [f"={pair}", *(f"~{one.industry_term}|{sound}" for sound in _sounds(one.trade_name))]
    if one.name:
        words.append(f"#{one.name.translate(_no_brackets)}")
    return frozenset(blake2b((prefecture + word).encode(), digest_size=12).hexdigest() for word in words)


def _sounds(trade_name: str) -> Iterable[str]:
    """Every way to read it; of a long one with many readings, the usual reading of what is over the limit."""
    ways, said = 1, []
    for character in trade_name:
        readings = pinyin.readings(character) or (character,)
        ways *= len(readings)
        said.append(readings if ways <= MOST_SOUNDS else readings[:1])
    return (" ".join(way) for way in product(*said))


def reservation_words(until: date, on: date) -> str:
    """还剩 N 天, the last day said as such."""
    left = (until - on).days
    if left < 0:
        return f"保留期已过 {-left} 天"
    return f"还剩 {left} 天" if left else "今天是最后一天"
