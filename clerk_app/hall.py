"""大厅 one hall version as frozen values: roster, queue rules, catalogue and hours, read from the hall document.

The document is the JSON form of the hall file (checked when the centre loads it); its digest is the version every command names.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from clerk_app.cases.catalogue import FeeOption, FeeReduction, Item, Limit, Material, Prerequisite, Remedies, Saying
from clerk_app.cases.catalogue_lines import CatalogueKnown, known_of
from clerk_app.cases.inbox.rules import InboxRules
from clerk_app.cases.routing.rules import RoutingRules, read_routing
from clerk_app.cases.sharing.rules import ShareRules, read_share_rules
from clerk_app.cases.telling_outside import OutsideRules, read_outside
from clerk_app.duty.high_risk import HighRisk
from clerk_app.duty.model import BookedSlot, Department, Letter, Person, Post, Roster, Seal, ServiceWindow
from clerk_app.duty.rules import DutyRules, LeaveStep, NoonTurn, PasswordRules, Ranks
from clerk_app.oversight.keeping import Keeping, read_keeping
from clerk_app.oversight.people_rules import PeopleRules, read_people_rules
from clerk_app.oversight.supervision import SupervisionRules, read_supervision
from clerk_app.queueing.reading_rules import read_queue_rules
from clerk_app.queueing.rules import QueueRules
from clerk_app.receipts.fees.rules import FeeRules
from clerk_app.receipts.handing.rules import HandingRules
from clerk_app.workdays import Calendar

Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Hall:
    """大厅 everything of a hall that is data and changes only by version."""

    id: str
    version: str
    name: str
    short_name: str
    address: str
    hotline: str
    off_work: time
    hours_words: str
    hours: tuple[tuple[time, time], ...]
    """From–to, of a working day."""
    roster: Roster
    queue: QueueRules
    items: dict[str, Item]
    electronic_when_cut: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    known: CatalogueKnown = field(default_factory=CatalogueKnown)
    """What a change of the catalogue may name."""
    calendar: Calendar = field(default_factory=Calendar)
    keeping: Keeping = field(default_factory=Keeping)
    people: PeopleRules = field(default_factory=PeopleRules)
    supervision: SupervisionRules = field(default_factory=SupervisionRules)
    keeper_may_authorise: bool = False
    lawful_issuers: frozenset[str] = frozenset()
    """SHA-256 (hex) of the certificates whose seals are lawful; every other one's bear 非法定电子印章."""
    not_usable_for: tuple[str, ...] = ()
    """What the approval seal must not be put on."""
    duplex: bool = False
    """双面打印: the seam's slices stand on odd pages only."""
    procedure_papers: frozenset[str] = frozenset()
    """文书分类 papers that bear the window's intake seal; every other one is a decision's and bears the approval seal."""
    fees: FeeRules = field(default_factory=FeeRules)
    handing: HandingRules = field(default_factory=HandingRules)
    high_risk: HighRisk = field(default_factory=HighRisk)
    routing: RoutingRules = field(default_factory=RoutingRules)
    inbox: InboxRules = field(default_factory=InboxRules)
    sharing: ShareRules = field(default_factory=ShareRules)
    outside: OutsideRules = field(default_factory=OutsideRules)
    region: str = ""
    """区划代码 of its own place; an invented one in the training hall."""
    citizen_url: str = ""
    """Where citizens look their matter up; empty when the hall has no such pages."""
    citizen_days: int = 30
    """办件页保留 how many days a case is still shown there after it is over."""

    def hold_end(self, at: datetime) -> datetime:
        """占用到何时 a hold taken now lasts to the end of the office day, and at least an hour."""
        return max(datetime.combine(at.date(), self.off_work, at.tzinfo), at + timedelta(hours=1))

    def items_at(self, window: int) -> tuple[Item, ...]:
        """Items this window takes in, in catalogue order."""
        return tuple(i for i in self.items.values() if window in i.windows)


