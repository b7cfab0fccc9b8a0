"""验章: a sealed file sent in is answered by file and register; a paper's code by its fields; what is no such thing says so."""

from __future__ import annotations

import base64
import logging
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from clerk_app.canonical import sha256
from clerk_app.sealing.paper_code import PaperCode, code_address, write_paper_code
from clerk_app.server.citizen import guard, judge, verifying
from clerk_app.server.citizen.form import FileRow, PublicMachine, SealTurn, Standing, Trust
from clerk_app.server.citizen.judge import FileFacts, JudgeError, judge_apart
from clerk_app.server.citizen.seal_digests import machine_digest, use_digest
from clerk_app.server.citizen.upload import LARGEST_FILE
from clerk_app.server.citizen.verdict import Verdict, verdict_of
from tests.sealing.attacks import NINE
from tests.sealing.conftest import NOW as SEALED_AT
from tests.sealing.conftest import STAMPER, Sealed, sealed
from tests.sealing.forging import grant_on
from tests.server.citizen.papers import Answer, Citizens, citizens, waiting
from tests.server.citizen.test_pages import Reader

__all__ = ["sealed"]

MACHINE, OTHER = SigningKey(bytes(32)), SigningKey(bytes([3] * 32))
DEVICE = "019a0a5e-5c3e-7a80-8f3a-2b1c4d5e6f70"
CODE = PaperCode(
    hall="JZ01", device=DEVICE, case_no="JZ20261120-00417", document_no="江市监许准字〔2026〕12号",
    title="准予登记通知书", department="江州市市场监督管理局", day=date(2026, 11, 20), to="卢*珍",
)  # fmt: skip
MULTIPART = "multipart/form-data; boundary=----line"


def signed(code: PaperCode = CODE, key: SigningKey = MACHINE) -> str:
    return write_paper_code(code, lambda data: base64.b64encode(key.sign(data).signature).decode())


def trust(roots: bytes = b"", **more: Any) -> Trust:
    public = base64.b64encode(bytes(MACHINE.verify_key)).decode()
    machine = PublicMachine(device=machine_digest(DEVICE), public_key=public)
    return Trust(**{"roots": roots.decode(), "machines": (machine,), **more})


def line(sealed: Sealed, **more: Any) -> FileRow:
    key = sealed.keys.card("S-SJJ")
    assert key is not None
    plain = FileRow(
        use=use_digest("u1"), file=sha256(sealed.pdf), seal="S-SJJ", certificate=key.serial, at=SEALED_AT,
        heard=SEALED_AT + timedelta(minutes=1), seq=1,
    )  # fmt: skip
    return replace(plain, **more)


def form(name: str, content: bytes, filename: str = "准予.pdf") -> bytes:
    file = f'; filename="{filename}"' if name == "file" else ""
    head = f'------line\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + content + b"\r\n------line--\r\n"


def post(public: Citizens, name: str, content: bytes) -> Answer:
    return public.ask("/verify", "POST", form(name, content), {"Content-Type": MULTIPART})


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Citizens]:
    with citizens(f"sqlite:///{tmp_path / 'citizen.db'}") as made:
        made.clock.time = SEALED_AT + timedelta(hours=1)
        yield made


@pytest.fixture
def fed(outside: Citizens, sealed: Sealed) -> Citizens:
    outside.whole(files=(line(sealed),), trust=trust(sealed.roots), seq=1)
    return outside


def answers(answer: Answer) -> tuple[str, ...]:
    assert answer.status == 200, answer.text
    words = Reader(answer.text).words
    return tuple(words.split(f"{question}：")[1].split("\n")[0] for question in ("内容未改", "印章真实", "当时有效"))


def test_a_good_file(fed: Citizens, sealed: Sealed) -> None:
    answer = post(fed, "file", sealed.pdf)
    assert answers(answer) == ("是", "是", "是")
    words = Reader(answer.text).words
    for said in (
        "文件是真的，盖章当时有效",
        "2026年11月21日（星期六）盖章",
        "打印件是复印件",
        "不证明纸上的印迹",
        "江州市政务服务中心",
        "不保存",
    ):
        assert said in words


