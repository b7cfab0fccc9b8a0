"""A4 文书: what a reader, a searcher and a ruler find in the PDF; the seal's face to the tenth of a millimetre."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from clerk_app.ports.seal import PageMaker
from clerk_app.sealing.paper import DecisionPaper, MadePage, SealFace
from printers.pages import QtPageMaker
from tests.sealing.papers import FACE, PAPER

NeedProgram = Callable[[str, str], str]


@pytest.fixture(scope="module")
def maker(qapp: QApplication) -> PageMaker:
    return QtPageMaker()


@pytest.fixture
def read(need_program: NeedProgram, tmp_path: Path) -> Callable[[bytes, int], str]:
    """The text of a page as others get it."""

    def of(pdf: bytes, page: int = 1) -> str:
        (tmp_path / "read.pdf").write_bytes(pdf)
        command = [need_program("pdftotext", "poppler-utils"), "-f", str(page), "-l", str(page), "read.pdf", "-"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True).stdout

    return of


def joined(text: str) -> str:
    """Lines put together again: a paragraph breaks where the line is full. Spaces stay."""
    return text.replace("\n", "").replace("\f", "")


def long_paper(paragraphs: int) -> DecisionPaper:
    return replace(PAPER, paragraphs=PAPER.paragraphs[:1] * paragraphs)


def test_the_text_is_the_text_that_was_given(maker: PageMaker, read: Callable[..., str]) -> None:
    text = read(maker.decision(PAPER).pdf)
    lines = text.splitlines()
    assert lines[:3] == [PAPER.title, PAPER.document_no, PAPER.addressee + "："]
    for part in (*PAPER.paragraphs, *PAPER.notes, PAPER.department, "2026年11月21日", f"办件编号：{PAPER.case_no}"):
        assert part in joined(text)
    assert "演练文书，不具有法律效力。" in lines


@pytest.mark.parametrize("words", ["食品安全一二三人民行見", "㛃䶮㙦䲟堃喆镕鿍", "𬭎某𫖯𬍛𬸦𬭎", "A1-B2·C3—D4（%）"])
def test_no_character_turns_into_another(maker: PageMaker, read: Callable[..., str], words: str) -> None:
    assert words in joined(read(maker.decision(replace(PAPER, addressee=words)).pdf))


def test_far_characters_on_every_page_and_in_the_title(maker: PageMaker, read: Callable[..., str]) -> None:
    paper = replace(long_paper(6), title="𬇙字通知书", notes=("经营者𬍛𬸦，又名𫖯。",), department="江州市𬭎山局")
    made = maker.decision(paper)
    assert made.pages == 2
    assert "𬇙字通知书" in read(made.pdf)
    assert "经营者𬍛𬸦，又名𫖯。" in read(made.pdf, 2)
    assert "江州市𬭎山局" in read(made.pdf, 2)


def test_a_text_typed_in_lines_is_so_many_paragraphs(maker: PageMaker, read: Callable[..., str]) -> None:
    lines = read(maker.decision(replace(PAPER, paragraphs=("\u3000\u3000第一段。\n\n  第二段。",))).pdf).splitlines()
    assert lines.index("第二段。") == lines.index("第一段。") + 1


def test_look_alikes_become_what_one_types(maker: PageMaker, read: Callable[..., str]) -> None:
    text = joined(read(maker.decision(replace(PAPER, addressee="⼀⼈⾏\u00ad食品\u22125")).pdf))
    assert "一人行食品-5：" in text


def test_a_number_after_letters_keeps_its_digits(maker: PageMaker, read: Callable[..., str]) -> None:
    paper = replace(PAPER, case_no="SP-20261118-0042")
    assert "SP-20261118-0042" in read(maker.decision(paper).pdf)


def test_only_a_drill_says_so(maker: PageMaker, read: Callable[..., str]) -> None:
    assert "演练" not in read(maker.decision(replace(PAPER, training=False)).pdf)


def test_the_same_paper_is_the_same_bytes(maker: PageMaker) -> None:
    again = QtPageMaker()
    assert maker.decision(PAPER) == again.decision(PAPER)
    assert maker.face(FACE) == again.face(FACE)
    assert maker.decision(PAPER).pdf != maker.decision(replace(PAPER, day=date(2026, 11, 22))).pdf


def test_any_thread_makes_the_same_page(maker: PageMaker) -> None:
    expected = (maker.decision(PAPER), maker.face(FACE), maker.picture(PAPER, 300, FACE))
    found: list[tuple[MadePage, bytes, bytes]] = []

    def work() -> None:
        found.extend((maker.decision(PAPER), maker.face(FACE), maker.picture(PAPER, 300, FACE)) for _ in range(3))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 12


def test_the_file_is_clean_and_a4(maker: PageMaker, need_program: NeedProgram, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(maker.decision(replace(PAPER, addressee="𬭎𫖯𬍛")).pdf)
    said = subprocess.run(
        [need_program("qpdf", "qpdf"), "--check", file], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert "No syntax or stream encoding errors" in said
    words = subprocess.run(
        [need_program("pdfinfo", "poppler-utils"), file], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert "A4" in words


@pytest.mark.parametrize("paragraphs", range(1, 13))
def test_the_seal_stands_on_the_last_page_and_that_page_has_text(
    maker: PageMaker, read: Callable[..., str], paragraphs: int
) -> None:
    made = maker.decision(replace(long_paper(paragraphs), notes=()))
    text = read(made.pdf, made.pages)
    body = joined(text).split(PAPER.department)[0]
    assert made.place.page == made.pages
    assert len(body) >= 10
    assert PAPER.department in text
    assert f"第{made.pages}页，共{made.pages}页" in text
    # The whole seal lies on the sheet, clear of the foot.
    assert made.place.y - 22.5 >= 37
    assert made.place.y + 22.5 <= 266
    assert 22.5 <= made.place.x <= 210 - 22.5


def test_name_and_date_lie_under_the_seal(maker: PageMaker, need_program: NeedProgram, tmp_path: Path) -> None:
    made = maker.decision(PAPER)
    (tmp_path / "page.pdf").write_bytes(made.pdf)
    left, top = (round((centre - 22.5) * 72 / 25.4) for centre in (made.place.x, made.place.y))
    size = round(45 * 72 / 25.4)
    box = ["-x", str(left), "-y", str(top + size // 2 - 3), "-W", str(size), "-H", str(size // 2)]
    command = [need_program("pdftotext", "poppler-utils"), *box, "page.pdf", "-"]
    text = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True).stdout
    assert "市场监督管" in text
    assert "2026年11月21日" in text


def test_a_long_department_stays_on_the_page(maker: PageMaker, read: Callable[..., str]) -> None:
    name = "江州市人力资源和社会保障局劳动人事争议仲裁院"
    made = maker.decision(replace(PAPER, department=name))
    assert name in read(made.pdf).splitlines()
    assert made.place.x >= 22.5


def test_a_paper_without_text_is_not_made(maker: PageMaker) -> None:
    for paragraphs in ((), ("",), (" \u3000", "\n")):
        with pytest.raises(ValueError, match="空白纸上不得用印"):
            maker.decision(replace(PAPER, paragraphs=paragraphs))


def test_a_character_nothing_can_draw_is_named(maker: PageMaker) -> None:
    with pytest.raises(ValueError, match="\U000f1234"):
        maker.decision(replace(PAPER, addressee="某\U000f1234"))


def test_the_qr_is_read_from_paper(maker: PageMaker, need_program: NeedProgram, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(maker.decision(PAPER).pdf)
    render, scan = need_program("pdftoppm", "poppler-utils"), need_program("zbarimg", "zbar-tools")
    subprocess.run([render, "-r", "200", "-png", "-singlefile", "page.pdf", "page"], cwd=tmp_path, check=True)
    said = subprocess.run([scan, "-q", "--raw", "page.png"], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert said.stdout.strip() == PAPER.query


@pytest.mark.parametrize(
    "face",
    [
        FACE,
        replace(FACE, diameter=42.0, mark=""),
        replace(FACE, diameter=40.0, star=False, number=""),
        SealFace(name="江州市财政局"),
        SealFace(name="江州市不动产登记专用章", mark="非法定电子印章"),
        SealFace(name="江州市" + "文化广播电视新闻出版体育旅游和民族宗教事务局"[:21]),
    ],
    ids=lambda face: f"{face.diameter:g}mm {len(face.name)}字",
)
def test_a_face_measures_what_it_says(
    maker: PageMaker, face: SealFace, need_program: NeedProgram, tmp_path: Path
) -> None:
    (tmp_path / "face.pdf").write_bytes(maker.face(face))
    command = [need_program("pdftoppm", "poppler-utils"), "-r", "300", "-png", "-singlefile", "face.pdf", "face"]
    subprocess.run(command, cwd=tmp_path, check=True)
    with Image.open(tmp_path / "face.png") as image:
        reds = image.convert("RGB").getchannel("G").point(lambda value: 255 if value < 128 else 0)
        left, top, right, bottom = reds.getbbox() or (0, 0, 0, 0)
    assert (right - left) * 25.4 / 300 == pytest.approx(face.diameter, abs=0.2)
    assert (bottom - top) * 25.4 / 300 == pytest.approx(face.diameter, abs=0.2)


def test_a_face_is_outlines_alone(maker: PageMaker) -> None:
    pdf = maker.face(FACE)
    assert b"/FontFile" not in pdf
    assert b"/Subtype /Image" not in pdf


def test_the_picture_is_as_wide_as_asked_and_shows_the_seal(maker: PageMaker) -> None:
    bare, sealed = (QImage.fromData(maker.picture(PAPER, 600, face)) for face in (None, FACE))
    assert (bare.width(), bare.height()) == (600, 849)
    place = maker.decision(PAPER).place
    ring = round((place.x - 22.0) * 600 / 210), round(place.y * 600 / 210)
    assert bare.pixelColor(*ring).green() > 200
    assert sealed.pixelColor(*ring).green() < 100


def test_each_page_of_a_long_paper_can_be_looked_at(maker: PageMaker) -> None:
    paper = long_paper(6)
    first, last = maker.picture(paper, 200, None, 1), maker.picture(paper, 200, None, maker.decision(paper).pages)
    assert first != last
    assert last == maker.picture(paper, 200), "without a number it is the one that bears the seal"
    assert maker.picture(paper, 200, FACE, 1) == first, "no seal on another page"
