"""Pictures, profiles and faces made by hand for the imaging tests."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.aged import AgedFace, AgingResult
from engine.domain import AgeRequest, AlignedFace, FloatArray, Photo, PixelArray, Scores

SCORES = Scores(30.0, 60.0, 0.9, True, True, "same person, reached the age")


def asymmetric(width: int = 48, height: int = 32, dtype: type = np.uint8) -> PixelArray:
    """A picture that no mirroring, turning or swap of channels leaves as it is."""
    y, x = np.mgrid[:height, :width]
    top = np.iinfo(dtype).max
    red = 0.9 - 0.6 * x / width
    green = 0.1 + 0.5 * y / height
    blue = 0.1 + 0.25 * ((x // 8 + y // 8) % 2)
    return np.rint(np.stack([red, green, blue], axis=-1) * top).astype(dtype)


def noise(width: int, height: int, dtype: type = np.uint8, seed: int = 0) -> PixelArray:
    """Every level of the dtype, so that any rounding shows."""
    top = np.iinfo(dtype).max
    return np.random.default_rng(seed).integers(
        0, top, (height, width, 3), dtype=dtype, endpoint=True
    )


def photo(pixels: PixelArray, **fields: object) -> Photo:
    return Photo(pixels=pixels, sha256="0" * 64, format="PNG", **fields)  # type: ignore[arg-type]


def disc(side: int, radius: float = 0.4) -> FloatArray:
    """A soft round mask, 1 in the middle and 0 at the border."""
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    return np.clip((radius * side - np.hypot(x, y)) / (0.1 * side), 0, 1).astype(np.float32)


def aged_face(
    matrix: NDArray[np.float64],
    change: FloatArray,
    mask: FloatArray | None = None,
    *,
    strength: float = 1.0,
    index: int = 1,
) -> AgedFace:
    side = change.shape[0]
    mask = disc(side) if mask is None else mask
    aligned = AlignedFace(
        pixels=np.zeros((side, side, 3), np.uint8),
        matrix=np.asarray(matrix, np.float64),
        mask=mask,
        template="test",
        landmarks=np.zeros((478, 2), np.float32),
    )
    request = AgeRequest(face=index, target=60.0, strength=strength)
    return AgedFace(request, aligned, change, mask, SCORES, mask, {})


def flat_change(side: int, red: float, green: float, blue: float) -> FloatArray:
    return np.tile(np.array([red, green, blue], np.float32), (side, side, 1))


def similarity(
    scale: float, degrees: float, photo_xy: tuple[float, float], crop_xy: tuple[float, float]
) -> NDArray[np.float64]:
    """Photo → crop: crop pixels a photo pixel, a turn, and one point that is known."""
    angle = np.deg2rad(degrees)
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.column_stack([turn, np.array(crop_xy) - turn @ np.array(photo_xy)])


def result(source: Photo, pixels: PixelArray, *faces: AgedFace) -> AgingResult:
    return AgingResult(source, pixels, faces, "agelens-delta")


# Files ----------------------------------------------------------------------------------------


def png_bytes(width: int, height: int, depth: int, colour: int, rows: bytes) -> bytes:
    """A PNG from packed rows (each with its filter byte), whatever its header claims."""
    header = struct.pack(">LLBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(name, body) for name, body in parts)


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))


def deep_png(channels: NDArray[np.uint16]) -> bytes:
    """A 16-bit PNG of H×W×1 grey, ×2 grey and alpha, ×3 RGB or ×4 RGBA values."""
    height, width, count = channels.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in channels)
    return png_bytes(width, height, 16, {1: 0, 2: 4, 3: 2, 4: 6}[count], rows)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def exif_block(orientation: int, *, little: bool = True) -> bytes:
    """An EXIF block with a maker's name, the orientation and a linked second directory."""
    order = "<" if little else ">"
    start = (b"II*\0" if little else b"MM\0*") + struct.pack(order + "L", 8)
    make = struct.pack(order + "HHL4s", 0x010F, 2, 4, b"Cam\0")
    turn = struct.pack(order + "HHLHH", 0x0112, 3, 1, orientation, 0)
    second = 8 + 2 + 24 + 4
    body = struct.pack(order + "H", 2) + make + turn + struct.pack(order + "L", second)
    return b"Exif\0\0" + start + body + struct.pack(order + "HL", 0, 0)


# Profiles -------------------------------------------------------------------------------------


def _profile(space: bytes, connection: bytes, kind: bytes, tags: dict[bytes, bytes]) -> bytes:
    offset = 128 + 4 + 12 * len(tags)
    table, bodies = struct.pack(">L", len(tags)), b""
    for name, body in tags.items():
        body += b"\0" * (-len(body) % 4)
        table += struct.pack(">4sLL", name, offset + len(bodies), len(body))
        bodies += body
    size = offset + len(bodies)
    head = struct.pack(">L4sL4s4s4s", size, b"\0" * 4, 0x02400000, kind, space, connection)
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + b"\0" * 28
    head += struct.pack(">3l", 63190, 65536, 54061)  # D50
    return head.ljust(128, b"\0") + table + bodies


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3l", *(round(v * 65536) for v in values))


def _gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">LH", 1, round(value * 256))


def wide_profile(curve: bytes | None = None) -> bytes:
    """A matrix profile with Display P3's colorants and, by default, a gamma of 2.2."""
    curve = curve or _gamma(2.2)
    tags = {b"wtpt": _xyz(0.9642, 1, 0.8249)}
    for name, colorant in (
        (b"r", (0.51512, 0.24120, -0.00105)),
        (b"g", (0.29198, 0.69225, 0.04189)),
        (b"b", (0.15710, 0.06657, 0.78407)),
    ):
        tags |= {name + b"XYZ": _xyz(*colorant), name + b"TRC": curve}
    return _profile(b"RGB ", b"XYZ ", b"mntr", tags)


