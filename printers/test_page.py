"""测试页 a page that shows at a glance what a printer can do, the three questions about it, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from clerk_app.receipts.slip import Feed, Pair, Qr, Rule, Slip, Text
from printers.profiles import Columns, Profile, Rom

DOC_TYPE = "test-page"
_LETTERS: dict[Rom, str] = {
    "gb18030": "国标全字库",
    "gbk": "常用字和次常用字",
    "gb2312": "只有常用字",
    "ascii": "没有汉字，全部用图形打",
}
_COMPLETIONS = {
    "process_id": "会回报每一张打完",
    "fence": "会回报打到哪里",
    "none": "不会回报，送完算推定已出",
    "": "还没有问过",
}


@dataclass(frozen=True)
class Question:
    """测试页的一问 for who holds the page; `answers` are (key, words), the first one is the good one."""

    key: str
    text: str
    answers: tuple[tuple[str, str], ...]


QUESTIONS = (
    Question(
        "ruler",
        "标尺的数字那一行，是不是正好一行？",
        (("fits", "正好一行"), ("wraps", "折成了两行"), ("short", "右边空出一截")),
    ),
    Question(
        "letters",
        "三行汉字（常用字、次常用字、生僻姓名）都对吗？",
        (("right", "都对"), ("common", "次常用字不对"), ("garbled", "常用字也是乱的")),
    ),
    Question(
        "code",
        "二维码扫得出来吗，纸切断了吗？",
        (
            ("both", "扫得出，也切断了"),
            ("not_cut", "扫得出，没有切断"),
            ("no_code", "扫不出，切断了"),
            ("neither", "扫不出，也没有切断"),
        ),
    ),
)

_NARROWER: dict[Columns, Columns] = {48: 42, 42: 32, 32: 32}
_WIDER: dict[Columns, Columns] = {32: 42, 42: 48, 48: 48}


def learned(profile: Profile, answers: Mapping[str, str]) -> Profile:
    """The profile with what a person read off the page; ValueError with one sentence for what is no answer."""
    for question in QUESTIONS:
        if answers.get(question.key) not in dict(question.answers):
            raise ValueError(f"「{question.text}」还没有答。")
    if len(answers) != len(QUESTIONS):
        raise ValueError("测试页没有问这一项。")
    width = {"wraps": _NARROWER, "short": _WIDER}.get(answers["ruler"], {})
    letters: dict[str, Rom] = {"common": "gb2312", "garbled": "ascii"}
    return replace(
        profile,
        columns=width.get(profile.columns, profile.columns),
        rom=letters.get(answers["letters"], profile.rom),
        native_qr=profile.native_qr and answers["code"] in ("both", "not_cut"),
        cutter=profile.cutter and answers["code"] in ("both", "no_code"),
        answers=MappingProxyType(dict(answers)),
    )


def test_page(profile: Profile, head: str) -> Slip:
    """The page for one device; `head` says which one it is, and stands in the QR too."""
    return Slip(
        DOC_TYPE,
        head,
        (
            Text("打印测试页", size=2, bold=True, align="center"),
            Text(head, align="center"),
            Feed(),
            *_width(profile.columns),
            Rule(),
            *_chinese(),
            Rule(),
            Qr(f"https://example.invalid/printer-test?to={head}", "扫一扫，应看到上面的名称"),
            *_known(profile),
            Text("以下应当走纸并切断。" if profile.cutter else "以下应当走纸，从这里撕下。", align="center"),
        ),
    )


def _width(columns: int) -> tuple[Text, ...]:
    ruler = ("1234567890" * 5)[:columns]
    return (
        Text(f"标尺：{columns} 列，应正好满一行"),
        Text(ruler),
        Text("国" * (columns // 2)),
        Text("二倍 A1", size=2),
        Text("三倍 A1", size=3),
        Text("加粗 居右", bold=True, align="right"),
    )


def _chinese() -> tuple[Text | Pair, ...]:
    return (
        Text("标点：，。、；：？！（）《》【】“”‘’—…·×÷℃№①Ⅰ￥"),
        Pair("常用字", "临江市政务服务中心"),
        Pair("次常用字", "镕堃喆祎玥珺"),
        Pair("四字节字", "㛃、㙓、䶮"),
        Pair("生僻姓名", "张㛃䶮、王𬭊"),
        Text("生僻字由图形打印，应与旁边的字一样大。"),
    )


def _known(profile: Profile) -> tuple[Pair, ...]:
    named = (Pair("机型", profile.name),) if profile.name else ()
    return (
        *named,
        Pair("纸宽", f"{profile.columns} 列"),
        Pair("字库", _LETTERS[profile.rom]),
        Pair("打完", _COMPLETIONS[profile.completion]),
    )
