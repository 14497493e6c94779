"""Asks what a batch is to make: which photos, ages and faces, and where the files go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.domain import ModelCard
from gui.bridge.naming import fill, own_suffix, unknown_fields
from gui.views.form import FormRow, ask_folder, form_grid
from gui.views.photo_list import PhotoList

_CHIP_COLUMNS = 4
_SUFFIXES = ("", ".jpg", ".png", ".webp", ".tif")


@dataclass(frozen=True, slots=True)
class BatchWish:
    """What the user asked for.

    Attributes:
        photos: the chosen ones in order.
        ages: years, rising.
        chosen_faces: only the face chosen in each photo, where one is.
        folder, pattern, suffix, skip_existing: as in :class:`gui.models.batch_queue.BatchOptions`.
    """

    photos: tuple[Path, ...]
    ages: tuple[float, ...]
    chosen_faces: bool
    folder: Path
    pattern: str
    suffix: str
    skip_existing: bool


class BatchDialog(QDialog):
    """Makes a :class:`BatchWish`.

    Signals:
        start_asked: the wish to begin with.
    """

    start_asked = Signal(object)

    def __init__(
        self,
        photos: Sequence[Path],
        card: ModelCard,
        folder: Path,
        pattern: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._card = card
        self.setWindowTitle(self.tr("Batch"))
        self.resize(640, 560)
        self.photos = PhotoList(photos)
        self.chips = [QCheckBox(group.name) for group in card.groups]
        self.ages = QLineEdit()
        self.faces = QComboBox()
        self.folder = QLineEdit(str(folder))
        self.pattern = QLineEdit(pattern)
        self.format = QComboBox()
        self.conflict = QComboBox()
        self.note = QLabel()
        self.start_button = QPushButton(self.tr("Start"))
        self._buttons = QDialogButtonBox()
        self._fill()
        self._lay_out()
        self._connect()
        self._check()

    def wish(self) -> BatchWish:
        """What the fields say."""
        return BatchWish(
            photos=self.photos.ticked(),
            ages=self._chosen_ages(),
            chosen_faces=self.faces.currentIndex() == 1,
            folder=Path(self.folder.text().strip()),
            pattern=self.pattern.text().strip(),
            suffix=str(self.format.currentData()),
            skip_existing=self.conflict.currentIndex() == 1,
        )

    def accept(self) -> None:
        """Send the wish and close."""
        if self.start_button.isEnabled():
            self.start_asked.emit(self.wish())
            super().accept()

    # -- how it is made

    def _fill(self) -> None:
        self.ages.setPlaceholderText(self.tr("Other ages, such as 25, 65"))
        self.faces.addItems(
            [self.tr("Every face"), self.tr("The face chosen in each photo, else every face")]
        )
        names = [self.tr("As each photo"), "JPEG", "PNG", "WebP", "TIFF"]
        for name, suffix in zip(names, _SUFFIXES, strict=True):
            self.format.addItem(name, suffix)
        self.conflict.addItems(
            [self.tr("Give the new file a number"), self.tr("Skip it; keep what is there")]
        )
        self.note.setWordWrap(True)
        self.start_button.setProperty("primary", True)
        self.start_button.setDefault(True)
        self._buttons.addButton(self.start_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = QPushButton(self.tr("Cancel"))
        self._buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(8)
        self.photos.setMinimumHeight(84)
        layout.addLayout(self.photos.head())
        layout.addWidget(self.photos, 1)
        layout.addWidget(_section(self.tr("Ages")))
        chips = QGridLayout()
        chips.setHorizontalSpacing(16)
        chips.setVerticalSpacing(2)
        for number, chip in enumerate(self.chips):
            chips.addWidget(chip, number // _CHIP_COLUMNS, number % _CHIP_COLUMNS)
        layout.addLayout(chips)
        layout.addWidget(self.ages)
        self.ages.setVisible(self._card.continuous)
        self.ages.setAccessibleName(self.tr("Other ages"))
        layout.addSpacing(2)
        layout.addLayout(self._form())
        layout.addWidget(self.note)
        layout.addWidget(self._buttons)

    def _form(self) -> QGridLayout:
        browse = QPushButton(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self.format.setAccessibleName(self.tr("Format"))
        self.pattern.setToolTip(self.tr("{name}, {age} and {number} are filled in."))
        return form_grid(
            (
                FormRow(self.tr("F&aces"), self.faces),
                FormRow(self.tr("&Folder"), self.folder, browse),
                FormRow(self.tr("&Name"), self.pattern, self.format),
                FormRow(self.tr("&If a file is there"), self.conflict),
            ),
            line_gap=8,
        )

    def _connect(self) -> None:
        self.photos.itemChanged.connect(self._check)
        for chip in self.chips:
            chip.toggled.connect(self._check)
        for field in (self.ages, self.folder, self.pattern):
            field.textChanged.connect(self._check)
        self.format.currentIndexChanged.connect(self._check)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    # -- what it makes of the fields

    def _browse(self) -> None:
        ask_folder(self, self.tr("Write the files to"), self.folder.text(), self.folder.setText)

    def _chosen_ages(self) -> tuple[float, ...]:
        groups = zip(self.chips, self._card.groups, strict=True)
        targets = {group.target for chip, group in groups if chip.isChecked()}
        ages = {float(round(age)) for age in targets} if self._card.continuous else targets
        ages |= {float(word) for word in _words(self.ages.text()) if _is_age(word)}
        return tuple(sorted(ages))

    def _check(self) -> None:
        wish = self.wish()
        problem = self._problem(wish)
        self.start_button.setEnabled(not problem)
        untouched = not self.ages.text() and not any(chip.isChecked() for chip in self.chips)
        bad = bool(problem) and not untouched  # nothing is wrong before anything is chosen
        self.note.setProperty("role", "bad" if bad else "small")
        self.note.style().polish(self.note)
        self.note.setText(problem or self._preview(wish))

    def _problem(self, wish: BatchWish) -> str:
        low, high = self._card.age_min, self._card.age_max
        strange = [w for w in _words(self.ages.text()) if not _is_age(w)]
        outside = [age for age in wish.ages if not low <= age <= high]
        if not wish.photos:
            return self.tr("Choose at least one photo.")
        if strange:
            return self.tr("“{word}” is no age.").format(word=strange[0])
        if outside:
            text = self.tr("The model knows ages from {low} to {high}.")
            return text.format(low=round(low), high=round(high))
        if not wish.ages:
            return self.tr("Choose at least one age.")
        if not self.folder.text().strip() or not wish.folder.is_dir():
            return self.tr("The folder “{name}” does not exist.").format(name=wish.folder)
        if not wish.pattern:
            return self.tr("Type a name for the files.")
        if unknown := unknown_fields(wish.pattern):
            text = self.tr("“{field}” is not filled in; use {fields}.")
            return text.format(field=unknown[0], fields="{name}, {age}, {number}")
        return ""

    def _preview(self, wish: BatchWish) -> str:
        first = wish.photos[0]
        suffix = wish.suffix or own_suffix(first)
        name = fill(wish.pattern, name=first.stem, age=f"{wish.ages[0]:g}", number=1)
        photos, ages = len(wish.photos), len(wish.ages)
        text = self.tr("{photos} × {ages} = %n file(s), the first “{name}”.", "", photos * ages)
        return text.format(photos=photos, ages=ages, name=f"{name}{suffix}")


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[,;\s]+", text) if word]


def _is_age(word: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(\.\d+)?", word))
