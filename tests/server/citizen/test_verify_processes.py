"""验章 in a browser: a real citizen process, fed with one line, a file chosen as a finger chooses it, pages looked at light and dark."""

from __future__ import annotations

import base64
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from clerk_app.canonical import sha256
from clerk_app.outside.keys import SigningKey
from clerk_app.sealing.paper_code import PaperCode, code_address, write_paper_code
from clerk_app.server.citizen.form import (
    FEED,
    SIGNATURE_HEADER,
    Batch,
    FileRow,
    PublicMachine,
    SealTurn,
    Trust,
    signature_of,
)
from clerk_app.server.citizen.seal_digests import machine_digest, use_digest
from clerk_app.store.columns import HALL_ZONE
from tests.sealing.attacks import box_behind
from tests.sealing.conftest import STAMPER, Sealed, sealed
from tests.sealing.forging import grant_on
from tests.server.citizen.browser import Browser
from tests.server.citizen.papers import CARD
from tests.server.citizen.test_processes import check_looks
from tests.server.citizen.whole import KEY, opened, process

__all__ = ["sealed"]
pytestmark = pytest.mark.process

MACHINE, DEVICE = SigningKey(bytes(32)), "019a0a5e-5c3e-7a80-8f3a-2b1c4d5e6f70"


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "key").write_text(KEY)
    words = (
        "citizen",
        "--port",
        "0",
        "--database-url",
        f"sqlite:///{tmp_path / 'c.db'}",
        "--key-file",
        str(tmp_path / "key"),
    )
    with process(*words, log=tmp_path / "citizen.log") as child:
        yield opened(child)


def sealed_now(sealed: Sealed) -> Sealed:
    """The process asks the machine's clock."""
    at, key = datetime.now(HALL_ZONE).replace(microsecond=0), sealed.keys.open("S-SJJ", "P203", "135790")
    assert key is not None
    return replace(sealed, pdf=STAMPER.stamp(replace(sealed.order, grant=grant_on(sealed.page.pdf, at), at=at), key))


def feed(pages: str, sealed: Sealed) -> None:
    now, card = datetime.now(HALL_ZONE), sealed.keys.card("S-SJJ")
    assert card is not None
    line = FileRow(
        use=use_digest("u"), file=sha256(sealed.pdf), seal="S-SJJ", certificate=card.serial, at=now, heard=now, seq=1
    )
    trust = Trust(
        roots=sealed.roots.decode(), machines=(PublicMachine(device=machine_digest(DEVICE), public_key=MACHINE.public),),
        turns=(SealTurn(seal="S-SJJ", kind="resume", at=now - timedelta(days=3)),),
    )  # fmt: skip
    batch = Batch(
        hall="JZ01", stamp=time.time_ns() // 1000, made_at=now, card=CARD, generation="g", seq=1, cursor="c",
        current=True, whole="last", files=(line,), trust=trust,
    )  # fmt: skip
    body = msgspec.json.encode(batch)
    request = urllib.request.Request(pages + FEED, body, {SIGNATURE_HEADER: signature_of(KEY.encode(), body)})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 200


def send(telephone: Browser, pages: str, file: Path) -> None:
    telephone.open(f"{pages}/verify")
    document = telephone.ask("DOM.getDocument")["root"]["nodeId"]
    chosen = telephone.ask("DOM.querySelector", nodeId=document, selector="input[type=file]")["nodeId"]
    telephone.ask("DOM.setFileInputFiles", nodeId=chosen, files=[str(file)])
    press(telephone, 0)


def press(telephone: Browser, button: int) -> None:
    telephone.run(f"document.querySelectorAll('button')[{button}].click()")
    telephone.until("Page.loadEventFired")


def test_a_citizen_verifies_a_file_and_a_code(pages: str, telephone: Browser, sealed: Sealed, tmp_path: Path) -> None:
    sealed = sealed_now(sealed)
    feed(pages, sealed)
    telephone.open(f"{pages}/verify")
    check_looks(telephone, tmp_path, "verify")
    small = "[...document.querySelectorAll('input,button')].filter(e => e.getBoundingClientRect().height < 44).length"
    assert telephone.run(small) == 0, "a finger finds every field"

    good, covered = tmp_path / "good.pdf", tmp_path / "covered.pdf"
    good.write_bytes(sealed.pdf)
    covered.write_bytes(box_behind(sealed))
    send(telephone, pages, good)
    assert "文件是真的，盖章当时有效" in telephone.words
    assert telephone.words.count("：是") == 3
    telephone.picture(tmp_path / "good.png")
    send(telephone, pages, covered)
    assert "这份文件不能认" in telephone.words
    assert "内容未改：否" in telephone.words
    check_looks(telephone, tmp_path, "covered")

    code = PaperCode(
        hall="JZ01", device=DEVICE, case_no="JZ20261120-00417", document_no="江市监许准字〔2026〕12号",
        title="准予登记通知书", department="江州市市场监督管理局", day=date(2026, 11, 20), to="江州市云帆信息科技有限公司",
    )  # fmt: skip
    address = code_address(pages, write_paper_code(code, MACHINE.sign))
    assert address.isupper(), "as it stands in the QR"
    telephone.open(address)
    assert "码是真的，请和纸对一遍" in telephone.words
    assert code.document_no in telephone.words
    check_looks(telephone, tmp_path, "code")
    stranger = write_paper_code(code, SigningKey(bytes([9] * 32)).sign)
    telephone.open(f"{pages}/verify")
    telephone.run(f"document.querySelector('#code').value = '{stranger}'")
    press(telephone, 1)
    assert "这个二维码不能认" in telephone.words
    assert telephone.complaints() == []
    log = (tmp_path / "citizen.log").read_text("utf-8")
    assert stranger not in log
    assert "good.pdf" not in log
    assert base64.b64encode(sealed.pdf[:30]).decode() not in log
