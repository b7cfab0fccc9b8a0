"""叫号页怎么说 the whole page in words, and the one strip that stands above the next step."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.hall import Hall
from ui.language import tr
from ui.queueing.over import NOTHING, Over, tell_over
from ui.queueing.state import CounterState
from ui.queueing.telling_case import tell_work
from ui.queueing.telling_ticket import tell_ticket, tell_waiting
from ui.queueing.view import CounterView, LetterChoice, PriorityChoice
from ui.widgets.strip import StripView

PRINTING, SYNC = "printing", "sync"


def tell_counter(
    state: CounterState, hall: Hall, refusal: Refusal | None, revealed: bool, over: Over = NOTHING
) -> CounterView:
    """Everything on the page, from one moment."""
    another = state.case is not None and state.case.id == over.another
    strip, _ = tell_strip(state, refusal)
    return CounterView(
        ticket=tell_ticket(state, hall),
        waiting=tell_waiting(state, hall),
        work=tell_over(state, hall, over) or tell_work(state, hall, revealed, another=another),
        strip=strip,
        letters=tuple(LetterChoice(letter=k, name=v) for k, v in hall.queue.letters.items()),
        priorities=tuple(PriorityChoice(key=p.key, name=p.name, basis=p.basis) for p in hall.queue.priorities),
    )


def tell_strip(state: CounterState, refusal: Refusal | None) -> tuple[StripView | None, str]:
    """The most urgent message and the page its link opens: what was refused here, at the centre, or by the printer."""
    if refusal is not None:
        return _split(refusal.sentence, ""), ""
    if state.troubles:
        first = state.troubles[0]
        more = tr("还有 {count} 条。", count=len(state.troubles) - 1) if len(state.troubles) > 1 else ""
        return _split(tr("中心没收一步：{sentence}{more}", sentence=first.sentence, more=more), tr("去同步看")), SYNC
    if state.job is not None and state.job.state == "unknown":
        return _split(tr("这张受理回执出来了吗？机器说不清，看一眼出纸口再答。"), tr("去打印答")), PRINTING
    if state.job is not None and state.job.state in ("not_sent", "blocked"):
        return _split(tr("回执没打出：{said}", said=state.job.said), tr("去打印看")), PRINTING
    return None, ""


def _split(sentence: str, link: str) -> StripView:
    head, _, rest = sentence.partition("。")
    return StripView(head=tr("{head}。", head=head) if not head.endswith("？") else head, rest=rest, link=link)
