"""Single faults: a base without a fault, one change, and exactly what is found; and changes at the edge that are fine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from clerk_app.registration.id_numbers import check_character
from tests.registration.applications import AS_OF, papers, resident_number

ID = "/persons/0/id_no"
METHOD = "/shareholders/0/contributions/0/method"
DUE = "/shareholders/0/contributions/0/due_on"
WHO = "/shareholders/0"
RATE = "/housing_fund/employer_rate"


@dataclass(frozen=True)
class Fault:
    """一处错 `found` are rule, pointer; empty for what is fine."""

    base: str
    changes: dict[str, Any]
    found: tuple[tuple[str, str], ...] = ()
    severity: str = "error"
    as_of: date = AS_OF


def one(base: str, rule: str, pointer: str, change: dict[str, Any], severity: str = "error", **more: Any) -> Fault:
    return Fault(base, change, ((rule, pointer),), severity, **more)


def of_person(number: int, born: date, sex: str = "女") -> dict[str, Any]:
    """The changes that make a person born on a day."""
    row = f"/persons/{number}"
    return {
        f"{row}/birth_date": born.isoformat(),
        f"{row}/gender": sex,
        f"{row}/id_no": resident_number(born, sex, sequence=70 + number),
    }


def owners(count: int, *, stock: bool = False) -> list[dict[str, Any]]:
    """So many equal shareholders of a capital of 100 each; the person is the first, who may own several shares here."""
    paid = {"due_on": "2031-06-01", "paid_on": "2026-06-15" if stock else None}
    part = {"method": "货币", "amount": "100", **paid}
    row = {"kind": "自然人", "person": "p1", "country": "中国", "subscribed": "100", "paid_in": "0"}
    return [{**row, "ratio": str(round(100 / count, 4)), "contributions": [part]} for _ in range(count)]


def many(count: int, *, stock: bool = False) -> dict[str, Any]:
    changes = {
        "/shareholders": owners(count, stock=stock),
        "/company/registered_capital": str(100 * count),
        "/beneficial_owners": {
            "exempt_promise": False,
            "items": [{"person": "p1", "nature": "实际控制", "ratio": None, "since": "2026-06-15"}],
        },
    }
    return changes if stock else {**changes, "/company/company_type": "其他有限责任公司"}


def body(*keys: str, title: str = "董事", **more: Any) -> list[dict[str, Any]]:
    row = {"how_chosen": "选举", "term_years": 3, "is_employee_rep": False, "in_audit_committee": False}
    return [{**row, "person": key, "title": title, **more} for key in keys]


DIRECTORS, SUPERVISORS = "/governance/directors", "/governance/supervisors"
WRONG = [
    one("example", "P-ID-FORMAT", ID, {ID: "34010419850612996"}),
    one("example", "P-ID-FORMAT", ID, {"/persons/0/id_type": "港澳居民居住证", ID: "M12345678"}),
    one("example", "P-ID-FORMAT", ID, {"/persons/0/id_type": "护照", ID: "E123"}),
    one("example", "P-ID-FORMAT", ID, {"/persons/0/id_type": "港澳居民来往内地通行证", ID: "H123456789"}),
    one("example", "P-ID-CHECK", ID, {ID: "340104198506129966"}),
    one("example", "P-ID-CHECK", ID, {ID: "340104198506139967"}),
    one("example", "P-ID-DATE", ID, {ID: f"34010419850230996{check_character('34010419850230996')}"}),
    one("example", "P-ID-DATE", ID, {ID: resident_number(date(2026, 6, 16), "女")}),
    one("example", "P-ID-DATE", ID, {ID: resident_number(date(1899, 12, 31), "女")}),
    one("example", "P-ID-BIRTH", "/persons/0/birth_date", {"/persons/0/birth_date": "1985-06-13"}),
    one("example", "P-ID-GENDER", "/persons/0/gender", {"/persons/0/gender": "男"}),
    one("example", "P-ID-EXPIRED", "/persons/1/id_valid_until", {"/persons/1/id_valid_until": "2026-06-14"}),
    one("board", "P-DUP", "/persons/8/id_no", {
        "/persons/8/id_no": "340103199002289973", "/persons/8/birth_date": "1990-02-28"}),
    one("example", "P-MOBILE", "/persons/0/mobile", {"/persons/0/mobile": "12800001037"}),
    one("example", "P-MOBILE", "/persons/2/mobile", {"/persons/2/mobile": "1380000111"}),
    one("example", "P-EMAIL", "/persons/2/email", {"/persons/2/email": "p3@example"}),
    one("example", "P-EMAIL", "/persons/0/email", {"/persons/0/email": "a@b@c.cn"}),
    one("board", "P-AGE", f"{SUPERVISORS}/0/person", of_person(4 + 1, date(2010, 6, 16), "男")),
    one("board", "P-AGE", f"{DIRECTORS}/1/person", of_person(3, date(2010, 6, 15), "男"), "warning"),
    one("board", "P-AGE", f"{DIRECTORS}/1/person", of_person(3, date(2008, 6, 16), "男"), "warning"),
    one("example", "REQ", "/persons/2/email", {"/persons/2/email": None}),
    one("example", "REQ", "/persons/2/mobile", {"/persons/2/mobile": ""}),
    one("example", "REQ", "/company/phone", {"/company/phone": "  "}),
    one("example", "REQ", "/company/company_type", {"/company/company_type": None}),
    one("example", "REQ", "/company/business_place", {"/company/business_place_same": False}),
    one("example", "REQ", "/company/term_years", {"/company/term_type": "固定"}),
    one("example", "REQ", "/tax/invoice_need", {"/tax/invoice_need": None}),
    one("example", "REQ", "/application/registration_type", {"/application/registration_type": "新设"}),
    one("example", "REQ", "/company/registered_capital", {"/company/registered_capital": "NaN"}),
    one("example", "REQ", "/company/registered_capital", {"/company/registered_capital": "Infinity"}),
    one("example", "REQ", f"{WHO}/subscribed", {f"{WHO}/subscribed": float("nan")}),
    one("example", "REQ", f"{WHO}/contributions/0/amount", {f"{WHO}/contributions/0/amount": "1e2"}),
    one("example", "REQ", f"{WHO}/ratio", {f"{WHO}/ratio": ["100"]}),
    one("example", "REQ", DUE, {DUE: "2031-02-29"}),
    one("example", "REQ", f"{WHO}/contributions", {f"{WHO}/contributions": []}),
    one("example", "REQ", "/medical/handler", {"/medical/handler": "p9"}),
    one("example", "REQ", "/governance/legal_rep/person", {"/governance/legal_rep/person": "p9"}),
    one("example", "REQ", "/commitments/domicile_truth", {"/commitments/domicile_truth": False}),
    one("example", "REQ", "/company/uscc", {"/application/registration_type": "变更"}),
    one("corporate", "REQ", f"{WHO}/uscc", {f"{WHO}/uscc": None}),
    one("corporate", "U-FORMAT", f"{WHO}/uscc", {f"{WHO}/uscc": "91340103MA2TEST0X1"}),
    one("corporate", "U-FORMAT", f"{WHO}/uscc", {f"{WHO}/uscc": "9134010"}),
    one("corporate", "U-CHECK", f"{WHO}/uscc", {f"{WHO}/uscc": "91350203M0001FUE2P"}),
    one("example", "U-CHECK", "/company/uscc", {
        "/application/registration_type": "变更", "/company/uscc": "91350203M0001FUE2P"}),
    one("example", "C-COUNT", "/shareholders", {"/shareholders": []}),
    one("example", "C-COUNT", "/shareholders", many(51)),
    one("joint_stock", "C-COUNT", "/shareholders", many(201, stock=True)),
    one("example", "C-SUM", "/company/registered_capital", {"/company/registered_capital": "100.000001"}),
    one("example", "C-RATIO", f"{WHO}/ratio", {f"{WHO}/ratio": "99.9899"}),
    one("example", "C-METHOD-SUM", f"{WHO}/contributions", {f"{WHO}/contributions/0/amount": "99.999999"}),
    *(one("example", "C-METHOD", METHOD, {METHOD: method})
      for method in ("劳务", "信用", "自然人姓名", "商誉", "特许经营权", "设定担保的财产", "虚拟货币")),
    one("example", "C-5Y", DUE, {DUE: "2031-06-16"}),
    one("example", "C-5Y", DUE, {DUE: "2033-03-01", "/company/domicile/lease_to": "2029-01-01",
        "/company/name_reserved_until": "2028-03-01", "/agent/valid_to": "2028-03-01"}, as_of=date(2028, 2, 29)),
    one("joint_stock", "C-5Y", "/shareholders/0/contributions/0/due_on", {
        "/company/establish_mode": "募集设立", "/materials": [papers(f"M{n:02d}") for n in (*range(1, 7), 8)],
        "/shareholders/1/contributions/0/due_on": "2031-06-15"}),
    one("joint_stock", "C-JSC-PAID", "/shareholders/1/contributions/0/paid_on",
        {"/shareholders/1/contributions/0/paid_on": None}),
    one("joint_stock", "C-JSC-PAID", "/shareholders/1/contributions/0/paid_on",
        {"/shareholders/1/contributions/0/paid_on": "2026-06-16"}),
    one("example", "C-TYPE", "/company/company_type", {"/company/company_type": "有限责任公司（法人独资）"}),
    one("example", "C-TYPE", "/company/company_type", {"/company/company_type": "有限责任公司（自然人投资或控股）"}),
    one("board", "C-TYPE", "/company/company_type", {"/company/company_type": "有限责任公司（自然人独资）"}),
    one("corporate", "C-TYPE", "/company/company_type", {"/company/company_type": "有限责任公司（自然人独资）"}),
    one("board", "G-BOARD-MIN", DIRECTORS, {
        DIRECTORS: [*body("p1", title="董事长"), *body("p4", is_employee_rep=True)]}),
    one("board", "G-CHAIR", DIRECTORS, {f"{DIRECTORS}/1/title": "董事长"}),
    one("example", "G-SINGLE", DIRECTORS, {DIRECTORS: body("p1", "p3")}),
    one("example", "G-TERM", f"{DIRECTORS}/0/term_years", {f"{DIRECTORS}/0/term_years": 4}),
    one("example", "G-LEGAL-REP", "/governance/legal_rep/person", {"/governance/legal_rep/title": "董事长"}),
    one("example", "G-LEGAL-REP", "/governance/legal_rep/person", {"/governance/legal_rep/person": "p3"}),
    one("example", "G-SUP-CONC", f"{SUPERVISORS}/0/person", {f"{SUPERVISORS}/0/person": "p1"}),
    one("example", "G-SUP-CONC", f"{SUPERVISORS}/0/person", {f"{SUPERVISORS}/0/person": "p3"}),
    one("board", "G-SUP-MIN", SUPERVISORS, {SUPERVISORS: body("p6", "p7", is_employee_rep=True)}),
    one("board", "G-SUP-EMP", SUPERVISORS, {
        SUPERVISORS: [*body("p6", title="监事", is_employee_rep=True), *body("p2", "p7", "p8", title="监事")]}),
    one("example", "G-SUP-ONE", SUPERVISORS, {SUPERVISORS: []}),
    one("joint_stock", "G-AUDIT-SUP", SUPERVISORS, {SUPERVISORS: body("p6", title="监事")}),
    one("joint_stock", "G-AUDIT-MIN", DIRECTORS, {f"{DIRECTORS}/2/in_audit_committee": False}),
    one("example", "G-AUDIT-MIN", DIRECTORS, {"/governance/supervision_mode": "审计委员会", SUPERVISORS: []}),
    one("joint_stock", "G-NO-SUP", "/governance/supervision_mode", {
        "/governance/supervision_mode": "不设", "/governance/no_supervisor_unanimous": True,
        "/materials": [papers(f"M{n:02d}") for n in (*range(1, 7), 9)]}),
    one("unsupervised", "G-NO-SUP", "/governance/no_supervisor_unanimous", {
        "/governance/no_supervisor_unanimous": False}),
    one("joint_stock", "G-EMP-DIR", DIRECTORS, {"/company/staff_count": 300}),
    one("example", "S-EMPTY", "/company/scope", {"/company/scope": []}),
    one("example", "S-MAIN", "/company/scope", {"/company/scope/0/is_main": False}),
    one("example", "S-MAIN", "/company/scope", {"/company/scope/1/is_main": True}),
    one("example", "S-PRE", "/company/scope/1/approval_no", {
        "/company/scope/1/approval_kind": "前置", "/materials": [papers(f"M{n:02d}") for n in range(1, 8)]}),
    one("example", "S-POST", "/company/scope/1", {"/company/scope/1/approval_kind": "后置"}, "info"),
    one("example", "L-COPIES", "/company/duplicate_count", {"/company/duplicate_count": 0}),
    one("agency", "A-LIAISON", "/liaison/person", {"/agent/person": "p3"}),
    one("agency", "A-DECLARE", "/agent/identity_declared", {"/agent/identity_declared": False}),
    one("example", "A-TERM", "/agent/valid_to", {"/agent/valid_to": "2026-06-14"}),
    one("example", "A-TERM", "/agent/valid_to", {"/agent/valid_from": "2026-06-16"}),
    *(one("example", "HF-RATE", RATE, {RATE: rate}) for rate in ("4.99", "12.01", "NaN", "-5", "五")),
    one("example", "HF-RATE", "/housing_fund/employee_rate", {"/housing_fund/employee_rate": "13"}),
    one("corporate", "BO-EXEMPT", "/beneficial_owners/exempt_promise", {"/beneficial_owners/exempt_promise": True}),
    one("example", "BO-EXEMPT", "/beneficial_owners/exempt_promise", {
        "/company/registered_capital": "1000.01", f"{WHO}/subscribed": "1000.01",
        f"{WHO}/contributions/0/amount": "1000.01"}),
    one("example", "BO-MISSING", "/beneficial_owners/items", {"/beneficial_owners/exempt_promise": False}),
    one("example", "K-SIGN", "/commitments/applicant_signed", {"/commitments/applicant_signed": False}),
    one("example", "K-SIGN", "/commitments/applicant_signed", {"/commitments/applicant_signed": None}),
    *(one("example", "M-MISSING", "/materials", {f"/materials/{n}/attached": False}) for n in range(6)),
    one("board", "M-MISSING", "/materials", {"/materials/6/attached": False}),
    one("unsupervised", "M-MISSING", "/materials", {"/materials/6/code": "M08"}),
    Fault("example", {f"{WHO}/country": "新加坡"}, (("M-MISSING", "/materials"),) * 2),
]  # fmt: skip
FINE = [
    Fault("example", {ID: resident_number(date(1985, 6, 12), "女", county)})
    for county in ("999999", "320502", "330113", "810000", "820000", "830000", "110226")
] + [
    Fault("example", {"/persons/0/id_type": "护照", ID: "E12345678"}),
    Fault("example", {"/persons/0/id_type": "台湾居民来往大陆通行证", ID: "01234567"}),
    Fault("example", {"/persons/0/id_type": "外国人永久居留身份证", ID: "USA110085061299"}),
    Fault("example", {"/persons/0/id_type": "护照", ID: "ABC12", "/persons/0/gender": "男"}),
    Fault("example", {ID: "３４０１０４１９８５０６１２９９６７"}),
    Fault("example", {"/persons/1/id_valid_until": "2026-06-15"}),
    Fault("example", {"/persons/1/id_valid_until": "长期"}),
    Fault("example", {"/persons/0/mobile": None, "/persons/0/email": "a.b+c@mail.example.com"}),
    Fault("example", {"/persons/0/mobile": "199 0000 1037"}),
    Fault("board", of_person(3, date(2008, 6, 15), "男")),
    Fault("example", {**of_person(2, date(2008, 6, 15))}),
    Fault("example", {"/company/registered_capital": "100.000000"}),
    Fault("example", {f"{WHO}/ratio": "99.99"}),
    Fault("example", {f"{WHO}/subscribed": 100, f"{WHO}/contributions/0/amount": "１００"}),
    Fault("example", many(50)),
    Fault("joint_stock", many(200, stock=True)),
    Fault("example", {**many(3), "/shareholders": [{**row, "ratio": "33.3333"} for row in owners(3)]}),
    Fault("example", {DUE: "2031-06-15"}),
    Fault("joint_stock", {"/shareholders/0/contributions/0/due_on": "2099-01-01"}),
    Fault("corporate", {f"{WHO}/country": "新加坡", f"{WHO}/uscc": None,
        "/materials": [papers(f"M{n:02d}") for n in (*range(1, 7), 11, 12)]}),
    Fault("example", {"/company/uscc": "hidden while it is founded", "/company/term_years": "x"}),
    Fault("example", {"/governance/managers": []}),
    Fault("board", {f"{DIRECTORS}/0/term_years": 3, "/company/staff_count": 5000}),
    Fault("joint_stock", {"/company/staff_count": 299}),
    Fault("joint_stock", {"/company/staff_count": 300, f"{DIRECTORS}/1/is_employee_rep": True,
        "/materials": [papers(f"M{n:02d}") for n in (*range(1, 7), 10)]}),
    Fault("example", {"/company/paper_licence": False, "/company/duplicate_count": 0}),
    Fault("example", {"/housing_fund/employer_rate": "12", "/housing_fund/employee_rate": 5}),
    Fault("example", {"/housing_fund": {"need_open": False, "employer_rate": "99"}}),
    Fault("example", {"/agent/valid_from": "2026-06-15", "/agent/valid_to": "2026-06-15"}),
    Fault("example", {"/company/registered_capital": "1000", f"{WHO}/subscribed": "1000",
        f"{WHO}/contributions/0/amount": "1000.00"}),
    Fault("example", {"/agent/person": "p3"}),
    Fault("example", {DUE: "2033-02-28", "/company/domicile/lease_to": "2029-01-01",
        "/company/name_reserved_until": "2028-02-29", "/agent/valid_to": "2028-02-29",
        **of_person(2, date(2010, 2, 28))}, as_of=date(2028, 2, 29)),
]  # fmt: skip