def read_hall(document: Document, version: str) -> Hall:
    """From a checked document; raises KeyError or ValueError on one that was never checked."""
    hall, queue, seals = document["hall"], document["queue"], document["seal_rules"]
    return Hall(
        id=hall["id"],
        version=version,
        name=hall["name"],
        short_name=hall["short_name"],
        address=hall["address"],
        hotline=str(hall["hotline"]),
        off_work=time.fromisoformat(hall["off_work_time"]),
        hours=tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in hall["hours"]["weekday"]),
        hours_words="，".join(f"{_clock(a)}–{_clock(b)}" for a, b in hall["hours"]["weekday"]),
        roster=_roster(document),
        queue=read_queue_rules(queue),
        items=_items(document),
        electronic_when_cut=seals["electronic_when_cut"],
        keeper_may_authorise=seals["keeper_may_authorise"],
        lawful_issuers=frozenset(seals["lawful_issuers"]),
        not_usable_for=tuple(seals["not_usable_for"]),
        duplex=seals.get("duplex", False),
        labels=dict(document.get("labels", {})),
        known=known_of(document),
        calendar=Calendar.of(document["calendar"]),
        keeping=read_keeping(document.get("keeping", {})),
        people=read_people_rules(document.get("people_side", {})),
        supervision=read_supervision(document["supervision"]),
        procedure_papers=frozenset(seals["document_classes"]["procedure"]),
        fees=_fee_rules(document.get("fees", {})),
        handing=HandingRules(**document.get("handing", {})),
        high_risk=HighRisk(people=dict(document.get("high_risk", {}))),
        routing=read_routing(document.get("routing", ())),
        inbox=InboxRules(kinds=tuple(document.get("inbox", {}).get("kinds", ()))),
        sharing=read_share_rules(document.get("sharing")),
        outside=read_outside(document.get("outside", {})),
        region=hall.get("region_code", ""),
        citizen_url=hall.get("citizen_url", ""),
        citizen_days=hall.get("citizen_days", Hall.citizen_days),
    )


def _fee_rules(row: Document) -> FeeRules:
    return FeeRules(
        means=tuple(row.get("means", FeeRules.means)), cash={one["unit"]: one["basis"] for one in row.get("cash", ())}
    )


def _items(document: Document) -> dict[str, Item]:
    remedies = {d["id"]: d.get("remedies", {}) for d in document["departments"]}
    whole = (
        _with_disclosures(_with_rules(_item(row), row), row, remedies.get(row["department"], {}))
        for row in document["items"]
    )
    return {item.code: item for item in whole}


def _clock(text: str) -> str:
    return text.lstrip("0")


def _roster(document: Document) -> Roster:
    return Roster(
        departments={
            d["id"]: Department(
                id=d["id"], name=d["name"], uscc=d["uscc"], chief_rep=d["chief_rep"], deputy_rep=d["deputy_rep"]
            )
            for d in document["departments"]
        },
        people={p["id"]: _person(p) for p in document["people"]},
        windows={w["number"]: _window(w) for w in document["windows"]},
        posts={
            p["id"]: Post(
                id=p["id"],
                name=p["name"],
                department=p["department"],
                a=p["a"],
                b=p["b"],
                chief=p.get("chief", False),
                qualifications=tuple(p.get("qualifications", ())),
            )
            for p in document["posts"]
        },
        letters=tuple(_letter(a) for a in document["authorisations"]),
        seals={s["id"]: _seal(s) for s in document["seals"]},
        rules=_duty_rules(document),
    )


def _window(row: Document) -> ServiceWindow:
    return ServiceWindow(
        number=row["number"],
        name=row["name"],
        letters=tuple(row["letters"]),
        posts=tuple(row["posts"]),
        zone=row["zone"],
        hours=tuple((a, b) for a, b in row.get("hours", ())),
        booked=tuple(BookedSlot(start=s["from"], end=s["to"], places=s["places"]) for s in row.get("booked", ())),
        standard=tuple(row.get("standard", ())),
    )


def _person(row: Document) -> Person:
    learns = row.get("learner")
    return Person(
        id=row["id"],
        name=row["name"],
        department=row["department"],
        roles=tuple(row["roles"]),
        skills=tuple(row.get("skills", ())),
        learner_until=date.fromisoformat(learns["until"]) if learns else None,
        mentor=learns["mentor"] if learns else "",
    )


def _duty_rules(document: Document) -> DutyRules:
    """What the hall file leaves out keeps its safe default."""
    said, ranks, hours = document.get("duty_rules", {}), document["ranks"], document["hall"]["hours"]["weekday"]
    password = said.get("password", {})
    return DutyRules(
        short_leave_minutes=document["short_leave_minutes"],
        leave=tuple(_leave_step(row) for row in said.get("leave", ())),
        chief_leave=tuple(_leave_step(row) for row in said.get("chief_leave", ())),
        ranks=Ranks(
            hall_office=ranks["hall_office"]["name"],
            hall_leader=ranks["hall_leader"]["name"],
            dept_head=dict(ranks["dept_head"]),
            window_head=dict(ranks["window_head"]),
        ),
        noon=tuple(NoonTurn(zone=row["zone"], post=row["post"], by=row["by"]) for row in document["noon_roster"]),
        noon_hours=(time.fromisoformat(hours[0][1]), time.fromisoformat(hours[1][0])) if len(hours) > 1 else None,
        password=PasswordRules(**password),
        second_factor=tuple(said.get("second_factor", DutyRules.second_factor)),
        sign_in_open_days=said.get("sign_in_open_days", DutyRules.sign_in_open_days),
        idle_lock_minutes=said.get("idle_lock_minutes", DutyRules.idle_lock_minutes),
    )


