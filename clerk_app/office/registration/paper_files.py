"""表单文件 the papers of the one form, read once from the product's own files."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import yaml

from clerk_app.office.registration.reference import company_form
from clerk_app.registration.copy_card import CardPattern, read_cards
from clerk_app.registration.extracts import DEPARTMENTS
from clerk_app.registration.papers.department import department_kind
from clerk_app.registration.papers.pattern import FormPaperKind, read_paper
from resources import path

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ORDER = (
    "application", "cancellation", "changes", "articles_limited", "articles_sole", "articles_joint",
    "resolution_limited", "resolution_sole", "resolution_joint", "letter", "materials", "findings",
)  # fmt: skip


@lru_cache(maxsize=1)
def form_paper_kinds() -> tuple[FormPaperKind, ...]:
    """All papers in the order they are offered, the departments' last."""
    form = company_form()
    kinds = (read_paper(_read(f"{name}.yaml"), form) for name in _ORDER)
    return (*kinds, *(department_kind(form, department) for department in DEPARTMENTS))


@lru_cache(maxsize=1)
def granted_lines() -> tuple[str, ...]:
    """What a decision to grant says of the company, line by line."""
    return tuple(_read("granted.yaml"))


@lru_cache(maxsize=1)
def copy_cards() -> tuple[CardPattern, ...]:
    """抄录卡 one for each system that is filled in by hand from ours."""
    file = path("forms", "company", "copy_cards.json")
    return read_cards(json.loads(file.read_text(encoding="utf-8")), company_form())


def _read(name: str) -> Any:
    file = path("forms", "company", "papers", name)
    return yaml.load(file.read_text(encoding="utf-8"), _LOADER)
