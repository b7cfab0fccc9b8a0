"""死机之后 the numbers a dead machine was handed and nobody has seen again, as a person finds them on citizens' slips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clerk_app.cases.model import case_number
from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem, NumberBlock
from clerk_app.ports.recovery import Unseen
from clerk_app.queueing.model import ticket_number

_away = Refusal("line-cut", "线路断着，查不到那台电脑领过哪些号，什么都没动。等线路恢复再查。")


@dataclass(frozen=True, kw_only=True)
class UnseenNumber:
    """没见着的号 one number: what it is on a slip, and the block a late entry names.

    `text` of a case number is as of the day the machine was last heard of.
    """

    what: Literal["ticket", "case", "document"]
    text: str
    block: str
    kind: str
    serial: int


@dataclass(frozen=True, kw_only=True)
class UnseenNumbers:
    """没见着的号 of one machine, in the order of its blocks."""

    device: str
    window: int
    heard_at: datetime
    numbers: tuple[UnseenNumber, ...]


def unseen_numbers(office: Office, device: str) -> UnseenNumbers | Refusal:
    """What is to be looked for on citizens' slips and entered late (补录); this desk knows the blocks from now on."""
    centre = office.parts.recovery
    if centre is None:
        return _away
    try:
        unseen = centre.unseen_numbers(device)
    except CentreAway:
        return _away
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    for found in unseen.blocks:
        office.parts.vault.keep.note_block(device, found.block)
    numbers = tuple(_numbers(office, unseen))
    return UnseenNumbers(device=device, window=unseen.window, heard_at=unseen.heard_at, numbers=numbers)


def _numbers(office: Office, unseen: Unseen) -> Iterator[UnseenNumber]:
    heard = unseen.heard_at.astimezone(office.parts.clock.now().tzinfo).date()
    for found in unseen.blocks:
        block = found.block
        for first, last in found.unseen:
            for serial in range(first, last + 1):
                what, text = _named(office, block, serial, heard)
                yield UnseenNumber(what=what, text=text, block=block.id, kind=block.kind, serial=serial)


def _named(
    office: Office, block: NumberBlock, serial: int, heard: date
) -> tuple[Literal["ticket", "case", "document"], str]:
    room, _, rest = block.kind.partition(":")
    if room == "case_no":
        return "case", case_number(office.hall.id, heard, serial)
    if room == "doc_no":
        department, _, year = rest.partition(":")
        known = office.hall.roster.departments.get(department)
        return "document", f"{known.name if known else department}〔{year}〕{serial}号"
    return "ticket", ticket_number(rest.partition(":")[0], serial)
