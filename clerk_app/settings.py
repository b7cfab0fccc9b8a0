"""设置 settings: one frozen value, read once at start; no secret stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Settings:
    """设置 what this run was started with.

    `data_dir` holds the one store file; `centre` is the centre's base URL; `printer` is `tcp://host:port` or empty
    (no slip printer); `training` marks every page and paper 演练 and forbids a real centre or seal.
    """

    data_dir: Path
    centre: str
    window: int
    printer: str = ""
    training: bool = False
    language: str = "zh_CN"
    paper_columns: int = 48

    @property
    def store_file(self) -> Path:
        """The one encrypted file of state, journal and spool."""
        return self.data_dir / "counter.db"
