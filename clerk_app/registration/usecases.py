"""存表 saving what was typed: the whole document at once, while the case is open and in hand here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Refusal, UseCase, case_subject
from clerk_app.registration.books import FormBooks
from clerk_app.registration.document import storable
from clerk_app.registration.model import FormDraft, form_subject

FORM = "company_registration"
OPEN = frozenset({"received", "accepted"})


@dataclass(frozen=True, kw_only=True)
class SaveForm(CaseCommand):
    """存表 the whole document as it stands; the last one counts."""

    kind: ClassVar[str] = "save_form"
    form_version: str
    document: dict[str, Any]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The form, and the case it rests on: it waits while the case's own birth is undecided."""
        return (form_subject(self.case), case_subject(self.case))


def save_form(command: SaveForm, books: FormBooks) -> Refusal | None:
    """Only an open case of an item with this form; that it is in hand here is asked before (its subject is the case's too)."""
    case = books.case(command.case)
    if case is None:
        return Refusal("unknown-case", "没有这件，表没有存。回到叫号页重新打开这件。")
    if case.state not in OPEN:
        return Refusal("form-closed", "这件已往下办，登记表不再改，刚才的改动没有存。要改先退回经办。")
    item = books.item(case.item)
    if item is None or item.form != FORM:
        return Refusal("no-form", f"{case.item_name}不用填企业登记一表，没有存。")
    if not storable(command.document):
        return Refusal("form-unstorable", "表里有存不了的内容，刚才的改动没有存，前面的都在。改短一些、换个写法再填。")
    books.put_form(
        FormDraft(
            id=case.id,
            form_version=command.form_version,
            document=command.document,
            saved_at=command.at,
            by=command.actor,
        )
    )
    return None


registration_use_cases = (UseCase(SaveForm, save_form, "case"),)
