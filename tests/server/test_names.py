"""名称库 at the centre, on both databases: loaded whole or not at all, searched by sound, copied by pages, joined by what is filed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.cases.decision import Decision
from clerk_app.registration.model import FormDraft
from clerk_app.registration.records import FileRecord
from clerk_app.server.__main__ import main
from clerk_app.server.centre import CentreOffice
from clerk_app.server.name_file import NameFileError, read_names
from clerk_app.server.names import NameEntry, load_names
from clerk_app.server.tables import name_keys, registered_names
from clerk_app.store.cabinet import Cabinet
from clerk_app.sync import protocol
from tests.registration.applications import changed, credit_code, example
from tests.server.desk import DAY, HALL, NOW, Desk
from tests.server.test_forms import case_at

USCC = credit_code()


def entry(trade_name: str, industry: str = "信息技术", **more: Any) -> NameEntry:
    fields = {"standing": "registered", "authority_code": "429901", **more}
    name = f"江州{trade_name}{industry}有限公司"
    return NameEntry(**{"name": name, "trade_name": trade_name, "industry_term": industry, **fields})


def loaded(office: CentreOffice, *entries: NameEntry, as_of: date = DAY) -> int:
    return load_names(office.database, HALL, entries, as_of, NOW).changed


def met(desk: Desk, trade_name: str, industry: str = "信息技术", on: date = DAY, **more: str) -> list[str]:
    wanted = {"trade_name": trade_name, "industry_term": industry, "authority_code": "429901", **more}
    answer = desk.send("POST", protocol.NAMES_CHECK, {"on": on.isoformat(), "wanted": [wanted]})
    assert answer.status == 200, answer.json
    return [one["trade_name"] for one in answer.json["names"]]


def page(desk: Desk, after: int = 0, limit: int = 500) -> dict[str, Any]:
    answer = desk.send("GET", f"{protocol.NAMES}?after={after}&limit={limit}")
    assert answer.status == 200, answer.json
    return answer.json


def test_same_and_near_are_found_with_the_registers_day(office: CentreOffice, desk: Desk) -> None:
    assert page(desk)["as_of"] is None
    loaded(office, entry("岚栎舟"), entry("重鸣"), entry("岚栎舟", "餐饮"), entry("岚栎舟", authority_code="340103"))
    assert met(desk, "岚栎舟") == ["岚栎舟"]
    assert met(desk, "蓝立洲") == ["岚栎舟"]
    assert met(desk, "虫鸣") == met(desk, "众鸣") == ["重鸣"]
    assert met(desk, "岚砚舟") == []
    assert met(desk, "岚栎舟", "餐饮") == ["岚栎舟"]
    wanted = [
        {"trade_name": name, "industry_term": "信息技术", "authority_code": "429901"} for name in ("岚栎舟", "虫鸣")
    ]
    both = desk.send("POST", protocol.NAMES_CHECK, {"on": "2026-11-20", "wanted": wanted}).json
    assert both["as_of"] == "2026-11-20"
    assert {one["name"] for one in both["names"]} == {"江州岚栎舟信息技术有限公司", "江州重鸣信息技术有限公司"}


def test_a_reserved_name_counts_to_its_last_day_and_not_against_its_own(office: CentreOffice, desk: Desk) -> None:
    loaded(office, entry("重明", "科技", standing="reserved", until=DAY, number="名称申报7号"))
    assert met(desk, "重明", "科技") == ["重明"]
    assert met(desk, "重明", "科技", on=DAY + timedelta(days=1)) == []
    assert met(desk, "重明", "科技", number="名称申报7号") == []


def test_pages_go_in_order_and_tell_what_changed(office: CentreOffice, desk: Desk) -> None:
    names = [entry(f"岚{letter}") for letter in "甲乙丙丁戊"]
    assert loaded(office, *names) == 5
    first = page(desk, limit=3)
    rest = page(desk, after=first["names"][-1]["seq"], limit=3)
    assert [one["seq"] for one in (*first["names"], *rest["names"])] == [1, 2, 3, 4, 5]
    assert (first["last"], rest["last"], rest["epoch"]) == (5, 5, first["epoch"])
    assert loaded(office, *names) == 0, "the same again changes nothing"
    assert loaded(office, replace(names[1], standing="ended"), as_of=DAY + timedelta(days=1)) == 1
    later = page(desk, after=5)
    assert [(one["trade_name"], one["standing"]) for one in later["names"]] == [("岚乙", "ended")]
    assert later["as_of"] == "2026-11-21"
    assert met(desk, "岚乙") == []
    with office.database.reading() as connection:
        keys = set(connection.execute(select(name_keys.c.id)).scalars())
    assert names[1].id not in keys


def file_record(desk: Desk, office: CentreOffice, document: dict[str, Any], before: str = "") -> str:
    """An approved case with this form, whose record is filed by the command itself."""
    case = case_at(desk)
    filed = changed(document, {"/company/uscc": USCC})
    document = filed if before else document
    with office.database.writing() as connection:
        cabinet = Cabinet(connection, HALL)
        row = cabinet.get("case", case)
        decided = Decision(
            outcome="grant", opinion="", by=desk.actor, at=NOW, letter="", document_no="1", serial=1, digest="0" * 64,
            pages=1,
        )  # fmt: skip
        cabinet.put("case", replace(row, state="granted", decision=decided))
        version = 1 if before else 0
        cabinet.put("form", FormDraft(
            id=case, form_version="2026.1", document=document, saved_at=NOW, by=desk.actor, record=before,
            record_version=version,
        ))  # fmt: skip
        cabinet.flush()
    verdict = desk.do(FileRecord(**desk.stamp(), case=case, uscc=USCC, document=filed))
    assert verdict["state"] == "applied", verdict
    return case


def test_what_was_loaded_without_a_code_is_not_in_the_way_of_its_own_company(office: CentreOffice, desk: Desk) -> None:
    own = entry("岚栎舟", name="合肥岚栎舟信息技术有限公司")
    loaded(office, own)
    file_record(desk, office, changed(example(), {"/application/authority_code": "429901"}))
    assert loaded(office, own) == 0, "known here with its code"
    assert met(desk, "岚栎舟") == ["岚栎舟"]
    assert met(desk, "岚栎舟", uscc=USCC) == []
    assert [(one["seq"], one["standing"]) for one in page(desk)["names"]] == [(2, "registered"), (3, "ended")]


def test_another_halls_names_are_not_there(office: CentreOffice, desk: Desk) -> None:
    load_names(office.database, "JZ02", [entry("岚栎舟")], DAY, NOW)
    assert met(desk, "岚栎舟") == []
    assert page(desk)["names"] == []
    assert (page(desk)["last"], page(desk)["as_of"]) == (0, None)


def test_a_filed_company_is_a_registered_name(office: CentreOffice, desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    file_record(desk, office, changed(example(), {"/application/authority_code": "429901"}))
    assert met(desk, "岚栎舟") == ["岚栎舟"]
    assert met(desk, "岚栎舟", uscc=USCC) == [], "not in its own way"
    (row,) = page(desk)["names"]
    assert (row["id"], row["uscc"], row["standing"]) == (USCC, USCC, "registered")
    renamed = {"/company/trade_name": "听雨轩"}
    file_record(desk_at(3), office, changed(example(), {"/application/authority_code": "429901", **renamed}), USCC)
    assert met(desk, "岚栎舟") == []
    assert met(desk, "听雨轩") == ["听雨轩"]
    assert [one["seq"] for one in page(desk)["names"]] == [2]


def test_a_file_is_loaded_whole_or_not_at_all(url: str, office: CentreOffice, tmp_path: Path, capsys) -> None:
    rows = [
        {
            "name": "江州岚舟信息技术有限公司",
            "trade_name": "岚舟",
            "industry_term": "信息技术",
            "authority_code": "429901",
        },
        {"name": "江州重明科技有限公司", "trade_name": "重明", "authority_code": "429901", "standing": "保留"},
        {"trade_name": "缺名"},
    ]
    file = tmp_path / "names.json"
    file.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    assert main(["load-names", str(file), "--database-url", url]) == 1
    said = capsys.readouterr().err
    assert "第 2 条：保留的名称要写 until" in said
    assert "第 3 条：没有 name、authority_code" in said
    assert "一条也没装" in said
    with office.database.reading() as connection:
        assert connection.execute(select(registered_names)).all() == []
    rows[1]["until"] = "2026-12-31"
    file.write_text(json.dumps(rows[:2], ensure_ascii=False), encoding="utf-8")
    assert main(["load-names", str(file), "--as-of", "2026-11-01", "--hall", HALL, "--database-url", url]) == 0
    assert json.loads(capsys.readouterr().out) == {"names": 2, "changed": 2, "as_of": "2026-11-01"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[{]", "不是完好的 JSON"),
        ('{"name": 1}', "要是一个列表"),
        ("[" * 100_000, "不是完好的 JSON"),
        ("[7]", "第 1 条：没有 name"),
        ('[{"name": "岚", "trade_name": "岚", "authority_code": "4299"}]', "authority_code 写法不对"),
        ('[{"name": "' + "岚" * 121 + '", "trade_name": "岚", "authority_code": "429901"}]', "name 最多 120 个字"),
        ('[{"name": "岚", "trade_name": "岚", "authority_code": "429901", "until": "明天"}]', "until 要写成"),
        ('[{"name": "岚", "trade_name": "岚", "authority_code": "429901", "standing": "x"}]', "standing 要是"),
        ("name,trade_name\n岚,岚\n", "第一行没有 authority_code"),
        ("", "第一行没有 name"),
    ],
)
def test_a_bad_file_is_told_in_sentences(text: str, said: str) -> None:
    with pytest.raises(NameFileError) as told:
        read_names(text)
    assert said in "\n".join(told.value.findings)


def test_csv_is_as_good() -> None:
    text = "name,trade_name,industry_term,authority_code,standing,until\n江州重明科技有限公司,重明,科技,429901,保留,2026-12-31\n"
    (one,) = read_names(text)
    assert (one.standing, one.until, one.industry_term) == ("reserved", date(2026, 12, 31), "科技")


@pytest.mark.parametrize("wanted", [[], [{"trade_name": "岚"}], [{"trade_name": "a\x00", "authority_code": "429901"}]])
def test_a_question_that_cannot_be_read_is_refused(desk: Desk, wanted: list[Any]) -> None:
    answer = desk.send("POST", protocol.NAMES_CHECK, {"on": "2026-11-20", "wanted": wanted})
    assert (answer.status, answer.type) == (400, "unreadable-request")
