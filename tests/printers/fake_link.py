"""A printer in memory, for lanes and offices; it keeps the contract of ports.SlipLink."""

from __future__ import annotations

from clerk_app.receipts.paper import Delivery, PrinterStatus

_OUTCOMES = {
    "refused": Delivery("not_sent", "打印机连不上。"),
    "cover_open": Delivery("blocked", "上盖开着。"),
    "paper_end": Delivery("blocked", "缺纸。"),
    "torn": Delivery("unknown", "送票途中线路断了。"),
    "mute": Delivery("unknown", "打印机没有回报打完。"),
    "no_proof": Delivery("unknown", "这台打印机不会回报是否打完。"),
    "known_without_proof": Delivery("sent"),
}


class MemoryLink:
    """假打印线路 prints into `papers`; `fault` is one of the contract's, or one of the two without proof."""

    def __init__(self) -> None:
        self.papers: list[bytes] = []
        self.tokens: list[str] = []
        self.fault = ""

    def send(self, payload: bytes, token: str) -> Delivery:
        if len(token) != 4 or not (token.isascii() and token.isprintable()):
            raise ValueError("打印任务的标记须是 4 个可见字符")
        self.tokens.append(token)
        outcome = _OUTCOMES.get(self.fault, Delivery("done"))
        if outcome.state in ("done", "sent", "unknown"):
            self.papers.append(payload if self.fault != "torn" else payload[: len(payload) // 2])
        return outcome

    def status(self) -> PrinterStatus:
        if not self.fault:
            return PrinterStatus(ready=True, known=True, said="打印机就绪。")
        return PrinterStatus(ready=False, known=self.fault != "mute", said="打印机有事。")
