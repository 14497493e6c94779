"""What the dialogs with fields share: labelled rows, and asking for a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QLabel, QWidget

from gui.bridge.translation import without_mnemonic

_TITLE_BAR = 40


@dataclass(frozen=True, slots=True, eq=False)
class FormRow:
    """A field with its label; what stands beside it; a note below it."""

    text: str
    field: QWidget
    beside: QWidget | None = None
    note: QWidget | None = None


def form_grid(rows: Sequence[FormRow], *, gap: int = 12, line_gap: int = 10) -> QGridLayout:
    """Labels left, fields right; each label is its field's mnemonic and accessible name.

    A field with nothing beside it goes to the right edge. Gaps are pixels between the columns
    and between the lines.
    """
    form = QGridLayout()
    form.setHorizontalSpacing(gap)
    form.setVerticalSpacing(line_gap)
    form.setColumnStretch(1, 1)
    for row in rows:
        line = form.rowCount()
        label = QLabel(row.text)
        label.setBuddy(row.field)
        row.field.setAccessibleName(without_mnemonic(row.text))
        form.addWidget(label, line, 0)
        form.addWidget(row.field, line, 1, 1, 2 if row.beside is None else 1)
        if row.beside is not None:
            form.addWidget(row.beside, line, 2)
        if row.note is not None:
            form.addWidget(row.note, line + 1, 1, 1, 2)
    return form


def make_room(dialog: QDialog) -> None:
    """Let a dialog grow where a line wraps: while it is open it does not do so by itself."""
    layout = dialog.layout()
    if layout is None or not dialog.isVisible():
        return
    width = dialog.width()
    room = dialog.screen().availableGeometry().height() - _TITLE_BAR
    wanted = max(
        layout.totalMinimumHeightForWidth(width), min(layout.totalHeightForWidth(width), room)
    )
    dialog.resize(width, max(dialog.height(), wanted))


def ask_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], object]) -> None:
    """Open the system's folder dialog at ``start``; ``chosen`` gets the folder, if any is."""
    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(chosen)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
