"""The switches of an export: what is kept, what is told, what is written beside it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from gui.bridge.export_choices import ExportLook

_GAP = 20


class ExportSwitches(QWidget):
    """Check boxes that make up part of an :class:`ExportLook`.

    Signals:
        changed: one was switched.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.own_compression = QCheckBox(
            self.tr("JPEG: leave what no face touches as it is compressed")
        )
        self.keep_metadata = QCheckBox(self.tr("Keep the photo's metadata"))
        self.keep_place = QCheckBox(self.tr("Keep its place (GPS)"))
        self.mark_ai = QCheckBox(self.tr("Mark the file as edited with AI"))
        self.credentials = QCheckBox(self.tr("Sign it (C2PA)"))
        self.visible_mark = QCheckBox(self.tr("Write it into the picture, too"))
        self.sidecar = QCheckBox(self.tr("Write a recipe beside it, to make it again"))
        self._explain()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for boxes in (
            (self.own_compression,),
            (self.keep_metadata, self.keep_place),
            (self.mark_ai, self.visible_mark),
            (self.credentials, self.sidecar),
        ):
            row = QHBoxLayout()
            row.setSpacing(_GAP)
            for box in boxes:
                row.addWidget(box)
                box.toggled.connect(self._follow)
            row.addStretch(1)
            layout.addLayout(row)

    def show_look(self, look: ExportLook) -> None:
        """Set every switch, with one signal at most."""
        before = self.look(look)
        self.blockSignals(True)
        for name, box in self._named().items():
            box.setChecked(bool(getattr(look, name)))
        self.blockSignals(False)
        self._follow()
        if before != look:
            self.changed.emit()

    def look(self, look: ExportLook) -> ExportLook:
        """``look`` with what the switches say."""
        return replace(
            look,
            own_compression=self.own_compression.isChecked(),
            keep_metadata=self.keep_metadata.isChecked(),
            keep_place=self.keep_place.isChecked(),
            mark_ai=self.mark_ai.isChecked(),
            credentials=self.credentials.isChecked(),
            visible_mark=self.visible_mark.isChecked(),
            sidecar=self.sidecar.isChecked(),
        )

    def offer_own_compression(self, offered: bool) -> None:
        """Offer it where a JPEG is made of a JPEG at its own size."""
        self.own_compression.setEnabled(offered)

    def _named(self) -> dict[str, QCheckBox]:
        return {
            "own_compression": self.own_compression,
            "keep_metadata": self.keep_metadata,
            "keep_place": self.keep_place,
            "mark_ai": self.mark_ai,
            "credentials": self.credentials,
            "visible_mark": self.visible_mark,
            "sidecar": self.sidecar,
        }

    def _explain(self) -> None:
        self.own_compression.setToolTip(
            self.tr("Those parts then decode to the same pixels; the quality counts elsewhere.")
        )
        self.credentials.setToolTip(
            self.tr(
                "Content credentials say what was done, by which model, to which photo, and show "
                "whether the file was changed afterwards. Without a certificate of your own in "
                "the settings, one made on this computer signs: it does not tell who you are."
            )
        )
        self.visible_mark.setToolTip(
            self.tr("A small line in the lower right corner: “Edited with AI”.")
        )
        self.sidecar.setToolTip(
            self.tr("An .agelens.json with faces, ages and model, but no picture; open it here.")
        )

    def _follow(self) -> None:
        self.keep_place.setEnabled(self.keep_metadata.isChecked())
        self.changed.emit()
