"""N-*: one fault each, exactly that finding; every legal way to say where the domicile is; the register of the prefecture."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.reference import company_law, name_words
from clerk_app.registration.checking.division_shapes import division_shapes
from clerk_app.registration.findings import Finding, RegisteredName
from tests.registration.applications import AS_OF, changed, example, joint_stock

COMPANY = "/company"
NAME, TRADE = f"{COMPANY}/name", f"{COMPANY}/trade_name"


def renamed(**parts: Any) -> dict[str, Any]:
    """The example with other parts, put together again."""
    document = changed(example(), {f"{COMPANY}/{name}": value for name, value in parts.items()})
    c = document["company"]
    first = c["name_layout"] == "行政区划在前"
    head = c["name_division"] + c["trade_name"] if first else f"{c['trade_name']}（{c['name_division']}）"
    return changed(document, {NAME: head + c["industry_term"] + c["org_form"]})


def registered(trade_name: str, industry: str = "信息技术", authority: str = "340103", **more: Any) -> RegisteredName:
    name = more.pop("name", f"合肥{trade_name}{industry}有限公司")
    return RegisteredName(name=name, trade_name=trade_name, industry_term=industry, authority_code=authority, **more)


def found(document: dict[str, Any], *register: RegisteredName, as_of: date = AS_OF) -> list[tuple[str, str, str]]:
    points = check_form(document, as_of, register)
    assert all(one.basis and one.message.endswith("。") and "{" not in one.message for one in points)
    return [(one.rule, one.severity, one.pointer) for one in points]


def only(document: dict[str, Any], *register: RegisteredName) -> Finding:
    (one,) = check_form(document, AS_OF, register)
    return one


WRONG = {
    "one character more": ("N-PARTS", NAME, changed(example(), {NAME: "合肥岚栎舟信息技术技有限公司"})),
    "the other layout": ("N-PARTS", NAME, changed(example(), {f"{COMPANY}/name_layout": "行政区划加括号后置"})),
    "a letter": ("N-CHARSET", TRADE, renamed(trade_name="岚栎A")),
    "a digit": ("N-CHARSET", TRADE, renamed(trade_name="岚栎８")),
    "a hyphen": ("N-CHARSET", TRADE, renamed(industry_term="信息·技术")),
    "one letter is no short name": ("N-CHARSET", TRADE, renamed(trade_name="A")),
    "one character": ("N-TRADE-LEN", TRADE, renamed(trade_name="岚")),
    "banned": ("N-FORBIDDEN", NAME, renamed(trade_name="武警岚")),
    "banned across two parts": ("N-FORBIDDEN", NAME, renamed(trade_name="岚最", industry_term="佳信息技术")),
    "ending of another type": ("N-ORGFORM", f"{COMPANY}/org_form", renamed(org_form="股份有限公司")),
    "bare district": ("N-DIVISION", f"{COMPANY}/name_division", renamed(name_division="庐阳")),
    "district alone": ("N-DIVISION", f"{COMPANY}/name_division", renamed(name_division="庐阳区")),
    "another city": ("N-DIVISION", f"{COMPANY}/name_division", renamed(name_division="芜湖")),
    "reservation over": (
        "N-RESERVED",
        f"{COMPANY}/name_reserved_until",
        changed(example(), {f"{COMPANY}/name_reserved_until": "2026-06-14"}),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_one_fault_is_found_and_nothing_else(case: str) -> None:
    rule, pointer, document = WRONG[case]
    assert found(document) == [(rule, "error", pointer)]


FINE = {
    "brackets": renamed(name_layout="行政区划加括号后置"),
    "half-width brackets": changed(
        example(), {f"{COMPANY}/name_layout": "行政区划加括号后置", NAME: "岚栎舟(合肥)信息技术有限公司"}
    ),
    "last day of the reservation": changed(example(), {f"{COMPANY}/name_reserved_until": "2026-06-15"}),
    "no reservation": changed(example(), {f"{COMPANY}/name_reserved_until": None, f"{COMPANY}/name_approval_no": None}),
    "the longer ending": renamed(org_form="有限责任公司"),
    "two characters": renamed(trade_name="岚栎"),
    "disinfectants are no drugs": renamed(industry_term="消毒品"),
    "united internationally": renamed(trade_name="岚联合", industry_term="国际贸易"),
    "province": renamed(name_division="安徽省"),
    "province, short": renamed(name_division="安徽"),
    "city": renamed(name_division="合肥市"),
    "city and district": renamed(name_division="合肥市庐阳区"),
    "city and district, short": renamed(name_division="合肥庐阳"),
    "mixed": renamed(name_division="合肥庐阳区"),
}


@pytest.mark.parametrize("case", FINE)
def test_what_is_legal_is_silent(case: str) -> None:
    assert found(FINE[case]) == []


INNOCENT = (
    "消毒品",
    "无毒品质",
    "红色情怀",
    "古色情韵",
    "景色情",
    "联合国盛",
    "红十字绣",
    "喷枪支架",
    "岚总工会计",
    "岚基金会计",
)


def test_a_banned_word_inside_longer_innocent_ones_is_silent_and_beside_them_is_told() -> None:
    assert [word for word in INNOCENT if name_words().banned_in(f"合肥{word}有限公司", AS_OF)] == []
    assert [one.word for one in name_words().banned_in("合肥红色情怀色情有限公司", AS_OF)] == ["色情"]


def test_every_rule_is_tried() -> None:
    tried = {rule for rule, _, _ in WRONG.values()} | {"N-NATIONAL", "N-SAME", "N-NEAR"}
    assert tried == {one.rule for one in company_law().provisions if one.rule.startswith("N-")}


@pytest.mark.parametrize("word", [one.word for one in name_words().national])
def test_the_state_in_front_needs_the_state_council(word: str) -> None:
    document = changed(example(), {NAME: f"{word}岚栎舟信息技术有限公司", f"{COMPANY}/name_division": word})
    rules = [(rule, pointer) for rule, _, pointer in found(document)]
    assert ("N-NATIONAL", NAME) in rules
    assert ("N-NATIONAL", NAME) not in [(r, p) for r, _, p in found(renamed(trade_name=f"岚{word}"))]


def test_a_word_counts_while_it_is_on_the_list_and_all_are_told_in_one() -> None:
    both = only(renamed(trade_name="武警国务院"))
    assert "“武警”“国务院”" in both.message
    assert name_words().banned_in("最佳", date(2020, 1, 1)) == ()
    assert [one.word for one in name_words().banned_in("江州人民解放军有限公司", AS_OF)] == ["人民解放军"]


def test_a_joint_stock_company_has_its_own_ending() -> None:
    assert check_form(joint_stock(), AS_OF, ()) == ()
    wrong = changed(joint_stock(), {f"{COMPANY}/org_form": "有限公司"})
    assert "N-ORGFORM" in [rule for rule, _, _ in found(wrong)]


def test_same_is_trade_name_and_industry_under_one_prefecture() -> None:
    same = [("N-SAME", "error", TRADE)]
    assert found(example(), registered("岚栎舟")) == same
    assert found(example(), registered("岚栎舟", authority="340181")) == same
    assert found(example(), registered("信息技术", "岚栎舟")) == same, "the same words in other order"
    other_split = registered("岚栎", "舟信息技术", name="合肥岚栎舟信息技术有限公司")
    assert found(example(), other_split) == same, "the same words, cut elsewhere"
    for free in (
        registered("岚栎舟", authority="340203"),
        registered("岚栎舟", "餐饮管理"),
        registered("岚砚舟"),
        registered("岚栎舟", until=date(2026, 6, 14)),
        registered("岚栎舟", number="名称申报HF-20260615-0001号"),
    ):
        assert found(example(), free) == [], free
    assert found(example(), registered("岚栎舟", until=AS_OF)) == same


def test_the_companys_own_name_is_not_in_its_way() -> None:
    own = changed(example(), {"/application/registration_type": "变更", f"{COMPANY}/uscc": "91340103MA2RCT2K3H"})
    rules = [rule for rule, _, _ in found(own, registered("岚栎舟", uscc="91340103MA2RCT2K3H"))]
    assert "N-SAME" not in rules
    assert "N-SAME" in [rule for rule, _, _ in found(own, registered("岚栎舟", uscc="91340103MA2RCT2K4F"))]


def test_near_is_the_same_sound_and_names_all_that_were_found() -> None:
    near = [("N-NEAR", "warning", TRADE)]
    assert found(example(), registered("蓝立洲")) == near
    assert found(example(), registered("蓝立洲", "餐饮管理")) == []
    assert found(example(), registered("蓝立洲", authority="340203")) == []
    point = only(example(), registered("蓝立洲"), registered("兰丽周"))
    assert "合肥蓝立洲" in point.message
    assert "合肥兰丽周" in point.message
    chong = renamed(trade_name="重鸣")
    assert found(chong, registered("虫鸣")) == near, "重 is read chong as well"
    assert found(chong, registered("众鸣")) == near


def test_without_a_register_nothing_is_said() -> None:
    assert check_form(example(), AS_OF, None) == ()


@pytest.mark.parametrize(
    ("domicile", "legal", "wrong"),
    [
        (("北京市", "北京市", "朝阳区"), ("北京", "北京市", "北京朝阳", "北京市朝阳区"), ("朝阳", "朝阳区")),
        (("浙江省", "金华市", "义乌市"), ("义乌", "义乌市", "金华义乌", "浙江"), ("浙江义乌",)),
        (("浙江省", "杭州市", "桐庐县"), ("桐庐", "桐庐县", "杭州桐庐县"), ("建德",)),
        (("湖北省", "", "仙桃市"), ("仙桃", "仙桃市", "湖北"), ("省直辖县级行政区划",)),
        (("湖北省", "省直辖县级行政区划", "神农架林区"), ("神农架", "神农架林区"), ("省直辖县级行政区划",)),
        (("广东省", "东莞市", ""), ("东莞", "东莞市", "广东省"), ("广东东莞",)),
        (
            ("湖北省", "恩施土家族苗族自治州", "利川市"),
            ("恩施", "恩施州", "恩施土家族苗族自治州", "恩施利川", "利川"),
            ("土家",),
        ),
        (("内蒙古自治区", "锡林郭勒盟", "镶黄旗"), ("内蒙古", "锡林郭勒", "镶黄旗", "内蒙古自治区"), ("内",)),
        (("上海市", "上海市", "浦东新区"), ("上海浦东", "上海浦东新区", "上海市浦东新区"), ("浦东", "浦东新区")),
        (("吉林省", "延边朝鲜族自治州", "汪清县"), ("延边", "延边州", "汪清"), ("朝鲜",)),
        (("湖南省", "邵阳市", "城步苗族自治县"), ("城步", "城步县", "邵阳城步"), ("苗族",)),
    ],
)
def test_every_way_to_say_where(domicile: tuple[str, str, str], legal: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    shapes = division_shapes(*domicile)
    assert set(legal) <= shapes.keys()
    assert not set(wrong) & shapes.keys()


@pytest.mark.parametrize("odd", [None, 7, [], {"a": 1}, "", "　", float("nan"), True])
def test_whatever_stands_there_nothing_breaks(odd: Any) -> None:
    places = ("name", "name_division", "trade_name", "industry_term", "org_form", "name_layout", "name_reserved_until")
    for place in places:
        check_form(changed(example(), {f"{COMPANY}/{place}": odd}), AS_OF, (registered("岚栎舟"),))
    for whole in ({"/company": odd}, {"/application": odd}):
        check_form(changed(example(), whole), AS_OF, (registered("岚栎舟"),))
