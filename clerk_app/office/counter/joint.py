"""并联的动作 the copy-notice to every partner, and his opinion when it comes back."""

from __future__ import annotations

from typing import Literal

from clerk_app.cases.joint import RecordPartnerOpinion
from clerk_app.cases.model import Case
from clerk_app.office.counter.handling import do_case
from clerk_app.office.office import Office, Outcome
from clerk_app.receipts.copy_notice import copy_notice_slip
from clerk_app.receipts.slip import Slip


def record_partner_opinion(
    office: Office,
    case: str,
    department: str,
    outcome: Literal["agree", "disagree"],
    words: str,
    by_name: str,
    document_no: str = "",
) -> Outcome:
    """记协办意见."""
    said = {
        "department": department,
        "outcome": outcome,
        "words": words,
        "by_name": by_name,
        "document_no": document_no,
    }
    return do_case(office, case, RecordPartnerOpinion, said)


def copy_notices(office: Office, case: Case) -> list[Slip]:
    """抄告单 one for each partner asked, to go with the acceptance; none for a case without partners."""
    item = office.hall.items.get(case.item)
    if item is None:
        return []
    roster = office.hall.roster
    lead = roster.departments[case.department].name
    return [
        copy_notice_slip(case, item, partner, (lead, roster.departments[partner.department].name), office.letterhead)
        for partner in case.life.partners
    ]
