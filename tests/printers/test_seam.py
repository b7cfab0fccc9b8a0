"""骑缝章: cut evenly over the pages, inside the printer's margin; put together the slices are the seal, and no text changes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from PySide6.QtWidgets import QApplication

from clerk_app.sealing.paper import DecisionPaper, OfficialPaper, PaperTable, SealFace, Seam
from printers.pages import QtPageMaker
from printers.pages_seam import slices
from tests.sealing.papers import FACE, PAPER

NeedProgram = Callable[[str, str], str]
Pages = Callable[..., list[Image.Image]]
SEAM = Seam(face=replace(FACE, number="(2)", mark="非法定电子印章"))
DPI, LEFT, TOP = 254, 1800, 1200
"""Ten pixels a millimetre; what is looked at is the right edge of the paper, from 180 mm and from 120 mm downward."""


@pytest.fixture(scope="module")
def maker(qapp: QApplication) -> QtPageMaker:
    return QtPageMaker()


@pytest.fixture
def pages(need_program: NeedProgram, tmp_path: Path) -> Pages:
    """The right edge of every page as it is printed; of a small page all."""

    def of(pdf: bytes, edge_only: bool = True) -> list[Image.Image]:
        for old in tmp_path.glob("page*"):
            old.unlink()
        (tmp_path / "pages.pdf").write_bytes(pdf)
        edge = ["-x", str(LEFT), "-y", str(TOP), "-W", "300", "-H", "600"] if edge_only else []
        command = [need_program("pdftoppm", "poppler-utils"), "-r", str(DPI), *edge, "-png", "pages.pdf", "page"]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
        return [Image.open(file).convert("RGB") for file in sorted(tmp_path.glob("page-*.png"))]

    return of


@pytest.fixture
def read(need_program: NeedProgram, tmp_path: Path) -> Callable[[bytes], str]:
    def of(pdf: bytes) -> str:
        (tmp_path / "read.pdf").write_bytes(pdf)
        command = [need_program("pdftotext", "poppler-utils"), "read.pdf", "-"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True).stdout

    return of


def long_paper(times: int) -> DecisionPaper:
    return replace(PAPER, paragraphs=PAPER.paragraphs * times, training=False)


def red(image: Image.Image) -> Image.Image:
    """Ink of the seal, black on white: where red is much stronger than green."""
    channels = image.split()
    return ImageChops.subtract(channels[0], channels[1]).point(lambda value: 0 if value > 100 else 255)


def red_box(image: Image.Image) -> tuple[float, ...] | None:
    """In mm from the paper's left and top."""
    found = ImageChops.invert(red(image)).getbbox()
    return tuple((side + (TOP if index % 2 else LEFT)) / 10 for index, side in enumerate(found)) if found else None


@given(st.integers(1, 120), st.integers(2, 20), st.booleans())
def test_every_page_with_a_neighbour_bears_its_slice(pages: int, group: int, duplex: bool) -> None:
    cut = slices(replace(SEAM, group=group, duplex=duplex), pages)
    bearing = list(range(1, pages + 1, 2 if duplex else 1))
    assert list(cut) == (bearing if len(bearing) > 1 else [])
    groups: list[int] = []
    for one in cut.values():
        if one.index == 0:
            groups.append(one.count)
        assert one.count == groups[-1]
    assert [one.index for one in cut.values()] == [index for count in groups for index in range(count)]
    assert all(2 <= count <= max(group, 3) for count in groups)
    assert max(groups, default=0) - min(groups, default=0) <= 1


@pytest.mark.parametrize(
    ("pages", "duplex", "groups"),
    [(1, False, []), (2, False, [2]), (2, True, []), (3, True, [2]), (20, False, [20]), (21, False, [11, 10]),
     (45, False, [15, 15, 15]), (45, True, [12, 11])],
)  # fmt: skip
def test_groups(pages: int, duplex: bool, groups: list[int]) -> None:
    cut = slices(replace(SEAM, duplex=duplex), pages)
    assert [one.count for one in cut.values() if one.index == 0] == groups


