"""The hall file: ours is clean, and every wrong line gets exactly one sentence that names it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.hall import read_hall
from clerk_app.outside.hall_checks import uscc_is_right
from clerk_app.outside.hall_file import read_hall_document, shift_letters
from resources import path

TRAINING = path("halls", "training.yaml").read_text("utf-8")
PARSED = yaml.safe_load(TRAINING)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def test_the_training_hall_is_clean_and_plain() -> None:
    document, findings = read_hall_document(TRAINING)
    assert findings == []
    assert document is not None
    assert json.loads(json.dumps(document, ensure_ascii=False)) == document
    assert document["hall"]["hours"]["weekday"] == [["09:00", "12:00"], ["13:30", "17:30"]]
    assert document["windows"][0]["number"] == 1
    assert document["authorisations"][0]["from"] == "2026-01-05"
    plain = yaml.safe_load(TRAINING)
    assert len(document["items"]) == len(plain["items"]) == 32


BROKEN = [
    # what to find on one line, what to write instead, words the sentence must have
    ("posts: [K1], zone", "posts: [K9], zone", ["窗口 1 ", "岗位", "K9", "岗位名单"]),
    ("a: P103, b: P104", "a: P999, b: P104", ["岗位 K1 ", "A角 P999", "人员名单"]),
    ("a: P103, b: P104", "a: P103, b: P999", ["B角 P999"]),
    ("a: P103, b: P104", "a: P103, b: P103", ["岗位 K1 ", "A角和B角", "同一个人 P103"]),
    ("letters: [K], posts", "letters: [Z], posts", ["业务字母 Z", "业务字母表"]),
    ("chief_rep: P101, deputy_rep: P102", "chief_rep: P909, deputy_rep: P102", ["部门 ZWJ ", "首席代表 P909"]),
    ('uscc: "11429900MBX0010111"', 'uscc: "11429900MBX0010112"', ["统一社会信用代码", "11429900MBX0010112"]),
    ("{id: P109, name: 景维民, department: ZWJ", "{id: P110, name: 景维民, department: ZWJ", ["编号 P110", "已经用过"]),
    ("{id: P109, name: 景维民, department: ZWJ", "{id: P109, name: 景维民, department: XXX", ["部门 XXX", "部门名单"]),
    ("roles: [supervisor]", "roles: [boss]", ["人员 P109 ", "角色 boss", "角色表"]),
    ("roles: [clerk, chief_rep, duty", "roles: [clerk, boss, chief_rep, duty", ["boss"]),
    ("custodian: P111, backup: P112", "custodian: P111, backup: P999", ["印章 S-SF ", "代管人 P999"]),
    ("face: {diameter: 42}", "face: {diameter: 43}", ["diameter 不能写 “43”", "40、42、45"]),
    ("face: {diameter: 42}", "face: {diameter: true}", ["diameter 不能写 true", "40、42、45"]),
    ("face: {diameter: 42}", "face: {radius: 21}", ["radius"]),
    ('code: "1429900012345"', 'code: "142990001234"', ["code 不能写 “142990001234”", "13 位数字"]),
    ('code: "1429900012345"', "code: 1429900012345", ["code", "13 位数字", "引号"]),
    ('number: "(1)"', 'number: "（1）"', ["number 不能写 “（1）”", "半角括号"]),
    ("star: false", "star: 无", ["star", "true 或 false"]),
    ("lawful_issuers: []", "lawful_issuers: [电子政务认证机构]", ["lawful_issuers", "SHA-256", "64 位"]),
    ("duplex: false", "duplex: 双面", ["duplex", "true 或 false"]),
    ("kind: intake, window: 2,", "kind: intake, window: 99,", ["窗口 99", "窗口名单"]),
    ("{number: 11, ", "{number: 0, ", ["number", "“0”", "要写 1 到"]),
    ("{number: 21, ", "{no: 21, ", ["键“no”", "number"]),
    ("{number: 21, ", "{on: 21, ", ["键“on”"]),
    ("statutory: {n: 45, unit: workday", "statutory: {n: -45, unit: workday", ["n 不能写 “-45”"]),
    ("statutory: {n: 45, unit: workday", "statutory: {n: 45, unit: hour", ["unit", "hour", "workday、day、month"]),
    ("promised: {n: 30, unit: workday}", "promised: {n: 三十, unit: workday}", ["n 不能写 “三十”"]),
    ("statutory: {n: 45, unit: workday", "statutory: {n: 5, unit: workday", ["承诺时限 15", "法定时限 5"]),
    ("    seal: S-BDC\n", "    seal: S-XXX\n", ["事项 房屋转移登记 ", "印章 S-XXX"]),
    ("    fee: 12000", "    fee: 120元", ["fee", "120元"]),
    ("    fee: 12000", "    fee: -1", ["fee", "-1"]),
    ('    fee_source: "memory: 120元/本"', '    fee_souce: "memory: 120元/本"', ["fee_souce", "收费依据"]),
    ('    fee_source: "memory: 120元/本"', '    fee_source: ""', ["fee_source 是空的"]),
    ("{unit: GAJ, basis: 示例", "{unit: QQQ, basis: 示例", ["单位 QQQ", "部门名单"]),
    ("  means: [scan, card]", "  means: [scan, cheque]", ["means", "cheque"]),
    ("percent: 100}", "percent: 150}", ["percent", "1 到 100"]),
    ("      - {key: poor, name: 低保、特困人员, basis: 居民身份证法第二十一条, percent: 100}\n",
     "      - {key: poor, name: 低保, basis: 一, percent: 100}\n      - {key: poor, name: 特困, basis: 二, percent: 50}\n",
     ["减免 poor", "用过"]),
    ("    fee: 2000\n", "    fee: 0\n", ["不收费", "减免"]),
    ('    fee_code: "103042701"', '    fee_unit: QQQ', ["执收单位 QQQ", "部门名单"]),
    ("    partners: [ZGJ, JTJ]", "    partners: [ZGJ, QQQ]", ["部门 QQQ", "部门名单"]),
    ("    decider: P204", "    decider: P999", ["决定人 P999"]),
    ('code: "11429900MBX003033P4000109003001"', 'code: "11429900MBX003033P400010900300"', ["31 位"]),
    ('code: "11429900MBX003033P4000109003001"', 'code: "11429900MBX002022C4000109003001"', ["前 18 位"]),
    ('code: "11429900MBX003033P4000109003001"', 'code: "11429900MBX003033P9000109003001"', ["31 位"]),
    ("    to: 2026-06-30 ", "    to: 2026-06-31 ", ["2026-06-31", "读不出来"]),
    ("    to: 2026-06-30 ", "    to: 明年六月 ", ["to", "明年六月", "2026-01-05"]),
    ("    to: 2026-06-30 ", "    to: 2025-06-30 ", ["2025-06-30", "先后写反"]),
    ("    person: P701", "    person: P777", ["授权书 江住建授〔2026〕1号 ", "被授权人 P777"]),
    ("    deputy: P702", "    deputy: P701", ["被授权人和副代表", "P701"]),
    ("  G: 不动产登记\n", "  G: 1\n", ["G", "文字"]),
    ('region_code: "429900"', "region_code: 429900", ["region_code", "引号"]),
    ('[["09:00", "12:00"], ["13:30", "17:30"]]', '[["09:00", 12:00], ["13:30", "17:30"]]', ["钟点"]),
    ('[["09:00", "12:00"], ["13:30", "17:30"]]', '[["12:00", "09:00"], ["13:30", "17:30"]]', ["先后写反"]),
    ("noon_duty: true", "noon_duty: 是", ["noon_duty", "true 或 false"]),
    ("{zone: 综合区, post: B1, by: b}", "{zone: 综合区, post: B1, by: c}", ["by", "a、b"]),
    ("{zone: 综合区, post: B1, by: b}", "{zone: 月球区, post: B1, by: b}", ["午间排班 月球区 ", "区域 月球区"]),
    ("window_head: {A: P203,", "window_head: {A: P998,", ["审批人", "P998"]),
    ("dept_head: {SJJ: 游广川,", "dept_head: {SSS: 游广川,", ["部门负责人", "SSS"]),
    ("name: 普通护照首次签发\n", "name: 普通护照首次签发\n    name: 护照\n", ["“name”写了两遍"]),
    ("short_leave_minutes: 15", "short_leave_minute: 15", ["short_leave_minute", "short_leave_minutes"]),
    ("short_leave_minutes: 15", "short_leave_minutes: [15", ["读不下去"]),
    ("short_leave_minutes: 15", "short_leave_minutes: !!python/name:os.system 15", ["读不出来"]),
    ("schema: 1", "schema: 2", ["schema 不能写 “2”，要写 1。"]),
    ("level: 4 ", "level: 9 ", ["level", "1 到 5 的整数"]),
    ("max_calls: 3", "max_calls: 3\n  extra: 1", ["extra", "多余"]),
    ("{name: 证件照片, copies: 1, form: digital, essential: true}", "{name: 证件照片, copies: 1}", ["缺 form"]),
    ("{name: 证件照片, copies: 1, form: digital, essential: true}", "证件照片", ["materials", "名称: 内容"]),
    ("    letters: [D]\n", "    letters: D\n", ["letters", "列表"]),
    ("    windows: [7]\n", "    windows: []\n", ["windows 是空的"]),
    ("    steps: [窗口收件，当面核对材料, 窗口审查，提出意见, 首席代表当场授权, 用印，当场领取]\n", "    steps: []\n",
     ["事项 公司设立 ", "审批流程", "五要素不齐"]),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "words"), BROKEN)
def test_one_sentence_for_one_wrong_line(good: str, bad: str, words: list[str]) -> None:
    assert TRAINING.count(good) >= 1
    at = TRAINING.index(good)
    broken = TRAINING[:at] + bad + TRAINING[at + len(good) :]
    changed = [
        n for n, (old, new) in enumerate(zip(TRAINING.split("\n"), broken.split("\n"), strict=False), 1) if old != new
    ]
    document, findings = read_hall_document(broken)
    assert document is None
    assert len(findings) == 1, findings
    said_line = int(findings[0].removeprefix("第 ").split(" ", 1)[0])
    assert abs(said_line - changed[0]) <= 1, (findings, changed[0])
    assert all(word in findings[0] for word in words), findings
    assert findings[0].endswith("。")


def test_faces_of_seals_and_their_rules_are_read() -> None:
    issuer = "ab" * 32
    text = TRAINING.replace("lawful_issuers: []", f'lawful_issuers: ["{issuer}"]').replace(
        "duplex: false", "duplex: true"
    )
    document, findings = read_hall_document(text)
    assert findings == []
    assert document is not None
    hall = read_hall(document, "v")
    faces = {id_: (seal.diameter, seal.star, seal.number, seal.code) for id_, seal in hall.roster.seals.items()}
    assert faces["S-ZWJ"] == (45.0, True, "(1)", "1429900012345")
    assert faces["S-JTJ"] == (42.0, True, "", "")
    assert faces["S-JYJ"] == (40.0, False, "", "")
    assert faces["S-SJJ"] == (45.0, True, "", "")
    assert hall.lawful_issuers == {issuer}
    assert hall.duplex
    assert hall.keeper_may_authorise
    assert "撤销行政许可决定" in hall.not_usable_for


def test_an_item_without_its_way_is_refused_by_name() -> None:
    lines = TRAINING.split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith("    steps: "))
    document, findings = read_hall_document("\n".join(lines[:first] + lines[first + 1 :]))
    assert document is None
    assert len(findings) == 1
    assert "事项 公司设立 没有写审批流程（steps），五要素不齐，不能上目录" in findings[0]


def test_all_wrong_lines_are_said_at_once_in_their_order() -> None:
    broken = (
        TRAINING.replace("a: P103, b: P104", "a: P999, b: P998")
        .replace("fee: 12000", "fee: 多")
        .replace("hotline: ", "hotlin: ")
    )
    _, findings = read_hall_document(broken)
    lines = [int(finding.split(" ")[1]) for finding in findings]
    assert len(findings) == 3
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    "text",
    ["", "一句话", "- 1\n- 2\n", "a: &x [1]\nb: *x\n", "%", "\x00", "[" * 50_000, "a:\n\t- b", "? [1]\n: 2\n",
     "<<: {a: 1}\n", "{a: {a: " * 600],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_a_file_that_is_no_hall_is_told_not_thrown(text: str) -> None:
    document, findings = read_hall_document(text)
    assert document is None
    assert findings
    assert all(finding.startswith("第 ") and finding.endswith("。") for finding in findings)


def test_a_bomb_of_references_is_refused_quickly() -> None:
    bomb = "a0: &a0 [x, x, x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    document, findings = read_hall_document(bomb)
    assert document is None
    assert findings


@given(st.integers(0, len(TRAINING) - 1), st.integers(1, 60))
def test_a_torn_file_never_throws(at: int, length: int) -> None:
    document, findings = read_hall_document(TRAINING[:at] + TRAINING[at + length :])
    assert (document is None) == bool(findings)


@given(st.integers(0, TRAINING.count("\n") - 1))
def test_a_file_without_one_line_never_throws(line: int) -> None:
    lines = TRAINING.split("\n")
    document, findings = read_hall_document("\n".join(lines[:line] + lines[line + 1 :]))
    assert (document is None) == bool(findings)


@given(st.data())
def test_any_value_in_any_place_never_throws(data: st.DataObject) -> None:
    document = deepcopy(PARSED)
    holder, key = document, data.draw(st.sampled_from(sorted(document)))
    while isinstance(holder[key], dict | list) and holder[key] and data.draw(st.integers(0, 4)):
        holder = holder[key]
        key = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else list(range(len(holder)))))
    holder[key] = data.draw(
        st.sampled_from([None, True, -1, 1.5, "", "P999", [], [[]], [{}], {}, {"id": []}, {"a": [{}]}])
    )
    read, findings = read_hall_document(yaml.dump(document, allow_unicode=True, Dumper=_DUMPER))
    assert (read is None) == bool(findings)


@pytest.mark.parametrize(
    ("code", "right"),
    [("11429900MBX0010111", True), ("91110000600037341L", True), ("11429900MBX0010110", False),
     ("11429900MBX001011", False), ("", False), ("11429900MBI0010111", False)],
)  # fmt: skip
def test_unified_codes(code: str, right: bool) -> None:
    assert uscc_is_right(code) == right


def test_letters_live_on_the_day_of_training() -> None:
    document, _ = read_hall_document(TRAINING)
    assert document is not None
    today = date(2031, 5, 6)
    letters = {letter["department"]: letter for letter in shift_letters(document, today)["authorisations"]}
    assert letters["SJJ"]["from"] == (today - timedelta(days=300)).isoformat()
    assert letters["SJJ"]["to"] == (today + timedelta(days=365)).isoformat()
    assert letters["ZJJ"]["to"] == (today - timedelta(days=140)).isoformat()
    assert sum(letter["to"] < today.isoformat() for letter in letters.values()) == 1
    assert document["authorisations"][0]["to"] == "2026-12-31"
