"""政务窗口 starts the desk: parse, show, open, close in reverse order. The only file that knows everyone."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from functools import partial
from typing import TYPE_CHECKING

# Nothing is collected while the program comes up (`ui.background.Sweeper`): what is imported stays anyway.
gc.disable()

from clerk_app.settings import begin_training_anew, home, read_card  # noqa: E402
from ui.application import arguments, has_screen, make_application, tour_folder  # noqa: E402
from ui.front_door import OTHER_LANGUAGE, FrontDoor  # noqa: E402
from ui.language import in_the_other  # noqa: E402
from ui.starting import GO_BACK, RESET, SWITCH, Opening, Showing, run  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from clerk_app.office.office import Office
    from clerk_app.ports import PrintLane
    from clerk_app.starting import Start
    from printers.desk_devices import DeskDevices


def main(argv: list[str]) -> int:
    """The page stands before the office behind it is open; parts are imported where they are first needed."""
    asked = arguments(argv)
    tour = None if asked.kiosk else tour_folder(asked.demo, asked.tour)
    training = asked.demo or tour is not None
    folder = asked.data_dir or home(f"counter-{'kiosk' if asked.kiosk else 'clerk'}{'-training' * training}")
    if asked.doctor:
        return doctor(folder, asked.centre, as_json=asked.json)
    if asked.restore:
        return restore(asked.restore, folder, older=asked.older)
    if asked.go_back:
        return go_back(folder)
    if asked.setup and (ended := set_up(asked.setup, folder)) is not None:
        return ended
    app = make_application(screen=has_screen() and tour is None)
    if asked.kiosk:
        return kiosk(app, folder, asked.centre, training=training, quit_when_ready=asked.quit_when_ready)
    door = FrontDoor({} if tour else read_card(folder), training=training)
    with ExitStack() as stack:

        def open_office(password: str) -> Showing:
            from clerk_app.starting import Start

            return showing(Start(asked.data_dir, asked.centre, training=training, tour=tour, password=password), stack)

        if training:
            opening = Opening(door, open_office)
        else:
            opening = Opening(door, open_office, partial(mark_up, folder), partial(install, folder))
        code = run(app, opening, tour, quit_when_ready=asked.quit_when_ready)
        changes = changing(opening.showing, code)
    if code == OTHER_LANGUAGE:
        from clerk_app.changing import start_again

        start_again(in_the_other(argv))
    if code == RESET and training:
        begin_training_anew(folder)
    return changes(argv) if changes is not None else code


def mark_up(folder: Path, asks: bool) -> None:
    """起来了 told to the launcher, which gives up what does not come up."""
    from clerk_app.changing import mark_up as mark

    mark(folder, asks=asks)


def changing(shown: Showing | None, code: int) -> Callable[[list[str]], int] | None:
    """换版、退回 what is to be done once the office is closed; None for nothing. Closed in the evening, what waits is taken."""
    if shown is None or code not in {0, SWITCH, GO_BACK}:
        return None
    from clerk_app.changing import switch_of, taken
    from clerk_app.office.line.updating import due

    switch = switch_of(shown.office)
    if switch is None or (code == 0 and not due(shown.office, leaving=True)):
        return None
    act = switch.go_back if code == GO_BACK else switch.take
    return partial(taken, act, again=code != 0)


def showing(start: Start, stack: ExitStack) -> Showing:
    """开张 the office and all its hands; what was begun is closed with the stack."""
    import clerk_app.changing  # noqa: F401 (wanted on the screen's thread in a moment)
    from clerk_app.office.line.updating import due
    from clerk_app.starting import opening
    from printers.desk import direct_lane, slip_maker, slip_picture, training_printer
    from printers.pages import QtPageMaker

    printer = stack.enter_context(training_printer()) if start.training else None
    office, line = stack.enter_context(opening(start, slip_maker, printer.url if printer else ""))
    devices, (lane, *more) = devices_of(office)
    return Showing(
        office=office,
        lane=lane,
        more_lanes=more,
        devices=devices,
        draw=slip_picture,
        pages=QtPageMaker,
        line=line.relay if line else None,
        due=partial(due, office),
        slips=(lambda: printer.jobs) if printer else tuple,
        direct=direct_lane(printer.url) if printer else None,
    )


def devices_of(office: Office) -> tuple[DeskDevices, tuple[PrintLane, ...]]:
    """The desk's printers, and a lane for each."""
    from clerk_app.outside.page_printer import AS_IT_IS, SystemPrinter
    from printers.desk import desk_devices, desk_lanes

    devices = desk_devices(office.parts.settings, office.parts.vault, partial(SystemPrinter, options=AS_IT_IS))
    return devices, desk_lanes(devices, office.parts.vault.spool)


