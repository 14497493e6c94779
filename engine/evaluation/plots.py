"""Plots of the report, as SVG text. Matplotlib is loaded on first use."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#2563eb", "#ea580c", "#059669", "#9333ea", "#dc2626", "#0891b2")
_GREY = "#8a8f98"

Series = Mapping[str, Sequence[float | None]]


def lines(
    title: str,
    x: Sequence[str],
    series: Series,
    *,
    unit: str,
    dashed: Series | None = None,
    lowest: float | None = None,
    highest: float | None = None,
) -> str:
    """A line for each series over the labels ``x``; ``dashed`` ones are grey, to compare with.

    The axis reaches at least down to ``lowest``, and not beyond ``highest``.

    Returns:
        An ``<svg>`` element with ``title`` as its accessible name. The same input gives the same
        text.
    """
    with _axes(title, unit) as (axes, drawn):
        places = range(len(x))
        for name, values in (dashed or {}).items():
            axes.plot(places, _gaps(values), "--", color=_GREY, label=name, linewidth=1.2)
        for (name, values), colour in zip(series.items(), _colours(len(series)), strict=True):
            axes.plot(places, _gaps(values), "o-", color=colour, label=name, markersize=4)
        bottom, top = axes.get_ylim()
        if lowest is not None:
            axes.set_ylim(bottom=min(bottom, lowest))
        if highest is not None:
            axes.set_ylim(top=min(top, highest))
        axes.set_xticks(places, x)
        axes.legend(frameon=False)
    return drawn.text


def bars(title: str, names: Sequence[str], values: Sequence[float], *, unit: str) -> str:
    """A bar for each value, as an ``<svg>`` element like that of :func:`lines`."""
    with _axes(title, unit) as (axes, drawn):
        axes.bar(names, values, color=COLOURS[0], width=0.8)
        axes.tick_params(axis="x", labelrotation=35 if len(names) > 6 else 0)
    return drawn.text


@dataclass(slots=True)
class _Drawn:
    """What is left of a figure once it is closed."""

    text: str = ""


@contextmanager
def _axes(title: str, unit: str) -> Iterator[tuple[Axes, _Drawn]]:
    """Axes in the house's look; their SVG text is there at the end of the block."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "agelens", "font.size": 9}):
        figure, drawn = Figure(figsize=(5.4, 3.2), layout="constrained"), _Drawn()
        axes = figure.subplots()
        axes.set_title(title, loc="left", fontweight="bold")
        axes.set_ylabel(unit)
        axes.grid(axis="y", color="#e5e7eb")
        axes.set_axisbelow(True)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        yield axes, drawn
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Title": title})
        drawn.text = stream.getvalue()[stream.getvalue().index("<svg") :]


def _gaps(values: Sequence[float | None]) -> list[float]:
    return [float("nan") if value is None else value for value in values]


def _colours(count: int) -> list[str]:
    return [COLOURS[i % len(COLOURS)] for i in range(count)]
