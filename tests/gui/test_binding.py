"""The Qt binding in use must not lose references.

PySide6 6.12.0 gives one reference to ``None``, ``True`` or ``False`` away with every call that
returns one. Python 3.12 and newer do not count those; on 3.11 the process dies after some
thousand calls with "deallocating None".
"""

from __future__ import annotations

import sys

import PySide6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class _Source(QObject):
    fired = Signal(int)


def test_calls_give_no_references_away(qapp: object) -> None:
    widget, source = QWidget(), _Source()
    nones, trues = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(200):
        widget.update()
        source.fired.emit(number)
    lost = max(nones - sys.getrefcount(None), trues - sys.getrefcount(True))
    assert lost < 100, f"PySide6 {PySide6.__version__} loses references on this Python"
