"""大厅资料格式 the shape of a whole hall file, section by section: the keys that must stand and those that may."""

from __future__ import annotations

from clerk_app.cases.sharing.rules import way_words
from clerk_app.duty.high_risk import step_words
from clerk_app.outside.hall_keeping import KEEPING
from clerk_app.outside.hall_partners import OUTSIDE
from clerk_app.outside.hall_recovery import RecoveryCertificate
from clerk_app.outside.hall_routing import ROUTING
from clerk_app.outside.hall_seals import LAWFUL_ISSUERS, SEAL_FACE
from clerk_app.outside.hall_shape import (
    Clock,
    Day,
    Flag,
    ListOf,
    MapOf,
    Record,
    Row,
    Span,
    Text,
    WebAddress,
    Whole,
    Word,
)
from clerk_app.outside.hall_supervision import Supervision

KNOWN_ROLES = (
    "clerk", "chief_rep", "duty_manager", "cashier", "dispatcher", "supervisor", "admin",
    "window_head", "hall_office", "hall_leader", "dept_head",
)  # fmt: skip

_text, _flag, _whole, _day, _clock, _span = Text(), Flag(), Whole(), Day(), Clock(), Span()
_words = ListOf(_text)

_HALL = Record(
    {
        "id": _text, "name": _text, "short_name": _text, "region_code": _text, "level": Whole(1, 5), "address": _text,
        "phone": _text, "hotline": _text, "off_work_time": _clock,
        "hours": Record({"weekday": ListOf(_span, 1), "noon_duty": _flag}, {"saturday_by_appointment": _span}),
    },
    {"citizen_url": WebAddress(), "citizen_days": Whole(7, 365), "recovery_certificate": RecoveryCertificate()},
)  # fmt: skip

_CALENDAR = Record(
    {
        "source": _text,
        "beyond_data": Word(["provisional"]),
        "count_rule": Word(["nth_working_day_strictly_after_start"]),
        "overrides": ListOf(Record({"date": _day, "workday": _flag, "name": _text, "source": _text})),
    },
    {"checks": ListOf(Row([_day, _whole, _day])), "announced": ListOf(Whole(2004, 9999))},
)

_QUEUE = Record(
    {
        "ticket_format": _text,
        "one_waiting_ticket_per_id_and_letter": _flag,
        "max_calls": Whole(1),
        "call_interval_s": _whole,
        "pass_rejoin": Record({"allowed": _flag, "same_day": _flag, "after_tickets": _whole, "times": _whole}),
        "close_open_at_day_end": _text,
        "announce": _text,
        "priority": ListOf(
            Record({"key": _text, "name": _text, "basis": _text}, {"verify": _text, "min_age": _whole, "kiosk": _flag}),
        ),
        "letters": MapOf(_text),
    },
    {
        "forward_front": _flag, "ageing_minutes": Whole(0, 600), "last_minutes": Whole(0, 600),
        "next_day": Word(["slip", "serve"]), "returner": Word(["front", "first", "ordinary"]),
        "pass_reasons": ListOf(_text, 1), "hold_reasons": ListOf(_text, 1), "back_reasons": ListOf(_text, 1),
        "wronged_reasons": ListOf(_text, 1),
    },
)  # fmt: skip

_REMEDIES = Record({}, {"review_body": _text, "court": _text, "review_first": _flag})
_DEPARTMENT = Record(
    {"id": _text, "name": _text, "uscc": _text, "chief_rep": _text, "deputy_rep": _text}, {"remedies": _REMEDIES}
)

_SEAL = Record(
    {
        "id": _text, "department": _text, "name": _text, "custodian": _text, "electronic": _flag,
        "kind": Word(["approval", "register", "receipt", "intake", "fee"]),
    },
    {"backup": _text, "window": Whole(1), "face": SEAL_FACE},
)  # fmt: skip

_SEAL_RULES = Record(
    {
        "keeper_may_authorise": _flag, "electronic_when_cut": _flag, "lawful_issuers": LAWFUL_ISSUERS,
        "document_classes": Record({"procedure": _words, "decision": _words}), "same_force_as_official_seal": _flag,
        "not_usable_for": _words, "only_inside_hall": _flag, "completion_time_is_stamp_time": _flag,
        "register_each_use": _flag, "void_needs_two_people": _flag,
    },
    {"duplex": _flag},
)  # fmt: skip

_SLOT = Record({"from": _clock, "to": _clock, "places": Whole(1, 999)})
_WINDOW = Record(
    {"number": Whole(1), "name": _text, "letters": _words, "posts": _words, "zone": _text},
    {"hours": ListOf(_span), "booked": ListOf(_SLOT), "standard": _words},
)
_POST = Record(
    {"id": _text, "name": _text, "department": _text, "a": _text, "b": _text},
    {"chief": _flag, "qualifications": _words},
)
_PERSON = Record(
    {"id": _text, "name": _text, "department": _text, "roles": ListOf(_text, 1)},
    {"skills": _words, "learner": Record({"until": _day, "mentor": _text})},
)

_RANK = Record({"name": _text, "document": _text})
_RANKS = Record(
    {"hall_office": _RANK, "hall_leader": _RANK, "window_head": MapOf(_text), "dept_head": MapOf(_text)},
)

