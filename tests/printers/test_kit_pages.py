"""备用件页: every number on a page of its own, once above and once below the cut; the same kit gives the same bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from clerk_app.receipts.kit_paper import KitPaper, kit_leaf, leaf_numbers
from printers.pages import QtPageMaker
from printers.pages_kit import KitPages
from tests.desk import ZONE

AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)


def paper(count: int, **change: object) -> KitPaper:
    leaves = tuple(kit_leaf("JZ01", AT, 417 + place, "7K3M-Q9X2") for place in range(count))
    plain = KitPaper(
        hall="江州市政务服务中心", hotline="027-12345", year=2026, reason="国庆长假备用", printed_by="许可心", printed_at=AT,
        leaves=leaves, url="https://example.invalid/c", training=True,
    )  # fmt: skip
    return replace(plain, **change)


@pytest.fixture(scope="module")
def maker(qapp) -> QtPageMaker:
    return QtPageMaker()


@pytest.mark.parametrize(("count", "pages"), [(1, 2), (25, 26), (26, 28)])
def test_a_page_a_number_and_the_register_before_them(maker, count, pages):
    pdf = maker.kit(paper(count))
    assert PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Count"] == pages
    assert KitPages(paper(count), maker._fonts).pages == pages


def test_the_same_kit_gives_the_same_bytes_and_another_does_not(maker):
    assert maker.kit(paper(2)) == maker.kit(paper(2))
    assert maker.kit(paper(2)) != maker.kit(paper(2, reason="机房检修"))


def test_month_and_day_are_left_to_the_hand():
    (leaf,) = paper(1).leaves
    assert (leaf.number, leaf.case_no) == ("BL2026-00417", "JZ2026□□□□-00417")
    assert leaf_numbers(paper(3).leaves) == "BL2026-00417–00419"


def test_a_character_nothing_can_draw_is_said_before_anything_is_printed(maker):
    with pytest.raises(ValueError, match="号都在"):
        maker.kit(paper(1, reason="\U0010ffff"))
