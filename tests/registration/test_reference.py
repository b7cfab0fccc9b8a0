"""Reference data: what the tables hold, how they are asked, and how long reading them takes."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
import stdnum.cn
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.amounts import exact_fen, in_words, to_fen, wan_in_words, wan_of, yuan_of
from clerk_app.office.registration import reference
from clerk_app.registration.divisions import read_divisions
from clerk_app.registration.industries import section_of
from resources import path


def named(code: str, *, region: str = "") -> tuple[str, str, str, str]:
    one = reference.divisions(region).by_code(code)
    assert one is not None, code
    return one.province, one.city, one.county, one.standing


def test_current_former_and_odd_divisions() -> None:
    assert named("330113") == ("浙江省", "杭州市", "临平区", "current")
    assert named("320502") == ("江苏省", "苏州市", "沧浪区", "former")
    assert named("110101") == ("北京市", "北京市", "东城区", "current")
    assert named("500229") == ("重庆市", "重庆市", "城口县", "current")
    assert named("441900") == ("广东省", "东莞市", "", "current")
    assert named("442000") == ("广东省", "中山市", "", "current")
    assert named("429004") == ("湖北省", "", "仙桃市", "current")
    assert named("659001") == ("新疆维吾尔自治区", "", "石河子市", "current")
    assert named("330113", region="429900") == named("330113")
    assert [reference.divisions().by_code(code) for code in ("990101", "", "34010", "３４０１０３")] == [None] * 4


def test_the_training_hall_s_city_is_in_no_real_hall() -> None:
    assert named("429901", region="429900") == ("江南省", "江州市", "滨湖区", "invented")
    real = reference.divisions()
    assert (real.by_code("429901"), real.by_code("429900"), real.search("江州市 滨湖")) == (None, None, ())
    assert [one.code for one in reference.divisions("429900").search("江州市 滨湖")] == ["429901"]


def test_every_code_python_stdnum_knows_is_known() -> None:
    headings = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
    head, unknown, known = "", [], 0
    for line in Path(stdnum.cn.__file__).with_name("loc.dat").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"(\d\d) ", line):
            head = found[1]
        elif (row := re.match(r'\s+(\d{4}) county="(.*)"', line)) and row[2].rpartition("]")[2] not in headings:
            known += 1
            if reference.divisions().by_code(head + row[1]) is None:
                unknown.append(head + row[1])
    assert known > 5000
    assert unknown == []


def test_today_there_are_about_three_thousand_counties() -> None:
    counties = [one for one in reference.divisions() if one.level == "county" and one.standing == "current"]
    assert 2800 < len(counties) < 3100
    assert all(one.province for one in counties)
    assert len({one.code for one in counties}) == len(counties)


def test_a_division_is_found_by_code_words_and_initials() -> None:
    search = reference.divisions().search
    assert [one.code for one in search("340103")] == ["340103"]
    assert search("庐阳")[0].code == "340103"
    assert [one.code for one in search("合肥 庐阳")] == ["340103"]
    assert "330106" in [one.code for one in search("xhq")]
    assert search("3401")[0].name == "合肥市"
    assert search("") == search("无此地") == ()
    assert len(search("县", limit=5)) == 5


def test_reading_the_tables_is_quick() -> None:
    texts = [path("reference", f"divisions{kind}.tsv").read_text("utf-8") for kind in ("", "_former", "_invented")]

    def took() -> float:
        start = perf_counter()
        read_divisions(*texts)
        return perf_counter() - start

    assert min(took() for _ in range(5)) < 0.03


def test_the_industries_are_those_of_2017() -> None:
    industries = reference.industries()
    names = {
        code: one.name for code in ("6511", "6512", "6513", "6519", "6520", "6531") if (one := industries.by_code(code))
    }
    assert names == {
        "6511": "基础软件开发",
        "6512": "支撑软件开发",
        "6513": "应用软件开发",
        "6519": "其他软件开发",
        "6520": "集成电路设计",
        "6531": "信息系统集成服务",
    }
    assert len(industries) == 1381
    assert industries.by_code("6510") is None


def test_an_industry_is_found_by_letter_words_and_initials() -> None:
    industries = reference.industries()
    assert industries.by_code("I6513") == industries.by_code("6513")
    assert industries.by_code("J6513") is None
    assert [one.code for one in industries.search("yyrj")] == ["6513"]
    assert [one.code for one in industries.search("软件 应用")] == ["6513"]
    assert [one.code for one in industries.search("651")] == ["6511", "6512", "6513", "6519"]
    assert industries.search(" ") == ()
    assert [section_of(code) for code in ("0111", "1311", "4411", "9700", "9800", "x")] == ["A", "C", "D", "T", "", ""]


def test_currencies_by_name_and_code() -> None:
    currencies = reference.currencies()
    assert [one.name for one in currencies.rows[:6]] == ["人民币", "美元", "欧元", "港元", "日元", "英镑"]
    chf = currencies.by_code("chf")
    assert chf is not None
    assert currencies.by_name(chf.name) == chf
    assert currencies.by_name("贝壳") is None
    field = reference.company_form().by_id["company.currency"]
    assert all(currencies.by_name(name) for name in field.choices)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("1000000", "壹佰万元整"),
        ("1700.06", "壹仟柒佰元零陆分"),
        ("0", "零元整"),
        ("-0.00", "零元整"),
        ("0.5", "伍角"),
        ("10", "壹拾元整"),
        ("100000001", "壹亿零壹元整"),
        ("105000", "壹拾万伍仟元整"),
        ("-5", "负伍元整"),
        ("9999999999999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_amounts_in_words(yuan: str, words: str) -> None:
    assert in_words(Decimal(yuan)) == words


@pytest.mark.parametrize("bad", ["1000000.005", "NaN", "sNaN", "Infinity", "1E+16", "1E+400", "0.001"])
def test_what_cannot_be_said_to_the_fen_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r"。$"):
        in_words(Decimal(bad))


def test_wan_and_yuan() -> None:
    assert wan_in_words(Decimal("100"), "人民币") == "人民币壹佰万元整"
    assert yuan_of(Decimal("33.333333")) == Decimal("333333.33")
    with pytest.raises(ValueError, match="精确到分"):
        yuan_of(Decimal("0.0000001"))
    assert str(wan_of(Decimal("1000000"))) == "100"
    assert to_fen(Decimal("1000000.005")) == Decimal("1000000.01")


@settings(max_examples=40, deadline=None)
@given(st.decimals(min_value=0, max_value=Decimal("9999999999999999.99"), places=2, allow_nan=False))
def test_there_and_back_is_the_same(yuan: Decimal) -> None:
    import cn2an

    assert yuan_of(wan_of(yuan)) == exact_fen(yuan)
    integer = in_words(yuan.quantize(Decimal(1), rounding="ROUND_DOWN")).removesuffix("元整")
    assert cn2an.cn2an(integer, "smart") == int(yuan)
