"""导入: whatever file somebody brings, it is read or refused in one sentence, what was odd is told, and the form is not touched."""

from __future__ import annotations

import copy
import json
import random
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clerk_app.command import Refusal
from clerk_app.office.registration.importing import (
    Preview,
    Read,
    preview,
    read_bytes,
    read_document,
    read_file,
    why_not,
)
from clerk_app.registration.document import get, put
from clerk_app.registration.fitting import filled_places, fitted
from clerk_app.registration.form import Form
from clerk_app.registration.model import FormDraft, empty_document, submitted
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.usecases import SaveForm, save_form
from tests.registration.test_form import EXAMPLE, FORM
from tests.ui.registration.sheets import CASE

KEPT = with_row_keys(FORM, EXAMPLE)


def as_file(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def changed(**places: Any) -> dict[str, Any]:
    document = copy.deepcopy(EXAMPLE)
    for place, value in places.items():
        document = put(document, "/" + place.replace("__", "/"), value)
    return document


def says(document: dict[str, Any]) -> dict[str, Any]:
    """Whatever stands in it, place by place."""
    return {place: get(document, place) for place in filled_places(FORM, document)}


def read(document: Any) -> Read:
    found = read_bytes(as_file(document), "申请.json")
    assert isinstance(found, Read), found
    return found


def refused(data: bytes) -> Refusal:
    found = read_bytes(data, "申请.json")
    assert isinstance(found, Refusal)
    assert found.sentence.startswith("申请.json")
    assert found.sentence.endswith("表没有动。")
    return found


def test_the_example_is_read_whole_and_told_nothing() -> None:
    found = read(EXAMPLE)
    assert found.told == ()
    assert says(submitted(FORM, found.fit.document)) == says(submitted(FORM, KEPT))
    assert preview(found, KEPT).changes == ()
    assert "不用采用" in preview(found, KEPT).sentence


def test_as_it_is_handed_out_it_comes_back() -> None:
    """Without the draft's own keys, wrapped with its day, with a mark at its head."""
    out = {"as_of": "2026-11-20", "application": submitted(FORM, KEPT)}
    found = read_bytes(b"\xef\xbb\xbf" + as_file(out), "申请.json")
    assert isinstance(found, Read)
    assert says(submitted(FORM, found.fit.document)) == says(submitted(FORM, KEPT))


def test_what_would_change_is_laid_beside_what_is_there() -> None:
    found = read(changed(company__trade_name="云栎", company__phone="13812340421"))
    seen = preview(found, KEPT)
    assert {(one.label, one.will) for one in seen.changes} >= {("字号", "云栎")}
    assert seen.sentence == f"采用后有 {len(seen.changes)} 处和现在不同，采用了还能放回去。"
    into_empty = preview(found, empty_document(FORM))
    assert len(into_empty.changes) > 50
    assert not any(one.masked and one.will and "*" not in one.will for one in into_empty.changes), "nobody in clear"


def test_what_the_case_knows_stays() -> None:
    current = put(put(KEPT, "/application/application_no", "JZ-7"), "/application/applied_on", "2026-11-20")
    seen = preview(read(changed(application__application_no="X-9", application__applied_on="2020-01-01")), current)
    assert get(seen.document, "/application/application_no") == "JZ-7"
    assert get(seen.document, "/application/applied_on") == "2026-11-20"
    assert any("照办件里的" in told for told in seen.told)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是 JSON"),
        (b"%PDF-1.7 ...", "不是 JSON"),
        (as_file(EXAMPLE).rpartition(b",")[0], "没有写完整"),
        (b'{"company": ' + b"[" * 100_000, "12 层"),
        (as_file({"company": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": 1}}}}}}}}}}}}}), "12 层"),
        (as_file([EXAMPLE]), "不是一份企业登记申请"),
        (as_file("公司"), "不是一份企业登记申请"),
        (as_file({"name": "x"}), "不是一份企业登记申请"),
        (b"\xff\xfe\x00", "UTF-8"),
        (bytes(range(128, 256)) * 3, ""),
        (as_file(changed(company__trade_name="长" * 160_000)), "太长"),
    ],
    ids=["empty", "pdf", "cut", "deep", "deeper", "list", "text", "other", "utf16", "noise", "long"],
)  # fmt: skip
def test_what_is_no_application_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    assert words in refused(data).sentence


def test_fifty_megabytes_are_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "很大.json"
    with file.open("wb") as big:
        big.truncate(50 << 20)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read"))
    found = read_file(file)
    assert isinstance(found, Refusal)
    assert found.sentence == "很大.json 有 50 MB，一份申请不会超过 2 MB，没有读，表没有动。"


def test_a_stick_that_was_pulled_out(tmp_path: Path) -> None:
    found = read_file(tmp_path / "没有.json")
    assert isinstance(found, Refusal)
    assert "打不开" in found.sentence


def test_unknown_places_are_told_and_left_out() -> None:
    found = read({**changed(), "marketing": {"colour": "red"}, "company": {**EXAMPLE["company"], "slogan": "好"}})
    assert any("不认识" in told and "company.slogan" in told for told in found.told)
    assert "marketing" not in found.fit.document
    assert get(found.fit.document, "/company/slogan") is None


def test_wrong_kinds_leave_their_field_empty_and_are_named() -> None:
    odd = changed(
        company__trade_name={"x": 1}, company__registered_capital=True, company__paper_licence="是",
        agent__permissions={"a": 1}, governance="没有", persons__0__name=["卢", "珍"],
    )  # fmt: skip
    odd["shareholders"] = {"not": "a list"}
    odd["materials"] = [*EXAMPLE["materials"], "第四份"]
    found = read(odd)
    document = found.fit.document
    assert get(document, "/company/trade_name") is None
    assert get(document, "/company/registered_capital") is None
    assert get(document, "/shareholders") == []
    assert get(document, "/governance/directors") == []
    assert len(document["materials"]) == len(EXAMPLE["materials"])
    for label in ("字号", "注册资本（万元）", "股东", "姓名", "组织机构", "样材料"):
        assert any(label in told for told in found.told), (label, found.told)
    assert {place for place in filled_places(FORM, document) if place.startswith("/company/domicile")}, "the rest is in"


def test_full_width_and_broken_numbers() -> None:
    found = read_bytes(
        as_file(
            changed(company__registered_capital="１００．５０", company__phone=" ０７９１－８８１２３４５６ ")
        ).replace(b'"staff_count": ', b'"staff_count": NaN, "x": '),
        "申请.json",
    )
    assert isinstance(found, Read)
    assert get(found.fit.document, "/company/registered_capital") == "100.50"
    assert get(found.fit.document, "/company/phone") == "0791-88123456"
    assert any("全角" in told for told in found.told)
    infinite = read_bytes(as_file(changed(company__registered_capital="@")).replace(b'"@"', b"NaN"), "申请.json")
    assert isinstance(infinite, Read)
    assert get(infinite.fit.document, "/company/registered_capital") == "NaN", "shown as it is, and found by the check"
    exact = read_bytes(as_file(changed(company__registered_capital="@")).replace(b'"@"', b"100.10"), "申请.json")
    assert isinstance(exact, Read)
    assert get(exact.fit.document, "/company/registered_capital") == "100.10"


@pytest.mark.parametrize(("encoding", "called"), [("gb18030", "GBK"), ("utf-16", "UTF-16")])
def test_other_encodings_are_read_and_told(encoding: str, called: str) -> None:
    found = read_bytes(json.dumps(EXAMPLE, ensure_ascii=False).encode(encoding), "申请.json")
    assert isinstance(found, Read)
    assert get(found.fit.document, "/company/trade_name") == EXAMPLE["company"]["trade_name"]
    assert f"文件是 {called} 编码" in found.told[0]


def test_whatever_shape_comes_it_fits_and_is_never_slow() -> None:
    """Every value of the example in turn becomes another kind."""
    kinds: list[Any] = [None, True, 7, "文", [], ["x"], {}, {"y": 1}, [[1]], [{"z": 2}], -1, ""]
    pick = random.Random(7)
    begun = time.process_time()
    for _ in range(60):
        document = copy.deepcopy(EXAMPLE)
        for _ in range(8):
            holder: Any = document
            while isinstance(holder, dict | list) and holder:
                key = pick.choice(list(holder)) if isinstance(holder, dict) else pick.randrange(len(holder))
                if pick.random() < 0.4 or not isinstance(holder[key], dict | list) or not holder[key]:
                    holder[key] = pick.choice(kinds)
                    break
                holder = holder[key]
        fit = fitted(FORM, document)
        _same_shape(FORM, fit.document)
        preview(Read(name="x", fit=fit), KEPT)
    assert time.process_time() - begun < 8


def _same_shape(form: Form, document: dict[str, Any]) -> None:
    blank = empty_document(form)
    assert document.keys() == blank.keys()
    for repeat in form.repeats:
        if not repeat.repeat:
            rows = get(document, "/" + repeat.id.replace(".", "/"))
            assert isinstance(rows, list)
            assert all(isinstance(row, dict) and row.get("key") for row in rows)


def test_where_a_whole_application_may_not_be_taken_over() -> None:
    assert why_not(CASE, None) == ""
    assert "补正" in why_not(replace(CASE, state="correction"), None)
    draft = FormDraft(
        id="c-1", form_version="2026.1", document={}, saved_at=CASE.received_at, by="P203", record="913601003MA0000001"
    )
    assert "登记档案" in why_not(CASE, draft)
    assert why_not(CASE, replace(draft, record="")) == ""


def test_a_prefill_goes_the_way_of_a_file() -> None:
    found = read_document({**EXAMPLE, "evil": "\ud800"}, "自助预填")
    assert isinstance(found, Read)
    seen = preview(found, empty_document(FORM))
    assert isinstance(seen, Preview)
    assert "evil" not in seen.document


class Books:
    """One case and its draft."""

    def __init__(self) -> None:
        self.draft: FormDraft | None = None

    def case(self, _: str) -> Any:
        return CASE

    def item(self, _: str) -> Any:
        return type("Item", (), {"form": "company_registration"})

    def form(self, _: str) -> FormDraft | None:
        return self.draft

    def put_form(self, draft: FormDraft) -> None:
        self.draft = draft


def test_the_draft_remembers_the_ticket_it_was_filled_in_with() -> None:
    books, plain = Books(), {"case": "c-1", "form_version": "2026.1", "patch": {}, "touched": {}, "whole": EXAMPLE}
    stamp = {
        "id": "x", "at": CASE.received_at, "actor": "P203", "post": "A1", "window": 2, "basis": "A", "hall_version": "v",
    }  # fmt: skip
    other = save_form(SaveForm(**stamp, **plain, prefilled="t-2"), books)  # type: ignore[arg-type]
    assert other is not None
    assert (other.type, books.draft) == ("prefill-other-ticket", None)
    assert save_form(SaveForm(**stamp, **plain, prefilled="t-1"), books) is None  # type: ignore[arg-type]
    assert save_form(SaveForm(**stamp, **plain), books) is None  # type: ignore[arg-type]
    assert books.draft is not None
    assert books.draft.prefilled == "t-1", "a later saving keeps it"


def test_a_file_of_another_version_is_brought_up_and_told() -> None:
    found = read({"form_version": "2024.9", "application": {**EXAMPLE, "old_part": {"colour": "红"}}, "as_of": None})
    assert any("2024.9" in told for told in found.told)
    assert "红" in str(found.fit.document), "what has no place any more is kept with it"
    assert says(submitted(FORM, found.fit.document)) == says(submitted(FORM, KEPT))
    same = read({"form_version": FORM.version, "application": EXAMPLE, "as_of": None})
    assert same.told == ()
