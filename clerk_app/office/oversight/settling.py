"""了结 what a person makes of a command that was not done as asked: done again, dropped, handed over, ratified, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from clerk_app.cases.correcting import CompleteCorrection, NotifyOnce
from clerk_app.cases.usecases import AcceptCase
from clerk_app.command import Command, Refusal
from clerk_app.office.counter import intake, visit
from clerk_app.office.counter.handing.acts import HandOut
from clerk_app.office.counter.handing.acts import hand_over as hand_over_result
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.oversight.model import SettledHow
from clerk_app.oversight.settling import RatifyConflict, SettleCommand
from clerk_app.oversight.tasks import HandToDutyManager
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.sync.verdicts import not_done
from clerk_app.sync.wire import Codec, UnreadableCommand, read_envelope

_unknown = Refusal("unknown-command", "本机没有这一步，什么都没改。刷新一下再看。")
_settled = Refusal("already-settled", "这一步已经有人了结了，没有再办。刷新看看是怎么了结的。")
_pin = Refusal("redo-there", "授权要首席代表当面再签，没有重办。到“用印”那一页重新授权，再回来作罢这一步。")
_new_ticket = Refusal("redo-there", "号票不重办，没有变化。给人重新取一个号，再回来作罢这一步。")
_from_outside = Refusal(
    "redo-there", "网上的件在收件箱里重办，这里没有变化。到收件箱看它在谁手上，还等着就从那里收，再回来作罢这一步。"
)
_elsewhere: dict[str, Refusal] = {
    "authorise_decision": _pin,
    **dict.fromkeys(("take_ticket", "receive_case", "register_case", "take_spot_case"), _new_ticket),
}


def standing_of(office: Office, command: str) -> Command | Refusal:
    """The command as it was recorded here, if it waits for a person."""
    rows = office.parts.vault.journal.rows(sorted(not_done), 5000)
    row = next((row for row in rows if row.id == command), None)
    data = office.parts.vault.journal.envelope(command)
    if row is None or data is None:
        return _unknown
    if row.settled:
        return _settled
    try:
        return Codec(office.parts.register).command(read_envelope(data).body)
    except UnreadableCommand:
        return Refusal("unreadable", "这一步的内容读不了，不能重办。请管理员看过以后作罢。")


def settle(office: Office, command: str, how: SettledHow, note: str = "", by: str = "") -> Outcome:
    """了结 in one word."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(SettleCommand(**fields, settled=command, how=how, note=note, replaced_by=by))


def drop(office: Office, command: str, note: str = "") -> Outcome:
    """作罢: it was not done, and will not be. The row stays, and says so."""
    found = standing_of(office, command)
    if isinstance(found, Refusal) and found.type != "unreadable":
        return found
    return settle(office, command, "dropped", note)


def reissue(office: Office, command: str) -> Outcome:
    """重办 the same act now, on the case as it stands now, as a new command of the signed-in person."""
    found = standing_of(office, command)
    if isinstance(found, Refusal):
        return found
    if refusal := _elsewhere.get(found.kind):
        nobody_came = refusal is _new_ticket and getattr(found, "ticket", None) == ""
        return _from_outside if nobody_came else refusal
    again = _again.get(found.kind, _plainly)(office, found)
    if isinstance(again, Done):
        settle(office, command, "reissued", by=again.command)
    return again


def _plainly(office: Office, command: Command) -> Outcome:
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(replace(command, **fields, needs=(), fences={}))


def _accept(office: Office, command: Command) -> Outcome:
    """With a fresh number and a fresh receipt: the old ones are out there, and wrong."""
    case = office.read(lambda books: books.case(command.case)) if isinstance(command, AcceptCase) else None
    return _unknown if case is None else visit.accept(office, case)


def _hand_over(office: Office, command: Command) -> Outcome:
    if not isinstance(command, HandOverCase):
        return _unknown
    case = office.read(lambda books: books.case(command.case))
    if case is None:
        return _unknown
    out = HandOut(
        receiver=command.receiver,
        proof=command.proof,
        as_who=command.as_who,
        letter=command.letter,
        signed=command.signed,
        witness=command.witness,
        signature=command.signature,
        without_slip=command.without_slip,
    )
    return hand_over_result(office, case, out)


def _notify(office: Office, command: Command) -> Outcome:
    """With a fresh slip, told from here."""
    if not isinstance(command, NotifyOnce):
        return _unknown
    return intake.notify_once(
        office,
        command.case,
        command.gaps,
        command.bring_by,
        where=command.where,
        requeue=command.requeue,
        override_reason=command.override_reason,
    )


def _complete(office: Office, command: Command) -> Outcome:
    if not isinstance(command, CompleteCorrection):
        return _unknown
    return intake.complete_correction(office, command.case, command.brought, command.brought_as)


_again: dict[str, Callable[[Office, Command], Outcome]] = {
    "accept_case": _accept,
    "hand_over_case": _hand_over,
    "notify_once": _notify,
    "complete_correction": _complete,
}


def hand_over(office: Office, subject: str, words: str, command: str = "") -> Outcome:
    """交值班长 with this window's own words."""
    if not words.strip():
        return Refusal("words-missing", "还没写要值班长做什么，没有交。写一句再交。")
    fields = office.stamp().fields(office.parts.new_id)
    task = office.parts.new_id()
    return office.do(HandToDutyManager(**fields, task=task, subject=subject, words=words, concerning=command))


def ratify(office: Office, command: str, note: str) -> Outcome:
    """追认: the centre applies it when this word reaches it."""
    return office.do(RatifyConflict(**office.stamp().fields(office.parts.new_id), ratified=command, note=note))


def take_back(office: Office, command: str, note: str) -> Outcome:
    """收回: it does not count, and what was printed of it is back."""
    if not note.strip():
        return Refusal("note-missing", "还没写收回了什么，没有记。写一句再记。")
    return settle(office, command, "taken_back", note)