def _leave_step(row: Document) -> LeaveStep:
    return LeaveStep(ranks=tuple(row["ranks"]), minutes=row.get("up_to_minutes", 0), days=row.get("up_to_days", 0))


def _seal(row: Document) -> Seal:
    face = row.get("face", {})
    return Seal(
        id=row["id"],
        name=row["name"],
        department=row["department"],
        kind=row["kind"],
        custodian=row["custodian"],
        backup=row.get("backup", ""),
        electronic=row["electronic"],
        window=row.get("window", 0),
        diameter=float(face.get("diameter", Seal.diameter)),
        star=face.get("star", Seal.star),
        number=face.get("number", ""),
        code=face.get("code", ""),
    )


def _letter(row: Document) -> Letter:
    return Letter(
        document_no=row["document_no"],
        department=row["department"],
        person=row["person"],
        deputy=row["deputy"],
        start=date.fromisoformat(row["from"]),
        end=date.fromisoformat(row["to"]),
        items=tuple(row["items"]),
        powers=tuple(row.get("powers", Letter.powers)),
    )


def _item(row: Document) -> Item:
    return Item(
        code=row["code"],
        name=row["name"],
        short=row["short"],
        department=row["department"],
        kind=row["kind"],
        statutory=_limit(row["statutory"]),
        promised=_limit(row["promised"]),
        windows=tuple(row["windows"]),
        letters=tuple(row["letters"]),
        materials=tuple(
            Material(name=m["name"], copies=m["copies"], form=m["form"], essential=m["essential"])
            for m in row["materials"]
        ),
        limit_source=row["limit_source"],
        fee=row["fee"],
        site_check=row.get("site_check", False),
        tolerant=row.get("tolerant", False),
        external=row.get("external", False),
        expert_review=row.get("expert_review", False),
        correction=row["correction"],
        form=row.get("form", ""),
        registration_type=row.get("registration_type", "设立"),
        signatures=row.get("signatures", 2),
        decider=row.get("decider", ""),
        seal=row["seal"],
        decision_document=row.get("decision_document", ""),
        result=row["result"]["name"],
        result_kind=row["result"]["kind"],
        skills=tuple(row.get("skills", ())),
    )


def _with_rules(item: Item, row: Document) -> Item:
    """What stands beside an item's five elements: variants of its course."""
    return replace(
        item,
        batch_closes=tuple(date.fromisoformat(day) for day in row.get("batch_closes", ())),
        from_batch=row.get("clock_start") == "batch_close",
        second_limit=_limit(row["second_limit"]) if "second_limit" in row else None,
        deemed_granted=row.get("deemed_granted_if_overdue", False),
        consult_workdays=row.get("third_party_consult_workdays", 0),
        partners=tuple(row.get("partners", ())),
        partner_silence=row.get("partner_silence", ""),
        commitment=row.get("commitment", False),
        paper_only=row.get("paper_only", False),
        safety=row.get("safety", False),
        agency_seal=row.get("agency_seal", ""),
    )


def _with_disclosures(item: Item, row: Document, remedies: Document) -> Item:
    """What is told of it at the window: 八公开, 怎么说, 救济途径."""
    return replace(
        item,
        remedies=_remedies(row.get("remedies", {}), remedies),
        saying=_saying(row.get("saying", {})),
        fee_options=tuple(FeeOption(name=f["name"], amount=f["amount"]) for f in row.get("fee_options", ())),
        conditions=tuple(row.get("conditions", ())),
        steps=tuple(row.get("steps", ())),
        basis=row.get("basis", ""),
        prerequisites=tuple(map(_prerequisite, row.get("prerequisites", ()))),
        review_notes=tuple(row.get("review_notes", ())),
        complaint=row.get("complaint", ""),
        fee_source=row.get("fee_source", ""),
        fee_unit=row.get("fee_unit", ""),
        fee_code=row.get("fee_code", ""),
        fee_reductions=tuple(
            FeeReduction(key=r["key"], name=r["name"], basis=r["basis"], percent=r["percent"])
            for r in row.get("fee_reductions", ())
        ),
    )


def _limit(row: Document) -> Limit:
    return Limit(n=row["n"], unit=row["unit"], extend=row.get("extend", 0), extend_by=row.get("extend_by", ""))


def _remedies(said: Document, department: Document) -> Remedies:
    """The item's own words, else its department's."""
    told = {**department, **said}
    return Remedies(
        review_body=told.get("review_body", ""),
        court=told.get("court", ""),
        review_first=told.get("review_first", False),
    )


def _prerequisite(row: Document) -> Prerequisite:
    since = row.get("not_needed_since")
    return Prerequisite(
        name=row["name"], basis=row.get("basis", ""), since=date.fromisoformat(since) if since else None
    )


def _saying(said: Document) -> Saying:
    return Saying(ask_first=tuple(said.get("ask_first", ())), say_no=said.get("say_no", ""))
