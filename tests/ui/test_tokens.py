"""Every pair of colours that ever meets on screen is readable (desk.md §3, §9)."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from ui.tokens import DARK, LIGHT, Tokens, contrast

TEXT, EDGE = 4.5, 3.0
# (ink, grounds it is written on)
WRITTEN = {
    "ink": ("paper", "rail", "surface", "sunken", "input", "hover", "asoft", "wsoft", "rsoft", "oksoft"),
    "ink2": ("paper", "rail", "surface", "sunken", "input", "hover", "asoft", "wsoft", "disabled_ground"),
    "ink3": ("paper", "surface", "sunken", "input", "asoft"),
    "accent": ("paper", "rail", "surface", "sunken", "hover", "asoft"),
    "ok": ("surface", "oksoft", "asoft"),
    "warn": ("surface", "paper", "wsoft", "asoft"),
    "red": ("surface", "paper", "rsoft"),
    "on_fill": ("fill", "pressed"),
    "on_must": ("must",),
    "sheet_ink": ("sheet",),
}
PRESSABLE = {"edge": ("paper", "surface", "input"), "accent": ("paper", "rail", "surface", "input", "asoft")}


def pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(ink, ground) for ink, grounds in table.items() for ground in grounds]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), pairs(WRITTEN))
def test_text_is_readable(tokens: Tokens, ink: str, ground: str) -> None:
    found = contrast(getattr(tokens, ink), getattr(tokens, ground))
    assert found >= TEXT, f"{tokens.name}: {ink} on {ground} is {found:.2f}"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), pairs(PRESSABLE))
def test_what_can_be_pressed_has_an_edge(tokens: Tokens, edge: str, ground: str) -> None:
    found = contrast(getattr(tokens, edge), getattr(tokens, ground))
    assert found >= EDGE, f"{tokens.name}: {edge} on {ground} is {found:.2f}"


def test_the_figures_of_the_guide_are_measured_alike() -> None:
    assert contrast(LIGHT.ink, LIGHT.surface) == pytest.approx(15.8, abs=0.1)
    assert contrast(LIGHT.ink2, LIGHT.rail) == pytest.approx(5.8, abs=0.1)
    assert contrast(DARK.warn, DARK.surface) == pytest.approx(7.9, abs=0.1)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_no_pure_black_or_white_but_paper_and_ink_on_fill(tokens: Tokens) -> None:
    pure = {name for name, value in asdict(tokens).items() if value.upper() in ("#000000", "#FFFFFF")}
    assert pure <= {"input", "on_fill", "on_must", "sheet"}


def test_every_token_is_a_whole_colour() -> None:
    for tokens in (LIGHT, DARK):
        for name, value in asdict(tokens).items():
            if name != "name":
                assert re.fullmatch(r"#[0-9A-F]{6}", value), f"{tokens.name}.{name} = {value}"


def test_nothing_but_the_tokens_names_a_colour() -> None:
    root = Path(__file__).parents[2] / "ui"
    colour = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|QColor\(\s*\d|Qt\.GlobalColor\.(?!transparent)")
    found = [
        f"{file.relative_to(root)}: {match.group()}"
        for file in sorted(root.rglob("*.py"))
        if file.name != "tokens.py"
        for match in colour.finditer(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_red_says_seal_or_overdue_only() -> None:
    root = Path(__file__).parents[2] / "ui"
    # These hand the colour on or paint what is overdue; a page that names red must be about overdue or the seal.
    painters = {"tokens.py", "sheet.py", "tag.py", "paint.py", "ruler.py", "text.py", "strip.py", "row_model.py"}
    for file in root.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if file.name not in painters and re.search(r'"(red|rsoft|rline)"', text):
            assert re.search(r"overdue|超期|用印", text), f"{file.name} names red for something else"
