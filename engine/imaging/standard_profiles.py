"""Colour profiles for files that say what their colours mean without embedding one.

Written as matrix/TRC profiles (ICC.1:2010, version 2.4, which every reader knows), so that the
photo's own pixels need not be converted: the profile goes with them. Pure; any thread.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.errors import Sentence
from engine.imaging.profile import SRGB_TO_XYZ, parse_profile, tag_table

Primaries = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
"""CIE xy of red, green and blue."""
Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]

D65 = (0.3127, 0.3290)
ADOBE_RGB: Primaries = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
DISPLAY_P3: Primaries = ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06))
REC_2020: Primaries = ((0.708, 0.292), (0.17, 0.797), (0.131, 0.046))

_D50 = np.array([0.9642, 1.0, 0.8249])
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
_POINTS = 4096
_REFERENCE_WHITE = 203.0  # nits (ITU-R BT.2408)
_PQ, _HLG, _LINEAR, _GAMMA_22, _GAMMA_28 = 16, 18, 8, 4, 5


@lru_cache(maxsize=1)
def adobe_rgb() -> bytes:
    """Adobe RGB (1998), as cameras mean it that only name it."""
    return matrix_profile("Adobe RGB compatible", ADOBE_RGB, D65, gamma_curve(563 / 256))


@lru_cache(maxsize=16)
def coded_profile(primaries: int, transfer: int) -> bytes | None:
    """The profile for code points of ITU-T H.273 (HEIC, AVIF, PNG's cICP).

    Those of HDR (PQ, HLG) show what is darker than reference white as it is and cut the rest.

    Returns:
        ``None`` where the codes mean sRGB, or nothing that is known.
    """
    known: dict[int, Primaries] = {9: REC_2020, 12: DISPLAY_P3}
    curves: dict[int, Curve] = {_PQ: _pq, _HLG: _hlg, _LINEAR: lambda x: x}
    curves |= {_GAMMA_22: lambda x: x**2.2, _GAMMA_28: lambda x: x**2.8}
    if primaries not in known and transfer not in curves:
        return None
    curve = table_curve(curves[transfer]) if transfer in curves else srgb_curve()
    name = f"H.273 {primaries}/{transfer}"
    return matrix_profile(name, known.get(primaries, _SRGB_PRIMARIES), D65, curve)


def is_hdr(transfer: int) -> bool:
    """Whether a transfer code of H.273 is one of HDR."""
    return transfer in (_PQ, _HLG)


def chromatic_profile(
    white: tuple[float, float], primaries: Primaries, gamma: float
) -> bytes | None:
    """The profile for PNG's chromaticities and gamma; ``None`` where they mean sRGB or nothing.

    Args:
        white: CIE xy of the white point.
        primaries: of red, green and blue.
        gamma: exponent from code values to light, about 2.2.
    """
    near = np.abs(np.subtract((white, *primaries), (D65, *_SRGB_PRIMARIES))).max() < 0.002
    if (near and abs(gamma - 2.2) < 0.05) or not 0.5 < gamma < 4:
        return None
    try:
        return matrix_profile("PNG chromaticities", primaries, white, gamma_curve(gamma))
    except (np.linalg.LinAlgError, ZeroDivisionError, struct.error, ValueError):
        return None


def rgb_of_grey(icc: bytes) -> bytes | None:
    """An RGB profile in which equal channels mean what a grey profile says of one.

    Returns:
        ``None`` for a grey profile that is no single tone curve, or is damaged.
    """
    try:
        tags = tag_table(icc)
        curve = tags[b"kTRC"]
    except (KeyError, struct.error, ValueError):
        return None
    if curve[:4] not in (b"curv", b"para"):
        return None
    made = _profile("Grey tone curve", SRGB_TO_XYZ, curve)
    return made if parse_profile(made) is not None else None


def fitting_profile(icc: bytes | None, *, grey: bool) -> tuple[bytes | None, tuple[str, ...]]:
    """A file's profile as one for RGB pixels, and what to say where it cannot be.

    Args:
        icc: as the file embeds it, ``None`` for none.
        grey: whether the file's pixels have one channel.
    """
    if icc is None or icc[16:20] == b"RGB ":
        return icc, ()
    if grey and icc[16:20] == b"GRAY" and (exact := rgb_of_grey(icc)):
        return exact, ()
    text = "The colour profile does not fit the pixels and was left out."
    return None, (Sentence(text, "notice.profile"),)


def matrix_profile(
    name: str, primaries: Primaries, white: tuple[float, float], curve: bytes
) -> bytes:
    """A profile of one tone curve and three primaries, adapted to D50 by Bradford's matrix.

    Raises numpy.linalg.LinAlgError or ZeroDivisionError for primaries that span no space.
    """
    columns = np.column_stack([_xyz_of(xy) for xy in primaries])
    source = _xyz_of(white)
    scaled = columns * np.linalg.solve(columns, source)
    cones = np.diag((_BRADFORD @ _D50) / (_BRADFORD @ source))
    return _profile(name, np.linalg.inv(_BRADFORD) @ cones @ _BRADFORD @ scaled, curve)


def gamma_curve(gamma: float) -> bytes:
    """A curve tag of one exponent."""
    return b"curv\0\0\0\0" + struct.pack(">LH", 1, round(gamma * 256))


def srgb_curve() -> bytes:
    """SRGB's curve (IEC 61966-2-1) as a table."""
    return table_curve(lambda x: np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4))


