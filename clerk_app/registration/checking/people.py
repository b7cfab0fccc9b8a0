"""人员 P-*: numbers of identity papers, what they tell of birth and sex, papers out of date, the same person twice, ages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from clerk_app.registration.checking.sheet import Row, Rule, Sheet
from clerk_app.registration.findings import Finding
from clerk_app.registration.id_numbers import (
    FOREIGNERS_CARD,
    birth_in,
    carries_birth,
    check_holds,
    expected_shape,
    well_formed,
)
from clerk_app.registration.reading_values import day_of, text_of, years_after

PERSONS = "/persons"
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LOCAL = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"[^\W_]([\w-]*[^\W_])?"
_EMAIL = re.compile(rf"{_LOCAL}(\.{_LOCAL})*@{_LABEL}(\.{_LABEL})+")
_LONGEST_EMAIL = 254


def number_of(row: Row) -> str:
    """The number as it is compared: x is X."""
    return text_of(row.get("id_no")).upper()


def identity(sheet: Sheet) -> Iterator[Finding]:
    """P-ID-FORMAT, P-ID-CHECK, P-ID-DATE, P-ID-BIRTH, P-ID-GENDER; of a number that cannot be right, only that is told."""
    for number, row in enumerate(sheet.rows(PERSONS)):
        id_type, id_no = text_of(row.get("id_type")), number_of(row)
        if not id_type or not id_no:
            continue
        place, words = f"{PERSONS}/{number}", {"who": sheet.called(number), "id_type": id_type}
        if expected := expected_shape(id_type, id_no):
            yield sheet.found("P-ID-FORMAT", f"{place}/id_no", expected=expected, **words)
        elif carries_birth(id_type, id_no):
            if not check_holds(id_no):
                yield sheet.found("P-ID-CHECK", f"{place}/id_no", **words)
            else:
                yield from _inside(sheet, place, row, words)


def _inside(sheet: Sheet, place: str, row: Row, words: dict[str, str]) -> Iterator[Finding]:
    """What a number with a good check character tells."""
    id_no, born = number_of(row), birth_in(number_of(row))
    earliest = int(sheet.number("P-ID-DATE", "since_year"))
    if born is None:
        yield sheet.found("P-ID-DATE", f"{place}/id_no", **words)
    elif born > sheet.as_of:
        yield sheet.found("P-ID-DATE", f"{place}/id_no", "future", as_of=sheet.as_of, **words)
    elif born.year < earliest:
        yield sheet.found("P-ID-DATE", f"{place}/id_no", "ancient", since_year=earliest, **words)
    else:
        said = day_of(row.get("birth_date"))
        if said is not None and said != born:
            yield sheet.found("P-ID-BIRTH", f"{place}/birth_date", **words)
    gender, expected = row.get("gender"), "男" if int(id_no[16]) % 2 else "女"
    if words["id_type"] != FOREIGNERS_CARD and gender in ("男", "女") and gender != expected:
        yield sheet.found("P-ID-GENDER", f"{place}/gender", gender=gender, expected=expected, **words)


def papers(sheet: Sheet) -> Iterator[Finding]:
    """P-ID-EXPIRED, P-DUP: the last day itself is valid."""
    first: dict[str, int] = {}
    for number, row in enumerate(sheet.rows(PERSONS)):
        until = day_of(row.get("id_valid_until"))
        if until is not None and until < sheet.as_of:
            place = f"{PERSONS}/{number}/id_valid_until"
            yield sheet.found("P-ID-EXPIRED", place, who=sheet.called(number), until=until, as_of=sheet.as_of)
        id_no = number_of(row)
        if id_no and first.setdefault(id_no, number) != number:
            other = sheet.called(first[id_no])
            yield sheet.found("P-DUP", f"{PERSONS}/{number}/id_no", who=sheet.called(number), other=other)


def reaching(sheet: Sheet) -> Iterator[Finding]:
    """P-MOBILE, P-EMAIL: only what was given."""
    for number, row in enumerate(sheet.rows(PERSONS)):
        mobile, email = text_of(row.get("mobile")), text_of(row.get("email"))
        if mobile and not _MOBILE.fullmatch(mobile):
            yield sheet.found("P-MOBILE", f"{PERSONS}/{number}/mobile", who=sheet.called(number))
        if email and (len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email)):
            yield sheet.found("P-EMAIL", f"{PERSONS}/{number}/email", who=sheet.called(number))


def born_on(row: Row) -> date | None:
    """By the number where it is good, else as it was written."""
    id_type, id_no = text_of(row.get("id_type")), number_of(row)
    if carries_birth(id_type, id_no) and well_formed(id_no) and check_holds(id_no):
        return birth_in(id_no)
    return day_of(row.get("birth_date"))


def ages(sheet: Sheet) -> Iterator[Finding]:
    """P-AGE: the 18th birthday is adult; of directors, supervisors and managers 16 and 17 wants the clerk's word."""
    for role, label in (("directors", "董事"), ("supervisors", "监事"), ("managers", "经理")):
        for number, row in enumerate(sheet.rows(f"/governance/{role}")):
            yield from _young(sheet, f"/governance/{role}/{number}/person", row.get("person"), label, ("", "minor"))
    for role, label in (("liaison", "登记联络员"), ("agent", "代理人")):
        place = f"/{role}/person"
        yield from _young(sheet, place, sheet.get(place), label, ("adult", "adult"))


def _young(sheet: Sheet, place: str, key: object, role: str, cases: tuple[str, str]) -> Iterator[Finding]:
    born = born_on(sheet.person(key))
    if born is None or born > sheet.as_of:
        return
    adult, young = (int(sheet.number("P-AGE", name)) for name in ("adult", "young"))
    if years_after(born, adult) <= sheet.as_of:
        return
    case = cases[0] if years_after(born, young) > sheet.as_of else cases[1]
    who = sheet.called(sheet.people[str(key)])
    yield sheet.found("P-AGE", place, case, who=who, role=role, adult=adult, young=young, as_of=sheet.as_of)


people_rules: tuple[Rule, ...] = (identity, papers, reaching, ages)
