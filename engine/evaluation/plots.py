"""Plots of the report, as SVG text. Matplotlib is loaded on first use."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

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
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "agelens", "font.size": 9}):
        figure = Figure(figsize=(5.4, 3.2), layout="constrained")
        axes = figure.subplots()
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
        axes.set_title(title, loc="left", fontweight="bold")
        axes.set_ylabel(unit)
        axes.grid(axis="y", color="#e5e7eb")
        axes.set_axisbelow(True)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        axes.legend(frameon=False)
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Title": title})
    return stream.getvalue()[stream.getvalue().index("<svg") :]


def _gaps(values: Sequence[float | None]) -> list[float]:
    return [float("nan") if value is None else value for value in values]


def _colours(count: int) -> list[str]:
    return [COLOURS[i % len(COLOURS)] for i in range(count)]