@pytest.mark.parametrize("name", list(NINE))
def test_no_attack_is_good_by_any_answer_that_counts(fed: Citizens, sealed: Sealed, name: str) -> None:
    given = answers(post(fed, "file", NINE[name](sealed)))
    assert "否" in given
    assert given[2] == "否"


def test_what_was_laid_over_the_text_is_said(fed: Citizens, sealed: Sealed) -> None:
    answer = post(fed, "file", NINE["D"](sealed))
    assert answers(answer)[0] == "否"
    assert "这份文件不能认" in answer.text
    assert "拿到大厅问" in answer.text


def test_a_file_the_register_has_not_is_open(outside: Citizens, sealed: Sealed) -> None:
    outside.whole(trust=trust(sealed.roots), seq=1)
    answer = post(outside, "file", sealed.pdf)
    assert answers(answer) == ("是", "是", "待核")
    assert "还不能下结论" in answer.text
    assert "登记里没有这份文件" in answer.text


def test_voided_before_or_after_its_line_came(outside: Citizens, sealed: Sealed) -> None:
    void = FileRow(use=use_digest("u1"), voided_at=SEALED_AT + timedelta(hours=2), seq=2)
    outside.whole(files=(line(sealed), void), trust=trust(sealed.roots), seq=2)
    answer = post(outside, "file", sealed.pdf)
    assert answers(answer) == ("是", "是", "否")
    assert "2026年11月21日（星期六）16:00 作废了" in answer.text


@pytest.mark.parametrize(
    ("turns", "given", "said"),
    [
        ([("stop", -60)], "待核", "已经停用"),
        ([("stop", -60), ("resume", -30)], "是", "盖章"),
        ([("loss", -60)], "待核", "已经挂失"),
        ([("stop", 60)], "是", "不影响这一份"),
        ([("stop", 0.5)], "待核", "证明不了盖章在前"),
        ([("destroy", 60)], "是", "销毁，不影响"),
    ],
)
def test_where_the_seal_stood(
    outside: Citizens, sealed: Sealed, turns: list[tuple[str, float]], given: str, said: str
) -> None:
    told = tuple(
        SealTurn(seal="S-SJJ", kind=kind, at=SEALED_AT + timedelta(minutes=minutes))  # type: ignore[arg-type]
        for kind, minutes in turns
    )
    other = SealTurn(seal="S-GAJ", kind="destroy", at=SEALED_AT - timedelta(days=1))
    outside.whole(files=(line(sealed),), trust=trust(sealed.roots, turns=(*told, other)), seq=1)
    answer = post(outside, "file", sealed.pdf)
    assert answers(answer) == ("是", "是", given)
    assert said in answer.text


@pytest.mark.parametrize(
    ("change", "given", "said"),
    [
        ({"doubted": True}, ("是", "是", "待核"), "没核清"),
        ({"certificate": "ab"}, ("是", "否", "否"), "不是用印登记里的那一张"),
        ({"at": SEALED_AT + timedelta(minutes=6)}, ("是", "是", "待核"), "对不上"),
    ],
)
def test_what_the_line_says_counts(outside: Citizens, sealed: Sealed, change: dict, given: tuple, said: str) -> None:
    outside.whole(files=(line(sealed, **change),), trust=trust(sealed.roots), seq=1)
    answer = post(outside, "file", sealed.pdf)
    assert answers(answer) == given
    assert said in answer.text


def test_the_verdict_never_makes_a_bad_file_good() -> None:
    bad = FileFacts(digest="0" * 64, content_unchanged=False, seal_genuine=True, content=("改过。",))
    row = FileRow(use="0" * 64, file="0" * 64, at=SEALED_AT)
    verdict = verdict_of(bad, row, ())
    assert isinstance(verdict, Verdict)
    assert [said.answer for said in verdict.lines] == ["no", "yes", "no"]
    assert verdict.answer == "no"


