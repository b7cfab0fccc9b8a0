"""翻译 every sentence has one, with the same places to fill; nothing on the window is said past `tr()`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clerk_app.registration.model import empty_document, missing
from tests.registration.test_form import FORM
from tests.translations import __main__ as catalogues
from tests.translations.__main__ import FILES, lacking, wanted
from tests.translations.sources import loose
from ui.catalogue import CHINESE, Catalogue, holes
from ui.language import asked_language, catalogue, entries

_typed = re.compile(r"[\\()|\[\]?*+]")
READ = {
    # typed by a person, or looked for in what the rooms say
    "今天", "明天", "后天", "首席代表岗", "首席代表", "您改的都接上了", "其余您改的都接上了", "第 ", "行政审批专用章", "审批章",
    "印章 ", "，没有用印", "还没问", "只授受理", "（万元）", "打印机",
    # how each language calls itself
    "中文",
    # a name the tour types
    "江州岚栎舟信息技术有限公司",
    # how a Chinese sentence ends
    "。！？…：；", "{a}。",
}  # fmt: skip
EXAMPLES = {
    "2035-08-01 or 长期",
    "E.g. 江政发〔2026〕12号",
    "E.g. 江政服人〔2026〕5号",
    "Write like 复议:市政府;诉讼:区法院 (review, then court)",
    "卢小珍",
    "岚栎舟",
    "江市监授〔2026〕2号",
}
"""What is typed as it is on a Chinese paper."""
PUBLIC = (
    "ui/windowscreen/",
    "ui/voice/",
    "ui/catalogue.py",
    "ui/queueing/telling_slip.py",
    "ui/queueing/slip_sketch.py",
)
"""What citizens hear and read, and the sketch of a paper."""
GONE = "没有人再说的一句"


def test_nothing_is_said_past_the_catalogue() -> None:
    stray = [
        f"{one.file}:{one.line} {one.source}"
        for one in loose()
        if one.source not in READ
        and len(one.source) > 1
        and not _typed.search(one.source)
        and not one.file.startswith(PUBLIC)
    ]
    assert not stray, "put into tr(), or named here with the reason"


@pytest.mark.parametrize(("file", "kind"), FILES, ids=[kind for _, kind in FILES])
def test_every_sentence_is_translated_with_its_places(file, kind) -> None:  # type: ignore[no-untyped-def]
    """A source that changed has no translation any more: `python -m tests.translations` puts it in, empty."""
    assert lacking(kind, entries(file)) == [], "untranslated, filled at other places than the source, or gone"


def test_a_check_says_what_lacks_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "en.po"
    before = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{GONE}"\nmsgstr "gone"\n'
    file.write_text(before, encoding="utf-8")
    monkeypatch.setattr(catalogues, "FILES", ((file, "own"),))
    assert catalogues.main(["--check"]) == 1
    said = capsys.readouterr().out
    assert f"{len(wanted('own')) + 1} to do" in said
    assert f"no longer in the source: {GONE}" in said
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(("file", "kind"), FILES, ids=[kind for _, kind in FILES])
def test_no_chinese_is_left_in_english(file, kind) -> None:  # type: ignore[no-untyped-def]
    assert {words for words in entries(file).values() if CHINESE.search(words)} <= EXAMPLES


def test_a_format_is_kept_with_its_place() -> None:
    """`{at:%H:%M}` shown without its format would be a date no clerk can read."""
    whole, kept = re.compile(r"\{[^{}]*\}"), re.compile(r"[^\w%{}:.,]|[\u4e00-\u9fff-]")
    for file, _ in FILES:
        for source, words in entries(file).items():
            wanted_here, here = ([kept.sub("", one) for one in sorted(whole.findall(text))] for text in (source, words))
            assert wanted_here == here, source


def test_a_sentence_of_the_rooms_is_read_back_and_said_in_english() -> None:
    told = Catalogue(
        {"离岗": "absent"},
        {
            "{a}号窗口断线，没有叫号。": "Window {a} is cut off; nobody was called.",
            "{a}离岗了": "{a} left",
            "再试。": "Try again.",
        },
    )
    assert told.said("4号窗口断线，没有叫号。再试。") == "Window 4 is cut off; nobody was called. Try again."
    assert told.said("卢小珍离岗了") == "卢小珍 left"
    assert told.said("Why: 离岗") == "Why: absent"
    assert told.said("没有人翻过的一句") == "没有人翻过的一句"


def test_the_form_and_what_is_said_of_it_are_whole_in_english() -> None:
    told = catalogue("en")
    assert told is not None
    said = [one.sentence for one in missing(FORM, empty_document(FORM))]
    said += [f"{step.name}·第 1 位股东·第 2 {one.counted}" for step in FORM.steps for one in FORM.repeats]
    said += [word for one in FORM.fields for word in (one.label, one.help, one.tick, *one.choices)]
    said += [f"第 1 位股东：还没填“{one.label}”。" for one in FORM.fields]
    assert not [one for one in said if CHINESE.search(told.said(one))]
    assert told.said("还没填登记机关。") == "Fill in: Registration authority."
    assert told.said("还没填名称申报文号。") == "Fill in: Name approval no."


def test_places_are_found_with_their_formats() -> None:
    assert holes("{at:%H:%M} {name}，{{不是}}") == ["at", "name"]


@pytest.mark.parametrize(
    ("argv", "language"),
    [([], "zh"), (["--lang", "en"], "en"), (["--lang=en", "--demo"], "en"), (["--lang", "fr"], "zh")],
)
def test_the_language_is_known_before_the_pages(argv: list[str], language: str) -> None:
    assert asked_language(argv) == language
