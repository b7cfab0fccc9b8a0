from __future__ import annotations

import socket
import threading

from printers.virtual import Faults, VirtualPrinter


def ask(connection, question, length):
    connection.sendall(question)
    answer = b""
    while len(answer) < length:
        answer += connection.recv(16)
    return answer


def connected(printer):
    connection = socket.create_connection(("127.0.0.1", printer.port), timeout=5)
    connection.settimeout(5)
    return connection


def test_it_answers_questions_and_prints_before_it_confirms():
    seen = []
    with VirtualPrinter(seen.append) as printer, connected(printer) as line:
        assert [ask(line, b"\x10\x04" + bytes([n]), 1) for n in (1, 2, 3, 4)] == [b"\x12"] * 4
        assert ask(line, b"A\n\x1d(H\x06\x0000wxyz", 7) == b"\x37\x22wxyz\x00"
        assert seen == [b"A\n"]
        assert ask(line, b"B\n\x1dr\x01", 1) == b"\x00"
        assert seen == [b"A\n", b"B\n"]


def test_commands_may_come_in_any_pieces():
    with VirtualPrinter() as printer, connected(printer) as line:
        for byte in b"A\n\x1dv0\x00\x02\x00\x01\x00\x10\x05\x1d(H\x06\x0000wxy":
            line.sendall(bytes([byte]))
        assert ask(line, b"z", 7) == b"\x37\x22wxyz\x00"
        assert printer.jobs == [b"A\n\x1dv0\x00\x02\x00\x01\x00\x10\x05"]


def test_it_obeys_lookalikes_inside_pictures_as_real_printers_do():
    with VirtualPrinter() as printer, connected(printer) as line:
        assert ask(line, b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01", 1) == b"\x12"


def test_refusing_and_taking_again_on_the_same_port():
    with VirtualPrinter(faults=Faults(refuse=True)) as printer:
        probe = socket.socket()
        assert probe.connect_ex(("127.0.0.1", printer.port)) != 0
        probe.close()
        port = printer.port
        printer.faults = Faults()
        assert printer.port == port
        with connected(printer) as line:
            assert ask(line, b"\x10\x04\x01", 1) == b"\x12"


def test_it_leaves_no_thread_and_no_port_behind():
    before = threading.active_count()
    with VirtualPrinter() as printer, connected(printer) as line:
        line.sendall(b"half")
        assert ask(line, b"\x10\x04\x01", 1) == b"\x12"
    assert threading.active_count() == before
    assert printer.jobs == [b"half"]
    probe = socket.socket()
    assert probe.connect_ex(("127.0.0.1", printer.port)) != 0
    probe.close()


def test_an_address_for_the_command_line():
    with VirtualPrinter() as printer:
        assert printer.url == f"tcp://127.0.0.1:{printer.port}"
