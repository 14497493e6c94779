"""How a result measures up: estimated age before and after, identity, the verdict in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.domain import SAME_PERSON, Scores
from gui.bridge.words import scores_words, verdict_words
from gui.views.meter import Meter
from gui.views.theme import Theme


class ScoreCard(QFrame):
    """Shows :class:`engine.domain.Scores` of the chosen face."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._age = _label("figure")
        self._identity = _label("figure")
        threshold = self.tr("same person from {value}").format(value=f"{SAME_PERSON:.2f}")
        self._meter = Meter(theme, SAME_PERSON, threshold, self)
        self._meter.setToolTip(
            self.tr(
                "How alike the face is to itself before, as SFace measures it: 1 is the same "
                "picture. From the mark on, its authors call two faces one person's."
            )
        )
        self._verdict = _label("small")
        self._verdict.setWordWrap(True)
        ages, likeness = QVBoxLayout(), QVBoxLayout()
        for column, title, value in (
            (ages, self.tr("Estimated age"), self._age),
            (likeness, self.tr("Identity similarity"), self._identity),
        ):
            column.setSpacing(2)
            caption = _label("small")
            caption.setText(title)
            column.addWidget(caption)
            column.addWidget(value)
        figures = QHBoxLayout()
        figures.setSpacing(20)
        figures.addLayout(ages, 1)
        figures.addLayout(likeness, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(8)
        layout.addLayout(figures)
        layout.addWidget(self._meter)
        layout.addWidget(self._verdict)
        self.show_scores(None)

    def show_scores(
        self, scores: Scores | None, target: float = 0.0, *, asked: bool = False
    ) -> None:
        """Show scores of a face aged to ``target``; without any, say what will be here.

        ``asked``: they are being measured.
        """
        self._meter.setVisible(scores is not None)
        if scores is None:
            self._age.setText("–")
            self._identity.setText("–")
            words = self.tr("Measuring…") if asked else self.tr("Choose an age to see the scores.")
            self._verdict.setText(words)
            self.setAccessibleName(self.tr("Scores"))
            self.setAccessibleDescription(words)
            return
        self._age.setText(f"{round(scores.age_before)} → {round(scores.age_after)}")
        self._identity.setText(f"{scores.identity:.2f}")
        self._meter.set_value(scores.identity, "good" if scores.same_person else "warn")
        self._verdict.setText(verdict_words(scores, target))
        self.setAccessibleName(scores_words(scores, target))
        self.setAccessibleDescription("")


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
