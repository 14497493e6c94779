"""A JPEG's frame header, as far as opening one needs it (ITU-T T.81, B.2). Pure; any thread."""

from __future__ import annotations

import re
from dataclasses import dataclass

_START_OF_SCAN, _END = 0xDA, 0xD9
_NO_LENGTH = (0x01, *range(0xD0, 0xD9))
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BASELINE, _EXTENDED, _PROGRESSIVE = 0xC0, 0xC1, 0xC2
_KNOWN_PROCESSES = (_BASELINE, _EXTENDED, _PROGRESSIVE, 0xC9, 0xCA)


_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # neither a stuffed byte nor a restart


@dataclass(frozen=True, slots=True)
class Frame:
    """What a frame header says.

    Attributes:
        process: the marker's number, which names the coding.
        bits: a sample's depth.
        channels: 1 grey, 3 colour, 4 CMYK.
    """

    process: int
    bits: int
    channels: int

    @property
    def usual(self) -> bool:
        """Whether it is of the 8-bit codings that decoders know."""
        return self.bits == 8 and self.process in _KNOWN_PROCESSES


def read_frame(data: bytes) -> Frame | None:
    """The first frame header; ``None`` where there is none before the first scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _NO_LENGTH:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in (_START_OF_SCAN, _END):
            return None
        if marker in _FRAMES and at + 10 <= len(data):
            return Frame(marker, data[at + 4], data[at + 9])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def is_whole(data: bytes) -> bool:
    """Whether every scan is followed by a marker, the last one by that of the end."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _END:
            return True
        if marker == 0xFF or marker in _NO_LENGTH:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _START_OF_SCAN:
            found = _MARKER.search(data, at)
            if found is None:
                return False
            at = found.start()
    return data[at : at + 2] == b"\xff\xd9"
