from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.receipts.slip import Feed, Pair, Qr, Rule, Slip, Text
from printers.layout import TRAINING, Line, Symbol, lay_out
from tests.printers.papers import CASE_URL, RECEIPT, TICKET


def lines(*blocks, width=32, **more):
    return [row for row in lay_out(Slip("t", "1", blocks, **more), width) if isinstance(row, Line)]


@pytest.mark.parametrize("width", [32, 42, 48])
@pytest.mark.parametrize("slip", [TICKET, RECEIPT])
def test_every_line_fits_the_paper_at_its_size(slip, width):
    assert all(row.width <= width for row in lay_out(slip, width) if isinstance(row, Line))


def test_training_stands_at_head_and_foot_and_only_there():
    rows = lay_out(replace(TICKET, training=True), 48)
    assert rows[0] == rows[-1] == Line(TRAINING, bold=True, align="center")
    assert "演练" in TRAINING
    assert "不作凭据" in TRAINING
    assert not [row for row in lay_out(TICKET, 48) if isinstance(row, Line) and "演练" in row.text]


def test_a_reprint_says_so_and_the_original_does_not():
    assert lines(copy_no=2)[0].text == "【补打 第1次】"
    assert lines(copy_no=4)[0].text == "【补打 第3次】"
    assert lines(copy_no=1) == []


def test_values_of_neighbouring_pairs_share_an_edge_and_hang():
    rows = lines(Pair("窗口", "2号"), Pair("办件编号", "1"), Pair("事项", "有限责任公司设立登记（含章程备案）"))
    assert [row.text for row in rows] == [
        "窗口：    2号",
        "办件编号：1",
        "事项：    有限责任公司设立登记",
        "          （含章程备案）",
    ]


def test_a_label_that_leaves_no_room_stands_alone():
    rows = lines(Pair("依照法律法规规定应当载明的其他事项", "无"))
    assert [row.text for row in rows] == ["依照法律法规规定应当载明的其他事", "项：", "  无"]


def test_numbered_materials_hang_under_their_text():
    rows = lines(Text("3. 住所使用证明（房屋租赁合同或不动产权证书复印件）"))
    assert rows[0].text.startswith("3. 住所")
    assert all(row.text.startswith("   ") for row in rows[1:])


def test_a_date_is_no_list_number():
    assert lines(Text("12.4 前办结"))[0].text == "12.4 前办结"


def test_magnified_text_counts_more_and_shrinks_before_it_fills_the_paper():
    assert lines(Text("A001", size=3))[0].width == 12
    long = lines(Text("有限责任公司设立登记并联办理窗口", size=3))
    assert {row.size for row in long} == {2}
    assert all(row.width <= 32 for row in long)


def test_centred_text_leaves_no_lonely_character():
    rows = lines(Text("请留意叫号；过号可到原窗口报号重排。", align="center"))
    assert [row.text for row in rows] == ["请留意叫号；过号可", "到原窗口报号重排。"]


def test_a_number_is_not_torn_to_make_centred_lines_alike():
    rows = lines(Text("收费窗口扫码　JK20261120-00001", align="center"), width=24)
    assert [row.text for row in rows] == ["收费窗口扫码　", "JK20261120-00001"]


def test_a_weekday_stays_whole():
    rows = lines(Pair("法定期限", "2026年12月11日（星期五）"))
    assert [row.text.strip() for row in rows] == ["法定期限：2026年12月11日", "（星期五）"]


def test_rule_feed_and_symbol():
    rows = lay_out(Slip("t", "1", (Rule(), Feed(2), Qr(CASE_URL, "扫码"))), 42)
    assert rows == (Line("─" * 21), Line(""), Line(""), Symbol(CASE_URL), Line("扫码", align="center"))