def test_a_good_code_shows_its_fields_in_either_spelling(fed: Citizens) -> None:
    address = code_address("https://cx.example.gov.cn", signed())
    for path in (address.removeprefix("HTTPS://CX.EXAMPLE.GOV.CN"), f"/v/{signed()}", f"/v/{signed().lower()}"):
        answer = fed.ask(path)
        assert answer.status == 200
        words = Reader(answer.text).words
        for said in (
            CODE.title,
            CODE.document_no,
            CODE.to,
            CODE.department,
            "2026年11月20日（星期五）",
            CODE.case_no,
            "和纸对一遍",
            "江州市政务服务中心的机器签的",
            "不证明纸上的印迹",
        ):
            assert said in words
    assert post(fed, "code", address.encode()).text == fed.ask(f"/v/{signed()}").text


def test_a_strangers_code_is_said_to_be_false(fed: Citizens, sealed: Sealed) -> None:
    elsewhere = replace(CODE, device="019a0a5e-5c3e-7a80-8f3a-2b1c4d5e6f71")
    for text in (signed(key=OTHER), signed(elsewhere), signed(replace(CODE, hall="QZ01")), signed()[:-2], "PC1", "x"):
        answer = fed.ask(f"/v/{text}")
        assert answer.status == 404
        assert "这个二维码不能认" in answer.text
        assert CODE.document_no not in answer.text, "nothing of a false paper is repeated"
    until = SEALED_AT - timedelta(days=1)
    (machine,) = trust().machines
    ended = trust(sealed.roots, machines=(replace(machine, until=until),))
    fed.whole(trust=ended, seq=1)
    assert "停用了，码上的日期在这以前" in fed.ask(f"/v/{signed()}").text
    late = fed.ask(f"/v/{signed(replace(CODE, day=date(2026, 11, 21)))}")
    assert (late.status, "在这以后" in late.text) == (404, True)


def test_the_page_asks_for_a_file_or_a_code_and_may_send_itself_only_to_itself(fed: Citizens) -> None:
    answer = fed.ask("/verify")
    assert answer.status == 200
    page = Reader(answer.text)
    posted = [marks for tag, marks in page.marks if tag == "form"]
    assert [(marks["action"], marks["method"], marks["enctype"]) for marks in posted] == [
        ("/verify", "post", "multipart/form-data")
    ] * 2
    labels = {marks["for"] for tag, marks in page.marks if tag == "label"}
    assert labels == {marks["id"] for tag, marks in page.marks if tag == "input"}
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "form-action 'self'" in answer.headers["content-security-policy"]
    assert "form-action 'none'" in fed.ask(f"/v/{signed()}").headers["content-security-policy"]
    for said in ("10 MB", "不保存", "打印件是复印件"):
        assert said in page.words


@pytest.mark.parametrize(
    ("content_type", "body", "said"),
    [
        (MULTIPART, form("file", b"PK\x03\x04 a letter"), "不是 PDF"),
        (MULTIPART, form("file", b"%PDF-1.4 and nothing more"), "内容未改"),
        (MULTIPART, form("file", b""), "还没有选文件"),
        (MULTIPART, form("code", b"  "), "还没有选文件"),
        (MULTIPART, form("other", b"%PDF-"), "还没有选文件"),
        (MULTIPART, form("file", b"%PDF-")[:-10], "没有收全"),
        (MULTIPART, b"", "没有收全"),
        (MULTIPART, form("file", b"%PDF-")[:-4] + b"\r\n" + form("file", b"%PDF-"), "没有收全"),
        ("application/x-www-form-urlencoded", b"code=PC1", "没有收全"),
        ("", b"x", "没有收全"),
    ],
)  # fmt: skip
def test_what_is_no_such_thing_says_so(fed: Citizens, content_type: str, body: bytes, said: str) -> None:
    answer = fed.ask("/verify", "POST", body, {"Content-Type": content_type})
    assert answer.status in (200, 400)
    assert said in answer.text
    assert "是真的" not in answer.text


