"""假印章 keys that are no keys and a stamper that writes a line: for tests of everything around a seal but the seal itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from clerk_app.duty.training import training_pin
from clerk_app.office.counter.seal_seats import Keeper
from clerk_app.office.office import Office
from clerk_app.ports.seal import SealAlgorithm, SealCard, SealKey, SealKeyAway, SealKeyTrouble, StampOrder
from clerk_app.receipts.paper import Delivery
from clerk_app.sealing.grants import Genuine, grant_fault, in_force_at

CARD = SealCard(
    serial="2a",
    valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    valid_to=datetime(2029, 1, 1, tzinfo=UTC),
    issuer="f0" * 32,
)
MARK = b"\n%sealed "


@dataclass
class FakeSealKey:
    """A key that signs nothing; it knows whether it was put away."""

    card: SealCard = CARD
    closed: bool = False
    chain: tuple[bytes, ...] = ()
    algorithm: SealAlgorithm = "ecdsa-p256-sha256"

    def sign(self, data: bytes) -> bytes:
        raise AssertionError("only a real stamper signs")

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeSealKeys:
    """Every seal opens to its keeper's training PIN; `cards` names those that lie here, where it is not all of them."""

    cards: Mapping[str, SealCard] | None = None
    opened: list[FakeSealKey] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def open(self, seal: str, keeper: str, pin: str) -> SealKey | None:
        self.asked.append((seal, keeper))
        card = self.card(seal)
        if card is None:
            raise SealKeyAway(seal)
        if pin != training_pin(keeper):
            return None
        self.opened.append(FakeSealKey(card))
        return self.opened[-1]

    def card(self, seal: str) -> SealCard | None:
        return CARD if self.cards is None else self.cards.get(seal)

    def roots(self) -> bytes:
        return b""


class PowerCut(BaseException):
    """The program stops here."""


def power_cut() -> None:
    raise PowerCut


@dataclass
class FakeStamper:
    """The page and a line; what it is handed is judged as the real one judges it."""

    genuine: Genuine
    orders: list[StampOrder] = field(default_factory=list)
    first: Callable[[], None] = lambda: None
    """What happens before it stamps: a power cut, say."""
    warmed: int = 0

    def stamp(self, order: StampOrder, key: SealKey) -> bytes:
        self.first()
        if fault := grant_fault(order.grant, order.page.pdf, self.genuine):
            raise ValueError(fault)
        if not in_force_at(order.grant.terms, order.at):
            raise ValueError("授权过期了。")
        if MARK in order.page.pdf:
            raise ValueError("这份文书已经盖过章。")
        if isinstance(key, FakeSealKey) and key.closed:
            raise SealKeyTrouble("印章钥匙已经收起。")
        self.orders.append(order)
        return order.page.pdf + MARK + order.grant.terms.id.encode()

    def warm(self) -> None:
        self.warmed += 1


@dataclass
class FakePagePrinter:
    """Everything comes out, unless it is told otherwise."""

    says: Delivery = field(default_factory=lambda: Delivery("done"))
    sent: list[tuple[bytes, str, int]] = field(default_factory=list)

    def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
        self.sent.append((pdf, title, copies))
        return self.says


def with_seals(office: Office, cards: Mapping[str, SealCard] | None = None, **more: Any) -> Office:
    """The same office with these keys, a stamper and a printer of its own; `more` are other parts."""
    stamper = FakeStamper(office.parts.locksmith.genuine)
    parts = {"seal_keys": FakeSealKeys(cards), "stamper": stamper, "page_printer": FakePagePrinter(), **more}
    office.parts = replace(office.parts, **parts)
    return office


def stamper_of(office: Office) -> FakeStamper:
    stamper = office.parts.stamper
    assert isinstance(stamper, FakeStamper)
    return stamper


def keeper(person: str) -> Keeper:
    """He types his own PIN."""
    return Keeper(person=person, pin=training_pin(person))
