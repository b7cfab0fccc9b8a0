"""文书码: what was written is read again, anything else is refused or reads the same, and its size on paper."""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from clerk_app.canonical import canonical
from clerk_app.sealing.paper_code import (
    LONGEST_TEXT,
    MARK,
    PaperCode,
    UnreadableCode,
    bare_code,
    code_address,
    is_paper_code,
    read_paper_code,
    vouched_by,
    write_paper_code,
)

KEY, OTHER = SigningKey(bytes(32)), SigningKey(bytes([1] * 32))
PUBLIC = base64.b64encode(bytes(KEY.verify_key)).decode()
CODE = PaperCode(
    hall="JZ01", device="019a0a5e-5c3e-7a80-8f3a-2b1c4d5e6f70", case_no="JZ20261120-00417",
    document_no="江市监许准字〔2026〕12号", title="准予登记通知书", department="江州市市场监督管理局",
    day=date(2026, 11, 20), to="江州市云帆信息科技有限公司",
)  # fmt: skip


def sign(data: bytes, key: SigningKey = KEY) -> str:
    return base64.b64encode(key.sign(data).signature).decode()


def genuine(public: str, data: bytes, signature: str) -> bool:
    try:
        VerifyKey(base64.b64decode(public)).verify(data, base64.b64decode(signature))
    except BadSignatureError:
        return False
    return True


def believed(text: str) -> PaperCode | None:
    """What a window makes of it."""
    try:
        read = read_paper_code(text)
    except UnreadableCode:
        return None
    return read.code if vouched_by(read, PUBLIC, genuine) else None


def by_hand(body: bytes, key: SigningKey = KEY, more: bytes = b"") -> str:
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    signature = key.sign(b"clerk:paper-code:1\n" + body).signature
    raw = signature + packing.compress(body) + packing.flush() + more
    return MARK + base64.b32encode(raw).decode().rstrip("=")


TEXT = write_paper_code(CODE, sign)
FIELDS = {
    "h": "JZ01", "d": "AZoKXlw-eoCPOiscTV5vcA", "n": "JZ20261120-00417", "o": "江市监许准字〔2026〕12号",
    "t": "准予登记通知书", "g": "江州市市场监督管理局", "y": "2026-11-20", "w": "江州市云帆信息科技有限公司",
}  # fmt: skip


def test_it_is_read_as_it_was_written_typed_in_small_letters_or_behind_any_address() -> None:
    for text in (TEXT, TEXT.lower(), f"  {TEXT}\n", f"HTTPS://CX.EXAMPLE.GOV.CN/V/{TEXT}", f"https://a.cn/zw/v/{TEXT}"):
        assert is_paper_code(text)
        assert believed(text) == CODE
    assert set(TEXT) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    assert by_hand(canonical(FIELDS)) == TEXT, "the same values give the same code, and the test's own writer is right"


def test_it_is_signed_for_this_purpose_by_this_key() -> None:
    read = read_paper_code(TEXT)
    assert read.signed.startswith(b"clerk:paper-code:1\n")
    assert not vouched_by(read, base64.b64encode(bytes(OTHER.verify_key)).decode(), genuine)
    assert believed(by_hand(canonical(FIELDS), OTHER)) is None


def test_the_address_is_in_capitals_unless_it_has_a_path() -> None:
    assert code_address("https://cx.example.gov.cn", TEXT) == f"HTTPS://CX.EXAMPLE.GOV.CN/V/{TEXT}"
    assert code_address("https://a.cn:8443/zw/cx", TEXT) == f"https://a.cn:8443/zw/cx/v/{TEXT}"
    assert code_address("", TEXT) == TEXT
    assert bare_code(code_address("https://a.cn:8443/zw/cx", TEXT)) == TEXT


