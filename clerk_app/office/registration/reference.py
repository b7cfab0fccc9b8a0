"""表的资料 what the one form stands on, read once from the product's own files."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from clerk_app.registration.checking.law import Law, read_law
from clerk_app.registration.currencies import Currencies, read_currencies
from clerk_app.registration.divisions import Divisions, read_divisions
from clerk_app.registration.form import Form, read_form
from clerk_app.registration.industries import Industries, read_industries
from clerk_app.registration.name_words import NameWords, read_name_words
from clerk_app.registration.types import form_for
from clerk_app.registration.versions import Edition, Editions, asked_before, read_editions
from resources import path


@lru_cache(maxsize=1)
def company_form() -> Form:
    """企业登记一表 of the version in force."""
    return read_form(json.loads(path("forms", "company", "form.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def form_editions() -> Editions:
    """各版 of the form, from which day each binds."""
    return read_editions(json.loads(path("forms", "company", "versions.json").read_text(encoding="utf-8")))


def form_asked(registration_type: str, as_of: date) -> Form:
    """The form as an application of this type and day is asked it."""
    return form_for(_form_of(form_editions().later_than(as_of)), registration_type)


@lru_cache(maxsize=8)
def _form_of(later: tuple[Edition, ...]) -> Form:
    return asked_before(company_form(), later)


@lru_cache(maxsize=1)
def company_law() -> Law:
    """规则库 what the one form is checked by."""
    return read_law(json.loads(path("forms", "company", "law.json").read_text(encoding="utf-8")))


def divisions(region: str = "") -> Divisions:
    """行政区划 current and former; the training hall's invented city is known to a hall of that `region`, and to no other."""
    return _divisions_with(_table("divisions_invented") if region in _invented() else "")


@lru_cache(maxsize=1)
def _invented() -> frozenset[str]:
    return frozenset(line.split("\t", 1)[0] for line in _table("divisions_invented").splitlines())


@lru_cache(maxsize=2)
def _divisions_with(invented: str) -> Divisions:
    return read_divisions(_table("divisions"), _table("divisions_former"), invented)


@lru_cache(maxsize=1)
def industries() -> Industries:
    """国民经济行业 GB/T 4754-2017."""
    return read_industries(_table("industries"))


@lru_cache(maxsize=1)
def currencies() -> Currencies:
    """币种."""
    return read_currencies(_table("currencies"))


@lru_cache(maxsize=1)
def name_words() -> NameWords:
    """名称用字."""
    return read_name_words(json.loads(path("forms", "company", "name_words.json").read_text(encoding="utf-8")))


def _table(name: str) -> str:
    return path("reference", f"{name}.tsv").read_text(encoding="utf-8")
