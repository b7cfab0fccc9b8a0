"""登记档案 the approved record of a company: every change starts from it and files the next one, never from a stale copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from clerk_app.cases.catalogue import Item
from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Conflict, Refusal, UseCase, case_subject
from clerk_app.patching import Patch, apply, same
from clerk_app.registration.books import FormBooks
from clerk_app.registration.checks import digest_of
from clerk_app.registration.credit_codes import credit_code_fault
from clerk_app.registration.document import DEEPEST, Document, get, put, storable
from clerk_app.registration.model import CompanyRecord, FormDraft, form_subject
from clerk_app.registration.row_keys import KEY
from clerk_app.registration.types import ENDING, FOUNDING, TYPE, USCC, type_of
from clerk_app.registration.usecases import FORM, open_case

company_subject = "company:{}".format
LONGEST = 120
APPROVED = frozenset({"granted", "sealed", "delivered", "archived"})
_named = (TYPE, "/company/name", "/company/trade_name", "/company/registered_capital")
_lists = ("/persons", "/shareholders", "/company/scope")


@dataclass(frozen=True, kw_only=True)
class TakeRecord(CaseCommand):
    """取档开表 the form of this case begins with the approved record of `uscc`, as of its `version`; `document` is that record.

    `patch` (RFC 7396 over the keyed form) is what the application is besides: its own parts, and what was typed on an
    earlier record. `over` is the digest of the draft it replaces, empty for none: nothing typed is replaced unseen.
    """

    kind: ClassVar[str] = "take_record"
    uscc: str
    version: int
    registration_type: str
    form_version: str
    document: dict[str, Any]
    patch: dict[str, Any]
    over: str = ""

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
    """Only the record as it stands now, over the very draft that was looked at."""
    case = open_case(command, books)
    if isinstance(case, Refusal):
        return case
    item, before = books.item(case.item), books.form(command.case)
    if refusal := _may_take(command, item, before) or _stale(command, books):
        return refusal
    document = apply(Patch(command.patch), command.document)
    if not storable(document):
        return _unstorable()
    if type_of(document) != command.registration_type or get(document, USCC) != command.uscc:
        return Refusal("record-mixed", "取到的档案和这件对不上，没有开表。重新取一次档案。")
    fresh = FormDraft(
        id=case.id,
        form_version=command.form_version,
        document=document,
        saved_at=command.at,
        by=command.actor,
        record=command.uscc,
        record_version=command.version,
        base=command.document,
        prefilled=before.prefilled if before else "",
    )
    books.put_form(fresh)
    return None


def _may_take(command: TakeRecord, item: Item | None, before: FormDraft | None) -> Refusal | None:
    if item is None or item.registration_type == FOUNDING:
        return Refusal("no-record-item", "这件是设立登记，不从档案开表，没有取。核对是不是这件。")
    if item.registration_type != command.registration_type:
        return Refusal("record-mixed", f"这件办的是{item.registration_type}，没有开表。重新取一次档案。")
    if not storable(command.document) or not storable(command.patch, 3 * DEEPEST):
        return _unstorable()
    if before is not None and before.record not in ("", command.uscc):
        return Refusal("record-other", "这份表是从另一家公司的档案开的，没有换。要换公司另收一件。")
    if before is not None and before.record_version > command.version:
        return _taken_before()
    if command.over != (digest_of(before.document) if before else ""):
        return Conflict("form-changed", "取档的时候表又改了，没有换，改的都在。再取一次档案。")
    return None


def _unstorable() -> Refusal:
    return Refusal("record-unstorable", "档案里有存不了的内容，没有取，表没有动。找管理员核对档案。")


def _taken_before() -> Conflict:
    return Conflict("record-stale", "这家公司的档案刚变过，取到的是旧的，没有开表。重新取一次档案。")


def _stale(command: TakeRecord, books: FormBooks) -> Refusal | None:
    """The centre has them all; a window may have none, or an older one than it was just told.

    What moved while the command was on its way is no reason to set aside what was typed since: the draft says which version
    it stands on, and nothing is granted or filed on it (`_moved`) before the record is taken anew.
    """
    record = books.company(command.uscc)
    if record is None:
        if not books.has_every_company:
            return None
        return Refusal("unknown-company", "登记档案里没有这个统一社会信用代码，没有开表。核对代码再取。")
    if record.version > command.version if books.has_every_company else record.version < command.version:
        return None
    if record.standing == "cancelled":
        return Refusal("company-cancelled", "这家公司已经注销，没有开表。核对代码再取。")
    if record.version != command.version or digest_of(record.document) != digest_of(command.document):
        return _taken_before()
    return None


def record_stands(case: str, item: Item, books: FormBooks) -> Refusal | None:
    """关口 a grant rests on the record as it stands, and on the type of application the item is for.

    What is filed has made that record itself: only its paper is given anew.
    """
    draft = books.form(case)
    return None if draft is None or draft.filed else _fits(item, draft) or _moved(draft, books)


def filed_stands(case: str, books: FormBooks) -> Refusal | None:
    """关口 a company that is on record is not taken off it by ending the case that put it there."""
    draft = books.form(case)
    if draft is None or not draft.filed:
        return None
    return Refusal("record-filed", "这件已归入登记档案，公司已经登记，没有办。要改另收一件变更，要撤走撤销登记。")


def _fits(item: Item, draft: FormDraft) -> Refusal | None:
    wanted, said = item.registration_type, type_of(draft.document)
    if wanted != FOUNDING and not draft.record:
        return Refusal("record-not-taken", f"{wanted}要从登记档案开表，这件还没取档，没有办。到登记表取档再办。")
    if said != wanted:
        return Refusal("type-differs", f"这件办的是{wanted}，表上的登记类型是{said}，没有办。把登记类型改过来。")
    if draft.record and get(draft.document, USCC) != draft.record:
        return Refusal("code-other", "表上的统一社会信用代码不是取档的那家公司的，没有办。把代码改回去。")
    return None


def _moved(draft: FormDraft, books: FormBooks) -> Refusal | None:
    """A window that knows only an older record knows nothing against it."""
    record = books.company(draft.record) if draft.record else None
    if record is None:
        return None
    if record.standing == "cancelled":
        return Refusal("company-cancelled", "这家公司已经注销，没有办。这件和表都在，核对后终止这件。")
    if record.version > draft.record_version or (books.has_every_company and record.version != draft.record_version):
        return Conflict(
            "record-stale", "取档以后这家公司的档案又变过，没有办，这件和表都在。在登记表重新取档，核对改动再办。"
        )
    return None


def file_record(command: FileRecord, books: FormBooks) -> Refusal | None:
    """Of an approved case only: 设立 makes the record, 变更 and 备案 its next version, 注销 ends it."""
    case, draft = books.case(command.case), books.form(command.case)
    item = books.item(case.item) if case else None
    if case is None or item is None or item.form != FORM or draft is None:
        return Refusal("no-form", "这件没有登记表，没有归档。核对是不是这件。")
    if case.state not in APPROVED or case.decision is None or case.decision.outcome != "grant":
        return Refusal("not-approved", "这件还没有准予，代码没有录。准予以后再录。")
    return _what_is_wrong(command, draft) or _fits(item, draft) or _next(command, draft, books)


def _what_is_wrong(command: FileRecord, draft: FormDraft) -> Refusal | None:
    if fault := credit_code_fault(command.uscc):
        return Refusal("code-wrong", f"统一社会信用代码不对：{fault}，没有录。对着执照再看一遍。")
    if draft.filed:
        return Refusal("record-filed", "这件已经归入档案，没有再归。")
    if draft.record and draft.record != command.uscc:
        return Refusal("code-other", "录的代码不是这家公司的，没有归档。核对代码。")
    if not _whole(command.document, put(draft.document, USCC, command.uscc)):
        return Refusal("record-differs", "要归档的和准予的登记表对不上，没有归档。重新打开这件再办。")
    return None


def _next(command: FileRecord, draft: FormDraft, books: FormBooks) -> Refusal | None:
    record = books.company(command.uscc)
    if record is not None and record.case == command.case:
        return Refusal("record-filed", "这件已经归入档案，没有再归。")
    if record is not None and not draft.record:
        return Refusal("code-taken", "这个统一社会信用代码已是另一家公司的，没有录。对着执照再看一遍。")
    if _moved(draft, books):
        return Conflict(
            "record-stale",
            "办这件期间这家公司的档案又变过，没有归档，这件和表都在。核对两边的改动，按最新的档案另收一件再归。",
        )
    standing: Literal["active", "cancelled"] = "cancelled" if type_of(draft.document) == ENDING else "active"
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


def _whole(handed: Document, kept: Document) -> bool:
    """What names the company is never hidden, and its people are not empty where there were some."""
    named = all(same(get(handed, place), get(kept, place)) for place in _named)
    listed = all(bool(get(handed, place)) is bool(get(kept, place)) for place in _lists)
    return named and listed and _derived(handed, kept)


def _derived(handed: Any, kept: Any) -> bool:
    """Nothing in it that was not in the draft, and no place left out: hidden values are empty, all else is the same."""
    if handed is None or handed == [] or same(handed, kept):
        return True
    if isinstance(handed, Mapping) and isinstance(kept, Mapping):
        if not handed.keys() <= kept.keys() or not kept.keys() - handed.keys() <= {KEY}:
            return False
        return all(_derived(value, kept[key]) for key, value in handed.items())
    if isinstance(handed, list | tuple) and isinstance(kept, list | tuple):
        return len(handed) == len(kept) and all(map(_derived, handed, kept))
    return False


record_use_cases = (
    UseCase(TakeRecord, take_record, "receive"),
    UseCase(FileRecord, file_record, "mark_sealed"),
)
