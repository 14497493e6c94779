"""The strip under the photo: its faces, and what can be said of the chosen ones."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.domain import Face
from gui.views.face_list import FaceList
from gui.views.theme import Theme

_OLDEST = 116


class FaceStrip(QFrame):
    """Lets the user choose, skip and add faces, and say how old a face is now.

    Signals:
        faces_chosen: number of the face that the panel is to speak of, frozen set of others.
        skip_chosen: whether the chosen faces are to be left out.
        age_corrected: years that the chosen face is now.
        estimate_chosen: go back to the estimated age.
        drawing_asked: take the box tool in hand, or put it down.
    """

    faces_chosen = Signal(int, object)
    skip_chosen = Signal(bool)
    age_corrected = Signal(float)
    estimate_chosen = Signal()
    drawing_asked = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quiet = False
        self.setObjectName("faceStrip")
        self.list = FaceList(theme)
        self.hint = QLabel()
        self.age = QSpinBox()
        self.estimate = QToolButton()
        self.skip = QPushButton(self.tr("S&kip"))
        self.add = QPushButton(self.tr("A&dd a face"))
        self._build()
        self._connect()
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def set_model(self, model: QAbstractItemModel) -> None:
        """List these faces."""
        self.list.setModel(model)

    def show_hint(self, text: str) -> None:
        """Say why there is no face to choose; nothing where there is one."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.list.setVisible(not text)

    def show_face(
        self, face: Face | None, age: float | None, *, skipped: bool, addable: bool
    ) -> None:
        """Show the chosen face's age now and whether it is skipped, without a signal.

        Args:
            face: the chosen one.
            age: as the user corrected it; ``None`` where the estimate stands.
            skipped: whether it is left out.
            addable: whether a face can be drawn.
        """
        self._quiet = True
        able = face is not None and face.obstacle is None
        years = face.age if face is not None and age is None else age
        self.age.setEnabled(able)
        self.age.setValue(self.age.minimum() if years is None else max(round(years), 1))
        self.estimate.setEnabled(able and age is not None)
        self.skip.setEnabled(able)
        self.skip.setChecked(skipped)
        self.add.setEnabled(addable)
        self._quiet = False

    def show_chosen(self, row: int, beside: list[int]) -> None:
        """Mark rows of the list, without a signal."""
        self.list.show_chosen(row, beside)

    def show_drawing(self, drawing: bool) -> None:
        """Show whether the box tool is in hand, without a signal."""
        self.add.setChecked(drawing)

    def _build(self) -> None:
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(8, 0, 0, 0)
        self.hint.setVisible(False)
        self.setFixedHeight(self.list.height() + 12)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 14, 6)
        layout.setSpacing(14)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.hint, 1)
        layout.addLayout(self._controls())

    def _controls(self) -> QVBoxLayout:
        caption = QLabel(self.tr("Age &now"))
        caption.setProperty("role", "section")
        caption.setBuddy(self.age)
        self.age.setRange(0, _OLDEST)
        self.age.setSpecialValueText("–")
        self.age.setFixedWidth(62)
        self.age.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.age.setKeyboardTracking(False)
        self.age.setAccessibleName(self.tr("How old the chosen face is now, in years"))
        self.age.setToolTip(
            self.tr("Correct the estimated age here; ageing starts from what you say.")
        )
        self.estimate.setAccessibleName(self.tr("Back to the estimated age"))
        self.estimate.setToolTip(self.tr("Back to the estimated age"))
        for button, tip in (
            (self.skip, self.tr("Leave the chosen faces as they are, also in exports (K)")),
            (self.add, self.tr("Draw a box around a face that was missed (N)")),
        ):
            button.setCheckable(True)
            button.setToolTip(tip)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(caption)
        row.addStretch(1)
        row.addWidget(self.age)
        row.addWidget(self.estimate)
        column = QVBoxLayout()
        column.setSpacing(7)
        column.addStretch(1)
        column.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.skip)
        buttons.addWidget(self.add)
        column.addLayout(buttons)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self.list.faces_chosen.connect(self.faces_chosen)
        self.age.valueChanged.connect(self._on_age)
        self.estimate.clicked.connect(lambda: self.estimate_chosen.emit())
        self.skip.clicked.connect(self.skip_chosen)
        self.add.clicked.connect(self.drawing_asked)

    def _apply_theme(self) -> None:
        self.estimate.setIcon(self._theme.icons.icon("reset"))
        self.add.setIcon(self._theme.icons.icon("face"))

    def _on_age(self, years: int) -> None:
        if not self._quiet and years > 0:
            self.age_corrected.emit(float(years))
