"""登记档案 the approved record of a company: every change starts from it and files the next one, never from a stale copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Conflict, Refusal, UseCase, case_subject
from clerk_app.registration.books import FormBooks
from clerk_app.registration.checks import digest_of
from clerk_app.registration.credit_codes import credit_code_fault
from clerk_app.registration.document import get, put, storable
from clerk_app.registration.model import CompanyRecord, FormDraft, form_subject
from clerk_app.registration.usecases import FORM, open_case

company_subject = "company:{}".format
ENDING = "注销"
LONGEST = 120
_approved = frozenset({"granted", "sealed", "delivered"})


@dataclass(frozen=True, kw_only=True)
class TakeRecord(CaseCommand):
    """取档开表 the form of this case begins with the approved record of `uscc`, as of its `version`; `document` is that record."""

    kind: ClassVar[str] = "take_record"
    uscc: str
    version: int
    registration_type: str
    form_version: str
    document: dict[str, Any]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The form, and the case it rests on."""
        return (form_subject(self.case), case_subject(self.case))

    @property
    def about(self) -> tuple[str, ...]:
        """The record stands still meanwhile."""
        return (*self.subjects, company_subject(self.uscc))


@dataclass(frozen=True, kw_only=True)
class FileRecord(CaseCommand):
    """归入档案 what was approved, under its unified code: `document` is what was handed in of the draft, nothing hidden in it."""

    kind: ClassVar[str] = "file_record"
    uscc: str
    document: dict[str, Any]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The record, the form and the case."""
        return (company_subject(self.uscc), form_subject(self.case), case_subject(self.case))


def take_record(command: TakeRecord, books: FormBooks) -> Refusal | None:
    """Only the record as it stands now, into a form nothing was typed into yet or one of the same company."""
    case = open_case(command, books)
    if isinstance(case, Refusal):
        return case
    if refusal := _stale(command, books):
        return refusal
    if not storable(command.document):
        return Refusal("record-unstorable", "档案里有存不了的内容，没有取，表没有动。找管理员核对档案。")
    before = books.form(command.case)
    if before is not None and before.record not in ("", command.uscc):
        return Refusal("record-other", "这份表是从另一家公司的档案开的，没有换。要换公司另收一件。")
    books.put_form(
        FormDraft(
            id=case.id,
            form_version=command.form_version,
            document=put(command.document, "/application/registration_type", command.registration_type),
            saved_at=command.at,
            by=command.actor,
            record=command.uscc,
            record_version=command.version,
        )
    )
    return None


def _stale(command: TakeRecord, books: FormBooks) -> Refusal | None:
    """A window may not have the record; the centre has them all."""
    record = books.company(command.uscc)
    if record is None:
        if not books.has_every_company:
            return None
        return Refusal("unknown-company", "登记档案里没有这个统一社会信用代码，没有开表。核对代码再取。")
    if record.standing == "cancelled":
        return Refusal("company-cancelled", "这家公司已经注销，没有开表。核对代码再取。")
    if record.version != command.version or digest_of(record.document) != digest_of(command.document):
        return Conflict("record-stale", "这家公司的档案刚变过，取到的是旧的，没有开表。重新取一次档案。")
    return None


def file_record(command: FileRecord, books: FormBooks) -> Refusal | None:
    """Of an approved case only: 设立 makes the record, 变更 and 备案 its next version, 注销 ends it."""
    case, draft = books.case(command.case), books.form(command.case)
    item = books.item(case.item) if case else None
    if case is None or item is None or item.form != FORM or draft is None:
        return Refusal("no-form", "这件没有登记表，没有归档。核对是不是这件。")
    if case.state not in _approved or case.decision is None or case.decision.outcome != "grant":
        return Refusal("not-approved", "这件还没有准予，代码没有录。准予以后再录。")
    if fault := credit_code_fault(command.uscc):
        return Refusal("code-wrong", f"统一社会信用代码不对：{fault}，没有录。对着执照再看一遍。")
    if not _derived(command.document, put(draft.document, "/company/uscc", command.uscc)):
        return Refusal("record-differs", "要归档的和准予的登记表对不上，没有归档。重新打开这件再办。")
    record = books.company(command.uscc)
    return _next(command, draft, record, books)


def _next(command: FileRecord, draft: FormDraft, record: CompanyRecord | None, books: FormBooks) -> Refusal | None:
    if record is not None and record.case == command.case:
        return Refusal("record-filed", "这件已经归入档案，没有再归。")
    if draft.record and draft.record != command.uscc:
        return Refusal("code-other", "录的代码不是这家公司的，没有归档。核对代码。")
    if record is not None and not draft.record:
        return Refusal("code-taken", "这个统一社会信用代码已是另一家公司的，没有录。对着执照再看一遍。")
    if record is not None and record.version != draft.record_version:
        return Conflict("record-stale", "办这件期间档案又变过，没有归档，这件的表都在。重新取档核对后再归。")
    kind = get(draft.document, "/application/registration_type")
    standing: Literal["active", "cancelled"] = "cancelled" if kind == ENDING else "active"
    filed = CompanyRecord(
        id=command.uscc,
        version=draft.record_version + 1,
        name=_text(command.document, "/company/name"),
        trade_name=_text(command.document, "/company/trade_name"),
        industry_term=_text(command.document, "/company/industry_term"),
        authority_code=_text(command.document, "/application/authority_code"),
        standing=standing,
        document=command.document,
        case=command.case,
        filed_at=command.at,
        by=command.actor,
    )
    books.put_company(filed)
    books.put_form(replace(draft, filed=command.uscc))
    return None


def _text(document: Mapping[str, Any], place: str) -> str:
    value = get(document, place)
    return value.strip()[:LONGEST] if isinstance(value, str) else ""


def _derived(handed: Any, kept: Any) -> bool:
    """Nothing in it that was not in the draft: hidden values may be empty, all else is the same."""
    if handed is None or handed == [] or handed == kept:
        return True
    if isinstance(handed, Mapping) and isinstance(kept, Mapping):
        return all(_derived(value, kept.get(key)) for key, value in handed.items())
    if isinstance(handed, list | tuple) and isinstance(kept, list | tuple):
        return len(handed) == len(kept) and all(map(_derived, handed, kept))
    return False


record_use_cases = (
    UseCase(TakeRecord, take_record, "receive"),
    UseCase(FileRecord, file_record, "mark_sealed"),
)
