"""`desk.toml` names the tokens this desk seals with; a table that is wrong is told in one sentence before anything opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk_app.outside.seal_keys import SealRing
from clerk_app.ports import CannotOpen
from clerk_app.ports.seal import SealKeyTrouble
from clerk_app.settings import SealTokens, Settings
from clerk_app.starting import desk_seals, read_settings

HEAD = 'window = 2\ncentre = "https://centre.example"\n'


def read(folder: Path, table: str) -> Settings:
    (folder / "desk.toml").write_text(HEAD + table, "utf-8")
    return read_settings(folder, "")


def test_a_desk_without_the_table_has_no_seals(tmp_path: Path) -> None:
    settings = read(tmp_path, "")
    assert settings.seals is None
    assert desk_seals(settings) is None


def test_driver_tokens_and_roots(tmp_path: Path) -> None:
    table = (
        '[seals]\nmodule = "/usr/lib/driver.so"\nroots = "roots.pem"\ntokens = {S-SJJ = "市监3号", "S-ZGJ" = "zgj"}\n'
    )
    assert read(tmp_path, table).seals == SealTokens(
        module=Path("/usr/lib/driver.so"), tokens={"S-SJJ": "市监3号", "S-ZGJ": "zgj"}, roots=tmp_path / "roots.pem"
    )
    assert read(tmp_path, '[seals]\nmodule = "driver.so"\ntokens = {A = "a"}\n').seals == SealTokens(
        module=tmp_path / "driver.so", tokens={"A": "a"}
    )


def test_a_missing_driver_keeps_nobody_from_working(tmp_path: Path) -> None:
    """It is told when somebody seals, not at the door."""
    ring_of = desk_seals(read(tmp_path, '[seals]\nmodule = "gone.so"\ntokens = {A = "a"}\n'))
    assert ring_of is not None
    ring = ring_of(None, None)  # type: ignore[arg-type]
    assert isinstance(ring, SealRing)
    assert ring.card("A") is None
    with pytest.raises(SealKeyTrouble, match="驱动没有装好"):
        ring.open("A", "P201", "1234")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("seals = 3\n", "module"),
        ('seals = "x"\n', "module"),
        ("[seals]\n", "module"),
        ('[seals]\nmodule = ""\ntokens = {A = "a"}\n', "module"),
        ('[seals]\nmodule = 3\ntokens = {A = "a"}\n', "module"),
        ('[seals]\nmodule = "x"\ntokens = {A = "a"}\npin = "1234"\n', "别的不认"),
        ('[seals]\nmodule = "x"\n', "tokens"),
        ('[seals]\nmodule = "x"\ntokens = {}\n', "tokens"),
        ('[seals]\nmodule = "x"\ntokens = ["a"]\n', "tokens"),
        ('[seals]\nmodule = "x"\ntokens = {A = 3}\n', "tokens"),
        ('[seals]\nmodule = "x"\ntokens = {A = ["a"]}\n', "tokens"),
        ('[seals]\nmodule = "x"\ntokens = {A = "a", B = "a"}\n', "一枚印章一个令牌"),
        ('[seals]\nmodule = "x"\nroots = 3\ntokens = {A = "a"}\n', "roots"),
    ],
)
def test_a_wrong_table_is_one_sentence(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(CannotOpen, match="没有打开，什么都没动") as caught:
        read(tmp_path, table)
    assert said in str(caught.value)
    assert "1234" not in str(caught.value)
