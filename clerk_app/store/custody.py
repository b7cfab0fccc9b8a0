"""保管账 grants, intents, seals' standing and their book of changes, certificates made elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.sealing.model import Certificate, SealEvent, SealGrant, SealIntent, SealStanding
from clerk_app.store.among import among
from clerk_app.store.cabinet import Question, Shelved
from clerk_app.store.tables_sealing import certificates, seal_events, seal_grants, seal_intents

_g, _i, _e = seal_grants, seal_intents, seal_events
_until = (
    select(_g)
    .where(_g.c.hall == bindparam("hall"), _g.c.expires >= bindparam("until", type_=_g.c.expires.type))
    .order_by(_g.c.issued, _g.c.id)
)
_open = select(_i).where(_i.c.hall == bindparam("hall"), _i.c.state == "open").order_by(_i.c.at, _i.c.id)
_of_seal = select(_e).where(_e.c.hall == bindparam("hall"), _e.c.seal == bindparam("seal")).order_by(_e.c.at, _e.c.id)
_since = (
    select(_e)
    .where(_e.c.hall == bindparam("hall"), _e.c.at >= bindparam("since", type_=_e.c.at.type))
    .order_by(_e.c.at, _e.c.id)
)
_of_case = (
    select(certificates)
    .where(certificates.c.hall == bindparam("hall"), among(certificates.c.case, "keys"))
    .order_by(certificates.c.at, certificates.c.id)
)
certificates_of_case = Question("certificate", _of_case, fits=lambda row, asked: row.case == asked["case"], by="case")


class CustodyRows(Shelved):
    """保管账 what `sealing.books.CustodyBooks` asks for, and the certificates."""

    @property
    def keeper_may_authorise(self) -> bool:
        """保管人可否授权."""
        return self.hall.keeper_may_authorise

    @property
    def not_usable_for(self) -> tuple[str, ...]:
        """不能盖的."""
        return self.hall.not_usable_for

    def seal_grant(self, key: str) -> SealGrant | None:
        """一次授权."""
        return cast("SealGrant | None", self.cabinet.get("seal_grant", key))

    def put_seal_grant(self, row: SealGrant) -> None:
        """写授权."""
        self.cabinet.put("seal_grant", row)

    def seal_grants_until(self, at: datetime) -> tuple[SealGrant, ...]:
        """还没过期的授权."""
        return cast("tuple[SealGrant, ...]", self.cabinet.query("seal_grant", _until, hall=self.hall.id, until=at))

    def seal_intent(self, key: str) -> SealIntent | None:
        """一次用印意图."""
        return cast("SealIntent | None", self.cabinet.get("seal_intent", key))

    def put_seal_intent(self, row: SealIntent) -> None:
        """写用印意图."""
        self.cabinet.put("seal_intent", row)

    def open_seal_intents(self) -> tuple[SealIntent, ...]:
        """没有结果的用印."""
        return cast("tuple[SealIntent, ...]", self.cabinet.query("seal_intent", _open, hall=self.hall.id))

    def seal_standing(self, seal: str) -> SealStanding | None:
        """印章现状."""
        return cast("SealStanding | None", self.cabinet.get("seal", seal))

    def put_seal_standing(self, row: SealStanding) -> None:
        """写印章现状."""
        self.cabinet.put("seal", row)

    def seal_event(self, key: str) -> SealEvent | None:
        """一次变动."""
        return cast("SealEvent | None", self.cabinet.get("seal_event", key))

    def put_seal_event(self, row: SealEvent) -> None:
        """写印章变动."""
        self.cabinet.put("seal_event", row)

    def seal_events_of(self, seal: str) -> tuple[SealEvent, ...]:
        """一枚印章的变动."""
        return cast("tuple[SealEvent, ...]", self.cabinet.query("seal_event", _of_seal, hall=self.hall.id, seal=seal))

    def seal_events_since(self, at: datetime) -> tuple[SealEvent, ...]:
        """这时起的变动."""
        return cast("tuple[SealEvent, ...]", self.cabinet.query("seal_event", _since, hall=self.hall.id, since=at))

    def certificate(self, key: str) -> Certificate | None:
        """一份证照."""
        return cast("Certificate | None", self.cabinet.get("certificate", key))

    def put_certificate(self, row: Certificate) -> None:
        """写证照."""
        self.cabinet.put("certificate", row)

    def certificates_of(self, case: str) -> tuple[Certificate, ...]:
        """办件的证照."""
        return cast("tuple[Certificate, ...]", self.cabinet.ask(certificates_of_case, hall=self.hall.id, case=case))
