"""股东与出资 C-*, U-*: how many, whether the sums agree, what may be contributed and until when, corporate shareholders' codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from clerk_app.registration.checking.sheet import Row, Rule, Sheet
from clerk_app.registration.credit_codes import check_holds, well_formed
from clerk_app.registration.document import rows_of
from clerk_app.registration.findings import Finding
from clerk_app.registration.reading_values import amount_of, day_of, text_of, years_after

SHAREHOLDERS = "/shareholders"
NATURAL = "自然人"
HOME = "中国"
_HUNDRED = Decimal(100)


@lru_cache(maxsize=4096)
def plain(amount: Decimal) -> str:
    """An amount as people write it: no exponent, no zeros at the end."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Money:
    """认缴 what each shareholder subscribed, and the sum; None where one of them cannot be read."""

    subscribed: tuple[Decimal | None, ...]
    total: Decimal | None


def subscribed(sheet: Sheet) -> Money:
    """Of all shareholders."""
    each = tuple(amount_of(row.get("subscribed")) for row in sheet.rows(SHAREHOLDERS))
    known = [one for one in each if one is not None]
    return Money(each, sum(known, Decimal(0)) if each and len(known) == len(each) else None)


def abroad(row: Row) -> bool:
    """外国（地区）股东; one without a country is not called foreign."""
    return text_of(row.get("country")) not in ("", HOME)


def how_many(sheet: Sheet) -> Iterator[Finding]:
    """C-COUNT."""
    count = len(sheet.rows(SHAREHOLDERS))
    if sheet.joint_stock:
        most = int(sheet.number("C-COUNT", "joint_stock"))
        if not 1 <= count <= most:
            yield sheet.found("C-COUNT", SHAREHOLDERS, "joint_stock", count=count, joint_stock=most)
    elif "有限责任公司" in sheet.text("/company/company_type"):
        most = int(sheet.number("C-COUNT", "limited"))
        if not 1 <= count <= most:
            yield sheet.found("C-COUNT", SHAREHOLDERS, count=count, limited=most)


def sums(sheet: Sheet) -> Iterator[Finding]:
    """C-SUM, C-RATIO."""
    money, place = subscribed(sheet), "/company/registered_capital"
    capital = sheet.amount(place)
    if money.total is None:
        return
    if capital is not None and capital != money.total:
        yield sheet.found("C-SUM", place, total=plain(money.total), capital=plain(capital))
    if money.total <= 0:
        return
    tolerance = sheet.number("C-RATIO", "tolerance")
    for number, (row, part) in enumerate(zip(sheet.rows(SHAREHOLDERS), money.subscribed, strict=True)):
        ratio = amount_of(row.get("ratio"))
        if ratio is None or part is None:
            continue
        if abs(ratio * money.total - part * _HUNDRED) > tolerance * money.total:
            yield sheet.found(
                "C-RATIO",
                f"{SHAREHOLDERS}/{number}/ratio",
                who=sheet.owner(number),
                ratio=plain(ratio),
                expected=plain(round(part * _HUNDRED / money.total, 4)),
                tolerance=plain(tolerance),
            )


def contributions(sheet: Sheet) -> Iterator[Finding]:
    """C-METHOD-SUM, C-METHOD, C-5Y, C-JSC-PAID."""
    mode = sheet.text("/company/establish_mode")
    promoted = sheet.joint_stock and mode.startswith("发起")
    typed = bool(mode if sheet.joint_stock else sheet.text("/company/company_type"))
    latest = years_after(sheet.as_of, int(sheet.number("C-5Y", "years")))
    for number, row in enumerate(sheet.rows(SHAREHOLDERS)):
        place = f"{SHAREHOLDERS}/{number}/contributions"
        parts = [part for part in rows_of(row.get("contributions")) if isinstance(part, Mapping)]
        yield from _agreed(sheet, number, row, parts)
        for count, part in enumerate(parts):
            yield from _method(sheet, number, count, part)
            due = day_of(part.get("due_on"))
            if typed and not promoted and due is not None and due > latest:
                yield sheet.found(
                    "C-5Y",
                    f"{place}/{count}/due_on",
                    who=sheet.owner(number),
                    number=count + 1,
                    due_on=due,
                    latest=latest,
                    years=sheet.number("C-5Y", "years"),
                )
            if promoted:
                yield from _paid(sheet, number, count, part)


