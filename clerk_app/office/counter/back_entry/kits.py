"""备用件 printed from this machine's numbers, handed to a window, returned: a kit comes out once, its numbers are spent with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from clerk_app.cases.back_entry.kits import HandPaperKit, KitNumber, PrintPaperKit, ReturnPaperKit, SpoilKitSheet
from clerk_app.cases.back_entry.model import MOST_SHEETS
from clerk_app.cases.model import case_kind
from clerk_app.command import Refusal
from clerk_app.office.line.blocks import draws
from clerk_app.office.office import Office, Outcome
from clerk_app.receipts.kit_paper import KitPaper, kit_leaf, leaf_numbers

OUT = ("done", "sent")


@dataclass(frozen=True, kw_only=True)
class PrintedKit:
    """印好的一套 its bytes, its numbers in words, and why it is not out of the printer (empty: it is)."""

    kit: str
    numbers: str
    pdf: bytes = field(repr=False)
    not_out: str = ""


def print_kit(office: Office, count: int, reason: str) -> PrintedKit | Refusal:
    """印一套: the pages are made first, so that a kit that cannot be drawn spends no number. Not for the screen's thread."""
    session, pages = office.session, office.parts.pages
    if session is None or pages is None:
        return Refusal("no-pages-here", "这台机器做不了 A4 文书，没有印，号都在。到别的窗口印。")
    if not 0 < count <= MOST_SHEETS:
        return Refusal("kit-size", f"一套要 1 到 {MOST_SHEETS} 份，没有印，号都在。改个份数再印。")
    stamp = office.stamp()
    drawn = draws(office, case_kind(stamp.at.year), count)
    if len(drawn) < count:
        return Refusal(
            "numbers-short", f"本机的号只剩 {len(drawn)} 个，不够印 {count} 份，没有印。连上中心领了号再印。"
        )
    numbers = tuple(
        KitNumber(block=one.block, serial=one.serial, query_code=office.parts.new_query_code()) for one in drawn[:count]
    )
    paper = KitPaper(
        hall=office.hall.name,
        hotline=office.hall.hotline,
        year=stamp.at.year,
        reason=reason.strip(),
        printed_by=session.person.name,
        printed_at=stamp.at,
        leaves=tuple(kit_leaf(office.hall.id, stamp.at, one.serial, one.query_code) for one in numbers),
        url=office.hall.citizen_url,
        training=office.parts.settings.training,
    )
    try:
        pdf = pages.kit(paper)
    except ValueError as error:
        return Refusal("kit-not-made", str(error))
    command = PrintPaperKit(
        **stamp.fields(office.parts.new_id), kit=office.parts.new_id(), numbers=numbers, reason=reason
    )
    done = office.do(command)
    if isinstance(done, Refusal):
        return done
    return PrintedKit(
        kit=command.kit, numbers=leaf_numbers(paper.leaves), pdf=pdf, not_out=_sent(office, pdf, command.kit)
    )


def _sent(office: Office, pdf: bytes, kit: str) -> str:
    """To the A4 printer, once: two of one number must not lie about."""
    printer = office.parts.page_printer
    if printer is None:
        return "这台机器没有接 A4 打印机"
    said = printer.send(pdf, "纸质备用件", 1)
    return "" if said.state in OUT else said.said.rstrip("。") or "打印机没有答应"


def hand_kit(office: Office, kit: str, window: int, taker: str) -> Outcome:
    """领用."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(HandPaperKit(**fields, kit=kit, to_window=window, taker=taker))


def return_kit(office: Office, kit: str, blank: Sequence[str]) -> Outcome:
    """交回: these came back blank."""
    return office.do(ReturnPaperKit(**office.stamp().fields(office.parts.new_id), kit=kit, blank=tuple(blank)))


def spoil_sheet(office: Office, sheet: str, reason: str) -> Outcome:
    """作废一份."""
    return office.do(SpoilKitSheet(**office.stamp().fields(office.parts.new_id), sheet=sheet, reason=reason))
