"""盖章: the key opens with a keeper's PIN alone, the given bytes stay, and programs that are not ours call it one whole signature."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.outside.signing import TrainingSeal, TrainingSealKeys
from clerk_app.ports.seal import SealKeyAway, SealKeys
from tests.sealing.conftest import NOW, Sealed
from tests.sealing.papers import FACE

NeedProgram = Callable[[str, str], str]


def said(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60).stdout


def test_the_page_that_was_shown_begins_the_sealed_file(sealed: Sealed) -> None:
    assert sealed.pdf.startswith(sealed.page.pdf)
    assert len(sealed.pdf) > len(sealed.page.pdf)


def test_each_keeper_opens_the_same_key_and_nobody_else(sealed: Sealed) -> None:
    keys: SealKeys = sealed.keys
    opened = [keys.open("S-SJJ", pin) for pin in ("135790", "246801")]
    assert len({key.certificate for key in opened if key is not None}) == 1
    assert [keys.open("S-SJJ", pin) for pin in ("", "135791", "13579", "一二三")] == [None] * 4


def test_a_seal_without_a_key_here_is_away(sealed: Sealed) -> None:
    with pytest.raises(SealKeyAway):
        sealed.keys.open("S-GAJ", "135790")


def test_a_sealed_page_takes_no_second_seal(sealed: Sealed) -> None:
    key = sealed.keys.open("S-SJJ", "135790")
    assert key is not None
    with pytest.raises(ValueError, match="已经盖过章"):
        key.seal(replace(sealed.page, pdf=sealed.pdf), sealed.face, "再盖")


def test_a_torn_page_is_not_sealed(sealed: Sealed) -> None:
    key = sealed.keys.open("S-SJJ", "135790")
    assert key is not None
    with pytest.raises(ValueError, match="不是完整的 PDF"):
        key.seal(replace(sealed.page, pdf=b"%PDF-1.4 torn"), sealed.face, "盖")


def test_keys_made_once_serve_the_next_start_and_a_new_seal_gets_its_own_root(tmp_path: Path) -> None:
    first = TrainingSealKeys(tmp_path, {"A": TrainingSeal("甲章", ("1111",))}, lambda: NOW)
    again = TrainingSealKeys(tmp_path, {"A": TrainingSeal("甲章", ("1111",)), "B": TrainingSeal("乙章", ("2222",))})
    before, one = first.roots(), first.open("A", "1111")
    other = again.open("A", "1111")
    assert one is not None
    assert other is not None
    assert one.certificate == other.certificate
    assert again.open("B", "2222") is not None
    assert again.roots().startswith(before)
    assert again.roots().count(b"BEGIN CERTIFICATE") == 2


@pytest.mark.skipif("os.name == 'nt'", reason="Windows keeps rights elsewhere")
def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    TrainingSealKeys(tmp_path, {"A": TrainingSeal("甲章", ("1111",))}).roots()
    assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}


def test_pdfsig_sees_one_signature_over_all(sealed: Sealed, tmp_path: Path, need_program: NeedProgram) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed.pdf)
    words = said(need_program("pdfsig", "poppler-utils"), file)
    assert words.count("Signature #") == 1
    assert "Total document signed" in words
    assert "Signature is Valid" in words
    assert "ETSI.CAdES.detached" in words
    assert f"Common Name: {FACE.name}" in words


def test_qpdf_finds_the_sealed_file_clean(sealed: Sealed, tmp_path: Path, need_program: NeedProgram) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed.pdf)
    assert "No syntax or stream encoding errors" in said(need_program("qpdf", "qpdf"), "--check", file)


def test_the_seal_on_paper_is_its_size_and_in_its_place(
    sealed: Sealed, tmp_path: Path, need_program: NeedProgram
) -> None:
    from PIL import Image, ImageChops

    render = need_program("pdftoppm", "poppler-utils")
    pictures = []
    for name, pdf in (("bare", sealed.page.pdf), ("sealed", sealed.pdf)):
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
        said(render, "-r", "300", "-png", "-singlefile", tmp_path / f"{name}.pdf", tmp_path / name)
        with Image.open(tmp_path / f"{name}.png") as image:
            pictures.append(image.convert("RGB"))
    box = ImageChops.difference(*pictures).getbbox()
    assert box is not None
    left, top, right, bottom = (pixels * 25.4 / 300 for pixels in box)
    assert right - left == pytest.approx(45.0, abs=0.2)
    assert bottom - top == pytest.approx(45.0, abs=0.2)
    assert (left + right) / 2 == pytest.approx(sealed.page.place.x, abs=0.2)
    assert (top + bottom) / 2 == pytest.approx(sealed.page.place.y, abs=0.2)
