"""事项卡怎么说 an item's card in words, and the two things that can be done with it."""

from __future__ import annotations

from clerk_app.cases.catalogue import Item
from clerk_app.hall import Hall
from clerk_app.office.counter.guide import item_guide
from ui.language import tr
from ui.queueing.card_view import SAVE_CARD, SHUT_CARD, CardPart, ItemCardView
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView


def tell_card(item: Item, hall: Hall, *, saving: bool) -> ItemCardView:
    """The card of an item."""
    guide = item_guide(hall, item)
    keep = Act(SAVE_CARD, tr("正在存…") if saving else tr("存成 A4 指南"), Key.PRINT, tr("正在存") if saving else "")
    return ItemCardView(
        code=item.code,
        title=guide.title,
        kind=guide.kind,
        parts=tuple(CardPart(head=part.head, lines=part.lines) for part in guide.parts),
        papers=CardPart(head=tr("申报材料"), lines=guide.papers),
        ask_first=guide.ask_first,
        say_no=guide.say_no,
        notes=guide.notes,
        next=NextStepView(
            tr("看完回到手上的事，填的都在。"),
            tr("指南给申请人带走，“怎么说”只在屏上。"),
            Act(SHUT_CARD, tr("回去接着办"), Key.NEXT_STEP),
            (keep,),
        ),
        file=tr("{title}办事指南.pdf", title=guide.title),
    )
