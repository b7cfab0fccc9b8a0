"""存表 saving what was typed: what changed and from what, while the case is open and in hand here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from clerk_app.cases.afterwards import case_void, field_conflict
from clerk_app.cases.model import Case
from clerk_app.cases.states import CaseState
from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Refusal, UseCase, case_subject
from clerk_app.patching import Patch, apply, clashes, reach
from clerk_app.registration.books import FormBooks
from clerk_app.registration.document import DEEPEST, short, storable
from clerk_app.registration.model import FormDraft, form_subject

FORM = "company_registration"
OPEN: frozenset[CaseState] = frozenset({"received", "correction", "accepted", "review"})
UNDECIDED: frozenset[CaseState] = OPEN | {"suspended", "to_authorise", "with_department"}
"""Where a check still means something: it changes nothing that was typed."""


@dataclass(frozen=True, kw_only=True)
class SaveForm(CaseCommand):
    """存表 what changed since the draft of `base` (its moment of saving), as a merge patch with the old values.

    `whole`: schema 1 sent the whole document, and the last one counted; it still does. `prefilled`: the ticket it was filled
    in with before, when this takes that over.
    """

    kind: ClassVar[str] = "save_form"
    schema: ClassVar[int] = 2
    form_version: str
    patch: dict[str, Any]
    touched: dict[str, Any]
    base: datetime | None = None
    whole: dict[str, Any] | None = None
    prefilled: str = ""

    @property
    def edit(self) -> Patch:
        """改动."""
        return Patch(self.patch, self.touched)

    @property
    def subjects(self) -> tuple[str, ...]:
        """The form, and the case it rests on: it waits while the case's own birth is undecided."""
        return (form_subject(self.case), case_subject(self.case))


def open_case(command: CaseCommand, books: FormBooks, states: frozenset[CaseState] = OPEN) -> Case | Refusal:
    """An open case of an item with this form; that it is in hand here is asked before (its subject is the case's too)."""
    case = books.case(command.case)
    if case is None:
        return Refusal("unknown-case", "没有这件，表没有存。回到叫号页重新打开这件。")
    if case.state == "void":
        return case_void()
    if case.state not in states:
        return Refusal("form-closed", "这件已往下办，登记表不再改，刚才的改动没有存。要改先退回经办。")
    draft = books.form(case.id)
    if draft is not None and draft.filed:
        return Refusal("form-filed", "这件已归入登记档案，登记表不再改，刚才的改动没有存。要改另收一件变更。")
    item = books.item(case.item)
    if item is None or item.form != FORM:
        return Refusal("no-form", f"{case.item_name}不用填企业登记一表，没有存。")
    return case


def undecided_form(command: CaseCommand, books: FormBooks) -> FormDraft | Refusal:
    """The draft of a case nobody has decided yet."""
    case = open_case(command, books, UNDECIDED)
    if isinstance(case, Refusal):
        return case
    return books.form(case.id) or Refusal("form-missing", "登记表还没填，没有办。先填登记表。")


def save_form(command: SaveForm, books: FormBooks) -> Refusal | None:
    """Into an open case's draft; what else is kept of it stays."""
    case = open_case(command, books)
    if isinstance(case, Refusal):
        return case
    if command.prefilled not in ("", case.ticket):
        return Refusal("prefill-other-ticket", "这份自助预填是别的号票的，没有采用，表没有动。重新打开这件再看。")
    document = _saved(command, books)
    if isinstance(document, Refusal):
        return document
    kept = books.form(case.id)
    fresh = FormDraft(
        id=case.id, form_version=command.form_version, document=document, saved_at=command.at, by=command.actor
    )
    whole = replace(fresh, **_beside(kept)) if kept else fresh
    books.put_form(replace(whole, prefilled=command.prefilled) if command.prefilled else whole)
    return None


def _beside(kept: FormDraft) -> dict[str, Any]:
    """What is known of a draft besides what was typed."""
    names = ("record", "record_version", "base", "checked", "confirmed", "prefilled", "filed")
    return {name: getattr(kept, name) for name in names}


def _saved(command: SaveForm, books: FormBooks) -> dict[str, Any] | Refusal:
    """The document with the changes in it."""
    unstorable = Refusal(
        "form-unstorable", "表里有存不了的内容，刚才的改动没有存，前面的都在。改短一些、换个写法再填。"
    )
    typed = command.whole if command.whole is not None else command.patch
    flat = storable(typed)
    # The keyed form puts up to two more objects around every list of rows that have keys.
    if not flat and not storable(typed, 3 * DEEPEST):
        return unstorable
    if command.whole is None and not reach(command.edit):
        return Refusal("edit-unreadable", "刚才的改动看不明白，没有存，前面的都在。重新打开这件再填。")
    draft = books.form(command.case)
    before = draft.document if draft else {}
    if command.whole is not None:
        document = command.whole
    elif found := clashes(command.edit, before):
        return field_conflict(len(found))
    else:
        document = apply(command.edit, before)
    # Of two parts that can be kept, the whole can fail only by its length, or by a patch deeper than a document.
    return document if (flat and short(document)) or storable(document) else unstorable


def others_meanwhile(command: SaveForm, books: FormBooks) -> str:
    """Somebody else saved other fields since: both are in, and it is said."""
    draft = books.form(command.case)
    if command.whole is not None or draft is None or draft.saved_at == command.base:
        return ""
    return "这份表别的窗口也改过别的栏，两边的改动都在。"


def _from_whole(body: Mapping[str, Any]) -> dict[str, Any]:
    """Schema 1 → 2."""
    rest = {key: value for key, value in body.items() if key not in ("document", "schema")}
    return {**rest, "schema": 2, "patch": {}, "touched": {}, "whole": body.get("document")}


registration_use_cases = (
    UseCase(SaveForm, save_form, "receive", upcasts={1: _from_whole}, meanwhile=others_meanwhile),
)
