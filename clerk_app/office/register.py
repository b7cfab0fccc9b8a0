"""命令簿 the one map from a command's kind to its use case; both offices read it. A new kind is one line in its room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from typing import Any

from clerk_app.cases.afterwards import afterwards_use_cases
from clerk_app.cases.attachments import attachment_use_cases
from clerk_app.cases.back_entry.checking import checking_use_cases
from clerk_app.cases.back_entry.entering import entering_use_cases
from clerk_app.cases.back_entry.kits import kit_use_cases
from clerk_app.cases.catalogue_changes import catalogue_use_cases
from clerk_app.cases.correcting import correcting_use_cases
from clerk_app.cases.decisions import decision_use_cases
from clerk_app.cases.department import department_use_cases
from clerk_app.cases.endings import ending_use_cases
from clerk_app.cases.extending import extending_use_cases
from clerk_app.cases.external import external_use_cases
from clerk_app.cases.handling import handling_use_cases
from clerk_app.cases.inbox.acts import inbox_use_cases
from clerk_app.cases.intake import intake_use_cases
from clerk_app.cases.joint import joint_use_cases
from clerk_app.cases.looking_up import looking_up_use_cases
from clerk_app.cases.sending_out import sending_out_use_cases
from clerk_app.cases.sharing.consenting import consenting_use_cases
from clerk_app.cases.sharing.gates import share_gates
from clerk_app.cases.sharing.using import using_use_cases
from clerk_app.cases.special import special_use_cases
from clerk_app.cases.spot import spot_use_cases
from clerk_app.cases.usecases import case_use_cases
from clerk_app.cases.voiding import voiding_use_cases
from clerk_app.command import Command, Refusal, Register, UseCase
from clerk_app.duty.consents import consent_use_cases
from clerk_app.duty.failed_sign_ins import failed_sign_in_use_cases
from clerk_app.duty.handover import handover_use_cases
from clerk_app.duty.leaving import leaving_use_cases
from clerk_app.duty.noon import noon_use_cases
from clerk_app.duty.pausing import pausing_use_cases
from clerk_app.duty.recorded_letters import letter_use_cases
from clerk_app.duty.roster_changes import roster_use_cases
from clerk_app.duty.stepping_in import stepping_use_cases
from clerk_app.duty.usecases import duty_use_cases
from clerk_app.oversight.alarms import alarm_use_cases
from clerk_app.oversight.asking import asking_use_cases
from clerk_app.oversight.assigning import assigning_use_cases
from clerk_app.oversight.breaking import breaking_use_cases
from clerk_app.oversight.card_acts import card_use_cases
from clerk_app.oversight.complaining import complaining_use_cases
from clerk_app.oversight.days import day_use_cases
from clerk_app.oversight.exporting import export_use_cases
from clerk_app.oversight.following_up import following_up_use_cases
from clerk_app.oversight.settling import settling_use_cases
from clerk_app.oversight.tasks import task_use_cases
from clerk_app.oversight.usecases import oversight_use_cases
from clerk_app.queueing.forwarding import forwarding_use_cases
from clerk_app.queueing.handing import handing_use_cases
from clerk_app.queueing.issuing import issuing_ticket_use_cases
from clerk_app.queueing.on_paper import on_paper_use_cases
from clerk_app.queueing.ordering import ordering_use_cases
from clerk_app.queueing.parking import parking_use_cases
from clerk_app.queueing.usecases import queueing_use_cases
from clerk_app.receipts.fees.closing import closing_use_cases
from clerk_app.receipts.fees.gates import fee_gates
from clerk_app.receipts.fees.giving_back import giving_back_use_cases
from clerk_app.receipts.fees.setting import setting_use_cases
from clerk_app.receipts.fees.taking import taking_use_cases
from clerk_app.receipts.handing.choosing import choosing_use_cases
from clerk_app.receipts.handing.giving import giving_use_cases
from clerk_app.receipts.handing.posting import posting_use_cases
from clerk_app.receipts.handing.reminding import reminding_use_cases
from clerk_app.receipts.handing.taking_in import taking_in_use_cases
from clerk_app.receipts.usecases import receipt_use_cases
from clerk_app.registration.checks import check_use_cases
from clerk_app.registration.gates import form_gates
from clerk_app.registration.points import point_use_cases
from clerk_app.registration.records import record_use_cases
from clerk_app.registration.routing import routing_use_cases
from clerk_app.registration.usecases import registration_use_cases
from clerk_app.sealing.certificates import certificate_use_cases
from clerk_app.sealing.custody import custody_use_cases
from clerk_app.sealing.gaps import gap_use_cases
from clerk_app.sealing.granting import granting_use_cases
from clerk_app.sealing.issuing import issuing_use_cases
from clerk_app.sealing.usecases import sealing_use_cases

Gate = Callable[[Any, Any], Refusal | None]
_rooms = (
    duty_use_cases,
    failed_sign_in_use_cases,
    leaving_use_cases,
    stepping_use_cases,
    noon_use_cases,
    handover_use_cases,
    consent_use_cases,
    letter_use_cases,
    roster_use_cases,
    catalogue_use_cases,
    pausing_use_cases,
    queueing_use_cases,
    handing_use_cases,
    forwarding_use_cases,
    parking_use_cases,
    ordering_use_cases,
    on_paper_use_cases,
    issuing_ticket_use_cases,
    alarm_use_cases,
    case_use_cases,
    intake_use_cases,
    correcting_use_cases,
    spot_use_cases,
    external_use_cases,
    attachment_use_cases,
    decision_use_cases,
    sending_out_use_cases,
    looking_up_use_cases,
    handling_use_cases,
    special_use_cases,
    extending_use_cases,
    joint_use_cases,
    department_use_cases,
    voiding_use_cases,
    ending_use_cases,
    afterwards_use_cases,
    kit_use_cases,
    entering_use_cases,
    checking_use_cases,
    consenting_use_cases,
    using_use_cases,
    inbox_use_cases,
    registration_use_cases,
    check_use_cases,
    point_use_cases,
    routing_use_cases,
    record_use_cases,
    sealing_use_cases,
    granting_use_cases,
    custody_use_cases,
    certificate_use_cases,
    issuing_use_cases,
    gap_use_cases,
    receipt_use_cases,
    setting_use_cases,
    taking_use_cases,
    giving_back_use_cases,
    closing_use_cases,
    choosing_use_cases,
    taking_in_use_cases,
    giving_use_cases,
    posting_use_cases,
    reminding_use_cases,
    oversight_use_cases,
    asking_use_cases,
    complaining_use_cases,
    following_up_use_cases,
    task_use_cases,
    assigning_use_cases,
    settling_use_cases,
    day_use_cases,
    breaking_use_cases,
    card_use_cases,
    export_use_cases,
)


def _in_turn(*rooms: Mapping[str, Gate]) -> dict[str, Gate]:
    """Several rooms may ask something of one act: the first that says no is heard."""
    asked: dict[str, tuple[Gate, ...]] = {}
    for kind, gate in chain.from_iterable(room.items() for room in rooms):
        asked[kind] = (*asked.get(kind, ()), gate)
    return {kind: partial(_first_no, all_) for kind, all_ in asked.items()}


def _first_no(asked: tuple[Gate, ...], command: Command, books: Any) -> Refusal | None:
    return next((refusal for gate in asked if (refusal := gate(command, books)) is not None), None)


gates = _in_turn(form_gates, fee_gates, share_gates)
"""关口 what a room above asks of an act below; looked at before the use case, at both ends."""


def build_register() -> Register:
    """Kind → use case; raises ValueError when two rooms claim one kind."""
    book: dict[str, UseCase] = {}
    for use_case in chain.from_iterable(_rooms):
        kind = use_case.command.kind
        if not kind or kind in book:
            raise ValueError(f"命令名重复或为空：{kind}")
        book[kind] = use_case
    return book
