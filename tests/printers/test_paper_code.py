"""A paper's own code on its page: small enough for the paper, large enough for any reader, beside the seal and not under it."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from PIL import Image
from PySide6.QtWidgets import QApplication

from clerk_app.ports.seal import PageMaker
from clerk_app.sealing.paper import DecisionPaper, OfficialPaper
from clerk_app.sealing.paper_code import PaperCode, code_address, write_paper_code
from printers.pages import QtPageMaker
from printers.pages_qr import QUIET, qr_path, qr_size
from tests.sealing.papers import PAPER

NeedProgram = Callable[[str, str], str]
KEY = SigningKey(bytes(32))
CODE = PaperCode(
    hall="JZ01", device="019a0a5e-5c3e-7a80-8f3a-2b1c4d5e6f70", case_no=PAPER.case_no, document_no=PAPER.document_no,
    title=PAPER.title, department=PAPER.department, day=PAPER.day, to=PAPER.addressee,
)  # fmt: skip
LONGEST = "江州市人力资源和社会保障事业发展管理局"
NOTICE = OfficialPaper(
    title="受理通知书", document_no="江市监受字〔2026〕12号", addressee="江州市云帆信息科技有限公司",
    paragraphs=("你单位提出的申请，材料齐全，符合法定形式，现予受理。",), department="江州市市场监督管理局",
    day=date(2026, 11, 20), case_no="JZ20261120-00417", seal="（盖收件专用章）", signs=("签收人：",),
)  # fmt: skip


def query(code: PaperCode = CODE, pages: str = "https://cx.example.gov.cn") -> str:
    signed = write_paper_code(code, lambda data: base64.b64encode(KEY.sign(data).signature).decode())
    return code_address(pages, signed)


@pytest.fixture(scope="module")
def maker(qapp: QApplication) -> PageMaker:
    return QtPageMaker()


@pytest.fixture
def scanned(need_program: NeedProgram, tmp_path: Path) -> Callable[[bytes, int, int], str]:
    render, scan = need_program("pdftoppm", "poppler-utils"), need_program("zbarimg", "zbar-tools")

    def at(pdf: bytes, dpi: int, page: int = 1) -> str:
        (tmp_path / "page.pdf").write_bytes(pdf)
        words = ["-r", str(dpi), "-gray", "-f", str(page), "-l", str(page), "-singlefile", "-png", "page.pdf", f"{dpi}"]
        subprocess.run([render, *words], cwd=tmp_path, check=True)
        said = subprocess.run([scan, "-q", "--raw", f"{dpi}.png"], cwd=tmp_path, capture_output=True, encoding="utf-8")
        return said.stdout.strip()

    return at


@pytest.mark.parametrize("pages", ["", "https://cx.example.gov.cn", "https://zwfw.jiangzhou.gov.cn:8443/cx"])
@pytest.mark.parametrize(
    "to", ["江州市云帆信息科技有限公司", "卢*珍", "江州市滨湖新区云帆数字信息技术咨询服务有限责任公司"]
)
def test_a_normal_papers_code_is_34_mm_at_most_and_its_modules_are_no_dust(to: str, pages: str) -> None:
    _, modules = qr_path(query(replace(CODE, to=to), pages))
    assert qr_size(modules) <= 34.0
    assert qr_size(modules) / modules >= 0.4


@pytest.mark.parametrize(("paper", "dpi"), [(PAPER, 110), (PAPER, 300), (NOTICE, 110)])
def test_it_is_read_off_the_page(maker: PageMaker, scanned, paper: DecisionPaper | OfficialPaper, dpi: int) -> None:
    text = query()
    paper = replace(paper, query=text)
    made = maker.decision(paper) if isinstance(paper, DecisionPaper) else maker.official(paper)
    assert scanned(made.pdf, dpi) == text


def darkest(file: Path, left: float, top: float, right: float, bottom: float) -> int:
    """Of a piece of the page, in mm; the file is named after its dots an inch."""
    with Image.open(file) as page:
        box = tuple(round(edge * int(file.stem) / 25.4) for edge in (left, top, right, bottom))
        return int(page.convert("L").crop(box).getextrema()[0])


def test_beside_the_longest_name_a_seal_can_bear_there_is_still_room(maker: PageMaker, scanned, tmp_path: Path) -> None:
    text = query(replace(CODE, department=LONGEST))
    made = maker.decision(replace(PAPER, department=LONGEST, query=text, training=False))
    assert scanned(made.pdf, 150) == text
    _, modules = qr_path(text)
    right, module = 26 + qr_size(modules), qr_size(modules) / modules
    quiet = (right + 0.2, made.place.y - 17, right + QUIET * module, made.place.y + 17)
    assert darkest(tmp_path / "150.png", *quiet) > 250, "white all along its quiet edge"
    assert made.place.x - 22.5 > right, "and the seal is not upon it"


def test_the_page_with_its_code_is_made_again_byte_for_byte(maker: PageMaker) -> None:
    paper = replace(PAPER, query=query())
    assert maker.decision(paper) == maker.decision(paper)


def test_a_short_code_stays_in_the_foot(maker: PageMaker, scanned, tmp_path: Path) -> None:
    paper = replace(NOTICE, seal="", query="case:K7Q2-M9XD")
    assert scanned(maker.official(paper).pdf, 110) == paper.query
    assert darkest(tmp_path / "110.png", 26, 271, 42, 286) < 60