def _agreed(sheet: Sheet, number: int, row: Row, parts: list[Row]) -> Iterator[Finding]:
    each, whole = [amount_of(part.get("amount")) for part in parts], amount_of(row.get("subscribed"))
    known = [one for one in each if one is not None]
    if not each or len(known) < len(each) or whole is None:
        return
    if (total := sum(known, Decimal(0))) != whole:
        place, who = f"{SHAREHOLDERS}/{number}/contributions", sheet.owner(number)
        yield sheet.found("C-METHOD-SUM", place, who=who, total=plain(total), subscribed=plain(whole))


def _method(sheet: Sheet, number: int, count: int, part: Row) -> Iterator[Finding]:
    method, allowed = text_of(part.get("method")), sheet.words("C-METHOD", "allowed")
    if not method or method in allowed:
        return
    yield sheet.found(
        "C-METHOD",
        f"{SHAREHOLDERS}/{number}/contributions/{count}/method",
        "" if method in sheet.words("C-METHOD", "banned") else "unknown",
        who=sheet.owner(number),
        number=count + 1,
        method=method,
        allowed="、".join(allowed),
    )


def _paid(sheet: Sheet, number: int, count: int, part: Row) -> Iterator[Finding]:
    place, paid = f"{SHAREHOLDERS}/{number}/contributions/{count}/paid_on", day_of(part.get("paid_on"))
    if paid is None and text_of(part.get("paid_on")):
        return
    if paid is None:
        yield sheet.found("C-JSC-PAID", place, who=sheet.owner(number), number=count + 1)
    elif paid > sheet.as_of:
        who = sheet.owner(number)
        yield sheet.found("C-JSC-PAID", place, "later", who=who, number=count + 1, paid_on=paid, as_of=sheet.as_of)


def company_type(sheet: Sheet) -> Iterator[Finding]:
    """C-TYPE, when every shareholder's kind is known."""
    place = "/company/company_type"
    kinds = [text_of(row.get("kind")) for row in sheet.rows(SHAREHOLDERS)]
    if not kinds or not all(kinds):
        return
    named, count, natural = sheet.text(place), len(kinds), kinds.count(NATURAL)
    expected = ""
    if "自然人独资" in named and (count, natural) != (1, 1):
        expected = "正好一个股东，是自然人"
    elif "法人独资" in named and (count, natural) != (1, 0):
        expected = "正好一个股东，不是自然人"
    # 自然人投资或控股的法人独资 has one shareholder: a company that natural persons hold.
    held = "自然人投资或控股" in named and "法人独资" not in named
    if held and count < 2:
        expected = "不止一个股东"
    if expected:
        yield sheet.found("C-TYPE", place, company_type=named, expected=expected, count=count, natural=natural)
    elif held:
        yield from _majority(sheet, place, named, kinds)


def _majority(sheet: Sheet, place: str, named: str, kinds: list[str]) -> Iterator[Finding]:
    money = subscribed(sheet)
    if money.total is None or money.total <= 0:
        return
    held = sum((one or 0 for one, kind in zip(money.subscribed, kinds, strict=True) if kind == NATURAL), Decimal(0))
    if held * _HUNDRED < sheet.number("C-TYPE", "half") * money.total:
        share = plain(round(held * _HUNDRED / money.total, 4))
        yield sheet.found("C-TYPE", place, "majority", company_type=named, share=share)


def codes(sheet: Sheet) -> Iterator[Finding]:
    """U-FORMAT, U-CHECK of corporate shareholders at home, and of the company itself once it has one."""
    for number, row in enumerate(sheet.rows(SHAREHOLDERS)):
        if row.get("kind") != NATURAL and not abroad(row):
            yield from _code(sheet, f"{SHAREHOLDERS}/{number}/uscc", row.get("uscc"), sheet.owner(number))
    yield from _code(sheet, "/company/uscc", sheet.get("/company/uscc"), "本公司")


def _code(sheet: Sheet, place: str, value: object, who: str) -> Iterator[Finding]:
    code = text_of(value).upper()
    if code and not well_formed(code):
        yield sheet.found("U-FORMAT", place, who=who)
    elif code and not check_holds(code):
        yield sheet.found("U-CHECK", place, who=who)


capital_rules: tuple[Rule, ...] = (how_many, sums, contributions, company_type, codes)
