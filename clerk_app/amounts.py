"""大写金额 an amount as it stands on papers, and 万元 to 元 and back: exact, never rounded behind somebody's back."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN = Decimal("0.01")
WAN = Decimal(10_000)
MOST = Decimal(10) ** 16
"""From here on there are more than sixteen digits before the point."""


def yuan_of(wan: Decimal) -> Decimal:
    """元 of 万元, exactly; refuses what is finer than a fen."""
    return exact_fen(_shifted(wan, 4))


def wan_of(yuan: Decimal) -> Decimal:
    """万元 of 元, exactly, without needless zeros."""
    shifted = _shifted(exact_fen(yuan), -4)
    whole = shifted.to_integral_value()
    return whole if shifted == whole else shifted.normalize()


def exact_fen(amount: Decimal) -> Decimal:
    """The amount with two decimals; one that cannot be said to the fen, or is none, is refused and not rounded."""
    if not amount.is_finite():
        raise ValueError("这不是一个金额。")
    try:
        quantised = amount.quantize(FEN)
    except InvalidOperation:
        raise ValueError("金额太大，元以上最多写 16 位。") from None
    if abs(quantised) >= MOST:
        raise ValueError("金额太大，元以上最多写 16 位。")
    if quantised != amount:
        raise ValueError("金额只能精确到分，更细的请先说清楚按哪个数。")
    return quantised


def to_fen(amount: Decimal) -> Decimal:
    """四舍五入到分 for who wants it rounded, and says so by asking."""
    if not amount.is_finite() or abs(amount) >= MOST:
        raise ValueError("这不是一个写得下的金额。")
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def in_words(yuan: Decimal, currency: str = "") -> str:
    """大写 of an amount in 元: 壹佰万元整; with the currency before it, where one is given."""
    # Kept from start-up: few papers need it.
    import cn2an

    exact = exact_fen(yuan)
    return currency + str(cn2an.an2cn(format(exact if exact else abs(exact), "f"), "rmb"))


def wan_in_words(wan: Decimal, currency: str = "") -> str:
    """大写 of an amount in 万元."""
    return in_words(yuan_of(wan), currency)


def _shifted(amount: Decimal, places: int) -> Decimal:
    """The point moved, digit by digit: a product would be cut to the precision in use."""
    if not amount.is_finite():
        raise ValueError("这不是一个金额。")
    sign, digits, exponent = amount.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))
