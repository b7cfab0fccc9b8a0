"""盖错章的动作 the chief asks, a second person agrees at his seat or by PIN at the window; and a delivered result is done over."""

from __future__ import annotations

from clerk_app.cases.voiding import AgreeVoidStamp, AskVoidStamp, DropVoidStamp, OpenReplacement
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.handling import do_case
from clerk_app.office.office import Office, Outcome


def ask_void_stamp(office: Office, case: str, reason: str, paper: str, by: Countersigner | None = None) -> Outcome:
    """请作废用印."""
    return do_case(office, case, AskVoidStamp, {"reason": reason, "paper": paper}, by)


def agree_void_stamp(office: Office, case: str, by: Countersigner | None = None) -> Outcome:
    """同意作废用印."""
    return do_case(office, case, AgreeVoidStamp, {}, by)


def drop_void_stamp(office: Office, case: str, reason: str, by: Countersigner | None = None) -> Outcome:
    """不作废了."""
    return do_case(office, case, DropVoidStamp, {"reason": reason}, by)


def open_replacement(office: Office, ticket: str, replaces: str, reason: str, original: str) -> Outcome:
    """更正、换发 a new case from the ticket in hand; the old one stays as it was delivered."""
    command = OpenReplacement(
        **office.stamp().fields(office.parts.new_id),
        case=office.parts.new_id(),
        ticket=ticket,
        replaces=replaces,
        reason=reason,
        original=original,
        query_code=office.parts.new_query_code(),
    )
    return office.do(command)
