"""取号的人 what a card or a typed ID number says for a ticket: the day's digest, and whether his age alone puts him first."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from clerk_app.command import Refusal
from clerk_app.office.line.greeting import queue_key
from clerk_app.office.office import Office
from clerk_app.queueing.day_key import person_digest
from clerk_app.queueing.rules import PriorityGround
from clerk_app.registration.id_numbers import birth_of, check_holds

_number = re.compile(r"(?<![0-9])([0-9]{17}[0-9X])(?![0-9X])")
wrong = Refusal("id-wrong", "身份证号不对，还没有取号。再刷一次，或核对 18 位号码；不刷也能取号。")


@dataclass(frozen=True, kw_only=True)
class Person:
    """取号的人 nothing of the number is kept but its digest of this day; `hidden` is what the screen may show."""

    digest: str
    hidden: str
    ground: PriorityGround | None = None


def id_number_in(text: str) -> str:
    """The ID number a card reader or a person typed, whatever else the reader says around it; empty when there is none."""
    plain = unicodedata.normalize("NFKC", text).upper()
    found = _number.search(plain) or _number.search("".join(plain.split()))
    return found[1] if found else ""


def person_of(office: Office, typed: str, day: date) -> Person | Refusal:
    """Without the day's key (never heard of the centre today) there is no digest, and he may take a ticket all the same."""
    number = id_number_in(typed)
    if not number or not check_holds(number):
        return wrong
    key, born = queue_key(office, day), birth_of(number)
    return Person(
        digest=person_digest(key, number) if key is not None else "",
        hidden=f"{number[:4]}{'*' * 10}{number[-4:]}",
        ground=office.hall.queue.old_enough(born, day) if born is not None else None,
    )
