"""色 tokens: the only place that may name a colour; one frozen value a theme (desk.md §3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """色值 the named colours of one theme, paper and ink."""

    name: str
    paper: str
    rail: str
    surface: str
    sunken: str
    input: str
    hover: str
    line: str
    edge: str
    scroll: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    fill: str
    pressed: str
    on_fill: str
    asoft: str
    aline: str
    ok: str
    oksoft: str
    okline: str
    warn: str
    wsoft: str
    wline: str
    must: str
    on_must: str
    red: str
    rsoft: str
    rline: str
    disabled: str
    disabled_ground: str
    sheet: str
    sheet_ink: str

    @property
    def dark(self) -> bool:
        """Whether this is the night theme."""
        return self.name == "dark"


LIGHT = Tokens(
    name="light",
    paper="#F3F0E8",
    rail="#E9E4D8",
    surface="#FFFDF8",
    sunken="#F8F5EC",
    input="#FFFFFF",
    hover="#F1ECDF",
    line="#DFD8C9",
    edge="#8F8672",
    scroll="#C9C1AF",
    ink="#24211B",
    ink2="#5B5548",
    ink3="#6E6758",
    accent="#1F5C74",
    fill="#1F5C74",
    pressed="#184A5E",
    on_fill="#FFFFFF",
    asoft="#E1ECEE",
    aline="#A9C6CE",
    ok="#2F6B45",
    oksoft="#E6F0E6",
    okline="#B5D0B9",
    warn="#855600",
    wsoft="#F7EBCF",
    wline="#DFC68C",
    must="#855600",
    on_must="#FFFFFF",
    red="#B2291F",
    rsoft="#F9E5E0",
    rline="#E3B1A8",
    disabled="#8B8474",
    disabled_ground="#EFEADF",
    sheet="#FFFFFF",
    sheet_ink="#24211B",
)

DARK = Tokens(
    name="dark",
    paper="#191A18",
    rail="#1F201D",
    surface="#242521",
    sunken="#1E1F1C",
    input="#1A1B19",
    hover="#2C2D29",
    line="#3A3B35",
    edge="#8A8777",
    scroll="#55554D",
    ink="#ECE8DD",
    ink2="#BBB5A6",
    ink3="#A69F90",
    accent="#7DB8CB",
    fill="#317790",
    pressed="#2A6A81",
    on_fill="#FFFFFF",
    asoft="#22363C",
    aline="#3C6472",
    ok="#7FBF95",
    oksoft="#22332A",
    okline="#3F5F4C",
    warn="#E0B35C",
    wsoft="#3A3120",
    wline="#6B5630",
    must="#E0B35C",
    on_must="#191A18",
    red="#F08A7C",
    rsoft="#42251F",
    rline="#7A3F36",
    disabled="#7E796C",
    disabled_ground="#2A2B27",
    sheet="#FFFFFF",
    sheet_ink="#24211B",
)


def channel(value: int) -> float:
    """One sRGB channel as linear light."""
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of a #RRGGBB colour."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