def table_curve(curve: Curve) -> bytes:
    """A curve tag from code values 0..1 to light 0..1."""
    light = np.clip(curve(np.linspace(0, 1, _POINTS)), 0, 1)
    return (
        b"curv\0\0\0\0"
        + struct.pack(">L", _POINTS)
        + np.rint(light * 65535).astype(">u2").tobytes()
    )


_SRGB_PRIMARIES: Primaries = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))


def _pq(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """SMPTE ST 2084, in units of reference white."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    power = code ** (1 / m2)
    light = (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)
    return np.asarray(light * 10_000 / _REFERENCE_WHITE)


def _hlg(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """ITU-R BT.2100 at 1,000 nits, where 75 % of the signal is reference white."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)
    return np.asarray(scene**1.2 * 1000 / _REFERENCE_WHITE)


def _xyz_of(xy: tuple[float, float]) -> NDArray[np.float64]:
    x, y = xy
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _profile(name: str, colorants: NDArray[np.float64], curve: bytes) -> bytes:
    tags = {b"desc": _description(name), b"cprt": b"text\0\0\0\0Public domain\0"}
    tags[b"wtpt"] = _xyz_tag(_D50)
    for column, channel in zip(colorants.T, (b"r", b"g", b"b"), strict=True):
        tags[channel + b"XYZ"] = _xyz_tag(column)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _assembled(tags)


def _assembled(tags: dict[bytes, bytes]) -> bytes:
    """The file: header, table, and each distinct body once."""
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    bodies = b""
    for body in tags.values():
        if body not in places:
            places[body] = start + len(bodies)
            bodies += body + b"\0" * (-len(body) % 4)
    table = struct.pack(">L", len(tags))
    for tag, body in tags.items():
        table += struct.pack(">4sLL", tag, places[body], len(body))
    head = struct.pack(">L4xL4s4s4s", start + len(bodies), 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s28x", 2026, 1, 1, 0, 0, 0, b"acsp") + _xyz_tag(_D50)[8:]
    return head.ljust(128, b"\0") + table + bodies


def _xyz_tag(xyz: NDArray[np.float64]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3l", *(round(float(v) * 65536) for v in xyz))


def _description(name: str) -> bytes:
    """``textDescriptionType`` with an ASCII name alone (ICC.1:2001, 6.5.17)."""
    text = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">L", len(text)) + text + b"\0" * (4 + 4 + 2 + 1 + 67)
