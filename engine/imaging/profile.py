"""Matrix/TRC colour profiles, parsed: the kind that cameras, phones and screens embed.

Follows ICC.1:2022: a profile of this kind is three tone curves (``rTRC``…) and a matrix of
colorants (``rXYZ``…, relative to D50). Profiles of other kinds yield ``None``.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Linear sRGB to D50 XYZ: the colorants of the ICC's own sRGB profile.
SRGB_TO_XYZ = np.array(
    [
        [0.4360747, 0.3850649, 0.1430804],
        [0.2225045, 0.7168786, 0.0606169],
        [0.0139322, 0.0971045, 0.7141733],
    ]
)
_SAMPLES = 4096
_MAX_CURVE_POINTS = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class MatrixProfile:
    """What a matrix/TRC profile says.

    Attributes:
        to_srgb: 3×3 float64, own linear RGB → linear sRGB.
        curves: 3×4096 float64 increasing, linear light at evenly spaced code values 0..1.
    """

    to_srgb: NDArray[np.float64]
    curves: NDArray[np.float64]


def parse_profile(icc: bytes) -> MatrixProfile | None:
    """Read a matrix/TRC RGB profile; ``None`` for any other kind or a damaged one."""
    if icc[16:20] != b"RGB " or icc[20:24] != b"XYZ " or icc[36:40] != b"acsp":
        return None
    try:
        tags = tag_table(icc)
        if b"A2B0" in tags or b"A2B1" in tags:
            return None
        colorants = np.column_stack([_xyz(tags[c + b"XYZ"]) for c in (b"r", b"g", b"b")])
        curves = np.stack([_curve(tags[c + b"TRC"]) for c in (b"r", b"g", b"b")])
    except (KeyError, struct.error, ValueError):
        return None
    if abs(np.linalg.det(colorants)) < 1e-6 or not _usable(curves):
        return None
    return MatrixProfile(np.linalg.inv(SRGB_TO_XYZ) @ colorants, curves)


def tag_table(icc: bytes) -> dict[bytes, bytes]:
    """A profile's tags by name. Raises struct.error or ValueError for a damaged one."""
    (count,) = struct.unpack_from(">L", icc, 128)
    if count > 200:
        raise ValueError("too many tags")
    entries = (struct.unpack_from(">4sLL", icc, 132 + 12 * index) for index in range(count))
    return {name: icc[start : start + size] for name, start, size in entries}


def _xyz(tag: bytes) -> NDArray[np.float64]:
    kind, *numbers = struct.unpack_from(">4s4x3l", tag)
    if kind != b"XYZ ":
        raise ValueError("not a colorant")
    return np.array(numbers) / 65536


def _curve(tag: bytes) -> NDArray[np.float64]:
    codes = np.linspace(0, 1, _SAMPLES)
    if tag[:4] == b"para":
        return _parametric(tag, codes)
    if tag[:4] != b"curv":
        raise ValueError("not a tone curve")
    (count,) = struct.unpack_from(">L", tag, 8)
    if count == 0:
        return codes
    if count > _MAX_CURVE_POINTS:
        raise ValueError("too many points")
    points = np.array(struct.unpack_from(f">{count}H", tag, 12), np.float64)
    if count == 1:
        return np.power(codes, float(points[0]) / 256)
    return np.interp(codes, np.linspace(0, 1, count), points / 65535)


def _parametric(tag: bytes, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """ICC.1:2022, table 68: five kinds of one formula."""
    (kind,) = struct.unpack_from(">H", tag, 8)
    if kind > 4:
        raise ValueError("unknown parametric curve")
    numbers = np.array(struct.unpack_from(f">{(1, 3, 4, 5, 7)[kind]}l", tag, 12)) / 65536
    g, a, b, c, d, e, f = _full_parameters(kind, [float(n) for n in numbers])
    power = np.maximum(a * x + b, 0) ** g + e
    return np.where(x >= d, power, c * x + f)


def _full_parameters(kind: int, n: list[float]) -> tuple[float, ...]:
    """(g, a, b, c, d, e, f) of kind 4, to which the others reduce."""
    if kind == 0:
        return n[0], 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    if kind == 1:
        return n[0], n[1], n[2], 0.0, -n[2] / n[1] if n[1] else 0.0, 0.0, 0.0
    if kind == 2:
        return n[0], n[1], n[2], 0.0, -n[2] / n[1] if n[1] else 0.0, n[3], n[3]
    if kind == 3:
        return n[0], n[1], n[2], n[3], n[4], 0.0, 0.0
    return n[0], n[1], n[2], n[3], n[4], n[5], n[6]


def _usable(curves: NDArray[np.float64]) -> bool:
    """Finite, rising and spanning most of the range, so that they can be inverted."""
    rising = bool((np.diff(curves, axis=1) >= 0).all())
    return bool(np.isfinite(curves).all()) and rising and bool((np.ptp(curves, axis=1) > 0.5).all())
