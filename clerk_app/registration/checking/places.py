"""住所 D-*: the division and its names, the postal code, the lease."""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.registration.checking.sheet import Rule, Sheet
from clerk_app.registration.divisions import Division
from clerk_app.registration.findings import Finding

DOMICILE = "/company/domicile"
_LEVELS = ("province", "city", "county")
_no_city = ("省直辖县级行政区划", "自治区直辖县级行政区划")
_own_city = ("市辖区", "县")


def division(sheet: Sheet) -> Iterator[Finding]:
    """D-DIVISION: a code that never was; names that are not the code's. A former county is known, and good."""
    code = sheet.text(f"{DOMICILE}/division_code")
    if not code:
        return
    known = sheet.grounds.divisions.by_code(code)
    if known is None:
        yield sheet.found("D-DIVISION", f"{DOMICILE}/division_code", code=code)
        return
    written = [sheet.text(f"{DOMICILE}/{level}") for level in _LEVELS]
    if any(text and text not in _names(known, level) for level, text in zip(_LEVELS, written, strict=True)):
        yield sheet.found(
            "D-DIVISION",
            f"{DOMICILE}/county",
            "differs",
            code=code,
            expected=known.full_name,
            found="".join(dict.fromkeys(written)),
        )


def levels_without(sheet: Sheet) -> set[str]:
    """Where nothing can stand: there is no city right under a province, and no county in 东莞."""
    known = sheet.grounds.divisions.by_code(sheet.text(f"{DOMICILE}/division_code"))
    if known is None or known.level == "province":
        return set()
    return {f"{DOMICILE}/{level}" for level in ("city", "county") if not getattr(known, level)}


def _names(known: Division, level: str) -> tuple[str, ...]:
    """What may stand at this level: a municipality is its own city, and a city without counties its own county."""
    if level == "province":
        return (known.province,)
    if level == "city":
        return (known.city, *_own_city) if known.city == known.province else (known.city or known.county, *_no_city)
    return (known.county or known.city,)


def postal_code(sheet: Sheet) -> Iterator[Finding]:
    """D-POST."""
    value = sheet.text(f"{DOMICILE}/postal_code")
    if value and not (len(value) == 6 and value.isascii() and value.isdecimal()):
        yield sheet.found("D-POST", f"{DOMICILE}/postal_code", value=value)


def lease(sheet: Sheet) -> Iterator[Finding]:
    """D-LEASE: it must run beyond the day."""
    until = sheet.day(f"{DOMICILE}/lease_to")
    if sheet.text(f"{DOMICILE}/property_right") == "租赁" and until and until <= sheet.as_of:
        yield sheet.found("D-LEASE", f"{DOMICILE}/lease_to", lease_to=until, as_of=sheet.as_of)


place_rules: tuple[Rule, ...] = (division, postal_code, lease)
