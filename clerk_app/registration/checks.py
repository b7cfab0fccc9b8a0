"""自检与确认 a whole check is recorded on one exact document; a grant is proposed on that document only, warnings answered for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

import msgspec

from clerk_app.cases.decisions import ProposeDecision
from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Refusal, UseCase, case_subject
from clerk_app.registration.books import FormBooks
from clerk_app.registration.document import Document
from clerk_app.registration.findings import Checked, Confirmed
from clerk_app.registration.model import FormDraft, form_subject
from clerk_app.registration.usecases import FORM, open_form

LONGEST = 200


def digest_of(document: Document) -> str:
    """SHA-256 of the document, whatever the order of its keys."""
    return hashlib.sha256(msgspec.json.encode(document, order="sorted")).hexdigest()


@dataclass(frozen=True, kw_only=True)
class CheckForm(CaseCommand):
    """自检 all that a check found on the document of `digest`, by the law of `law` and the name register of that day."""

    kind: ClassVar[str] = "check_form"
    digest: str
    as_of: date
    law: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    names_as_of: date | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """The form, and the case it rests on."""
        return (form_subject(self.case), case_subject(self.case))


@dataclass(frozen=True, kw_only=True)
class ConfirmFinding(CaseCommand):
    """确认提示 a warning may stay, and why; it holds for the same point only."""

    kind: ClassVar[str] = "confirm_finding"
    mark: str
    words: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The form, and the case it rests on."""
        return (form_subject(self.case), case_subject(self.case))


def check_form(command: CheckForm, books: FormBooks) -> Refusal | None:
    """Recorded only of the document that is kept."""
    draft = open_form(command, books)
    if isinstance(draft, Refusal):
        return draft
    if digest_of(draft.document) != command.digest:
        return Refusal("form-changed", "自检的时候表又改了，这次自检没有记，改的都在。再自检一次。")
    checked = Checked(
        digest=command.digest,
        as_of=command.as_of,
        law=command.law,
        errors=command.errors,
        warnings=command.warnings,
        names_as_of=command.names_as_of,
    )
    books.put_form(replace(draft, checked=checked))
    return None


def confirm_finding(command: ConfirmFinding, books: FormBooks) -> Refusal | None:
    """By a word of one's own."""
    draft = open_form(command, books)
    if isinstance(draft, Refusal):
        return draft
    words = command.words.strip()
    if not words:
        return Refusal("words-missing", "还没写为什么可以，没有确认。写一句再确认。")
    said = Confirmed(mark=command.mark, by=command.actor, words=words[:LONGEST])
    others = tuple(one for one in draft.confirmed if one.mark != command.mark)
    books.put_form(replace(draft, confirmed=(*others, said)))
    return None


def unanswered(draft: FormDraft) -> tuple[str, ...]:
    """Warnings of the last check nobody has answered for."""
    answered = {one.mark for one in draft.confirmed}
    return tuple(mark for mark in draft.checked.warnings if mark not in answered) if draft.checked else ()


def form_stands(command: ProposeDecision, books: FormBooks) -> Refusal | None:
    """关口 a grant rests on the very document that was checked; a refusal may say what is wrong with it."""
    case = books.case(command.case)
    item = books.item(case.item) if case else None
    if case is None or item is None or item.form != FORM or command.outcome != "grant":
        return None
    draft = books.form(case.id)
    if draft is None:
        return Refusal("form-missing", "登记表还没填，没有提。去填登记表，填好再提。")
    if draft.checked is None or draft.checked.digest != digest_of(draft.document):
        return Refusal("form-unchecked", "登记表填完还没自检，没有提。到登记表最后一步自检，过了再提。")
    if draft.checked.errors:
        return Refusal("form-errors", f"登记表还有 {len(draft.checked.errors)} 处不对，没有提。改好、自检过了再提。")
    if left := unanswered(draft):
        return Refusal("form-warnings", f"登记表还有 {len(left)} 条提示没确认，没有提。到登记表核对一遍，确认了再提。")
    return None


check_use_cases = (
    UseCase(CheckForm, check_form, "receive"),
    UseCase(ConfirmFinding, confirm_finding, "receive"),
)