@pytest.mark.parametrize(("diameter", "count"), [(40, 2), (42, 3), (45, 3)])
def test_the_slices_put_together_are_the_seal(maker: QtPageMaker, pages: Pages, diameter: int, count: int) -> None:
    face = replace(SEAM.face, diameter=float(diameter))
    made = maker.decision(replace(long_paper(2 * count - 1), seam=Seam(face=face)))
    shown, (whole,) = pages(made.pdf), pages(maker.face(face), edge_only=False)
    assert len(shown) == made.pages == count
    joined, across = Image.new("L", (diameter * 10, diameter * 10), 255), diameter * 10 // count
    for index, page in enumerate(shown):
        top = (297 - diameter) * 5 - TOP
        strip = red(page.crop((2070 - LEFT - across, top, 2070 - LEFT, top + diameter * 10)))
        joined.paste(strip, (index * across, 0))
    whole = red(whole.crop((0, 0, *joined.size)))
    other = ImageChops.difference(joined, whole).histogram()[255]
    assert whole.histogram()[0] > 20_000
    assert other < 0.03 * whole.histogram()[0]


def test_the_margin_stays_white_and_the_text_is_left_alone(maker: QtPageMaker, pages: Pages) -> None:
    plain, sewn = (maker.decision(replace(long_paper(3), seam=seam)) for seam in (None, SEAM))
    assert plain.pages == sewn.pages == 2
    for bare, page in zip(pages(plain.pdf), pages(sewn.pdf), strict=True):
        found = red_box(page)
        assert found is not None
        assert found[0] == pytest.approx(207 - 22.5, abs=0.2)
        assert found[2] == pytest.approx(207, abs=0.2)
        assert (found[1] + found[3]) / 2 == pytest.approx(148.5, abs=0.2)
        changed = ImageChops.difference(bare, page).getbbox()
        assert changed is not None
        assert changed[0] + LEFT >= 1842, "nothing has moved inside the text's edge"


def test_printed_on_both_sides_the_backs_bear_none(maker: QtPageMaker, pages: Pages) -> None:
    made = maker.decision(replace(long_paper(8), seam=replace(SEAM, duplex=True)))
    boxes = [red_box(page) for page in pages(made.pdf)]
    assert len(boxes) >= 4
    assert [found is not None for found in boxes] == [page % 2 == 1 for page in range(1, len(boxes) + 1)]


def test_a_single_page_bears_none_and_is_the_same_page(maker: QtPageMaker, pages: Pages) -> None:
    made = maker.decision(replace(PAPER, training=False, seam=SEAM))
    assert made.pages == 1
    assert red_box(pages(made.pdf)[0]) is None


def test_other_papers_of_a_case_are_sewn_too(maker: QtPageMaker, pages: Pages, read: Callable[[bytes], str]) -> None:
    rows = tuple((str(n), f"第{n}项材料") for n in range(1, 60))
    paper = OfficialPaper(
        title="补正告知书", document_no="江市监补〔2026〕12号", addressee="某某", paragraphs=("请补正下列材料。",),
        department=PAPER.department, day=PAPER.day, case_no=PAPER.case_no, seal="（用印）",
        tables=(PaperTable(head=("序号", "材料"), rows=rows, widths=(1, 9)),), seam=SEAM,
    )  # fmt: skip
    made = maker.official(paper)
    assert made.pages == 3
    assert all(red_box(page) is not None for page in pages(made.pdf))
    assert read(made.pdf) == read(maker.official(replace(paper, seam=None)).pdf)


def test_a_reader_finds_the_text_on_a_page_with_a_seam(maker: QtPageMaker, read: Callable[[bytes], str]) -> None:
    paper = replace(
        long_paper(3), title="准予行政许可决定书", case_no="SP-20261118-0042", addressee="㛃䶮喆堃犇镕", seam=SEAM
    )
    made = maker.decision(paper)
    text = read(made.pdf)
    assert text.count("SP-20261118-0042") == made.pages == 2
    assert text.startswith("准予行政许可决定书\n")
    assert "㛃䶮喆堃犇镕：" in text.splitlines()
    assert text == read(maker.decision(replace(paper, seam=None)).pdf)
    assert maker.decision(paper) == made, "the same bytes again"


def test_a_seam_nothing_can_draw_is_refused_before_a_page_is_begun(maker: QtPageMaker) -> None:
    bad = Seam(face=SealFace(name="江州市\U000f1234局"))
    with pytest.raises(ValueError, match="印面没有画成"):
        maker.decision(replace(long_paper(3), seam=bad))


def test_a_paper_without_a_seam_is_named_as_before_there_were_seams(maker: QtPageMaker) -> None:
    """Its bytes are made again from the case, and compared with what was authorised."""
    assert b"uuid:91be80a0-deda-5c06-bea4-968c500e6b5c" in maker.decision(PAPER).pdf
