"""占用的话 where a case is held, in words, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.command import Refusal, case_subject
from clerk_app.office.hold_rules import until_of
from clerk_app.office.line.holding import ReleaseCode, release_code_of, take_in_hand, take_over
from clerk_app.office.office import Office
from clerk_app.office.oversight.duty_desk import ask_break
from ui.cases.hold_pane import HoldView
from ui.language import tr
from ui.widgets.next_step import Act

READ_OUT, TAKE_OVER, BREAK, TAKE = "read_out", "take_over", "ask_break", "take"


@dataclass(frozen=True)
class Standing:
    """在谁手上 the case's holder as this machine knows it, and until when."""

    case: str
    here: bool
    free: bool
    until: datetime | None


@dataclass(frozen=True)
class Answered:
    """办了的 what came of an act: a sentence, whether it is good, and a code to read out."""

    sentence: str
    good: bool
    code: str = ""


def standing_of(office: Office, case: str) -> Standing:
    """Ask the books."""
    subject = case_subject(case)
    holder, device, until = office.read(lambda books: (books.holder(subject), books.device, until_of(subject, books)))
    return Standing(case, here=holder == device, free=holder is None, until=until)


def tell_hold(standing: Standing | None, roles: Iterable[str], *, connected: bool, code: str = "") -> HoldView:
    """占用 in one sentence and its acts."""
    if standing is None:
        return HoldView()
    if code:
        return HoldView(words=tr("把这个交接码念给对方。念出去以后，本窗口不再动这件。"), code=f"{code[:4]} {code[4:]}")
    if standing.here:
        until = tr("，到 {until:%H:%M}", until=standing.until) if standing.until else ""
        return HoldView(words=tr("在本窗口手上{until}。", until=until), acts=(Act(READ_OUT, tr("念交接码")),))
    cut = "" if connected else tr("线路断着")
    if standing.free:
        return HoldView(words=tr("没有窗口拿着。"), acts=(Act(TAKE, tr("拿到手"), reason=cut),))
    acts = [Act(TAKE_OVER, tr("凭码接手"), reason=cut)]
    if "duty_manager" in roles:
        acts.append(Act(BREAK, tr("提请解除占用"), reason=cut))
    ask = tr("对方念的 8 位交接码，或解除占用的原因") if len(acts) > 1 else tr("对方念的 8 位交接码")
    return HoldView(words=tr("在别的窗口手上。让那边交出来，或念交接码。"), ask=ask, acts=tuple(acts))


def act_on_hold(office: Office, case: str, name: str, typed: str) -> Answered:
    """Do it; asks the centre where it must."""
    if name == READ_OUT:
        found = release_code_of(office, case)
        if isinstance(found, ReleaseCode):
            unsent = tr("还有 {unsent} 步没送到中心，对方先办的算数。", unsent=found.unsent) if found.unsent else ""
            return Answered(tr("交接码念给对方，本窗口不再动这件。{unsent}", unsent=unsent), True, found.code)
        return Answered(found.sentence, False)
    if name == BREAK:
        if not typed.strip():
            return Answered(tr("还没写为什么要解除，占用没有变。写一句再提。"), False)
        asked = ask_break(office, case_subject(case), typed)
        if isinstance(asked, Refusal):
            return Answered(asked.sentence, False)
        return Answered(tr("已提请解除占用，等首席代表同意；在“待办”里签。"), True)
    refusal = take_over(office, case, typed) if name == TAKE_OVER else take_in_hand(office, case)
    return Answered(refusal.sentence, False) if refusal else Answered(tr("这件拿到本窗口手上了。"), True)
