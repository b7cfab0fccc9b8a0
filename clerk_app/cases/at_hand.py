"""手上的件 the case a command speaks of, as it stood when the act was done, with its item; or why there is none."""

from __future__ import annotations

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import deemed_on, intake_due
from clerk_app.cases.deeming import put_back
from clerk_app.cases.model import Case
from clerk_app.cases.receiving import relisted
from clerk_app.cases.usecases import CaseCommand, item_gone, unknown_case
from clerk_app.command import Refusal


def at_hand(command: CaseCommand, books: CaseBooks) -> tuple[Case, Item] | Refusal:
    """What was provisionally deemed accepted is put back first when the act was done within the limit; before
    acceptance the list is the one of the catalogue in force.
    """
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None:
        return item_gone(case)
    case = put_back(case, item, books.calendar, command.at)
    return (relisted(case, item, command.hall_version) if case.accepted_at is None else case), item


def silence_accepted(command: CaseCommand, case: Case, item: Item, books: CaseBooks) -> Refusal | None:
    """Once the intake limit is over it is too late to say no or to ask for more (行政许可法 32(4); 不动产登记暂行条例 17)."""
    last = deemed_on(case, item, books.calendar)
    over = last is not None and command.at.date() > last
    if not over and not (case.life.deemed and case.state == "accepted"):
        return None
    due = intake_due(case, item, books.calendar).due
    if item.correction_rule.at_once:
        why = f"收件当天（{due:%Y-%m-%d}）没有书面说不收，就是受理了"
    else:
        why = f"答复期限 {due:%Y-%m-%d} 已过，从收件之日起视为受理"
    return Refusal("deemed-accepted", f"{why}，这一步没有办。件原样留着，点受理补编号和通知书，按受理接着办。")
