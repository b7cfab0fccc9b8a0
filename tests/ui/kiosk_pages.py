"""自助机取号的几页 with something on each, for who walks over all pages; what they do is asked for in `tests/ui/kiosk`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.kiosk.ticket_pages import AskCard, ChoicePage, NumberPage, PersonPage
from ui.kiosk.ticket_view import AskView, ChoiceView, NumberView, PersonView
from ui.kiosk.tiles import TileView

HALF = "上午号满了"
SERVICES = (
    TileView(key="A", words="企业开办与登记", note="3 人在等，约 20 分钟", badge="A"),
    TileView(key="B", words="综合受理", note="没有人等", badge="B"),
    TileView(key="C", words="户籍与身份证", badge="C", reason=HALF),
)


def ticket_pages() -> tuple[QWidget, ...]:
    """选一个、刷身份证、拿号、问一句."""
    choice, person, number, ask = ChoicePage("kioskServices"), PersonPage(), NumberPage(), AskCard("kioskOnce")
    choice.render(ChoiceView(title="办哪一类？", tiles=SERVICES, note="不知道选哪个，问总服务台。"))
    person.render(
        PersonView(
            title="刷身份证", about="企业开办与登记", go="取号", skip="不刷，直接取号", said="没读到，再刷一次。",
            aids=(TileView(key="large", words="大字号票"), TileView(key="help", words="要人帮忙", checked=True)),
        )
    )  # fmt: skip
    number.render(
        NumberView(head="取到号了", number="A061", business="企业开办与登记", waiting="前面 3 人", where="2号窗口")
    )
    ask.render(
        AskView(
            head="票打出来了吗？",
            words="机器说不清，看一眼出纸口。",
            yes="出来了",
            no="没出来",
            number="A061",
            equal=True,
        )
    )
    return choice, person, number, ask
