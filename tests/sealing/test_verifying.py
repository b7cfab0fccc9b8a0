"""验章 at a desk: a file by its bytes and this machine's register, a scanned code, a number; every attack says its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import verifying
from clerk_app.office.counter.one_seal import known_of
from clerk_app.office.counter.verifying import LARGEST, ToVerify, Verified, verify_file, verify_path, verify_typed
from clerk_app.outside.seal_verifier import SealVerifier
from clerk_app.sealing.custody import ReportSealLoss
from clerk_app.sealing.one_seal import OneSealPaper, one_seal
from clerk_app.sealing.verdicts import COPY
from tests.really_sealed import SEAL, SealedDesk, sealed_desk
from tests.sealing import attacks
from tests.sealing.attacks import NINE
from tests.sealing.authority import Authority
from tests.sealing.conftest import NOW, Sealed
from tests.sealing.forging import forger, later, white_box
from tests.sealing.test_attacks import NAMED, NeedProgram


@pytest.fixture(scope="module")
def desk(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SealedDesk]:
    made = sealed_desk(tmp_path_factory.mktemp("desk"))
    made.office.parts = replace(made.office.parts, verifier=SealVerifier(lambda: NOW))
    yield made
    made.office.parts.vault.close()


def verified(found: Verified | Refusal) -> Verified:
    assert isinstance(found, Verified), found
    return found


def answers(found: Verified) -> tuple[str, ...]:
    return tuple(line.answer for line in found.judged.lines)


def words(found: Verified) -> str:
    return "".join(reason for line in found.judged.lines for reason in line.reasons)


def test_what_was_sealed_here_is_three_times_yes(desk: SealedDesk) -> None:
    found = verified(verify_file(desk.office, desk.pdf))
    assert answers(found) == ("yes", "yes", "yes")
    assert found.use == desk.use
    assert found.found is not None
    assert found.found.grant is not None
    length = found.found.grant.paper.length
    frozen = desk.office.parts.vault.keep.document(desk.use.digest_before)
    assert frozen is not None
    assert desk.pdf[:length] == frozen.content, "authorised are exactly its first bytes"
    assert found.card is not None
    assert found.card.serial == desk.use.certificate
    assert found.judged.note == COPY


@pytest.mark.parametrize("name", NAMED)
def test_each_of_the_nine_is_named_at_the_desk(
    desk: SealedDesk, sealed: Sealed, need_program: NeedProgram, tmp_path: Path, name: str
) -> None:
    if name == "G":
        need_program("qpdf", "qpdf")
    pdf = attacks.saved_again(sealed, tmp_path) if name == "G" else NINE[name](sealed)
    found = verified(verify_file(desk.office, pdf, sealed.roots))
    assert answers(found)[2] == "no", "never good for its time"
    assert [one for one, sentence in NAMED.items() if sentence in words(found)] == [name]


def test_a_changed_file_is_held_against_the_line_of_the_good_one(desk: SealedDesk) -> None:
    found = verified(verify_file(desk.office, later(desk.pdf, white_box)))
    assert answers(found)[::2] == ("no", "no")
    assert found.use == desk.use, "known by the grant that lies in it"


def test_a_good_file_that_is_not_in_the_register_waits(desk: SealedDesk, sealed: Sealed) -> None:
    found = verified(verify_file(desk.office, sealed.pdf, sealed.roots))
    assert answers(found) == ("yes", "yes", "unsure")
    assert "登记可能还没有传到" in words(found)


def test_another_authority_is_not_ours(desk: SealedDesk) -> None:
    other = forger(NOW, desk.office.parts.pages.face(known(desk).face)).pem  # type: ignore[union-attr, arg-type]
    found = verified(verify_file(desk.office, desk.pdf, other))
    assert answers(found) == ("yes", "no", "no")


def known(desk: SealedDesk) -> OneSealPaper:
    found = known_of(desk.office, desk.use.id)
    assert not isinstance(found, Refusal)
    return one_seal(found)


def test_a_list_of_stopped_certificates_has_to_know_it(desk: SealedDesk) -> None:
    """`require`: a list of somebody else settles nothing."""
    at = desk.use.at
    strange = Authority(at).revoked(None, at, at - timedelta(days=1), at + timedelta(days=1))
    found = verified(verify_file(desk.office, desk.pdf, crl=strange))
    assert answers(found)[:2] == ("yes", "yes")
    assert found.judged.sealing.answer == "unsure", found.judged.sealing
    assert found.found is not None
    assert found.found.revocation == "unknown"


class TestWhatCannotBeVerified:
    """没有验 each way says what is wrong and what to do."""

    def test_no_pdf_an_empty_and_a_huge_file(self, desk: SealedDesk, tmp_path: Path) -> None:
        plain, empty, huge = tmp_path / "说明.txt", tmp_path / "空.pdf", tmp_path / "大.pdf"
        plain.write_bytes(b"hello")
        empty.touch()
        with huge.open("wb") as file:
            file.truncate(LARGEST + 1)
        said = [verify_path(desk.office, ToVerify(file=one)) for one in (plain, empty, huge, tmp_path / "没有.pdf")]
        assert [one.type for one in said if isinstance(one, Refusal)] == [
            "not-verified", "file-empty", "file-too-large", "file-unreadable",
        ]  # fmt: skip
        assert all("没有验" in one.sentence for one in said if isinstance(one, Refusal))

    def test_without_roots_one_is_chosen(self, desk: SealedDesk, tmp_path: Path) -> None:
        keys = desk.office.parts.seal_keys
        assert keys is not None
        roots, pdf = tmp_path / "root.pem", tmp_path / "a.pdf"
        roots.write_bytes(keys.roots())
        pdf.write_bytes(desk.pdf)
        desk.office.parts = replace(desk.office.parts, seal_keys=None)
        try:
            assert verify_path(desk.office, ToVerify(file=pdf)) == verifying.NO_ROOTS
            found = verified(verify_path(desk.office, ToVerify(file=pdf, roots=roots)))
            assert answers(found) == ("yes", "yes", "yes")
            pdf_as_roots = verify_path(desk.office, ToVerify(file=pdf, roots=pdf))
            assert isinstance(pdf_as_roots, Refusal)
            assert "根证书看不懂" in pdf_as_roots.sentence
        finally:
            desk.office.parts = replace(desk.office.parts, seal_keys=keys)


class TestOfAPaper:
    """纸上的 what is typed or scanned proves no ink."""

    @pytest.mark.parametrize(
        "typed", ["江市监准〔2026〕47号", "江市监准[2026]47号", " 江市监准（2026）47 ", "JZ20261120-00001"]
    )
    def test_a_number_nearly_as_it_is_written(self, desk: SealedDesk, typed: str) -> None:
        found = verified(verify_typed(desk.office, typed))
        assert (found.use, answers(found)) == (desk.use, ("unsure", "unsure", "yes"))

    def test_the_code_on_the_paper(self, desk: SealedDesk) -> None:
        paper = known(desk)
        found = verified(verify_typed(desk.office, paper.query))
        assert (found.use, answers(found)) == (desk.use, ("unsure", "unsure", "yes"))
        assert found.code is not None
        assert found.code.code.document_no == desk.use.document_no
        assert "和纸上逐项对照" in words(found)

    def test_a_false_code(self, desk: SealedDesk) -> None:
        code = known(desk).query
        place = code.index("PC1") + 20
        false = code[:place] + ("B" if code[place] != "B" else "C") + code[place + 1 :]
        found = verified(verify_typed(desk.office, false))
        assert (found.use, found.judged.content.answer) == (None, "no")
        assert "码是假的" in words(found)

    def test_what_is_not_there(self, desk: SealedDesk) -> None:
        for typed in ("江市监准〔2026〕9999号", "ABC", ""):
            said = verify_typed(desk.office, typed)
            assert isinstance(said, Refusal)
        torn = verified(verify_typed(desk.office, "PC1AAAA"))
        assert answers(torn) == ("unsure", "unsure", "unsure")


def test_a_seal_lost_later_leaves_what_the_centre_has_not_heard_open(qapp: object, tmp_path: Path) -> None:
    desk = sealed_desk(tmp_path)
    office = desk.office
    office.parts.clock.set(office.parts.clock.now() + timedelta(hours=1))
    office.do(ReportSealLoss(**office.stamp().fields(office.parts.new_id), seal=SEAL, reason="找不到了"))
    found = verified(verify_file(office, desk.pdf))
    assert answers(found) == ("yes", "yes", "unsure"), "its line is still on its way"
    assert answers(verified(verify_typed(office, desk.use.document_no)))[2] == "unsure"
    office.parts.vault.close()
