"""出件的单子 printed on demand: the handover both sign, an address once more, the day's list for the carrier."""

from __future__ import annotations

from datetime import date

from clerk_app.command import Refusal
from clerk_app.office.counter.handing_slips import post_list_now, transfer_now
from clerk_app.office.counter.paper_copies import print_again
from clerk_app.office.office import Office, Outcome
from clerk_app.receipts.handing.slips import ADDRESS
from clerk_app.receipts.slip import Slip


def print_transfer(office: Office, transfer: str, reason: str = "") -> Outcome:
    """交接单 of one handover, as it stands now: once; then as a marked copy with its reason."""
    slip = office.read(lambda books: transfer_now(office, books, transfer)) if transfer else None
    if slip is None:
        return Refusal("transfer-empty", "这一次还没有收进来的件，没有打交接单。先扫文书上的码。")
    return _print(office, slip, reason)


def print_post_list(office: Office, day: date, reason: str = "") -> Outcome:
    """邮寄清单 of a day: printed again it is a copy with its reason, and tells what came to it since."""
    slip = office.read(lambda books: post_list_now(office, books, day))
    if slip is None:
        return Refusal("nothing-posted", f"{day.month}月{day.day}日本窗口还没有交寄，没有打清单。")
    return _print(office, slip, reason)


def print_address_again(office: Office, waybill: str, reason: str) -> Outcome:
    """补打地址条."""
    job = office.parts.vault.spool.newest_of(waybill, (ADDRESS,))
    if job is None:
        return Refusal("unknown-paper", "本机没有打过这张地址条，没有补打。到交寄的窗口补。")
    return print_again(office, job.id, job.copy_no + 1, reason)


def _print(office: Office, slip: Slip, reason: str) -> Outcome:
    job = office.parts.vault.spool.newest_of(slip.doc_no, (slip.doc_type,))
    if job is not None:
        return print_again(office, job.id, job.copy_no + 1, reason)
    return office.print_out([slip])
