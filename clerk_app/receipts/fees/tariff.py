"""收费目录 what may be charged for an item: what the hall publishes for it, and nothing else (行政许可法第五十八、五十九条)."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.cases.catalogue import FeeReduction, Item

WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class Charge:
    """收费标准 one published fee of an item, in fen; `key` names it within the item, `unit` is the 执收单位."""

    item: str
    key: str
    name: str
    amount: int
    unit: str
    code: str
    basis: str
    reductions: tuple[FeeReduction, ...] = ()

    def reduction(self, key: str) -> FeeReduction | None:
        """The published reduction of this key."""
        return next((one for one in self.reductions if one.key == key), None)


def charges_of(item: Item) -> tuple[Charge, ...]:
    """In the published order; none: the item is free."""
    named = [(option.name, option.amount) for option in item.fee_options] or [("", item.fee)]
    return tuple(
        Charge(
            item=item.code,
            key=name,
            name=f"{item.short}（{name}）" if name else item.short,
            amount=amount,
            unit=item.fee_unit or item.department,
            code=item.fee_code,
            basis=item.fee_source.partition(": ")[2] or item.fee_source,
            reductions=item.fee_reductions,
        )
        for name, amount in named
        if amount > 0
    )


def reduced_by(charge: Charge, reduction: FeeReduction, count: int) -> int:
    """减免 in fen; the odd fen is the hall's loss."""
    whole = charge.amount * count
    return whole - whole * (WHOLE - reduction.percent) // WHOLE
