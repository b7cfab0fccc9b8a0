"""自检结果 what a check of a whole application finds: every point at once (条例 19), each at its place, with its ground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """自检发现 one point: `pointer` is RFC 6901; an error blocks, a warning wants the clerk's word, an info is told."""

    rule: str
    severity: Severity
    pointer: str
    message: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class RegisteredName:
    """已登记名称 one name of the register: `authority_code` is of its registration authority, six digits.

    `until` is the last day of a reserved one; `uscc` and `number` (名称申报文号) say whose it is, where that is known.
    """

    name: str
    trade_name: str
    industry_term: str
    authority_code: str
    until: date | None = None
    uscc: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """已确认 a warning somebody has answered for: by whom, when, and why it may stay."""

    mark: str
    by: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Checked:
    """自检过 what a check of one exact document found; another document has not been checked.

    `digest` is of the document; `names_as_of` is the day of the name register it was held against, None for none at all.
    """

    digest: str
    as_of: date
    law: str
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    names_as_of: date | None = None


def errors_of(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """What blocks."""
    return tuple(one for one in found if one.severity == "error")


def warnings_of(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """What wants the clerk's word."""
    return tuple(one for one in found if one.severity == "warning")
