"""Applications without a fault, of every kind of company: drawn by hypothesis from one seed, or one of the named bases."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from clerk_app.registration.credit_codes import SIGNS, check_sign
from clerk_app.registration.document import get, keys_of
from clerk_app.registration.id_numbers import check_character

EXAMPLE_FILE = Path(__file__).with_name("example_application.json")
AS_OF = date(2026, 6, 15)
COUNTIES = (
    "340103",
    "340104",
    "320502",
    "330113",
    "441900",
    "110226",
    "510107",
    "500381",
    "810000",
    "820000",
    "830000",
)
"""Abolished ones (320502, 110226, 500381), ones newer than most people (330113), and those of residence permits."""
METHODS = ("货币", "实物", "知识产权", "土地使用权", "股权", "债权", "数据", "网络虚拟财产", "其他可评估财产")
NATURAL = "自然人"
TYPES = (
    "有限责任公司（自然人独资）",
    "有限责任公司（法人独资）",
    "有限责任公司（自然人投资或控股）",
    "其他有限责任公司",
    "股份有限公司（非上市）",
    "股份有限公司（非上市、自然人投资或控股）",
)


def example() -> dict[str, Any]:
    """One natural person, one director, one supervisor; on `AS_OF` without a fault."""
    document: dict[str, Any] = json.loads(EXAMPLE_FILE.read_text(encoding="utf-8"))["application"]
    return document


def changed(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy with other values at some pointers; the place must be there, or be a new key of what is there."""
    other = copy.deepcopy(document)
    for place, value in changes.items():
        *way, last = keys_of(place)
        holder = other if not way else get(other, "".join(f"/{key}" for key in way))
        assert holder is not None, place
        holder[last] = copy.deepcopy(value)
    return other


def resident_number(born: date, sex: str, county: str = "340103", sequence: int = 12) -> str:
    """A good number; `sequence` are the first two of the three signs, the third tells the sex."""
    body = f"{county}{born:%Y%m%d}{sequence:02d}{1 if sex == '男' else 2}"
    return body + check_character(body)


def credit_code(head: str = "91340103MA2TEST0X") -> str:
    """A good code from its first 17 signs."""
    body = head.replace("S", "T")[:17].ljust(17, "0")
    return body + check_sign(body)


@dataclass(frozen=True)
class Application:
    """申请 one application and the day it is filed."""

    document: dict[str, Any]
    as_of: date


def applications() -> st.SearchStrategy[Application]:
    """Any company there may be, without a fault."""
    return st.integers(0, 2**32).map(lambda seed: Builder(random.Random(seed)).application())


