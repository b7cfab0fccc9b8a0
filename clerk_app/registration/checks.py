"""自检与确认 a whole check is recorded on one exact document; a grant is proposed on that document only, warnings answered for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

import msgspec

from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Refusal, UseCase, case_subject
from clerk_app.registration.books import FormBooks
from clerk_app.registration.document import Document, get, storable
from clerk_app.registration.findings import Checked, Confirmed, Finding
from clerk_app.registration.keyed_places import keyed_place
from clerk_app.registration.model import FormDraft, form_subject
from clerk_app.registration.usecases import undecided_form

LONGEST = 200
MARK = 16


def digest_of(document: Document) -> str:
    """SHA-256 of the document, whatever the order of its keys."""
    return hashlib.sha256(msgspec.json.encode(document, order="sorted")).hexdigest()


def finding_mark(document: Document, found: Finding) -> str:
    """By which it is confirmed: the same words at the same row about the same value; a neighbour that moved up is another."""
    value = get(document, found.pointer)
    said = [found.message, None if isinstance(value, dict | list | tuple) else value]
    digest = hashlib.sha256(msgspec.json.encode(said)).hexdigest()
    return f"{found.rule} {keyed_place(document, found.pointer)} {digest[:MARK]}"


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
    draft = undecided_form(command, books)
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
    draft = undecided_form(command, books)
    if isinstance(draft, Refusal):
        return draft
    words = command.words.strip()
    if not words:
        return Refusal("words-missing", "还没写为什么可以，没有确认。写一句再确认。")
    if not storable({"words": [command.mark, words]}):
        return Refusal("words-unstorable", "写的里面有存不了的字，没有确认。换个写法再确认。")
    said = Confirmed(mark=command.mark, by=command.actor, words=words[:LONGEST])
    others = tuple(one for one in draft.confirmed if one.mark != command.mark)
    books.put_form(replace(draft, confirmed=(*others, said)))
    return None


def unanswered(draft: FormDraft) -> tuple[str, ...]:
    """Warnings of the last check nobody has answered for."""
    answered = {one.mark for one in draft.confirmed}
    return tuple(mark for mark in draft.checked.warnings if mark not in answered) if draft.checked else ()


def form_stands(case: str, books: FormBooks) -> Refusal | None:
    """关口 a grant rests on the very document that was checked; a refusal may say what is wrong with it."""
    draft = books.form(case)
    if draft is None:
        return Refusal("form-missing", "登记表还没填，没有办。去填登记表，填好再办。")
    if draft.checked is None or draft.checked.digest != digest_of(draft.document):
        return Refusal("form-unchecked", "登记表填完还没自检，没有办。到登记表最后一步自检，过了再办。")
    if draft.checked.errors:
        return Refusal("form-errors", f"登记表还有 {len(draft.checked.errors)} 处不对，没有办。改好、自检过了再办。")
    if left := unanswered(draft):
        return Refusal("form-warnings", f"登记表还有 {len(left)} 条提示没确认，没有办。到登记表核对一遍，确认了再办。")
    return None


check_use_cases = (
    UseCase(CheckForm, check_form, "receive"),
    UseCase(ConfirmFinding, confirm_finding, "receive"),
)
