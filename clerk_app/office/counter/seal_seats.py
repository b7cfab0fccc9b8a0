"""用印席 in which machine a seal's key is, who opens it, and what its face looks like there.

A key that is found in this machine is registered as a fact, so that every desk knows where to ask for it. What is authorised
for a seal that lies elsewhere waits there for its keeper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.command import Refusal
from clerk_app.duty.model import Person, Seal
from clerk_app.duty.standing import absence_of
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.ports.seal import SealCard, SealKey, SealKeyAway, SealKeyTrouble
from clerk_app.sealing.custody import SeatSeal, keepers, keeps, serves, standing_of_seal, unusable
from clerk_app.sealing.faces import face_of, mark_of, seam_of
from clerk_app.sealing.model import SealStanding
from clerk_app.sealing.paper import SealFace, Seam

_kept = "没有用印，办件没有变化"


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """开印章的人 who he is, and the PIN he typed for the seal's key; nothing keeps it."""

    person: str
    pin: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SealSeat:
    """用印席 the device a seal's key is in; `here` when it is this one."""

    device: str
    here: bool


def seat_of(office: Office, seal: str) -> SealSeat | Refusal:
    """Where this seal is put on papers."""
    keys, device = office.parts.seal_keys, device_of(office)
    if keys is not None and keys.card(seal) is not None:
        return SealSeat(device=device, here=True)
    standing = standing_here(office, seal)
    if standing is not None and standing.seat and standing.seat != device:
        return SealSeat(device=standing.seat, here=False)
    return Refusal("no-seal-key", f"这枚印章的钥匙不在这台机器上，{_kept}。插上钥匙，或到有钥匙的席位用印。")


def seals_of(office: Office, item: Item) -> tuple[str, ...]:
    """能用的印章 the one the item names, then the other numbered ones of its department and kind."""
    seals = office.hall.roster.seals
    wanted = seals.get(item.seal)
    others = (one.id for one in seals.values() if wanted is not None and serves(one, wanted))
    return tuple(dict.fromkeys((item.seal, *others)))


def chosen_seal(office: Office, item: Item) -> str:
    """用哪一枚: the first that may be used and whose key is here, else one that lies elsewhere, else the item's own."""
    found = [seal for seal in seals_of(office, item) if _usable(office, seal)]
    seats = {seal: seat_of(office, seal) for seal in found}
    here = [seal for seal, seat in seats.items() if not isinstance(seat, Refusal) and seat.here]
    away = [seal for seal, seat in seats.items() if not isinstance(seat, Refusal) and not seat.here]
    return next(iter((*here, *away)), item.seal)


def _usable(office: Office, seal: str) -> bool:
    known, now = office.hall.roster.seals.get(seal), office.parts.clock.now()
    if known is None or not known.electronic:
        return False
    return office.read(lambda books: unusable(known, now, books, electronic=True)) is None


def device_of(office: Office) -> str:
    """本机编号."""
    return office.read(lambda books: books.device)


def standing_here(office: Office, seal: str) -> SealStanding | None:
    """As the books of this machine have it."""
    known = office.hall.roster.seals.get(seal)
    return office.read(lambda books: standing_of_seal(known, books)) if known else None


def keeper_for(office: Office, seal: str, chief: Person) -> str | Refusal:
    """Who opens it by himself: the authoriser where he keeps it and the hall allows both; else whoever has to be asked."""
    known = office.hall.roster.seals.get(seal)
    if known is None:
        return Refusal("unknown-seal", f"大厅的印章名单里没有 {seal}，{_kept}。找管理员核对名单。")
    now = office.parts.clock.now()
    may, both = office.read(lambda books: (_there(known, books, now), books.keeper_may_authorise))
    others = [one for one in may if one != chief.id]
    if chief.id in may and both:
        return chief.id
    if others:
        return others[0]
    name = office.hall.roster.name_of(known.custodian)
    return Refusal("no-keeper", f"{known.name}由{name}保管，他不在，也没有交接，{_kept}。先登记交接，或等他来。")


