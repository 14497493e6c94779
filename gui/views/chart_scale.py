"""Axes of a chart and smoothing of its lines: numbers alone, nothing is painted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SPARE = 0.06


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from ``low`` to ``high`` on a length from 0 to 1, evenly or by magnitude."""

    low: float
    high: float
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Where a value lies, 0..1 inside the scale; a logarithmic one takes values over 0."""
        low, high = self._even(self.low), self._even(self.high)
        return (self._even(value) - low) / (high - low)

    def ticks(self, most: int) -> list[float]:
        """Round values inside the scale, about ``most`` of them."""
        if self.logarithmic and self.high / self.low >= 30:
            return _decades(self.low, self.high, most)
        return _round_values(self.low, self.high, most)

    def _even(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value


def fit(values: Iterable[float], *, logarithmic: bool) -> Scale:
    """A scale that shows every value with a little room; 0..1 where there is none."""
    shown = [value for value in values if not logarithmic or value > 0]
    if not shown:
        return Scale(0.1, 1.0, True) if logarithmic else Scale(0.0, 1.0)
    low, high = min(shown), max(shown)
    if logarithmic:
        spare = max((high / low) ** _SPARE, 1.1)
        return Scale(low / spare, high * spare, True)
    if low >= 0 and low < 0.4 * high:
        return Scale(0.0, high * (1 + _SPARE))
    room = (high - low) * _SPARE or abs(high) * 0.1 or 1.0
    return Scale(low - room, high + room)


def smooth(values: Sequence[float], weight: float) -> list[float]:
    """Running averages in which the past counts ``weight``, 0..1, freed from the start's pull."""
    mean, total, out = 0.0, 0.0, []
    for value in values:
        mean = weight * mean + (1 - weight) * value
        total = weight * total + (1 - weight)
        out.append(mean / total)
    return out


def number_words(value: float) -> str:
    """A value as it stands at an axis or in a legend: three digits that count."""
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e5:
        places = max(0, 2 - math.floor(math.log10(abs(value))))
        text = f"{value:.{places}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{value:.2g}"


def _round_values(low: float, high: float, most: int) -> list[float]:
    rough = (high - low) / max(most, 1)
    unit: float = 10.0 ** math.floor(math.log10(rough))
    pace = next(unit * m for m in (1, 2, 5, 10) if unit * m >= rough * 0.999)
    first, last = math.ceil(low / pace - 1e-9), math.floor(high / pace + 1e-9)
    return [number * pace for number in range(first, last + 1)]


def _decades(low: float, high: float, most: int) -> list[float]:
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    pace = max(1, math.ceil((last - first + 1) / max(most, 1)))
    return [10.0**power for power in range(first, last + 1, pace)]
