"""How a result measures up: estimated age before and after, identity, the verdict in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.domain import Scores
from gui.views.theme import Theme


class Meter(QWidget):
    """A thin bar from 0 to 1."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._value = 0.0
        self._colour = "good"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_value(self, value: float, colour: str) -> None:
        """Fill the bar up to ``value`` in a named colour."""
        self._value = min(max(value, 0.0), 1.0)
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """The size that suits the contents."""
        return QSize(80, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), 6), 3, 3)
        painter.setBrush(self._theme.colour(self._colour))
        painter.drawRoundedRect(QRectF(0, 0, self._value * self.width(), 6), 3, 3)
        painter.end()


class ScoreCard(QFrame):
    """Shows :class:`engine.domain.Scores` of the chosen face."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._age = _label("figure")
        self._identity = _label("figure")
        self._meter = Meter(theme, self)
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
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addLayout(figures)
        layout.addWidget(self._meter)
        layout.addWidget(self._verdict)
        self.show_scores(None)

    def show_scores(self, scores: Scores | None, *, asked: bool = False) -> None:
        """Show scores; without any, say what will be here (``asked``: they are being measured)."""
        self._meter.setVisible(scores is not None)
        if scores is None:
            self._age.setText("–")
            self._identity.setText("–")
            self._verdict.setText(
                self.tr("Measuring…") if asked else self.tr("Choose an age to see the scores.")
            )
            return
        self._age.setText(f"{round(scores.age_before)} → {round(scores.age_after)}")
        self._identity.setText(f"{scores.identity:.2f}")
        self._meter.set_value(scores.identity, "good" if scores.same_person else "warn")
        self._verdict.setText(scores.verdict)
        spoken = self.tr("Estimated age {before} before, {after} after. {verdict}")
        self.setAccessibleName(
            spoken.format(
                before=round(scores.age_before),
                after=round(scores.age_after),
                verdict=scores.verdict,
            )
        )


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