class Builder:
    """造表 one application from one chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.as_of = chance.choice((AS_OF, date(2028, 2, 29), date(2026, 5, 1) + timedelta(days=chance.randrange(900))))
        self.document = example()
        self.persons: list[dict[str, Any]] = []
        self.type = chance.choice(TYPES)
        self.stock = self.type.startswith("股份")

    def application(self) -> Application:
        self._dates()
        self._shareholders()
        self._governance()
        self._others()
        self.document["persons"] = self.persons
        self._materials()
        return Application(self.document, self.as_of)

    def _dates(self) -> None:
        day, company = self.as_of.isoformat(), self.document["company"]
        self.document["application"]["applied_on"] = day
        self.document["commitments"]["signed_on"] = day
        # The last day of a reservation and of a warrant belong to it; a lease must run on.
        company["name_reserved_until"] = self._from(0, 40)
        company["domicile"]["lease_to"] = self._from(1, 900)
        self.document["agent"].update(valid_from=self._from(-30, 0), valid_to=self._from(0, 60))

    def _from(self, least: int, most: int) -> str:
        offset = self.chance.choice((least, most, self.chance.randint(least, most)))
        return (self.as_of + timedelta(days=offset)).isoformat()

    def person(self) -> str:
        """One more person, grown up on the day (perhaps just so); his key."""
        number, chance = len(self.persons) + 1, self.chance
        adult = birthday(self.as_of, 18)
        born = chance.choice((adult, adult - timedelta(days=chance.randrange(20_000))))
        sex = chance.choice("男女")
        id_type, id_no = self._paper(number, born, sex)
        self.persons.append(
            {
                "key": f"p{number}", "name": f"{chance.choice('解鲍戚曾单于卢')}{chance.choice(('芸岚', '栎舟', '蔓', '·买买提'))}",
                "gender": sex, "birth_date": born.isoformat(), "nationality": "中国", "id_type": id_type, "id_no": id_no,
                "id_valid_until": chance.choice(("长期", self._from(0, 5000))), "address": "合肥市庐阳区（虚构地址）",
                "mobile": f"1{chance.choice('3456789')}{chance.randrange(10**9):09d}", "tel": None,
                "email": chance.choice(("a@b.cn", "p3@example.invalid", "li.lei+1@mail.example.com")),
                "real_name_verified": "已认证",
            }
        )  # fmt: skip
        return f"p{number}"

    def _paper(self, number: int, born: date, sex: str) -> tuple[str, str]:
        kind = self.chance.choice(
            ("resident", "resident", "resident", "hongkong", "taiwan", "passport", "permit", "card")
        )
        sequence = number % 100
        if kind == "hongkong":
            county = self.chance.choice(("810000", "820000"))
            return "港澳居民居住证", resident_number(born, sex, county, sequence)
        if kind == "taiwan":
            return "台湾居民居住证", resident_number(born, sex, "830000", sequence)
        if kind == "passport":
            return "护照", f"E{number:08d}"
        if kind == "permit":
            return "港澳居民来往内地通行证", f"{self.chance.choice('HM')}{number:0{self.chance.choice((8, 10))}d}"
        if kind == "card":
            return "外国人永久居留身份证", resident_number(born, sex, "911702", sequence)
        return "居民身份证", resident_number(born, sex, self.chance.choice(COUNTIES), sequence)

    def _shareholders(self) -> None:
        kinds = self._kinds()
        parts = [Decimal(self.chance.randint(1, 10**6)) / self.chance.choice((1, 100, 10**4)) for _ in kinds]
        if "自然人投资或控股" in self.type:
            held = sum((part for part, kind in zip(parts, kinds, strict=True) if kind == NATURAL), Decimal(0))
            others = sum(parts, Decimal(0)) - held
            parts[0] += max(others - held, Decimal(0))
        total = sum(parts, Decimal(0))
        company = self.document["company"]
        company.update(
            company_type=self.type,
            registered_capital=str(total),
            staff_count=self.chance.choice((0, 6, 299, 300, 5000)),
        )
        company["establish_mode"] = self.chance.choice(("发起设立", "募集设立")) if self.stock else None
        if self.stock:
            company.update(org_form="股份有限公司", name="合肥岚栎舟信息技术股份有限公司")
        self.document["shareholders"] = [
            self._shareholder(kind, part, total) for kind, part in zip(kinds, parts, strict=True)
        ]
        exempt = all(kind == NATURAL for kind in kinds) and total <= 1000
        owner = {"person": self.person(), "nature": "直接或间接持股", "ratio": "30", "since": self.as_of.isoformat()}
        self.document["beneficial_owners"] = {"exempt_promise": exempt, "items": [] if exempt else [owner]}

    def _kinds(self) -> list[str]:
        others = ("企业法人", "农村集体经济组织", "其他组织")
        if "自然人独资" in self.type:
            return [NATURAL]
        if "法人独资" in self.type:
            return [self.chance.choice(others)]
        most = 200 if self.stock else 50
        count = self.chance.choice((2, 3, 5, 8, most) if self.chance.random() < 0.1 else (2, 3, 5))
        return [NATURAL, *(self.chance.choice((NATURAL, NATURAL, *others)) for _ in range(count - 1))]

    def _shareholder(self, kind: str, part: Decimal, total: Decimal) -> dict[str, Any]:
        natural, foreign = kind == NATURAL, self.chance.random() < 0.15
        head = f"{self.chance.choice(('91', '92', 'N2', 'Y1', 'A1', '52'))}340103" + "".join(
            self.chance.choices(SIGNS, k=9)
        )
        code = None if natural or foreign else credit_code(head)
        return {
            "kind": kind, "person": self.person() if natural else None, "name": None if natural else "合肥（虚构）投资有限公司",
            "uscc": code, "country": "新加坡" if foreign else "中国", "subscribed": str(part), "paid_in": "0",
            "ratio": str(round(part * 100 / total, 4)), "contributions": self._contributions(part),
        }  # fmt: skip

    def _contributions(self, part: Decimal) -> list[dict[str, Any]]:
        """One or several that make the whole, due within five years, to the day."""
        first = (part / 3).quantize(Decimal("0.000001"))
        amounts = [part] if self.chance.random() < 0.7 or not first else [first, part - first]
        promoted = self.stock and self.document["company"]["establish_mode"] == "发起设立"
        latest = birthday(self.as_of, -5)
        due = self.chance.choice((latest, self.as_of + timedelta(days=self.chance.randrange(1800))))
        if promoted and self.chance.random() < 0.3:
            due = latest + timedelta(days=400)
        return [
            {
                "method": self.chance.choice(METHODS), "amount": str(amount), "due_on": due.isoformat(),
                "paid_on": self._from(-20, 0) if promoted else None,
            }
            for amount in amounts
        ]  # fmt: skip

    def _governance(self) -> None:
        chance, board = self.chance, self.chance.random() < 0.5
        mode = chance.choice(
            ("监事会", "一名监事", "审计委员会") if self.stock else ("监事会", "一名监事", "审计委员会", "不设")
        )
        count = chance.choice((3, 5)) if board or (self.stock and mode == "审计委员会") else 1
        board = count > 1
        directors = [self._seat("董事", person=self.person()) for _ in range(count)]
        for row in directors:
            row["in_audit_committee"] = mode == "审计委员会"
        if board:
            directors[0]["title"] = "董事长"
            directors[-1]["is_employee_rep"] = self.document["company"]["staff_count"] >= 300 and mode != "监事会"
        supervisors = [
            self._seat("监事", person=self.person()) for _ in range({"监事会": 3, "一名监事": 1}.get(mode, 0))
        ]
        if mode == "监事会":
            supervisors[0].update(title="监事会主席", is_employee_rep=True)
        managers = (
            [{"person": directors[0]["person"], "title": "经理", "how_chosen": "聘任"}] if chance.random() < 0.7 else []
        )
        title = chance.choice([directors[0]["title"], *(["经理"] if managers else [])])
        self.document["governance"] = {
            "board_mode": "董事会" if board else "一名董事", "supervision_mode": mode,
            "no_supervisor_unanimous": mode == "不设", "directors": directors, "supervisors": supervisors,
            "managers": managers, "legal_rep": {"person": directors[0]["person"], "title": title},
        }  # fmt: skip

    def _seat(self, title: str, person: str) -> dict[str, Any]:
        years = self.chance.choice((1, 2, 3))
        return {
            "person": person, "title": title, "how_chosen": "选举", "term_years": years, "is_employee_rep": False,
            "in_audit_committee": False,
        }  # fmt: skip

    def _others(self) -> None:
        """Liaison, agent, handlers; the scope; the fund."""
        document, agency = self.document, self.chance.random() < 0.4
        someone, liaison = self.person(), self.person()
        document["finance_officer"]["person"] = document["liaison"]["person"] = liaison
        document["agent"]["person"] = someone if agency else liaison
        if agency:
            code = credit_code("91340103MA2TETT0X")
            document["agent"].update(
                kind="登记代理机构", org_name="（虚构）事务所", org_uscc=code, identity_declared=True
            )
        document["tax"]["taxman"] = document["social"]["handler"] = document["medical"]["handler"] = liaison
        document["bank"]["contact"] = document["housing_fund"]["handler"] = liaison
        document["housing_fund"].update(employer_rate=self.chance.choice(("5", "12", "8.5")), employee_rate="12")
        if self.chance.random() < 0.3:
            document["company"]["scope"][0].update(item_kind="许可", approval_kind="前置", approval_no="（虚构）1 号")
        if self.chance.random() < 0.3:
            document["housing_fund"] = {"need_open": False}
            document["seals"] = {"need": False}

    def _materials(self) -> None:
        wanted = {f"M{number:02d}" for number in range(1, 7)}
        document, governance = self.document, self.document["governance"]
        bodies = [*governance["directors"], *governance["supervisors"]]
        wanted |= {"M07"} if document["company"]["scope"][0]["approval_kind"] == "前置" else set()
        wanted |= {"M08"} if document["company"]["establish_mode"] == "募集设立" else set()
        wanted |= {"M09"} if governance["supervision_mode"] == "不设" else set()
        wanted |= {"M10"} if any(row["is_employee_rep"] for row in bodies) else set()
        wanted |= {"M11", "M12"} if any(row["country"] != "中国" for row in document["shareholders"]) else set()
        document["materials"] = [papers(code) for code in sorted(wanted)]


def papers(code: str) -> dict[str, Any]:
    """One material that is there."""
    return {"code": code, "name": f"材料 {code}", "copies": 1, "attached": True}


def birthday(day: date, years: int) -> date:
    """The latest day so many years before; the earliest born on 29 February of a leap year is taken as 28."""
    year = day.year - years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def board() -> dict[str, Any]:
    """Three directors with a chair, three supervisors with an employee, two shareholders of one half each."""
    document, more = example(), [f"p{number}" for number in range(4, 10)]
    for number, key in enumerate(more):
        born = date(1980, 1, 1 + number)
        row = {"key": key, "name": f"虚构{number}", "gender": "男", "birth_date": born.isoformat(), "mobile": None}
        document["persons"].append(
            {**document["persons"][1], **row, "id_no": resident_number(born, "男", sequence=number)}
        )
    seat = document["governance"]["directors"][0]
    document["governance"].update(
        board_mode="董事会",
        supervision_mode="监事会",
        directors=[
            {**seat, "title": "董事长"},
            {**seat, "person": "p4"},
            {**seat, "person": "p5", "is_employee_rep": False},
        ],
        supervisors=[
            {**document["governance"]["supervisors"][0], "person": key, "is_employee_rep": key == "p6"}
            for key in ("p6", "p7", "p8")
        ],
        legal_rep={"person": "p1", "title": "董事长"},
    )
    owner = document["shareholders"][0]
    halves = {"subscribed": "50", "ratio": "50"}
    document["shareholders"] = [
        {**owner, **halves, "person": key, "contributions": [{**owner["contributions"][0], "amount": "50"}]}
        for key in ("p1", "p9")
    ]
    document["company"].update(company_type="有限责任公司（自然人投资或控股）", staff_count=300)
    document["materials"].append(papers("M10"))
    return document


def joint_stock() -> dict[str, Any]:
    """As `board`, promoted, with an audit committee of three and all paid in."""
    document = board()
    document["company"].update(
        company_type="股份有限公司（非上市）",
        establish_mode="发起设立",
        org_form="股份有限公司",
        name="合肥岚栎舟信息技术股份有限公司",
        staff_count=6,
    )
    document["governance"].update(supervision_mode="审计委员会", supervisors=[])
    for row in document["governance"]["directors"]:
        row["in_audit_committee"] = True
    for row in document["shareholders"]:
        row["contributions"][0].update(due_on="2040-01-01", paid_on="2026-06-15")
    return document


def corporate() -> dict[str, Any]:
    """Owned by one company, whose owners are told."""
    document = example()
    owner = document["shareholders"][0]
    owner.update(kind="企业法人", person=None, name="合肥（虚构）投资有限公司", uscc=credit_code())
    document["company"]["company_type"] = "有限责任公司（法人独资）"
    item = {"person": "p1", "nature": "直接或间接持股", "ratio": "100", "since": "2026-06-15"}
    document["beneficial_owners"] = {"exempt_promise": False, "items": [item]}
    return document


def agency() -> dict[str, Any]:
    """Represented by an agency, which says so; its person is not the liaison."""
    document = example()
    document["agent"].update(
        kind="登记代理机构",
        person="p2",
        org_name="（虚构）事务所",
        org_uscc=credit_code("91340103MA2TETT0X"),
        identity_declared=True,
    )
    return document


def unsupervised() -> dict[str, Any]:
    """Without supervisors, by all shareholders' word; those listed before are hidden."""
    document = example()
    document["governance"].update(supervision_mode="不设", no_supervisor_unanimous=True)
    document["materials"].append(papers("M09"))
    return document


BASES = {
    "example": example,
    "board": board,
    "joint_stock": joint_stock,
    "corporate": corporate,
    "agency": agency,
    "unsupervised": unsupervised,
}
