"""Which parts of a face may change: one switch each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from engine.domain import EYES, HAIR, SKIN


class RegionSwitches(QWidget):
    """Switches for skin, the eyes' surroundings, hair and brows.

    Signals:
        regions_chosen: frozen set of the names that are on.
    """

    regions_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        caption = QLabel(self.tr("What may change"))
        caption.setProperty("role", "section")
        self.boxes = {
            SKIN: QCheckBox(self.tr("Skin")),
            EYES: QCheckBox(self.tr("Around the eyes")),
            HAIR: QCheckBox(self.tr("Hair and brows")),
        }
        tips = {
            SKIN: self.tr("Forehead, cheeks, nose, mouth and chin"),
            EYES: self.tr("Lids, bags and crow's feet; the eyes themselves never change"),
            HAIR: self.tr("The brows, and the hair above the forehead as far as the model sees it"),
        }
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(1, 1)
        layout.addWidget(caption, 0, 0, 1, 2)
        places = {SKIN: (1, 0), EYES: (1, 1), HAIR: (2, 0)}
        for name, box in self.boxes.items():
            box.setChecked(True)
            box.setToolTip(tips[name])
            box.clicked.connect(lambda _checked=False: self.regions_chosen.emit(self.chosen))
            layout.addWidget(box, *places[name])

    @property
    def chosen(self) -> frozenset[str]:
        """Names of the regions that are on."""
        return frozenset(name for name, box in self.boxes.items() if box.isChecked())

    def show_regions(self, regions: frozenset[str]) -> None:
        """Set the switches, without a signal."""
        for name, box in self.boxes.items():
            box.setChecked(name in regions)
