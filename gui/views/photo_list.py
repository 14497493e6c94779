"""A list of photos to tick, shared by the dialogs that work on several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton

_PATH = Qt.ItemDataRole.UserRole
_ROW = 28
_HEIGHT = 110


class PhotoList(QListWidget):
    """One line a photo, each with a box to tick."""

    def __init__(self, photos: Sequence[Path], ticked: Collection[Path] | None = None) -> None:
        super().__init__()
        self.setObjectName("plainList")
        self.setMinimumHeight(_HEIGHT)
        self.setAccessibleName(self.tr("Photos"))
        for path in photos:
            item = QListWidgetItem(path.name)
            item.setData(_PATH, path)
            item.setToolTip(str(path))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = ticked is None or path in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, _ROW))
            self.addItem(item)

    def sizeHint(self) -> QSize:
        """A few lines: more are scrolled to."""
        return QSize(super().sizeHint().width(), _HEIGHT)

    def ticked(self) -> tuple[Path, ...]:
        """The ticked photos in order."""
        rows = (self.item(row) for row in range(self.count()))
        return tuple(row.data(_PATH) for row in rows if row.checkState() == Qt.CheckState.Checked)

    def tick_all(self, state: Qt.CheckState) -> None:
        """Tick every photo, or none."""
        for row in range(self.count()):
            self.item(row).setCheckState(state)

    def head(self) -> QHBoxLayout:
        """A title with buttons for all and none, to stand above the list."""
        title = QLabel(self.tr("Photos"))
        title.setProperty("role", "section")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        for text, state in (
            (self.tr("All"), Qt.CheckState.Checked),
            (self.tr("None"), Qt.CheckState.Unchecked),
        ):
            button = QPushButton(text)
            button.setProperty("link", True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, state=state: self.tick_all(state))
            head.addWidget(button)
        return head
