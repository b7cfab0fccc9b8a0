"""九种改法: each attack is refused and named in a sentence of its own; what independent programs say to the same files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk_app.outside.seal_verifier import SealVerifier
from clerk_app.sealing.grants import write_grant
from clerk_app.sealing.paper import Verification
from tests.sealing import attacks
from tests.sealing.attacks import BESIDE, NINE, Forgery
from tests.sealing.conftest import NOW, Sealed
from tests.sealing.forging import Forger, forger, resigned

NeedProgram = Callable[[str, str], str]

NAMED = {
    "A": "里面有一段已经读不出来",
    "A2": "还打得开，但和授权时不是同一份",
    "B": "印章的签名读不成",
    "B2": "签名和印章证书对不上",
    "C": "签名留空的地方有别的内容",
    "D": "盖章之后后面加过内容",
    "E": "只有印章的图样不算盖章",
    "F": "不是所信任的发证机构发的",
    "G": "被别的软件重新存过",
}


@pytest.fixture(scope="module")
def by(sealed: Sealed) -> Forger:
    return forger(NOW, sealed.face)


@pytest.fixture
def attacked(sealed: Sealed, need_program: NeedProgram, tmp_path: Path) -> Callable[[str], bytes]:
    """Each of the nine, made when it is asked for."""

    def make(name: str) -> bytes:
        if name != "G":
            return NINE[name](sealed)
        need_program("qpdf", "qpdf")
        return attacks.saved_again(sealed, tmp_path)

    return make


def verified(pdf: bytes, roots: bytes) -> Verification:
    return SealVerifier(lambda: NOW).verify(pdf, roots)


def answers(found: Verification) -> tuple[bool, bool, bool]:
    return found.content_unchanged, found.seal_genuine, found.valid_at_sealing


@pytest.mark.parametrize("name", NAMED)
def test_each_of_the_nine_is_refused_and_named(sealed: Sealed, attacked: Callable[[str], bytes], name: str) -> None:
    pdf = attacked(name)
    assert pdf != sealed.pdf
    found = verified(pdf, sealed.roots)
    assert not found.good
    assert not found.valid_at_sealing
    words = "".join(found.reasons)
    assert [one for one, sentence in NAMED.items() if sentence in words] == [name]


def test_which_of_the_three_answers_each_attack_turns(sealed: Sealed, attacked: Callable[[str], bytes]) -> None:
    found = {name: answers(verified(attacked(name), sealed.roots))[:2] for name in NAMED}
    changed, neither, not_ours = (False, True), (False, False), (True, False)
    assert found == {
        "A": changed, "A2": changed, "B": neither, "B2": neither, "C": changed, "D": changed, "E": neither,
        "F": not_ours, "G": neither,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("forgery", "content", "words"),
    [
        (attacks.none, True, "文件里没有授权"),
        (attacks.other_file, True, "授权的不是这份文书"),
        (attacks.changed, True, "授权的签名对不上"),
        (attacks.not_listed, True, "不在授权的名单里"),
        (attacks.expired, True, "盖章的时间不在授权的期限里"),
        (attacks.too_long, True, "授权的期限不对"),
        (attacks.not_json, True, "文件里的授权读不懂"),
        (attacks.without_zone, True, "文件里的授权读不懂"),
        (attacks.two, True, "文件里不止一份授权"),
        (attacks.two_names, True, "文件里不止一份授权"),
        (attacks.appended, False, "授权是盖章之后才加进文件的"),
        (attacks.second_behind, False, "文件里不止一份授权"),
        (attacks.exchanged_behind, False, "盖章之后有人换过文件里的授权"),
        (attacks.not_covered, False, "那一段印章没有盖住"),
        (attacks.covering_seal, False, "印章的图样会盖掉正文"),
        (attacks.large_seal, False, "印章的图样会盖掉正文"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_whoever_has_the_key_has_no_grant(
    sealed: Sealed, by: Forger, forgery: Forgery, content: bool, words: str
) -> None:
    found = verified(forgery(sealed, by), by.pem)
    assert (found.content_unchanged, found.valid_at_sealing) == (content, False)
    assert any(words in reason for reason in found.reasons), found.reasons


@pytest.mark.parametrize("what", BESIDE)
def test_what_the_keeper_slips_in_beside_seal_and_grant(sealed: Sealed, by: Forger, what: str) -> None:
    found = verified(BESIDE[what](sealed, by), by.pem)
    assert answers(found) == (False, True, False)
    assert found.reasons[0] == "盖章的那次更新里还改了别的东西：看到的不是授权的那一份。"


def test_the_forger_makes_good_files_too(sealed: Sealed, by: Forger) -> None:
    """Else the tests above would show nothing."""
    pdf = by.seal(sealed.page.pdf, NOW, [write_grant(sealed.grant)])
    assert answers(verified(pdf, by.pem)) == (True, True, True)


@pytest.mark.parametrize(
    ("attack", "words"), [(attacks.in_grant, "授权的签名对不上"), (attacks.grant_gone, "文件里没有授权")]
)
def test_a_grant_altered_in_the_file(sealed: Sealed, attack: Callable[[Sealed], bytes], words: str) -> None:
    pdf = attack(sealed)
    assert len(pdf) == len(sealed.pdf)
    found = verified(pdf, sealed.roots)
    assert answers(found) == (False, True, False)
    assert found.grant is None
    assert any(words in reason for reason in found.reasons)
    assert "内容和盖章时不一样了" in found.reasons[0]


def test_a_good_grant_is_told_with_whom_to_ask(sealed: Sealed) -> None:
    found = verified(sealed.pdf, sealed.roots)
    assert answers(found) == (True, True, True)
    assert found.grant == sealed.grant
    assert found.sealed_at == NOW
    assert "到用印登记里核" in found.notes[0]


class TestOtherPrograms:
    """别的程序 what each of them says on its own, and why none of them is enough: C and D."""

    @pytest.fixture
    def folder(self, tmp_path: Path, need_program: NeedProgram, sealed: Sealed) -> Path:
        for program, package in (
            ("pdfsig", "poppler-utils"), ("openssl", "openssl"), ("qpdf", "qpdf"), ("mutool", "mupdf-tools"),
        ):  # fmt: skip
            need_program(program, package)
        (tmp_path / "root.pem").write_bytes(sealed.roots)
        return tmp_path

    @pytest.mark.parametrize(
        ("name", "pdfsig", "openssl", "qpdf"),
        [
            ("good", "valid, total", True, True),
            ("A", "mismatch", False, False),
            ("A2", "mismatch", False, True),
            ("B", "broken", False, True),
            ("B2", "broken", False, True),
            ("C", "valid, not total", True, True),
            ("D", "valid, not total", True, True),
            ("E", "none", False, True),
            ("F", "valid, total", False, True),
            ("G", "broken", False, True),
        ],
    )
    def test_what_they_say(
        self,
        folder: Path,
        sealed: Sealed,
        attacked: Callable[[str], bytes],
        name: str,
        pdfsig: str,
        openssl: bool,
        qpdf: bool,
    ) -> None:
        file = folder / f"{name}.pdf"
        file.write_bytes(sealed.pdf if name == "good" else attacked(name))
        said = (_pdfsig(file), _openssl(file, folder / "root.pem"), _run("qpdf", "--check", file).returncode == 0)
        assert said == (pdfsig, openssl, qpdf)
        assert verified(file.read_bytes(), sealed.roots).good is (name == "good")

    def test_mutool_calls_what_hides_in_the_hole_unchanged(
        self, folder: Path, sealed: Sealed, attacked: Callable[[str], bytes]
    ) -> None:
        said = {}
        for name, pdf in {"good": sealed.pdf, "A": attacked("A"), "C": attacked("C")}.items():
            (folder / f"{name}.pdf").write_bytes(pdf)
            said[name] = _run("mutool", "sign", "-v", folder / f"{name}.pdf").stdout
        assert "The document is unchanged" in said["good"]
        assert "invalidated" in said["A"]
        assert "The document is unchanged" in said["C"]


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=60)


def _pdfsig(file: Path) -> str:
    words = _run("pdfsig", "-nocert", file).stdout
    if "Signature Validation:" not in words:
        return "none" if "does not contain any signatures" in words else "broken"
    if "Digest Mismatch" in words:
        return "mismatch"
    if "Signature is Valid" not in words:
        return "broken"
    return "valid, total" if "Total document signed" in words else "valid, not total"


def _openssl(file: Path, root: Path) -> bool:
    """As the recipe has it: cut by the numbers of /ByteRange alone, whatever lies elsewhere."""
    pdf = file.read_bytes()
    found = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", pdf)
    if found is None:
        return False
    start, first, resume, rest = map(int, found.groups())
    digits = re.match(rb"<([0-9A-Fa-f]+)>", pdf[start + first :])
    if digits is None:
        return False
    cms, content = file.with_suffix(".cms"), file.with_suffix(".bin")
    cms.write_bytes(bytes.fromhex(digits[1].decode()))
    content.write_bytes(pdf[start : start + first] + pdf[resume : resume + rest])
    words: list[str | Path] = ["-inform", "DER", "-in", cms, "-content", content, "-CAfile", root]
    done = _run(
        "openssl", "cms", "-verify", "-cades", "-binary", "-purpose", "any", *words, "-out", "/dev/null",
        "-attime", str(int(NOW.timestamp())),
    )  # fmt: skip
    return done.returncode == 0


def test_a_keeper_of_another_seal_does_not_pass_off_its_grant(sealed: Sealed, by: Forger) -> None:
    """Same issuer, right bytes, a grant that was really given: for another seal."""
    own = f"{by.certificate.serial_number:x}"
    for serial, genuine in ((own, True), ("2a", False)):
        given = write_grant(resigned(sealed.grant, certificate=serial))
        found = verified(by.seal(sealed.page.pdf, NOW, (given,)), by.pem)
        assert found.seal_genuine is genuine
        assert ("盖的不是授权写的那枚印章。" in found.reasons) is not genuine