def kiosk(app: QApplication, folder: Path, centre: str, *, training: bool, quit_when_ready: bool) -> int:
    """自助机 a place where nobody signs in."""
    from clerk_app.starting import Start, kiosk_opening
    from printers.desk import direct_lane, slip_maker, training_printer
    from ui.kiosk.opening import run_kiosk

    with training_printer() if training else nullcontext() as toy:
        start = Start(folder, centre, training=training)
        opened = partial(kiosk_opening, start, slip_maker, toy.url if toy else "")
        return run_kiosk(app, opened, direct_lane, quit_when_ready=quit_when_ready)


def set_up(file: Path, folder: Path) -> int | None:
    """装机; None: there is no keyring, and the window that opens now enrols."""
    from clerk_app.outside.setup_file import SetupFaults
    from clerk_app.ports import CannotOpen
    from clerk_app.setting_up import set_up as install
    from printers.desk import slip_maker

    try:
        installed = install(file, folder, slip_maker)
    except (SetupFaults, CannotOpen) as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return 2 if isinstance(trouble, SetupFaults) else 1
    print(installed.sentence, file=sys.stderr)  # noqa: T201
    if not installed.code:
        return 0
    os.environ["CLERK_ENROLMENT_CODE"] = installed.code
    return None


def install(folder: Path, file: Path) -> None:
    """装机 from the page that asks for the file; raises `CannotOpen`."""
    from clerk_app.outside.setup_file import SetupFaults
    from clerk_app.ports import CannotOpen
    from clerk_app.setting_up import set_up
    from printers.desk import slip_maker

    try:
        os.environ["CLERK_ENROLMENT_CODE"] = set_up(file, folder, slip_maker).code
    except SetupFaults as faults:
        raise CannotOpen(str(faults)) from faults


def go_back(folder: Path) -> int:
    """退回上一版 while the window is closed."""
    from clerk_app.changing import go_back_by_hand

    return go_back_by_hand(folder)


def restore(file: Path, folder: Path, *, older: bool) -> int:
    """恢复 while the window is closed."""
    from clerk_app.command_lines.restore import run_restore
    from clerk_app.starting import closed_desk

    place = closed_desk(folder, "")
    if place.settings is None:
        print(place.trouble, file=sys.stderr)  # noqa: T201
        return 2
    return run_restore(file, folder, place.settings.window, older=older)


def doctor(folder: Path, centre: str, *, as_json: bool) -> int:
    """体检 without opening anything: it works when the store, the display or the centre does not."""
    from clerk_app.command_lines.doctor import tell
    from clerk_app.office.doctor.around import printer_checks, screen_checks
    from clerk_app.probing.desk import DeskDoctor
    from clerk_app.probing.place import Once
    from clerk_app.starting import closed_desk
    from printers.desk import direct_lane
    from ui.settings.screens import facts_apart

    place = closed_desk(folder, centre)
    printers = printer_checks(place.settings, lambda at: direct_lane(at.url).status())
    screens = screen_checks(Once(lambda: facts_apart(shown=has_screen())), place.settings)
    return tell((*DeskDoctor(place).checks(), *printers, *screens), as_json=as_json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