def test_too_large_is_a_page_however_it_is_sent(fed: Citizens, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = post(fed, "file", b"%PDF-" + bytes(LARGEST_FILE - 4))
    assert (answer.status, "超过 10 MB" in answer.text) == (413, True)
    streamed = post(fed, "file", b"%PDF-" + bytes(LARGEST_FILE + (1 << 20)))
    assert (streamed.status, "超过 10 MB" in streamed.text) == (413, True)
    monkeypatch.setattr(guard, "LONGEST_SWALLOWED", 1)
    assert post(fed, "file", bytes(LARGEST_FILE + (1 << 20))).status == 413


def test_one_place_asks_ten_times_a_minute(fed: Citizens) -> None:
    statuses = [post(fed, "code", b"x").status for _ in range(verifying.A_MINUTE + 1)]
    assert statuses == [200] * verifying.A_MINUTE + [429]
    assert fed.ask("/verify").status == 200, "looking is free"


def test_turns_are_by_place_and_come_back() -> None:
    now = [0.0]
    turns = verifying.Turns(lambda: now[0])
    assert all(turns.take("2001:db8::1") for _ in range(verifying.A_MINUTE))
    assert not turns.take("2001:db8::2"), "the same household"
    assert turns.take("2001:db8:0:1::1")
    assert turns.take("10.0.0.1")
    now[0] = 61.0
    assert turns.take("2001:db8::2")


def test_a_file_that_swallows_its_reader_costs_nobody_else_anything(fed: Citizens, sealed: Sealed) -> None:
    def given_up(pdf: bytes, roots: bytes) -> FileFacts:
        raise JudgeError("TimeoutExpired")

    fed.judge = given_up  # type: ignore[method-assign]
    fed.__post_init__()
    for _ in range(verifying.AT_ONCE + 2):
        answer = post(fed, "file", sealed.pdf)
        assert (answer.status, "读不完" in answer.text) == (400, True)


def test_when_too_many_ask_at_once_it_says_so(fed: Citizens, sealed: Sealed) -> None:
    def again(pdf: bytes, roots: bytes) -> FileFacts:
        inner.append(post(fed, "file", sealed.pdf))
        return FileFacts()

    inner: list[Answer] = []
    fed.judge = again  # type: ignore[method-assign]
    fed.__post_init__()
    post(fed, "file", sealed.pdf)
    assert inner[0].status == 503
    assert inner[0].headers["retry-after"] == "60"
    assert "人多" in inner[0].text


def test_without_roots_nothing_is_verified(outside: Citizens, sealed: Sealed) -> None:
    outside.whole(waiting(), seq=1)
    answer = post(outside, "file", sealed.pdf)
    assert (answer.status, "没有验" in answer.text) == (503, True)


def test_nothing_of_a_file_is_logged_or_kept(
    fed: Citizens, sealed: Sealed, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    before = {file.name for file in tmp_path.iterdir()}
    post(fed, "file", sealed.pdf)
    fed.ask(f"/v/{signed()}")
    assert "准予" not in caplog.text
    assert signed() not in caplog.text
    assert {file.name for file in tmp_path.iterdir()} == before
    with fed.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM citizen_files_1").scalar_one() == 1


def test_the_reader_is_a_process_without_keys_that_ends_in_time(
    sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real one: sealed just now, because it asks the machine's own clock."""
    monkeypatch.setenv("CLERK_CITIZEN_KEY", "geheim" * 6)
    at = datetime.now().astimezone()
    key = sealed.keys.open("S-SJJ", "P203", "135790")
    assert key is not None
    pdf = STAMPER.stamp(replace(sealed.order, grant=grant_on(sealed.page.pdf, at), at=at), key)
    facts = judge_apart(pdf, sealed.roots)
    assert (facts.content_unchanged, facts.seal_genuine, facts.digest) == (True, True, sha256(pdf))
    assert judge_apart(b"%PDF-1.7 nothing", sealed.roots).content_unchanged is False
    assert "根证书看不懂" in judge_apart(pdf, b"x").unreadable
    monkeypatch.setattr(judge, "PATIENCE", 0.01)
    with pytest.raises(JudgeError, match="TimeoutExpired"):
        judge_apart(pdf, sealed.roots)
    monkeypatch.setattr(judge.sys, "executable", "false")
    with pytest.raises(JudgeError, match="CalledProcessError"):
        judge_apart(pdf, sealed.roots)


def test_the_readers_environment_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLERK_CITIZEN_KEY", "geheim")
    monkeypatch.setenv("CLERK_DATABASE_URL", "postgresql://geheim")
    seen: list[dict[str, str]] = []

    def run(words: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        seen.append(how["env"])
        return subprocess.CompletedProcess(words, 0, stdout=b"{}")

    monkeypatch.setattr(judge.subprocess, "run", run)
    judge_apart(b"", b"")
    assert not [value for value in seen[0].values() if "geheim" in value]


def bomb(pdf: bytes) -> bytes:
    """A cross-reference stream behind the seal that unpacks to eight gigabytes."""
    packing = zlib.compressobj(9)
    zeros = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    packed = zeros[:2] + zeros[2:] * 8000
    head = b"<< /Type /XRef /Size 99999 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d >>" % len(packed)
    stream = b"9999 0 obj\n" + head + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return pdf + stream + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def test_a_bomb_ends_its_reader_at_most(sealed: Sealed) -> None:
    made = bomb(sealed.pdf)
    assert len(made) < LARGEST_FILE
    try:
        facts = judge_apart(made, sealed.roots)
    except JudgeError:
        return
    assert not facts.content_unchanged


def test_the_reader_is_bounded_and_writes_nothing(tmp_path: Path) -> None:
    words = (
        "import sys; from clerk_app.server.citizen import judge; judge.MEMORY = 1 << 28; judge._bound(); said = 0\n"
        "try:\n    bytes(1 << 30)\nexcept MemoryError:\n    said += 1\n"
        "try:\n    open(sys.argv[1], 'wb', 0).write(b'x')\nexcept OSError:\n    said += 2\n"
        "sys.exit(said)"
    )
    file = tmp_path / "written"
    assert subprocess.run([sys.executable, "-c", words, str(file)], check=False).returncode == 3
    assert file.read_bytes() == b""


def test_the_line_comes_in_any_order_and_is_heard_once(public: Citizens, sealed: Sealed) -> None:
    """Over both databases: voided first, then its line; a later generation; an earlier hearing is kept."""
    void = FileRow(use=use_digest("u1"), voided_at=SEALED_AT, seq=3)
    public.whole(seq=0)
    assert public.next(files=(void,), after=0, seq=3).accepted
    public.next(files=(line(sealed, seq=2),), after=3, seq=3)
    assert kept(public) == [(sha256(sealed.pdf), True, False, SEALED_AT + timedelta(minutes=1))]
    later = line(sealed, seq=4, doubted=True, heard=SEALED_AT + timedelta(hours=5))
    public.next(files=(later,), after=3, seq=4)
    assert kept(public) == [(sha256(sealed.pdf), True, True, SEALED_AT + timedelta(minutes=1))]
    public.whole(files=(line(sealed, seq=1),), generation="g2", seq=1)
    assert kept(public) == [(sha256(sealed.pdf), False, False, SEALED_AT + timedelta(minutes=1))]
    public.whole(files=(replace(void, seq=1), line(sealed, seq=1)), generation="g3", seq=1)
    assert kept(public)[0][1] is True
    public.whole(generation="g4", seq=1)
    assert kept(public) == []


def kept(public: Citizens) -> list[tuple[str, bool, bool, datetime]]:
    from sqlalchemy import select

    from clerk_app.server.citizen.rows import files

    with public.database.reading() as connection:
        rows = connection.execute(select(files)).all()
    return [(row.file, row.voided_at is not None, row.doubted, row.heard) for row in rows]


def test_what_is_believed_is_told_once_and_known_by_its_digest(public: Citizens) -> None:
    one, two = trust(), trust(turns=(SealTurn(seal="S-SJJ", kind="stop", at=SEALED_AT),))
    assert public.whole(trust=one, seq=1).trust == one.digest
    assert public.next(after=1, seq=1).trust == one.digest, "not told again, not forgotten"
    assert public.next(after=1, seq=1, trust=two).trust == two.digest
    assert public.fed(public.batch()) == Standing(generation="g1", seq=1, cursor="at-1", trust=two.digest)
