"""验章页 what is asked, what a sealed file turned out to be, and what a paper's code says: plain HTML without script."""

from __future__ import annotations

from clerk_app.receipts.words import full_day
from clerk_app.sealing.paper_code import PaperCode
from clerk_app.server.citizen.form import HallCard
from clerk_app.server.citizen.html import Markup, element
from clerk_app.server.citizen.pages import line, panel, whole_page
from clerk_app.server.citizen.upload import CODE, FILE
from clerk_app.server.citizen.verdict import Answer, Verdict, answer_words

VERIFY = "/verify"

COPY = "打印件是复印件，以电子文件为准。二维码只证明码上的几项，不证明纸上的印迹。"
_PROMISE = "您交来的文件只看这一遍，不保存，也不记录。"
_whole: dict[Answer, str] = {"yes": "文件是真的，盖章当时有效", "no": "这份文件不能认", "open": "还不能下结论"}
_next: dict[Answer, str] = {
    "yes": "",
    "no": "别凭它办事。留着原来的文件，拿到大厅问，或打下面的电话。",
    "open": "要人来核：拿着文件到大厅问，或打下面的电话。",
}


def ask_page(card: HallCard | None, wrong: str = "") -> str:
    """验章 a file to be sent in, or a code to be typed or scanned in; `wrong` is what was not right about the last."""
    body = [
        _heading("验章", card),
        line(wrong, "warn") if wrong else None,
        _form(
            "有电子文件",
            element("label", "盖了电子印章的 PDF，不超过 10 MB", for_="file"),
            element("input", type="file", name=FILE, id="file", accept="application/pdf,.pdf"),
            button="验这个文件",
        ),
        _form(
            "只有纸",
            line("用手机扫纸上的二维码。扫不了，把码上的字填在这里："),
            element("label", "PC1 开头的一长串", for_="code"),
            element("input", type="text", name=CODE, id="code", autocomplete="off", autocapitalize="characters"),
            button="核对这个码",
        ),
        line(COPY, "quiet"),
    ]
    return whole_page("验章", body, card, promise=_PROMISE)


def _form(heading: str, *inside: Markup, button: str) -> Markup:
    send = element("button", button, type="submit")
    asked = element("form", *inside, send, method="post", action=VERIFY, enctype="multipart/form-data")
    return element("section", element("h2", heading), asked, class_="panel")


def verdict_page(verdict: Verdict, card: HallCard | None) -> str:
    """结论 the three answers, each with its reasons."""
    answer = verdict.answer
    body = [
        _heading(_whole[answer], card),
        line(_next[answer], "warn") if _next[answer] else None,
        *(
            element(
                "section",
                line(f"{said.question}：{answer_words[said.answer]}", "state"),
                *(line(reason) for reason in said.reasons),
                class_="panel",
            )
            for said in verdict.lines
        ),
        line(COPY, "quiet"),
        _again(),
    ]
    return whole_page(f"验章：{_whole[answer]}", body, card, promise=_PROMISE)


def code_page(code: PaperCode, card: HallCard, ended: str = "") -> str:
    """码是真的 its fields, to be held against the paper."""
    facts = [
        ("文书", code.title), ("文号", code.document_no), ("给谁", code.to), ("谁出的", code.department),
        ("日期", full_day(code.day)), ("办件编号", code.case_no),
    ]  # fmt: skip
    parts = [part for label, value in facts if value for part in (element("dt", label), element("dd", value))]
    body = [
        _heading("码是真的，请和纸对一遍", card),
        line(f"这个码是{card.name}的机器签的。", "state"),
        line(ended, "warn") if ended else None,
        element("dl", *parts, class_="panel"),
        panel("怎么对", "上面每一项都要和纸上印的一样。有一项不一样，纸就被改过：别凭它办事，打下面的电话。"),
        line("人名只露头尾。文书后来有没有作废，码上看不出来；有电子文件的，验电子文件。", "quiet"),
        line(COPY, "quiet"),
        _again(),
    ]
    return whole_page("码是真的", body, card, promise="本页只显示码上的几项，不保存。")


def false_code_page(words: str, card: HallCard | None) -> str:
    """码不能认."""
    body = [
        _heading("这个二维码不能认", card),
        line(words, "warn"),
        panel("怎么办", "先重扫一次，码要扫全。还是这样，别凭这张纸办事，拿着它到大厅问。"),
        _again(),
    ]
    return whole_page("码不能认", body, card, promise="本页不保存您扫的码。")


def too_large_page() -> str:
    """文件太大."""
    return ask_page(None, "文件超过 10 MB，没有收。大厅出的文书没有这么大，看看是不是拿错了文件。")


def _heading(words: str, card: HallCard | None) -> Markup:
    return element("header", line(card.name, "hall") if card else None, element("h1", words, class_="long"))


def _again() -> Markup:
    return element("p", element("a", "再验一份", href=VERIFY))
