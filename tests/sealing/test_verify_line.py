"""`python -m clerk_app verify` as a script sees it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.__main__ import main
from tests.sealing.authority import Authority
from tests.sealing.conftest import NOW, Sealed


@pytest.fixture
def folder(sealed: Sealed, tmp_path: Path) -> Path:
    (tmp_path / "sealed.pdf").write_bytes(sealed.pdf)
    (tmp_path / "root.pem").write_bytes(sealed.roots)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = main(["verify", *map(str, words)])
    out, err = capsys.readouterr()
    return code, out, err


def test_one_document_and_exit_nought_for_a_good_file(
    sealed: Sealed, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, folder / "sealed.pdf", "--trust", folder / "root.pem")
    assert (code, err, out.count("\n")) == (0, "", 1)
    said = json.loads(out)
    assert list(said)[:5] == ["content_unchanged", "seal_genuine", "valid_at_sealing", "revocation", "reasons"]
    assert list(said.values())[:4] == [True, True, True, "unknown"]
    assert said["reasons"][-1] == "没有给吊销名单，没有查印章是否停用。"
    assert said["sha256"] == hashlib.sha256(sealed.pdf).hexdigest()
    assert said["grant"]["paper"]["sha256"] == hashlib.sha256(sealed.page.pdf).hexdigest()
    assert datetime.fromisoformat(said["sealed_at"]) == NOW


def test_with_a_list_the_seal_must_be_found_good(
    sealed: Sealed, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = Authority(NOW)
    key, week = authority.seal(NOW, NOW), NOW + timedelta(days=7)
    (folder / "held.pdf").write_bytes(key.seal(sealed.page, sealed.face, "盖"))
    (folder / "authority.pem").write_bytes(authority.pem)
    lists = {
        "good": (0, authority.revoked(None, NOW, NOW, week)),
        "revoked": (1, authority.revoked(key, NOW - timedelta(hours=1), NOW, week)),
        "unknown": (1, Authority(NOW).revoked(None, NOW, NOW, week)),
    }
    for state, (code, crl) in lists.items():
        (folder / "list.pem").write_bytes(crl)
        words = folder / "held.pdf", "--trust", folder / "authority.pem", "--crl", folder / "list.pem"
        done, out, _ = run(capsys, *words)
        assert (done, json.loads(out)["revocation"]) == (code, state)


def test_one_bit_is_exit_one(sealed: Sealed, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (0, 700, len(sealed.page.pdf) // 2, len(sealed.pdf) - 3):
        altered = bytearray(sealed.pdf)
        altered[place] ^= 1
        (folder / "altered.pdf").write_bytes(altered)
        code, out, _ = run(capsys, folder / "altered.pdf", "--trust", folder / "root.pem")
        assert (code, json.loads(out)["content_unchanged"]) == (1, False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gone.pdf", "--trust", "root.pem"], "打不开"),
        (["sealed.pdf", "--trust", "gone.pem"], "打不开"),
        (["sealed.pdf", "--trust", "sealed.pdf"], "根证书看不懂"),
        (["root.pem", "--trust", "root.pem"], "不是 PDF"),
        (["sealed.pdf", "--trust", "root.pem", "--crl", "root.pem"], "吊销名单看不懂"),
    ],
)
def test_what_cannot_be_read_is_exit_two_and_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, out, err = run(capsys, *(word if word.startswith("--") else folder / word for word in words))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
