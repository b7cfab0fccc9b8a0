"""Reading an application from a file: alone or wrapped, folded and never cut, and one sentence for what cannot be read."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.reference import company_form
from clerk_app.registration.document import get
from clerk_app.registration.reading import LARGEST, ReadApplication, Unreadable, read_application, read_json
from tests.registration.applications import AS_OF, EXAMPLE_FILE, changed, example

FORM = company_form()


def read(document: Any) -> ReadApplication:
    data = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
    found = read_application(data, FORM)
    assert isinstance(found, ReadApplication), found
    return found


def refused(data: bytes) -> str:
    found = read_application(data, FORM)
    assert isinstance(found, Unreadable)
    assert found.message.endswith("。")
    return found.message


def test_the_wrapper_and_the_application_itself_are_read_alike() -> None:
    wrapped, alone = read(EXAMPLE_FILE.read_bytes()), read(example())
    assert wrapped.document == alone.document == example()
    assert (wrapped.as_of, alone.as_of) == (AS_OF, None)
    assert wrapped.told == alone.told == ()
    assert read(b"\xef\xbb\xbf" + json.dumps(example()).encode()).document == example()


def test_a_wrapper_without_a_day_or_a_company_is_one_still() -> None:
    bare = {name: part for name, part in example().items() if name != "company"}
    assert read({"application": bare}).document == read(bare).document == bare


def test_wide_signs_and_spaces_are_folded_and_told() -> None:
    typed = {
        "/persons/0/id_no": " ３４０１０４ １９８５０６１２ ９９６７", "/persons/0/mobile": "１３８ 0000 1037",
        "/company/registered_capital": "１００．００", "/application/applied_on": "２０２６－０６－１５",
        "/company/name": "（合肥）岚栎舟 ",
    }  # fmt: skip
    found = read(changed(example(), typed))
    assert get(found.document, "/persons/0/id_no") == "340104198506129967"
    assert get(found.document, "/persons/0/mobile") == "13800001037"
    assert get(found.document, "/company/registered_capital") == "100.00"
    assert get(found.document, "/application/applied_on") == "2026-06-15"
    assert get(found.document, "/company/name") == "（合肥）岚栎舟", "brackets in names stay wide"
    assert "证件号码" in found.told[0]


def test_x_is_written_large_in_numbers_only() -> None:
    found = read(changed(example(), {"/persons/0/id_no": "34010419850612996x", "/persons/2/email": "Xx@example.cn"}))
    assert get(found.document, "/persons/0/id_no") == "34010419850612996X"
    assert get(found.document, "/persons/2/email") == "Xx@example.cn"


def test_numbers_keep_their_digits() -> None:
    data = json.dumps(example()).replace('"registered_capital": "100"', '"registered_capital": 100.10')
    data = data.replace('"id_no": "340104198506129967"', '"id_no": 340104198506129967').replace(
        '"staff_count": 6', '"staff_count": 7'
    )
    found = read(data.encode())
    assert get(found.document, "/company/registered_capital") == "100.10"
    assert get(found.document, "/persons/0/id_no") == "340104198506129967"
    assert get(found.document, "/company/staff_count") == 7


@pytest.mark.parametrize("broken", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5000])
def test_no_broken_number_passes_as_an_amount(broken: str) -> None:
    data = json.dumps(example()).replace('"registered_capital": "100"', f'"registered_capital": {broken}')
    found = check_form(read(data.encode()).document, AS_OF)
    assert [(one.rule, one.pointer) for one in found] == [("REQ", "/company/registered_capital")]


def test_unknown_fields_are_told_and_harm_nothing() -> None:
    odd = changed(
        example(), {"/weather": "sunny", "/company/logo": {"a": 1}, "/persons/0/nick": "x", "/persons/1/nick": "y"}
    )
    found = read(odd)
    assert "有 3 处" in found.told[0]
    assert "company.logo、persons[].nick、weather" in found.told[0]
    assert check_form(found.document, AS_OF) == ()


def test_what_nobody_can_print_is_dropped() -> None:
    found = read(b'{"company": {"name": "a\\ud800\\u0000b"}}')
    assert get(found.document, "/company/name") == "ab"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "JSON"), (b"{", "JSON"), (b"\xff\xfe{\x00", "UTF-8"), ("申请".encode("gbk"), "UTF-8"), (b"null", "申请"), (b"[]", "申请"),
        (b'"x"', "申请"), (b"{}", "申请"), (b'{"a": 1}', "申请"), (b"[" * 200_000, "层"), (b'{"a":' * 200_000, "层"),
        (b'{"persons": [[[[[[[[[[[[[1]]]]]]]]]]]]]}', "层"), (b'{"as_of": "tomorrow", "application": {"company": {}}}', "as_of"),
    ],
    ids=lambda one: str(one[:12]),
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(data: bytes, word: str) -> None:
    assert word in refused(data)


def test_50_megabytes_are_refused_at_once() -> None:
    begun = time.process_time()
    assert "2 MB" in refused(b"[" + b"1," * (25 * 1024 * 1024))
    assert time.process_time() - begun < 1
    assert not isinstance(read_json(b'"' + b"x" * (LARGEST - 2) + b'"'), Unreadable)


def test_the_day_of_the_wrapper_is_optional() -> None:
    assert read({"application": example()}).as_of is None
    assert read({"application": example(), "as_of": "2026-01-02", "more": 1}).as_of == date(2026, 1, 2)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert isinstance(read_application(data, FORM), ReadApplication | Unreadable)
