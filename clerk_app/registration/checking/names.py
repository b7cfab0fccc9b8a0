"""名称 N-*: its parts and how they fit, its characters and words, its reservation, and the names it meets in the register."""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.registration.checking.division_shapes import division_shapes
from clerk_app.registration.checking.sheet import Rule, Sheet
from clerk_app.registration.findings import Finding
from clerk_app.registration.naming import beyond_han, compose, folded, near_names, parts_of, same_names

NAME, TRADE_NAME = "/company/name", "/company/trade_name"


def parts_and_characters(sheet: Sheet) -> Iterator[Finding]:
    """N-PARTS, N-CHARSET, N-TRADE-LEN: a trade name of other signs is not also called short."""
    parts = parts_of(sheet.document)
    expected = compose(parts)
    if expected and parts.name and folded(parts.name) != folded(expected):
        yield sheet.found("N-PARTS", NAME, name=parts.name, expected=expected)
    beyond = beyond_han(parts.name or parts.trade_name)
    if beyond:
        yield sheet.found("N-CHARSET", TRADE_NAME, found=beyond)
        return
    least = int(sheet.number("N-TRADE-LEN", "least"))
    if parts.trade_name and len(parts.trade_name) < least:
        yield sheet.found("N-TRADE-LEN", TRADE_NAME, trade_name=parts.trade_name, least=least)


def words(sheet: Sheet) -> Iterator[Finding]:
    """N-FORBIDDEN, N-NATIONAL: on the name as it was typed."""
    name, lists = sheet.text(NAME), sheet.grounds.words
    banned = lists.banned_in(name, sheet.as_of)
    if banned:
        why = "；".join(dict.fromkeys(one.category for one in banned))
        yield sheet.found("N-FORBIDDEN", NAME, word="”“".join(one.word for one in banned), why=why)
    national = lists.national_of(name, sheet.as_of)
    if national:
        yield sheet.found("N-NATIONAL", NAME, word=national.word)


def org_form(sheet: Sheet) -> Iterator[Finding]:
    """N-ORGFORM: of a type nobody knows nothing is said."""
    form, company_type = sheet.text("/company/org_form"), sheet.text("/company/company_type")
    fitting = sheet.grounds.words.forms_of(company_type)
    if form and fitting and form not in fitting:
        yield sheet.found(
            "N-ORGFORM", "/company/org_form", org_form=form, company_type=company_type, expected="或".join(fitting)
        )


def division(sheet: Sheet) -> Iterator[Finding]:
    """N-DIVISION: held against the domicile as it is written, and as its code says; silent while there is none."""
    wanted = sheet.text("/company/name_division")
    written = tuple(sheet.text(f"/company/domicile/{level}") for level in ("province", "city", "county"))
    known = sheet.grounds.divisions.by_code(sheet.text("/company/domicile/division_code"))
    shapes = division_shapes(*written)
    if known and written != (known.province, known.city, known.county):
        shapes |= division_shapes(known.province, known.city, known.county)
    if wanted and shapes and wanted not in shapes:
        expected = "、".join(list(shapes)[:8])
        yield sheet.found("N-DIVISION", "/company/name_division", name_division=wanted, expected=expected)


def reserved(sheet: Sheet) -> Iterator[Finding]:
    """N-RESERVED: the last day itself is good."""
    until = sheet.day("/company/name_reserved_until")
    if until and until < sheet.as_of:
        yield sheet.found("N-RESERVED", "/company/name_reserved_until", until=until, as_of=sheet.as_of)


def registered(sheet: Sheet) -> Iterator[Finding]:
    """N-SAME, N-NEAR: one point each, with all the names; silent without a register."""
    register = sheet.grounds.registered
    if register is None:
        return
    parts = parts_of(sheet.document)
    for rule, met in (("N-SAME", same_names), ("N-NEAR", near_names)):
        names = "”“".join(dict.fromkeys(one.name for one in met(parts, register, sheet.as_of)))
        if names:
            yield sheet.found(rule, TRADE_NAME, name=names)


own_name_rules: tuple[Rule, ...] = (parts_and_characters, words, org_form, division, reserved)
"""What the name is by itself, without a register."""
name_rules: tuple[Rule, ...] = (*own_name_rules, registered)
