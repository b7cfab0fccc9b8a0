"""试办 a coming catalogue is tried in a training hall of its own: this hall's people and windows with training passwords, nothing real in reach."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from clerk_app.cases.catalogue_changes import CatalogueChange
from clerk_app.cases.catalogue_lines import changed_catalogue
from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.oversight.catalogue_desk import document_now
from clerk_app.settings import TRIAL_HALL, TRIAL_WINDOW


def lay_trial(office: Office, change: CatalogueChange) -> Path | Refusal:
    """The folder of a fresh training hall over the coming document; the window is the first that takes the item in."""
    document = changed_catalogue(document_now(office), change.lines)
    document["hall"]["name"] = f"{document['hall']['name']}（试办）"
    items = [line for line in change.lines if line.what == "item"]
    windows = items[0].row["windows"] if items else [office.window]
    try:
        folder = Path(tempfile.mkdtemp(prefix="shi-ban-"))
        (folder / TRIAL_HALL).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        (folder / TRIAL_WINDOW).write_text(str(windows[0]), encoding="utf-8")
    except OSError:
        return Refusal("cannot-write", "试办的大厅写不进去，没有开，什么都没动。看看磁盘还有没有地方再来。")
    return folder
