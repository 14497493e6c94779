"""The right column: the chosen face, its ages, strength, scores and the model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.domain import AgeRequest, Face, ModelCard, Scores
from gui.bridge.engine_words import spoken
from gui.bridge.regions import Shares
from gui.views.age_tabs import AgeTabs
from gui.views.region_strengths import RegionStrengths
from gui.views.score_card import ScoreCard
from gui.views.sliders import MarkSlider
from gui.views.theme import Theme


class AgePanel(QScrollArea):
    """Lets the user turn the age of the chosen face.

    Signals:
        target_chosen: years, from a tab, the slider or the number.
        original_chosen: leave the face as it is.
        strength_chosen: 0..1.
        model_chosen: name of a model.
        gesture_began: a knob is being dragged: what follows is one step.
        gesture_ended: what follows is another step.
        gesture_resumed: what follows belongs to the step that ended last.
        face_stepped: 1 for the next face, -1 for the one before.
    """

    target_chosen = Signal(float)
    original_chosen = Signal()
    strength_chosen = Signal(float)
    model_chosen = Signal(str)
    gesture_began = Signal()
    gesture_ended = Signal()
    gesture_resumed = Signal()
    face_stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quiet = False
        self.tabs = AgeTabs(theme)
        self.dial = MarkSlider(theme)
        self.exact = QSpinBox()
        self.strength = MarkSlider(theme)
        self.regions = RegionStrengths(theme)
        self.scores = ScoreCard(theme)
        self.models = QComboBox()
        self._strength_value = _label("", "muted")
        self._title = _label("", "title")
        self._subtitle = _label("", "muted")
        self._model_text = _label("", "small")
        self._previous = _step_button(self.tr("Previous face"))
        self._next = _step_button(self.tr("Next face"))
        self._exact_box = QWidget()
        self._build()
        self._connect()
        theme.changed.connect(self._apply_theme)
        self._apply_theme()
        self.set_models((), None)
        self.show_face(None, "", count=0)

    # -- what it shows

    def set_models(self, cards: Sequence[ModelCard], chosen: ModelCard | None) -> None:
        """Offer models and make the chosen one's tabs and dial."""
        self._quiet = True
        self.models.clear()
        for card in cards:
            self.models.addItem(card.title, card.name)
        if chosen is not None:
            self.models.setCurrentIndex(self.models.findData(chosen.name))
        self._quiet = False
        self.models.setEnabled(len(cards) > 1)
        self.tabs.set_groups(chosen.groups if chosen else ())
        self._exact_box.setVisible(chosen is not None and chosen.continuous)
        self._model_text.setText(self._described(chosen) if chosen else "")
        if chosen is not None:
            self._quiet = True
            for control in (self.dial, self.exact):
                control.setRange(round(chosen.age_min), round(chosen.age_max))
            self._quiet = False

    def show_face(self, face: Face | None, hint: str, *, count: int, beside: int = 0) -> None:
        """Show which face is chosen, and how many beside it; without one say ``hint``."""
        able = face is not None and face.obstacle is None
        dials = (self.dial, self.exact, self.strength)
        for control in (self.tabs, *dials, self.regions, self.scores):
            control.setEnabled(able)
        for button in (self._previous, self._next):
            button.setVisible(count > 1)
        if face is None:
            self._title.setText(self.tr("No face chosen"))
            self._subtitle.setText(hint)
            self.dial.set_mark(None)
            return
        name = self.tr("Face {number} of {count}") if count > 1 else self.tr("Face {number}")
        name = self.tr("Face {number} and {beside} more") if beside else name
        self._title.setText(name.format(number=face.index, count=count, beside=beside))

    def show_now(self, face: Face | None, age: float | None, *, skipped: bool) -> None:
        """Show how old the chosen face is: ``age`` as corrected, else as estimated."""
        if face is None:
            return
        years = face.age if age is None else age
        words = (
            self.tr("Looks about {age} years old") if age is None else self.tr("{age} years old")
        )
        if skipped:
            words = self.tr("Skipped; an age brings it back")
        text = words.format(age=round(years)) if years is not None else ""
        self._subtitle.setText(spoken(face.obstacle or text))
        self.dial.set_mark(years)

    def show_request(
        self,
        request: AgeRequest | None,
        face: Face | None,
        strength: float,
        shares: Shares,
    ) -> None:
        """Set every control to what is asked of the face, without a signal."""
        self._quiet = True
        now = face.age if face is not None and face.age is not None else self.dial.minimum()
        age = round(request.target if request is not None else now)
        self.tabs.choose(request.target if request is not None else None)
        self.dial.setValue(age)
        self.exact.setValue(age)
        self.strength.setValue(round(strength * 100))
        self._strength_value.setText(self._per_cent(round(strength * 100)))
        self.regions.show_shares(shares)
        self._quiet = False

    def show_scores(self, scores: Scores | None, target: float, *, asked: bool) -> None:
        """Show how the result measures up to what was asked."""
        self.scores.show_scores(scores, target, asked=asked)

    def show_original(self, image: QImage) -> None:
        """Show the face as it is on the first tab."""
        self.tabs.set_original(image)

    # -- how it is made

    def _build(self) -> None:
        self.setObjectName("panelScroll")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(312)
        body = QWidget()
        body.setObjectName("panelBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(18, 12, 18, 12)
        layout.setSpacing(7)
        layout.addLayout(self._head())
        layout.addWidget(self.tabs)
        layout.addSpacing(4)
        layout.addWidget(self._exact_row())
        layout.addLayout(self._strength_row())
        layout.addWidget(self.regions)
        layout.addSpacing(2)
        layout.addWidget(_label(self.tr("Scores"), "section"))
        layout.addWidget(self.scores)
        layout.addSpacing(4)
        layout.addLayout(self._model_row())
        layout.addWidget(self._model_text)
        layout.addStretch(1)
        self.setWidget(body)
        self._name_controls()

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        for button in (self._previous, self._next):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _exact_row(self) -> QWidget:
        self.exact.setFixedWidth(56)
        self.exact.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self._exact_box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(_label(self.tr("Exact age"), "section"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.dial, 1)
        row.addWidget(self.exact)
        layout.addLayout(row)
        return self._exact_box

    def _strength_row(self) -> QHBoxLayout:
        self.strength.setRange(0, 100)
        self.strength.setPageStep(10)
        self._strength_value.setFixedWidth(56)
        self._strength_value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_label(self.tr("Strength"), "section"))
        row.addWidget(self.strength, 1)
        row.addWidget(self._strength_value)
        return row

    def _model_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_label(self.tr("Model"), "section"))
        row.addWidget(self.models, 1)
        return row

    def _name_controls(self) -> None:
        self.dial.setPageStep(5)
        self.dial.setAccessibleName(self.tr("Exact age in years"))
        self.exact.setAccessibleName(self.tr("Exact age in years"))
        self.strength.setAccessibleName(self.tr("Strength in per cent"))
        self.models.setAccessibleName(self.tr("Model"))
        self.dial.setToolTip(self.tr("The mark shows how old the face looks now."))
        self.strength.setToolTip(self.tr("How much of the change is applied."))

    def _connect(self) -> None:
        for knob in (self.dial, self.strength):
            knob.sliderPressed.connect(self.gesture_began)
            knob.sliderReleased.connect(self.gesture_ended)
        self.regions.gesture_began.connect(self.gesture_began)
        self.regions.gesture_ended.connect(self.gesture_ended)
        self.regions.gesture_resumed.connect(self.gesture_resumed)
        for told in (self.gesture_ended, self.target_chosen, self.gesture_ended):
            self.tabs.group_chosen.connect(told)  # a click on a tab is a step of its own
        self.tabs.original_chosen.connect(self.original_chosen)
        self.dial.valueChanged.connect(self._on_age)
        self.exact.valueChanged.connect(self._on_age)
        self.strength.valueChanged.connect(self._on_strength)
        self.models.currentIndexChanged.connect(self._on_model)
        self._previous.clicked.connect(lambda: self.face_stepped.emit(-1))
        self._next.clicked.connect(lambda: self.face_stepped.emit(1))

    def _apply_theme(self) -> None:
        self._previous.setIcon(self._theme.icons.icon("previous"))
        self._next.setIcon(self._theme.icons.icon("next"))

    def _on_age(self, value: int) -> None:
        if not self._quiet:
            self.target_chosen.emit(float(value))

    def _on_strength(self, value: int) -> None:
        self._strength_value.setText(self._per_cent(value))
        if not self._quiet:
            self.strength_chosen.emit(value / 100)

    def _on_model(self, row: int) -> None:
        if not self._quiet and row >= 0:
            self.model_chosen.emit(str(self.models.itemData(row)))

    def _per_cent(self, value: int) -> str:
        return self.tr("{percent} %").format(percent=value)

    def _described(self, card: ModelCard) -> str:
        facts = self.tr("Ages {low} to {high}, {size} px, licence {licence}.")
        line = facts.format(
            low=round(card.age_min),
            high=round(card.age_max),
            size=card.input_size,
            licence=card.licence,
        )
        return f"{card.description} {line}"


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(role in {"muted", "small"})
    return label


def _step_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setIconSize(QSize(18, 18))
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button