@settings(max_examples=40, deadline=None)
@given(place=st.integers(0, len(TEXT) - 1), sign_=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=-/ é"))
def test_one_changed_character_is_refused_or_reads_the_same(place: int, sign_: str) -> None:
    assert believed(TEXT[:place] + sign_ + TEXT[place + 1 :]) in (None, CODE)


def test_the_last_characters_unused_bits_are_no_other_spelling() -> None:
    texts = [write_paper_code(replace(CODE, to="江" * n), sign) for n in range(1, 9)]
    spare = [text for text in texts if len(text.removeprefix(MARK)) % 8]
    assert spare
    for text in spare:
        for other in (text[:-1] + sign_ for sign_ in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if sign_ != text[-1]):
            if same_bytes(other, text):
                with pytest.raises(UnreadableCode):
                    read_paper_code(other)
            assert believed(other) in (None, believed(text))


def same_bytes(one: str, other: str) -> bool:
    coded = [text.removeprefix(MARK) for text in (one, other)]
    return len({base64.b32decode(text + "=" * (-len(text) % 8)) for text in coded}) == 1


_words = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=40)


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        PaperCode, hall=st.sampled_from(["JZ01", "X"]), device=st.uuids().map(str) | st.just("window-7"),
        case_no=st.just("JZ20261120-00417"), document_no=_words, title=_words.filter(bool),
        department=_words.filter(bool), day=st.dates(), to=_words,
    )
)  # fmt: skip
def test_whatever_was_written_is_read(code: PaperCode) -> None:
    assert believed(write_paper_code(code, sign)) == code


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80) | st.binary(min_size=60, max_size=200).map(lambda b: MARK + base64.b32encode(b).decode()))
def test_no_line_breaks_the_reader(text: str) -> None:
    assert believed(text) is None


@pytest.mark.parametrize(
    "body",
    [
        canonical({**FIELDS, "x": "1"}), canonical({k: v for k, v in FIELDS.items() if k != "w"}), b"[]", b"", b"{",
        canonical(FIELDS) + b" ", canonical({**FIELDS, "y": "2026-13-01"}), canonical({**FIELDS, "y": "20261120"}),
        canonical({**FIELDS, "t": "长" * 81}), canonical({**FIELDS, "t": ""}), canonical({**FIELDS, "w": "公司\u202e"}),
        canonical({**FIELDS, "t": "a\nb"}), canonical({**FIELDS, "h": 1}), canonical({**FIELDS, "d": "A" * 21 + "B"}),
        canonical({**FIELDS, "d": "019a0a5e-5c3e-7a80-8f3a-2b1c4d5e6f70"}), b'{"d":"x",' + canonical(FIELDS)[1:],
        b" " * 5000, b"\xff\xfe",
    ],
)  # fmt: skip
def test_even_a_signed_line_that_is_not_exactly_one_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableCode, match="再扫一次"):
        read_paper_code(by_hand(body))


def test_nothing_follows_and_nothing_swells() -> None:
    with pytest.raises(UnreadableCode):
        read_paper_code(by_hand(canonical(FIELDS), more=b"more"))
    with pytest.raises(UnreadableCode):
        read_paper_code(by_hand(b"0" * 10_000_000))
    with pytest.raises(UnreadableCode):
        read_paper_code(TEXT + "A" * LONGEST_TEXT)
    assert not is_paper_code("HD1ABC")
    assert not is_paper_code("case:K7Q2-M9XD")


def test_too_long_is_cut_and_unseen_signs_are_left_out() -> None:
    long = replace(CODE, title="长" * 99, to="公\u202e司\n", department="局" * 61)
    read = believed(write_paper_code(long, sign))
    assert read is not None
    assert read.title == "长" * 79 + "…"
    assert read.to == "公司"
    assert len(read.department) == 60
    for wrong in ({"title": ""}, {"hall": ""}, {"case_no": "\n"}, {"device": "A" * 22}):
        if wrong.get("device"):
            assert believed(write_paper_code(replace(CODE, **wrong), sign)) != replace(CODE, **wrong)
        else:
            with pytest.raises(ValueError, match=r"^[htn]$"):
                write_paper_code(replace(CODE, **wrong), sign)