def _there(seal: Seal, books: Books, now: datetime) -> tuple[str, ...]:
    """Who may keep it and is not recorded away; who types his PIN here is here."""
    may = (one for one in keepers(seal, standing_of_seal(seal, books)) if keeps(one, seal, now, books))
    return tuple(one for one in may if absence_of(books, one, now) is None)


def opens_with(office: Office, seal: str, chief: Person, pin: str, done: str = _kept) -> Keeper | Refusal:
    """开印章 by the authoriser's own PIN, where he keeps it and its key has none of its own; anybody else's PIN is asked for."""
    who = keeper_for(office, seal, chief)
    if isinstance(who, Refusal):
        return who
    card = card_of(office, seal)
    if who == chief.id and not (card is not None and card.own_pin):
        return Keeper(person=who, pin=pin)
    name = office.hall.roster.name_of(who)
    return Refusal("keeper-wanted", f"这枚印章由{name}保管，{done}。请他在“印章 PIN”里输印章的 PIN。")


def open_seal(office: Office, seal: str, keeper: Keeper) -> SealKey | Refusal:
    """The key in this machine by its keeper's PIN. Whoever gets it closes it."""
    keys, name = office.parts.seal_keys, office.hall.roster.name_of(keeper.person)
    if keys is None:
        return Refusal("no-sealing", f"这台机器没有接印章，{_kept}。找管理员装好印章钥匙。")
    try:
        key = keys.open(seal, keeper.person, keeper.pin)
    except SealKeyAway:
        return Refusal("no-seal-key", f"这枚印章的钥匙不在这台机器上，{_kept}。插上钥匙，或到有钥匙的席位用印。")
    except SealKeyTrouble as trouble:
        return Refusal("seal-key-trouble", str(trouble))
    if key is None:
        return Refusal("seal-pin-wrong", f"印章 PIN 不对（保管人 {name}），{_kept}。核对是哪枚印章，再输一次。")
    return key


def card_of(office: Office, seal: str) -> SealCard | None:
    """Its certificate: of the key in this machine, else as its seat has registered it."""
    keys = office.parts.seal_keys
    card = keys.card(seal) if keys is not None else None
    standing = standing_here(office, seal) if card is None else None
    if standing is None or not (standing.certificate and standing.valid_from and standing.valid_to):
        return card
    return SealCard(
        serial=standing.certificate,
        valid_from=standing.valid_from,
        valid_to=standing.valid_to,
        issuer=standing.issuer,
    )


def face_for(office: Office, seal: str) -> SealFace:
    """印面 with what is laid across it: 演练 in training, 非法定电子印章 for an issuer that is not on the hall's list."""
    hall, card = office.hall, card_of(office, seal)
    mark = mark_of(office.parts.settings.training, card.issuer if card else "", hall.lawful_issuers)
    return face_of(hall.roster.seals[seal], mark)


def seam_for(office: Office, seal: str) -> Seam | None:
    """骑缝章 of a seal with a key; a paper seal is put across the edges by hand."""
    known = office.hall.roster.seals.get(seal)
    if known is None or not known.electronic:
        return None
    return seam_of(face_for(office, seal), duplex=office.hall.duplex)


def register_keys(office: Office) -> int:
    """登记钥匙 each key in this machine the books do not know here yet; answers how many were new. For the background."""
    keys = office.parts.seal_keys
    if keys is None or office.session is None:
        return 0
    return sum(_register(office, seal, card) for seal, card in _cards(office))


def _cards(office: Office) -> Iterator[tuple[Seal, SealCard]]:
    keys = office.parts.seal_keys
    for seal in office.hall.roster.seals.values():
        card = keys.card(seal.id) if keys is not None and seal.electronic and not seal.window else None
        if card is not None:
            yield seal, card


def _register(office: Office, seal: Seal, card: SealCard) -> bool:
    standing = standing_here(office, seal.id)
    if standing is not None and (standing.seat, standing.certificate) == (device_of(office), card.serial):
        return False
    command = SeatSeal(
        **office.stamp().fields(office.parts.new_id),
        seal=seal.id,
        certificate=card.serial,
        valid_from=card.valid_from,
        valid_to=card.valid_to,
        issuer=card.issuer,
    )
    return not isinstance(office.do(command), Refusal)
