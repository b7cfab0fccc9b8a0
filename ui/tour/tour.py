"""导览 plays a whole visit by itself through the real pages, with the line cut in the middle, and leaves pictures and papers."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import Any

from ui.desk import Desk
from ui.language import tr
from ui.tour.hands import Camera, until
from ui.tour.scene import Notes, TourGround, head_at_centre, standing
from ui.tour.to_acceptance import ToAcceptance
from ui.tour.to_delivery import ToDelivery


def play(desk: Desk, ground: TourGround) -> dict[str, Any]:
    """All steps, a picture each; answers the summary it also wrote. Raises `TourStuck`."""
    camera = Camera(desk.window, ground.folder, lambda: desk.background.idle)
    notes, timed = Notes(), []
    for scene in (ToAcceptance(desk, ground, camera, notes), ToDelivery(desk, ground, camera, notes)):
        for name, step in scene.steps():
            start = time.monotonic()
            step()
            timed.append({"name": name, "ms": round((time.monotonic() - start) * 1000)})
            camera.take(name)
    office = desk.office
    until(lambda: head_at_centre(office) == office.parts.vault.journal.head().hash, tr("两边链头一致"))
    numbers = {key: value for key, value in asdict(notes).items() if key != "ticket_id"}
    summary = {"steps": timed, "pictures": camera.taken, **numbers, **standing(office)}
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (ground.folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    return summary
