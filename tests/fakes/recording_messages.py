"""Messages that remember what was said."""

from __future__ import annotations

from gui.bridge.messages import Level, Message, Messages


class RecordingMessages(Messages):
    """Keeps every message in the order it was posted."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Message] = []

    def post(self, message: Message) -> None:
        self.all.append(message)
        super().post(message)

    def sentences(self, level: Level) -> list[str]:
        """What was said at a level."""
        return [message.sentence for message in self.all if message.level is level]
