"""补正 everything that lacks is told once (行政许可法 32(4)); what is brought is completed; a late one lapses by a local rule only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import ClassVar

from clerk_app.cases.at_hand import at_hand, silence_accepted
from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.chief import stands_for_chief
from clerk_app.cases.electronic import awaited_refusal
from clerk_app.cases.life import Ending, Gap, OneTimeNotice
from clerk_app.cases.model import BroughtAs, Case
from clerk_app.cases.usecases import CaseCommand, put_case
from clerk_app.command import Refusal, UseCase


@dataclass(frozen=True, kw_only=True)
class NotifyOnce(CaseCommand):
    """一次性告知补正 all gaps at once, by when and where; a second one needs the chief and `override_reason`."""

    kind: ClassVar[str] = "notify_once"
    gaps: tuple[Gap, ...]
    bring_by: date | None
    where: str = ""
    requeue: bool = False
    override_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CompleteCorrection(CaseCommand):
    """补齐 the last piece is here: `brought` are names of the list brought now."""

    kind: ClassVar[str] = "complete_correction"
    brought: tuple[str, ...]
    brought_as: Mapping[str, BroughtAs] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LapseCase(CaseCommand):
    """视为撤回 the correction's date has passed, and a local rule ends the application then."""

    kind: ClassVar[str] = "lapse_case"
    reason: str


def notify_once(command: NotifyOnce, books: CaseBooks) -> Refusal | None:
    """Within the intake limit, everything at once, once."""
    found = at_hand(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    if refusal := silence_accepted(command, case, item, books):
        return refusal
    moved = case.moved("notify")
    if isinstance(moved, Refusal):
        return moved
    if refusal := _second(command, case, books) or _incomplete(command, case, item):
        return refusal
    again = bool(case.life.notices)
    notice = OneTimeNotice(
        gaps=command.gaps,
        bring_by=command.bring_by,
        by=command.actor,
        at=command.at,
        window=command.window,
        where=command.where.strip(),
        requeue=command.requeue,
        overridden_by=command.actor if again else "",
        override_reason=command.override_reason.strip() if again else "",
        acting_for=command.acting_for or "",
    )
    life = replace(case.life, notices=(*case.life.notices, notice), completed_on=None)
    told = replace(moved, life=life)
    books.put_case(_handed_back(told) if item.correction_rule.return_all else told)
    return None


def _second(command: NotifyOnce, case: Case, books: CaseBooks) -> Refusal | None:
    if not case.life.notices:
        return None
    first = case.life.notices[0].at
    if not stands_for_chief(command, case.department, books):
        return Refusal(
            "second-notice",
            f"{first:%Y-%m-%d} 已经告知过一次，不能再要材料，没有办。确实要再告知，请首席代表写明原因来办。",
        )
    if not command.override_reason.strip():
        return Refusal("override-reason-missing", "再告知一次要写明原因，没有办。写一句为什么头一次没说全再办。")
    return None


def _incomplete(command: NotifyOnce, case: Case, item: Item) -> Refusal | None:
    told = {gap.what.strip() for gap in command.gaps}
    if not told or "" in told:
        return Refusal("gaps-missing", "还没写缺什么，没有告知。把缺的一次写全再告知。")
    if left := [name for name in case.missing if name not in told]:
        return Refusal("gaps-incomplete", f"还缺{'、'.join(left)}，没写进告知里，没有告知。一次性告知要一次写全。")
    if command.bring_by is None and item.correction_rule.lapses:
        return Refusal("date-missing", "这个事项逾期不补算撤回，要写明哪天前补，没有告知。定个日子再告知。")
    if command.bring_by is not None and command.bring_by < command.at.date():
        return Refusal("date-past", "补正的日子已经过了，没有告知。定个以后的日子再告知。")
    return None


def _handed_back(case: Case) -> Case:
    """退还 every paper goes back with the notice; what the hall holds itself was never his."""
    materials = tuple(
        m if m.brought_as == "held" else replace(m, brought_at=None, brought_as="") for m in case.materials
    )
    return replace(case, materials=materials)


def complete_correction(command: CompleteCorrection, books: CaseBooks) -> Refusal | None:
    """The day all is here is the day acceptance counts from."""
    found = at_hand(command, books)
    if isinstance(found, Refusal):
        return found
    if refusal := awaited_refusal(command.case, command.brought, command.brought_as, books):
        return refusal
    moved = found[0].moved("complete")
    if isinstance(moved, Refusal):
        return moved
    since = moved.life.notices[-1]
    new = tuple(name for name in command.brought if name not in _here_since(moved, since.at))
    filled = _brought(moved, new, command.brought_as, command.at)
    if isinstance(filled, Refusal):
        return filled
    if filled.missing:
        return Refusal(
            "materials-missing", f"还缺{'、'.join(filled.missing)}，没有记补齐。先收下带来的，齐了再记补齐。"
        )
    last = command.at.date() if new else _last_piece(moved, since, command.at.date())
    return put_case(books, replace(filled, life=replace(filled.life, completed_on=last)))


def _here_since(case: Case, at: datetime) -> dict[str, date]:
    """What was ticked after the notice, and on which day."""
    return {m.name: m.brought_at.date() for m in case.materials if m.brought_at is not None and m.brought_at > at}


def _last_piece(case: Case, notice: OneTimeNotice, today: date) -> date:
    """最后一样材料的日子 not the day the key was pressed; a point that is no paper brought since is mended today."""
    here = _here_since(case, notice.at)
    gone = {m.name for m in case.materials if m.brought_at is None}
    mended = any(gap.what.strip() not in here and gap.what.strip() not in gone for gap in notice.gaps)
    return today if mended else max(here.values(), default=today)


def _brought(case: Case, names: tuple[str, ...], brought_as: Mapping[str, BroughtAs], at: datetime) -> Case | Refusal:
    for name in names:
        ticked = case.tick(name, at, brought_as.get(name, ""))
        if isinstance(ticked, Refusal):
            return ticked
        case = ticked
    return case


def lapse_case(command: LapseCase, books: CaseBooks) -> Refusal | None:
    """By the chief, after the date, where the rule of the item says so; everywhere else the case stays open."""
    found = at_hand(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    moved = case.moved("lapse")
    if isinstance(moved, Refusal):
        return moved
    if not item.correction_rule.lapses:
        return Refusal("not-to-lapse", f"{item.name}没有逾期不补视为撤回的规定，没有办。件一直留着，补来了接着办。")
    last = case.life.notices[-1].bring_by if case.life.notices else None
    if last is None or command.at.date() <= books.calendar.due(last, 0).due:
        return Refusal("correction-runs", "补正的日子还没过，没有办。过了再来看，提前补来的照收。")
    if not stands_for_chief(command, case.department, books):
        return Refusal("chief-only", "视为撤回要首席代表来定，您这里没有办。请首席代表来办。")
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写依据，没有办。写一句按哪条规定视为撤回再办。")
    ending = Ending(
        how="lapsed",
        reason=command.reason.strip(),
        by=command.actor,
        at=command.at,
        acting_for=command.acting_for or "",
    )
    return put_case(books, replace(moved, life=replace(moved.life, ending=ending)))


correcting_use_cases = (
    UseCase(NotifyOnce, notify_once, "accept"),
    UseCase(CompleteCorrection, complete_correction, "receive"),
    UseCase(LapseCase, lapse_case, "not_accept"),
)
