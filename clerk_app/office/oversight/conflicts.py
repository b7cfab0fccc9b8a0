"""两个说法 a field edit that met another: both values side by side, and what a person picks becomes a new edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from clerk_app.cases.afterwards import CorrectCase, applicant_fields
from clerk_app.command import Refusal
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.oversight.settling import settle, standing_of
from clerk_app.office.registration.naming import place_name
from clerk_app.office.registration.reference import company_form
from clerk_app.patching import Clash, accepted, apply, clashes, diff, keys_of
from clerk_app.registration.usecases import SaveForm

Side = Literal["mine", "theirs"]

_applicant = {"name": "申请人", "id_number": "证件号", "phone": "电话", "agent": "经办人"}


@dataclass(frozen=True, kw_only=True)
class FieldChoice:
    """一处两说 what it is called, what it was, what this window wrote, and what stands at the centre now."""

    path: str
    label: str
    old: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, kw_only=True)
class FieldConflict:
    """两个说法 of one command on one case; `others` more changes of it go in without a choice."""

    command: str
    case: str
    choices: tuple[FieldChoice, ...]
    others: int


def conflict_of(office: Office, command: str) -> FieldConflict | None:
    """None when it is no field edit, or does not wait for a person any more."""
    found = standing_of(office, command)
    if not isinstance(found, SaveForm | CorrectCase):
        return None
    current = _current(office, found)
    if current is None:
        return None
    clashing = clashes(found.edit, current)
    choices = tuple(
        FieldChoice(path=c.path, label=_label(found, current, c), old=c.old, mine=c.mine, theirs=c.theirs)
        for c in clashing
    )
    return FieldConflict(command=command, case=found.case, choices=choices, others=len(found.touched) - len(choices))


def resolve(office: Office, command: str, choices: Mapping[str, Side]) -> Outcome:
    """选定: what was picked of mine, and all that nobody else touched, goes in as a new edit; then the old one is settled."""
    found = standing_of(office, command)
    if isinstance(found, Refusal):
        return found
    current = _current(office, found) if isinstance(found, SaveForm | CorrectCase) else None
    if not isinstance(found, SaveForm | CorrectCase) or current is None:
        return Refusal("no-field-conflict", "这一步不是两边改了同一栏，没有变化。看看它的原因再定。")
    clashing = clashes(found.edit, current)
    if any(choices.get(clash.path) not in ("mine", "theirs") for clash in clashing):
        return Refusal("choice-missing", "还有没选的，没有存。一处一处选定再存。")
    if refusal := take_in_hand(office, found.case):
        return refusal
    theirs = tuple(clash for clash in clashing if choices[clash.path] == "theirs")
    outcome = _send(office, found, current, accepted(apply(found.edit, current), theirs))
    if isinstance(outcome, Refusal):
        return outcome
    return settle(office, command, "resolved", by=outcome.command if outcome else "")


def _send(
    office: Office, found: SaveForm | CorrectCase, current: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Done | Refusal | None:
    """None when nothing of mine is left to be sent."""
    patch = diff(current, wanted)
    if not patch.touched:
        return None
    fields = office.stamp().fields(office.parts.new_id)
    plain: dict[str, Any] = {"needs": (), "fences": {}, "patch": dict(patch.merge), "touched": dict(patch.touched)}
    if isinstance(found, SaveForm):
        draft = office.read(lambda books: books.form(found.case))
        plain["base"] = draft.saved_at if draft else None
    return office.do(replace(found, **fields, **plain))


def _current(office: Office, command: SaveForm | CorrectCase) -> dict[str, Any] | None:
    """What the edit was made over, as it stands now."""
    if isinstance(command, SaveForm):
        draft = office.read(lambda books: books.form(command.case))
        return draft.document if draft else {}
    case = office.read(lambda books: books.case(command.case))
    return applicant_fields(case) if case else None


def _label(command: SaveForm | CorrectCase, current: Mapping[str, Any], clash: Clash) -> str:
    if isinstance(command, CorrectCase):
        return _applicant.get(keys_of(clash.path)[-1], "申请人")
    return place_name(company_form(), current, clash.path)
