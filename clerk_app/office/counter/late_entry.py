"""补录 from a citizen's slip: what a dead machine had taken in, with the slip's own number and times, and why it comes late."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.afterwards import ReenterCase
from clerk_app.cases.catalogue import Item
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Applicant, case_number
from clerk_app.command import Refusal
from clerk_app.office.line.dead_machine import UnseenNumber
from clerk_app.office.office import Office, Outcome

_moment = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?\s*(\d{1,2})[::](\d{2})")


@dataclass(frozen=True, kw_only=True)
class SlipWords:
    """回执上的字 as the clerk reads them off: item code or name, applicant, query code, time of the slip, and the reason.

    `second`: 有 when the slip of an on-the-spot case bears the line 第二时限, 没有 when it does not.
    """

    item: str
    applicant: str
    query_code: str
    at: str
    reason: str
    second: str = ""


def read_moment(text: str, office: Office) -> datetime | None:
    """2026-11-20 10:12, or with 年月日; hall time."""
    found = _moment.search(text.strip())
    if found is None:
        return None
    try:
        year, month, day, hour, minute = (int(part) for part in found.groups())
        return datetime(year, month, day, hour, minute, tzinfo=office.parts.clock.now().tzinfo)
    except ValueError:
        return None


def read_second(text: str, item: Item) -> bool | Refusal:
    """Asked of on-the-spot cases alone: what is left open there might print too early a day."""
    said = text.strip()
    if item.kind != "spot" or said in ("没有", "没", "无", "否"):
        return False
    if said in ("有", "是"):
        return True
    return Refusal("second-limit", "回执上有没有“第二时限”没看懂，没有补录，填的都在。照回执写“有”或“没有”。")


def find_item(office: Office, text: str) -> str:
    """An item of this window by code, name or short name; empty when none or more than one fits."""
    wanted = text.strip()
    here = office.hall.items_at(office.window)
    exact = [item.code for item in here if wanted in (item.code, item.name, item.short)]
    near = [item.code for item in here if wanted and wanted in item.name]
    found = exact or near
    return found[0] if len(found) == 1 else ""


def reenter(office: Office, number: UnseenNumber, slip: SlipWords) -> Outcome:
    """补录 one case under the number on the slip; dates are counted from the slip's day, not from today."""
    at = read_moment(slip.at, office)
    if at is None:
        return Refusal("slip-time", "回执上的时间没看懂，没有补录。照回执写成 2026-11-20 10:12。")
    code = find_item(office, slip.item)
    item = office.hall.items.get(code)
    if item is None:
        return Refusal("unknown-item", "本窗口没有这个事项，或不止一个，没有补录。照回执写全事项名。")
    second = read_second(slip.second, item)
    if isinstance(second, Refusal):
        return second
    command = ReenterCase(
        **office.stamp().fields(office.parts.new_id),
        case=office.parts.new_id(),
        item=code,
        applicant=Applicant(name=slip.applicant.strip()),
        brought=tuple(material.name for material in item.materials if material.essential),
        query_code=slip.query_code.strip().upper(),
        received_at=at,
        reason=slip.reason,
        case_no=case_number(office.hall.id, at.date(), number.serial),
        block=number.block,
        serial=number.serial,
        accepted_at=at,
        due=due_dates(item, at, office.hall.calendar, office.hall.off_work, second=second),
        second_limit=second,
    )
    return office.do(command)
