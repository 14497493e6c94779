"""What the window shows before there is a photo, and instead of one that cannot be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.views.theme import Theme


class SampleCard(QAbstractButton):
    """A sample photo to click."""

    def __init__(self, path: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._theme = theme
        self._image = QImage()
        self.setText(path.stem.replace("_", " ").title())
        self.setAccessibleName(self.tr("Open the sample photo {name}").format(name=self.text()))
        self.setFixedSize(150, 176)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def has_image(self) -> bool:
        """Whether its picture is there."""
        return not self._image.isNull()

    def set_image(self, image: QImage) -> None:
        """Show a small picture."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        frame = QRectF(2, 2, self.width() - 4, self.width() - 4)
        path = QPainterPath()
        path.addRoundedRect(frame, 12, 12)
        painter.setClipPath(path)
        painter.fillRect(frame, self._theme.colour("raised"))
        if not self._image.isNull():
            side = min(self._image.width(), self._image.height())
            left = (self._image.width() - side) / 2
            painter.drawImage(frame, self._image, QRectF(left, 0, side, side))
        painter.setClipping(False)
        active = self.underMouse() or self.hasFocus()
        pen = QPen(self._theme.colour("accent_text" if active else "line"), 2.5 if active else 1)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 12, 12)
        painter.setPen(self._theme.colour("text" if active else "muted"))
        place = QRectF(0, self.width(), self.width(), self.height() - self.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class EmptyState(QWidget):
    """Says what to do first, with sample photos one click away.

    Signals:
        open_asked: show the open dialog.
        sample_chosen: open that sample photo.
    """

    open_asked = Signal()
    sample_chosen = Signal(object)

    def __init__(
        self, theme: Theme, samples: tuple[Path, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.cards = tuple(SampleCard(path, theme) for path in samples)
        self.open_button = QPushButton(self.tr("Open photos…"))
        self.open_button.setProperty("primary", True)
        self.open_button.clicked.connect(self.open_asked)
        logo = QLabel()
        logo.setPixmap(theme.icons.pixmap("agelens", 72, self.devicePixelRatioF()))
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addStretch(3)
        layout.addWidget(logo, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(6)
        layout.addWidget(_text(self.tr("See a face at another age"), "headline"))
        words = self.tr("Drop photos or a folder here. Nothing leaves this computer.")
        layout.addWidget(_text(words, "muted"))
        layout.addSpacing(8)
        layout.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(28)
        if self.cards:
            layout.addWidget(_text(self.tr("Or try a sample"), "section"))
            layout.addLayout(self._card_row())
        layout.addStretch(4)

    def set_thumbnail(self, path: Path, image: QImage) -> None:
        """Show a sample's small picture."""
        for card in self.cards:
            if card.path == path:
                card.set_image(image)

    def _card_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch(1)
        for card in self.cards:
            card.clicked.connect(lambda _=False, path=card.path: self.sample_chosen.emit(path))
            row.addWidget(card)
        row.addStretch(1)
        return row


class FailedState(QWidget):
    """Says why a photo cannot be shown and what can be done.

    Signals:
        retry_asked: try to open it again.
        remove_asked: take it out of the gallery.
    """

    retry_asked = Signal()
    remove_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._icon = QLabel()
        self.sentence = _text("", "muted")
        self.sentence.setWordWrap(True)
        self._details = ""
        self.copy = QPushButton(self.tr("Copy details"))
        self.copy.setProperty("link", True)
        self.copy.clicked.connect(lambda: self._copy())
        retry = QPushButton(self.tr("Try again"))
        remove = QPushButton(self.tr("Remove from gallery"))
        retry.clicked.connect(self.retry_asked)
        remove.clicked.connect(self.remove_asked)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(retry)
        buttons.addWidget(remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(64, 24, 64, 24)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(_text(self.tr("This photo cannot be shown"), "title"))
        layout.addWidget(self.sentence)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        layout.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_failure(self, sentence: str, details: str) -> None:
        """Say why; ``details`` are for copying."""
        self.sentence.setText(sentence)
        self._details = details
        self.copy.setVisible(bool(details))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.sentence.text()}\n\n{self._details}")

    def _apply_theme(self) -> None:
        ratio = self.devicePixelRatioF()
        icon = self._theme.icons.pixmap("photo", 48, ratio, self._theme.colours.muted)
        self._icon.setPixmap(icon)


def _text(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
