"""What a JPEG says before its pixels, segment by segment (ITU-T T.81, B.1). Pure; any thread."""

from __future__ import annotations


def segments(data: bytes) -> list[tuple[int, int, int]]:
    """Marker, start and end of each segment before the pixels. Raises ValueError if damaged."""
    found: list[tuple[int, int, int]] = []
    at = 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == 0xDA:
            return found
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((marker, at, end))
        at = end
    raise ValueError("no pixels in the file")


def without_metadata(data: bytes) -> bytes:
    """The file with nothing but what its pixels need."""
    return with_segments(None, data)


def with_segments(described: bytes | None, data: bytes) -> bytes:
    """The pixels of ``data`` with the metadata segments of ``described`` in place of its own."""
    try:
        described_by = [] if described is None else segments(described)
        own = segments(data)
    except ValueError as error:
        raise OSError(str(error)) from error
    kept = [(described or b"")[start:end] for m, start, end in described_by if _is_metadata(m)]
    needed = [data[start:end] for m, start, end in own if not _is_metadata(m)]
    pixels = data[own[-1][2] :] if own else b""
    return b"".join([b"\xff\xd8", *kept, *needed, pixels])


def _is_metadata(marker: int) -> bool:
    """An APPn segment or a comment."""
    return 0xE0 <= marker <= 0xEF or marker == 0xFE
