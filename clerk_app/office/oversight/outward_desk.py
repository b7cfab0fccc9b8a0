"""对外的桌 what waits to be told outside, and what is settled about one message. Everything here asks the centre: off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TypeVar

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.oversight.signed_asking import ask_signed
from clerk_app.ports.audit import Signer
from clerk_app.ports.outward import OutAct, OutboxSeen, OutPartner, OutRow, OutwardCentre

T = TypeVar("T")
_away = Refusal("line-cut", "线路断着，对外的事没有办，什么都没动。线路恢复再办。")


def look(office: Office) -> OutboxSeen | Refusal:
    """The list, in hall time."""
    seen = _ask(office, lambda centre, by: centre.seen(by))
    if isinstance(seen, Refusal):
        return seen
    zone = office.parts.clock.now().tzinfo
    return replace(
        seen,
        partners=tuple(_partner_in(one, zone) for one in seen.partners),
        rows=tuple(_row_in(one, zone) for one in seen.rows),
    )


def _partner_in(one: OutPartner, zone: tzinfo | None) -> OutPartner:
    return replace(
        one, oldest=_in(one.oldest, zone), looked_at=_in(one.looked_at, zone), heard_at=_in(one.heard_at, zone)
    )


def _row_in(one: OutRow, zone: tzinfo | None) -> OutRow:
    return replace(one, made_at=one.made_at.astimezone(zone), next_at=_in(one.next_at, zone))


def _in(at: datetime | None, zone: tzinfo | None) -> datetime | None:
    return at and at.astimezone(zone)


def decide(office: Office, row: OutRow, act: OutAct, reason: str) -> Refusal | None:
    """再送、不送了."""
    if not reason.strip():
        return Refusal("reason-missing", "没有写为什么，没有办，什么都没动。写一句再来。")
    return _ask(office, lambda centre, by: centre.decide(row, act, reason.strip(), by))


def _ask(office: Office, ask: Callable[[OutwardCentre, Signer], T]) -> T | Refusal:
    return ask_signed(office, office.parts.outward, ask, _away)
