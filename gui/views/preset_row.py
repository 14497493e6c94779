"""Chooses, saves and deletes export presets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QLineEdit, QPushButton, QWidget

from gui.bridge.export_choices import ExportLook, Preset

_NAME_WIDTH = 320
translate = QCoreApplication.translate


def built_in_presets() -> tuple[Preset, ...]:
    """What there is to choose before anyone saves a preset; they leave names alone."""
    return (
        Preset(translate("Presets", "As the photo, best quality"), ExportLook(pattern=""), True),
        Preset(
            translate("Presets", "Original size, lossless"),
            ExportLook(pattern="", suffix=".png"),
            True,
        ),
        Preset(
            translate("Presets", "For the web, 2048 px"),
            ExportLook("", ".jpg", 85, 2048, keep_metadata=False, own_compression=False),
            True,
        ),
    )


class PresetRow(QWidget):
    """A list of presets with its two buttons.

    Signals:
        chosen: the look to take over.
        own_changed: the user's own presets, after one was saved or deleted.
    """

    chosen = Signal(object)
    own_changed = Signal(object)

    def __init__(self, own: Sequence[Preset]) -> None:
        super().__init__()
        self._presets = [*built_in_presets(), *own]
        self._look = ExportLook()
        self.list = QComboBox()
        self.save = QPushButton(self.tr("Save…"))
        self.delete = QPushButton(self.tr("Delete"))
        self.save.setToolTip(self.tr("Keep these choices under a name"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list, 1)
        for button in (self.save, self.delete):
            button.setAutoDefault(False)
            layout.addWidget(button)
        self.setFocusProxy(self.list)
        self.list.activated.connect(self._choose)
        self.save.clicked.connect(self._ask_name)
        self.delete.clicked.connect(self._delete)
        self._fill()

    def show_fitting(self, look: ExportLook) -> None:
        """Mark the preset that the present choices are."""
        self._look = look
        marked = self.list.currentData()
        fitting = [preset for preset in self._presets if preset.look.fits(look)]
        best = marked if marked in fitting else (fitting[0] if fitting else None)
        self.list.setCurrentIndex(0 if best is None else self._presets.index(best) + 1)
        self.delete.setEnabled(best is not None and not best.built_in)

    def save_as(self, name: str) -> None:
        """Keep the present choices; an own preset of that name is replaced."""
        name = name.strip()
        if not name or any(p.built_in and p.name == name for p in self._presets):
            return
        fresh = Preset(name, self._look)
        names = [preset.name for preset in self._presets]
        if name in names:
            self._presets[names.index(name)] = fresh
        else:
            self._presets.append(fresh)
        self._changed(fresh)

    def _ask_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Save preset"))
        dialog.setLabelText(self.tr("Name of the preset:"))
        marked = self.list.currentData()
        dialog.setTextValue(marked.name if marked is not None and not marked.built_in else "")
        dialog.setOkButtonText(self.tr("Save"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        for button in dialog.findChildren(QPushButton):
            button.setIcon(QIcon())
        for field in dialog.findChildren(QLineEdit):
            field.setMinimumWidth(_NAME_WIDTH)
        dialog.textValueSelected.connect(self.save_as)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _delete(self) -> None:
        marked = self.list.currentData()
        if marked is not None and not marked.built_in:
            self._presets.remove(marked)
            self._changed(None)

    def _changed(self, marked: Preset | None) -> None:
        self._fill()
        if marked is not None:
            self.list.setCurrentIndex(self._presets.index(marked) + 1)
        self.show_fitting(self._look)
        self.own_changed.emit(tuple(preset for preset in self._presets if not preset.built_in))

    def _choose(self, row: int) -> None:
        preset = self.list.itemData(row)
        if preset is not None:
            self.chosen.emit(preset.look)

    def _fill(self) -> None:
        self.list.clear()
        self.list.addItem(self.tr("Own choices"), None)
        for preset in self._presets:
            self.list.addItem(preset.name, preset)
