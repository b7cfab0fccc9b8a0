"""行与值 frozen values to rows and back, one line per aggregate. Rows never leave the store; values never carry SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Table

from clerk_app.cases.attachments import Attachment
from clerk_app.cases.back_entry.model import KitSheet, PaperKit
from clerk_app.cases.catalogue_changes import CatalogueChange
from clerk_app.cases.external import ExternalMatter
from clerk_app.cases.inbox.model import InboxItem
from clerk_app.cases.model import Case
from clerk_app.cases.routing.model import Assignment
from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.duty.model import SignIn
from clerk_app.duty.records import Absence, Consent, Handover, NoonRoster, Pause, RecordedLetter, Substitution
from clerk_app.duty.roster_changes import RosterChange
from clerk_app.oversight.card import Card
from clerk_app.oversight.model import Cut, DayClose, HoldBreak, Rating, Settlement, Task
from clerk_app.oversight.people import Asked, Complaint, FollowUp
from clerk_app.queueing.model import LineStop, PaperServed, Ticket, WindowLetters
from clerk_app.receipts.books import PaperOut
from clerk_app.receipts.fees.drawer import CashHandedIn, MoneyDay
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.handing.model import Result
from clerk_app.registration.joint import FormPoint, FormRoute
from clerk_app.registration.model import CompanyRecord, FormDraft
from clerk_app.sealing.model import (
    CaseDocument,
    Certificate,
    GapNote,
    SealEvent,
    SealGrant,
    SealIntent,
    SealStanding,
    SealUse,
)
from clerk_app.store import (
    tables,
    tables_back_entry,
    tables_cards,
    tables_catalogue,
    tables_fees,
    tables_handing,
    tables_inbox,
    tables_people,
    tables_queueing,
    tables_registration,
    tables_routing,
    tables_sealing,
    tables_sharing,
)
from clerk_app.store.tables_documents import case_documents, gap_notes
from clerk_app.store.tables_external import external_matters


@dataclass(frozen=True)
class Shelf:
    """架 one aggregate: the subject word, its table and its frozen class."""

    word: str
    table: Table
    value: type[Any]


shelves: dict[str, Shelf] = {
    shelf.word: shelf
    for shelf in (
        Shelf("ticket", tables.tickets, Ticket),
        Shelf("line_stop", tables_queueing.line_stops, LineStop),
        Shelf("window_letters", tables_queueing.window_letters, WindowLetters),
        Shelf("paper_served", tables_queueing.papers_served, PaperServed),
        Shelf("case", tables.cases, Case),
        Shelf("sign_in", tables.sign_ins, SignIn),
        Shelf("paper", tables.papers, PaperOut),
        Shelf("form", tables.forms, FormDraft),
        Shelf("point", tables_registration.form_points, FormPoint),
        Shelf("route", tables_registration.form_routes, FormRoute),
        Shelf("company", tables_registration.companies, CompanyRecord),
        Shelf("absence", tables.absences, Absence),
        Shelf("substitution", tables.substitutions, Substitution),
        Shelf("noon_roster", tables.noon_rosters, NoonRoster),
        Shelf("handover", tables.handovers, Handover),
        Shelf("consent", tables.consents, Consent),
        Shelf("letter", tables.recorded_letters, RecordedLetter),
        Shelf("pause", tables.pauses, Pause),
        Shelf("roster", tables.roster_changes, RosterChange),
        Shelf("catalogue", tables_catalogue.catalogue_changes, CatalogueChange),
        Shelf("seal_use", tables.seal_uses, SealUse),
        Shelf("seal_grant", tables_sealing.seal_grants, SealGrant),
        Shelf("seal_intent", tables_sealing.seal_intents, SealIntent),
        Shelf("seal", tables_sealing.seal_standings, SealStanding),
        Shelf("seal_event", tables_sealing.seal_events, SealEvent),
        Shelf("certificate", tables_sealing.certificates, Certificate),
        Shelf("document", case_documents, CaseDocument),
        Shelf("gap_note", gap_notes, GapNote),
        Shelf("rating", tables.ratings, Rating),
        Shelf("task", tables.tasks, Task),
        Shelf("settlement", tables.settlements, Settlement),
        Shelf("cut", tables.cuts, Cut),
        Shelf("day_close", tables.day_closes, DayClose),
        Shelf("hold_break", tables.hold_breaks, HoldBreak),
        Shelf("attachment", tables.attachments, Attachment),
        Shelf("external", external_matters, ExternalMatter),
        Shelf("kit", tables_back_entry.paper_kits, PaperKit),
        Shelf("sheet", tables_back_entry.kit_sheets, KitSheet),
        Shelf("inbox", tables_inbox.inbox_items, InboxItem),
        Shelf("share", tables_sharing.share_consents, ShareConsent),
        Shelf("assignment", tables_routing.assignments, Assignment),
        Shelf("bill", tables_fees.bills, Bill),
        Shelf("cash", tables_fees.cash_handed_in, CashHandedIn),
        Shelf("money_day", tables_fees.money_days, MoneyDay),
        Shelf("result", tables_handing.results, Result),
        Shelf("asked", tables_people.asked, Asked),
        Shelf("complaint", tables_people.complaints, Complaint),
        Shelf("follow_up", tables_people.follow_ups, FollowUp),
        Shelf("card", tables_cards.cards, Card),
    )
}


def to_row(hall: str, value: Any) -> dict[str, Any]:
    """A row as `bulk` takes it: what stands in a document's column may be any value of ours."""
    return {"hall": hall, **{name: getattr(value, name) for name in value.__dataclass_fields__}}


def to_value(shelf: Shelf, row: Mapping[str, Any]) -> Any:
    """The frozen value of a row."""
    return msgspec.convert({name: row[name] for name in shelf.value.__dataclass_fields__}, shelf.value)


def to_json(value: Any) -> dict[str, Any]:
    """The value as the feed carries it."""
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return plain


def from_json(word: str, row: Mapping[str, Any]) -> Any:
    """A value from the feed."""
    return msgspec.convert(dict(row), shelves[word].value)