_RANK_WORDS = ("window_head", "duty_manager", "chief_rep", "hall_office", "hall_leader", "dept_head")
_LEAVE = ListOf(
    Record(
        {"ranks": ListOf(Word(_RANK_WORDS), 1)},
        {"up_to_minutes": Whole(1, 10_000), "up_to_days": Whole(1, 366)},
    )
)
_DUTY_RULES = Record(
    {},
    {
        "leave": _LEAVE, "chief_leave": _LEAVE, "second_factor": ListOf(Word(KNOWN_ROLES)),
        "password": Record(
            {}, {"min_length": Whole(8, 64), "classes": Whole(1, 4), "max_age_days": Whole(0, 3650)}
        ),
        "sign_in_open_days": Whole(1, 30), "idle_lock_minutes": Whole(1, 60),
    },
)  # fmt: skip

_LIMIT = Record(
    {"n": Whole(0, 1000), "unit": Word(["workday", "day", "month"])},
    {"extend": Whole(1, 1000), "extend_by": Word(["dept_head", "government_head", "foi_office_head"])},
)

_MATERIAL = Record(
    {
        "name": _text,
        "copies": Whole(1),
        "form": Word(["original", "copy", "copy_check", "shared", "digital"]),
        "essential": _flag,
    },
    {"printed_by_system": _flag},
)

_ITEM = Record(
    {
        "code": _text, "name": _text, "short": _text, "department": _text,
        "kind": Word(["spot", "promise", "joint", "report"]),
        "statutory": _LIMIT, "promised": _LIMIT, "limit_source": _text,
        "correction": Word(["permit_5d", "same_day_or_accepted", "return_once", "foi_7d"]),
        "windows": ListOf(Whole(1), 1), "letters": ListOf(_text, 1), "chief_scope": _flag, "seal": _text,
        "result": Record({"name": _text, "kind": Word(["certificate", "decision"])}),
        "fee": _whole, "fee_source": _text, "materials": ListOf(_MATERIAL, 1),
    },
    {
        "decision_document": _text, "form": _text, "signatures": Whole(1),
        "registration_type": Word(["设立", "变更", "备案", "注销"]), "decider": _text, "external": _flag,
        "tolerant": _flag, "fee_waiver": _text, "fee_options": ListOf(Record({"name": _text, "amount": _whole})),
        "partners": ListOf(_text, 1), "site_check": _flag, "expert_review": _flag, "commitment": _flag,
        "deemed_granted_if_overdue": _flag, "clock_start": Word(["acceptance", "batch_close"]),
        "third_party_consult_workdays": _whole, "skills": _words, "remedies": _REMEDIES, "second_limit": _LIMIT,
        "batch_closes": ListOf(_day), "paper_only": _flag, "safety": _flag, "agency_seal": _text, "conditions": _words, "steps": _words,
        "basis": _text, "complaint": _text, "partner_silence": _text,
        "saying": Record({}, {"ask_first": _words, "say_no": _text}), "fee_unit": _text, "fee_code": _text,
        "review_notes": _words,
        "prerequisites": ListOf(Record({"name": _text}, {"basis": _text, "not_needed_since": _day})),
        "fee_reductions": ListOf(Record({"key": _text, "name": _text, "basis": _text, "percent": Whole(1, 100)})),
    },
)  # fmt: skip

_AUTHORISATION = Record(
    {
        "department": _text, "person": _text, "deputy": _text, "from": _day, "to": _day, "document_no": _text,
        "items": ListOf(_text, 1),
    },
    {"powers": ListOf(Word(["decide", "accept", "coordinate"]), 1)},
)  # fmt: skip

_PEOPLE_SIDE = Record(
    {},
    {
        "question_topics": ListOf(_text, 1), "complaint_days": Whole(1, 60), "contact_days": Whole(1, 30),
        "fix_days": Whole(1, 90), "notice_ahead": Whole(1, 20), "correction_ahead_days": Whole(0, 30),
        "gateway_window": Whole(1, 9999),
    },
)  # fmt: skip

_FEES = Record(
    {},
    {"means": ListOf(Word(["scan", "card"])), "cash": ListOf(Record({"unit": _text, "basis": _text}))},
)

_HANDING = Record(
    {},
    {
        "carrier": _text, "post_basis": _text, "remind_after": Whole(1, 60), "remind_every": Whole(1, 60),
        "unclaimed_after": Whole(5, 500),
    },
)  # fmt: skip

_INBOX = Record({"kinds": ListOf(Word(["application", "booking", "precheck"]))})

_SHARING = Record(
    {}, {"ways": ListOf(Word(list(way_words)), 1), "valid_months": MapOf(Whole(1, 600)), "also": ListOf(_text)}
)

_HIGH_RISK = Record({}, {step: Word(["one", "two"]) for step in step_words})

HALL_FILE = Record(
    {
        "schema": Whole(1, 1), "hall": _HALL, "calendar": _CALENDAR, "supervision": Supervision(), "queue": _QUEUE,
        "roles": ListOf(Word(KNOWN_ROLES), 1), "labels": MapOf(_text), "departments": ListOf(_DEPARTMENT, 1),
        "seals": ListOf(_SEAL, 1), "seal_rules": _SEAL_RULES, "windows": ListOf(_WINDOW, 1), "posts": ListOf(_POST, 1),
        "people": ListOf(_PERSON, 1), "ranks": _RANKS,
        "noon_roster": ListOf(Record({"zone": _text, "post": _text, "by": Word(["a", "b"])})),
        "short_leave_minutes": _whole, "items": ListOf(_ITEM, 1), "authorisations": ListOf(_AUTHORISATION),
    },
    {"duty_rules": _DUTY_RULES, "keeping": KEEPING, "people_side": _PEOPLE_SIDE, "fees": _FEES, "handing": _HANDING,
     "high_risk": _HIGH_RISK, "routing": ROUTING, "inbox": _INBOX, "outside": OUTSIDE, "sharing": _SHARING},
)  # fmt: skip