def parametric_curve() -> bytes:
    """The sRGB curve as an ICC parametric curve of kind 3."""
    numbers = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    return b"para\0\0\0\0\0\x03\0\0" + struct.pack(">5l", *(round(n * 65536) for n in numbers))


def grey_profile(gamma: float = 1.0) -> bytes:
    return _profile(
        b"GRAY", b"XYZ ", b"mntr", {b"wtpt": _xyz(0.9642, 1, 0.8249), b"kTRC": _gamma(gamma)}
    )


def cmyk_profile() -> bytes:
    """A press on which cyan ink prints yellow: nobody converts this right without reading it."""
    ramp = bytes(range(256))
    corners = bytearray()
    for ink in range(16):  # cyan varies slowest
        black, cyan = ink & 1, ink >> 3 & 1
        lightness = 40 if black else 255
        corners += bytes([lightness, 128, 220 if cyan and not black else 128])
    identity = struct.pack(">9l", *(65536 if i % 4 == 0 else 0 for i in range(9)))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + identity
    table += ramp * 4 + bytes(corners) + ramp * 3
    return _profile(b"CMYK", b"Lab ", b"prtr", {b"wtpt": _xyz(0.9642, 1, 0.8249), b"A2B0": table})


def icc_chunk(icc: bytes) -> bytes:
    """PNG's chunk of a profile."""
    return png_chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(icc))


def ink_rgb(inks: NDArray[np.float64]) -> NDArray[np.float64]:
    """sRGB 0..1 of (…, 4) inks 0..1 on a press on which they multiply."""
    return np.asarray((1 - 0.9 * inks[..., :3]) * (1 - inks[..., 3:]))


def press_profile() -> bytes:
    """The profile of :func:`ink_rgb`'s press, as fine as those of real ones: 16 steps an ink."""
    steps = np.linspace(0, 1, 16)
    inks = np.stack(np.meshgrid(steps, steps, steps, steps, indexing="ij"), axis=-1)
    lab = lab_of_srgb(ink_rgb(inks)).reshape(-1, 3)
    codes = np.rint((lab * [655.36 * 0.99609375, 256, 256]) + [0, 32768, 32768]).astype(">u2")
    identity = struct.pack(">9l", *(65536 if i % 4 == 0 else 0 for i in range(9)))
    table = b"mft2\0\0\0\0" + bytes([4, 3, 16, 0]) + identity + struct.pack(">HH", 2, 2)
    table += struct.pack(">2H", 0, 65535) * 4 + codes.tobytes() + struct.pack(">2H", 0, 65535) * 3
    return _profile(b"CMYK", b"Lab ", b"prtr", {b"wtpt": _xyz(0.9642, 1, 0.8249), b"A2B0": table})


# Colour science -------------------------------------------------------------------------------

_WHITE = np.array([0.9642, 1.0, 0.8249])
_SRGB_D50 = np.array(
    [
        [0.4360747, 0.3850649, 0.1430804],
        [0.2225045, 0.7168786, 0.0606169],
        [0.0139322, 0.0971045, 0.7141733],
    ]
)


def lab_of_xyz(xyz: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIE L*a*b* (D50) of (…, 3) XYZ (D50)."""
    ratio = xyz / _WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    fx, fy, fz = np.moveaxis(f, -1, 0)
    return np.stack([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)], axis=-1)


def srgb_light(codes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light of sRGB codes 0..1 (IEC 61966-2-1)."""
    return np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)


def lab_of_srgb(codes: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIE L*a*b* (D50) of (…, 3) sRGB codes 0..1."""
    return lab_of_xyz(srgb_light(np.asarray(codes, np.float64)) @ _SRGB_D50.T)


def delta_e(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIEDE2000 (Sharma, Wu and Dalal 2005) of (…, 3) L*a*b*."""
    (l1, a1, b1), (l2, a2, b2) = np.moveaxis(one, -1, 0), np.moveaxis(other, -1, 0)
    c7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    g = 1.5 - 0.5 * np.sqrt(c7 / (c7 + 25.0**7))
    c1, c2 = np.hypot(g * a1, b1), np.hypot(g * a2, b2)
    h1, h2 = np.arctan2(b1, g * a1) % (2 * np.pi), np.arctan2(b2, g * a2) % (2 * np.pi)
    turn = (h2 - h1 + np.pi) % (2 * np.pi) - np.pi
    grey = c1 * c2 == 0
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.where(grey, 0, turn) / 2)
    h = np.where(grey, h1 + h2, h1 + turn / 2)
    lightness, chroma = (l1 + l2) / 2 - 50, (c1 + c2) / 2
    t = 1 - 0.17 * np.cos(h - np.pi / 6) + 0.24 * np.cos(2 * h)
    t += 0.32 * np.cos(3 * h + np.pi / 30) - 0.2 * np.cos(4 * h - 63 * np.pi / 180)
    sl = 1 + 0.015 * lightness**2 / np.sqrt(20 + lightness**2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    spread = np.exp(-(((np.degrees(h) % 360 - 275) / 25) ** 2))
    rt = -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(60) * spread)
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, dh / sh
    return np.sqrt(np.maximum(dl**2 + dc**2 + dh**2 + rt * dc * dh, 0))
