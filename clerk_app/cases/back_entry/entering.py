"""补录 a case from one sheet of paper: its number, its times and who took it in are the paper's; who typed it stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.cases.back_entry.books import BackEntryBooks
from clerk_app.cases.back_entry.kits import sheet_spent, unknown_sheet
from clerk_app.cases.back_entry.model import CatalogueThen, KitSheet, PaperEntry, PaperKit, sheet_subject
from clerk_app.cases.back_entry.then import OnPaper, case_on_paper
from clerk_app.cases.model import Applicant, Case, LateEntry
from clerk_app.cases.receiving import secret
from clerk_app.cases.states import CaseState
from clerk_app.cases.usecases import CaseCommand, unknown_case
from clerk_app.command import Refusal, UseCase, case_subject

NOTHING_KEPT = "没有录，什么都没存"
_first = re.compile("[，。]")
_STATE: dict[str, CaseState] = {"accepted": "accepted", "received": "received", "noticed": "correction"}


@dataclass(frozen=True, kw_only=True)
class SheetTyped(CaseCommand):
    """照纸录 what one sheet says, and whose matter it is."""

    sheet: str
    applicant: Applicant
    entry: PaperEntry

    @property
    def subjects(self) -> tuple[str, ...]:
        """The case, and the sheet it comes from."""
        return (case_subject(self.case), sheet_subject(self.sheet))


@dataclass(frozen=True, kw_only=True)
class EnterFromPaper(SheetTyped):
    """补录 the first time: the case is born."""

    kind: ClassVar[str] = "enter_from_paper"


@dataclass(frozen=True, kw_only=True)
class MendFromPaper(SheetTyped):
    """改补录 what was typed wrong, before anybody said yes: the case is made once more from the same paper."""

    kind: ClassVar[str] = "mend_from_paper"


def enter_from_paper(command: EnterFromPaper, books: BackEntryBooks) -> Refusal | None:
    """A sheet serves once; refused, nothing of it is kept."""
    sheet = books.kit_sheet(command.sheet)
    if sheet is None:
        return unknown_sheet(command.sheet)
    if sheet.state != "blank":
        return sheet_spent(sheet, books)
    if books.case(command.case) is not None:
        return Refusal("case-exists", f"这件已在账上，{NOTHING_KEPT}。刷新一下再看。")
    return _typed(command, sheet, books)


def mend_from_paper(command: MendFromPaper, books: BackEntryBooks) -> Refusal | None:
    """Only while it waits for its second person, and nothing else became of the case."""
    sheet, case = books.kit_sheet(command.sheet), books.case(command.case)
    if sheet is None:
        return unknown_sheet(command.sheet)
    if case is None or sheet.case != case.id:
        return unknown_case()
    if not sheet.unchecked or sheet.entry is None:
        return Refusal("sheet-checked", "这件补录已经核对过，没有改。要改，走更正；录错了，作废重来。")
    if case.state != _STATE[sheet.entry.outcome] or case.life.deemed is not None:
        return Refusal("case-moved-on", "这件后来有了变动，补录没有改，原样留着。核对现在的状态；录错了，作废重来。")
    return _typed(command, sheet, books)


def _typed(command: SheetTyped, sheet: KitSheet, books: BackEntryBooks) -> Refusal | None:
    kit = books.paper_kit(sheet.kit)
    if kit is None or kit.window == 0:
        return Refusal("kit-not-handed", f"{sheet.id} 这套还没记领到哪个窗口，{NOTHING_KEPT}。先在备用件里记领用。")
    then = _catalogue(command, books)
    if isinstance(then, Refusal):
        return then
    refusal = _people(command, books) or _times(command, sheet, kit) or _what(command, kit, then)
    if refusal is not None:
        return refusal
    made = case_on_paper(
        OnPaper(
            case=command.case,
            sheet=sheet,
            window=kit.window,
            applicant=command.applicant,
            entry=command.entry,
            then=then,
        ),
        books,
    )
    if isinstance(made, Refusal):
        return _not_kept(made)
    _write(command, sheet, made, books)
    return None


def _not_kept(refusal: Refusal) -> Refusal:
    """What the ordinary rules say of that day, said of an entry."""
    return Refusal(refusal.type, f"照纸上的办不成：{_first.split(refusal.sentence)[0]}，{NOTHING_KEPT}。核对纸上写的。")


def _write(command: SheetTyped, sheet: KitSheet, made: Case, books: BackEntryBooks) -> None:
    late = LateEntry(by=command.actor, at=command.at, reason=command.entry.reason.strip(), sheet=sheet.id)
    books.put_case(replace(made, late_entry=late))
    books.take_hold(case_subject(command.case))
    books.put_kit_sheet(
        sheet.moved(
            "entered",
            command.at,
            case=command.case,
            entry=command.entry,
            typed_by=tuple(dict.fromkeys((*sheet.typed_by, command.actor))),
            revision=sheet.revision + 1,
        )
    )


def _catalogue(command: SheetTyped, books: BackEntryBooks) -> CatalogueThen | Refusal:
    """The version that was in force when it was accepted, or taken in."""
    entry = command.entry
    in_force = books.version_at(entry.counted_at)
    if in_force and in_force != entry.version:
        return Refusal(
            "catalogue-of-another-day",
            f"录的时候用的不是 {entry.counted_at:%Y-%m-%d} 那天的目录，{NOTHING_KEPT}。连上中心，照那天的目录重录。",
        )
    then = books.catalogue_then(entry.version)
    if then is None:
        return Refusal("catalogue-away", f"本机没有那天的事项目录，{NOTHING_KEPT}。连上中心再录。")
    return then


def _people(command: SheetTyped, books: BackEntryBooks) -> Refusal | None:
    if not command.applicant.name.strip():
        return Refusal("applicant-missing", f"还没填申请人，{NOTHING_KEPT}。照纸上的填。")
    if command.entry.taken_by not in books.roster.people:
        return Refusal("taker-missing", f"还没写当时谁收的，{NOTHING_KEPT}。照纸上的签名写工号或全名。")
    if not command.entry.reason.strip():
        return Refusal("reason-missing", f"还没写为什么先走纸，{NOTHING_KEPT}。写一句（如：停电两小时）。")
    return None


def _times(command: SheetTyped, sheet: KitSheet, kit: PaperKit) -> Refusal | None:
    """The clocks count from these: neither before the paper was there, nor later than now."""
    entry = command.entry
    said = entry.said_at
    if (said is None) != (entry.outcome == "received"):
        return Refusal("time-missing", f"纸上受理或告知的时间没写，{NOTHING_KEPT}。照纸上的写；只收件的不写。")
    if entry.counted_at > command.at:
        return Refusal("paper-in-future", f"纸上的时间比现在还晚，{NOTHING_KEPT}。核对纸上的日期和时间。")
    if entry.received_at < kit.printed_at:
        return Refusal(
            "before-the-kit",
            f"纸上的时间比这份印出来（{kit.printed_at:%Y-%m-%d %H:%M}）还早，{NOTHING_KEPT}。核对纸上的日期和编号。",
        )
    if said is not None and said < entry.received_at:
        return Refusal("said-before-received", f"受理或告知比收件还早，{NOTHING_KEPT}。核对纸上的两个时间。")
    if entry.counted_at.year != sheet.year:
        return Refusal(
            "kit-of-another-year",
            f"{sheet.id} 是 {sheet.year} 年的备用件，{NOTHING_KEPT}。核对日期；跨了年的找管理员。",
        )
    return None


def _what(command: SheetTyped, kit: PaperKit, then: CatalogueThen) -> Refusal | None:
    item = then.items.get(command.entry.item)
    if item is None:
        return None  # said with the day, where the case is made
    if item.paper_only:
        return secret(item)
    if item.external:
        return Refusal("item-external", f"{item.name}由部门自己的系统办，{NOTHING_KEPT}。到部门系统里补。")
    if kit.window not in item.windows:
        return Refusal("item-elsewhere", f"{item.name}那天不在{kit.window}号窗口办，{NOTHING_KEPT}。核对编号和事项。")
    return None


entering_use_cases = (
    UseCase(EnterFromPaper, enter_from_paper, "receive"),
    UseCase(MendFromPaper, mend_from_paper, "receive"),
)
