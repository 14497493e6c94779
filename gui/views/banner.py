"""The line above the photo where messages appear."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from gui.bridge.messages import Level, Message
from gui.views.theme import Theme

_LINGER_MS = 7000
_LOOKS = {
    Level.INFO: ("info", "accent_text"),
    Level.SUCCESS: ("success", "good"),
    Level.WARNING: ("warning", "warn"),
    Level.ERROR: ("error", "bad"),
}


class Banner(QWidget):
    """Shows one message at a time; good news leaves by itself, errors stay until closed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message: Message | None = None
        self._offer: Message | None = None
        self._icon = QLabel()
        self.sentence = QLabel()
        self.details = QPushButton(self.tr("Copy details"))
        self.folder = QPushButton(self.tr("Open folder"))
        self.action = QPushButton()
        self.close_button = QToolButton()
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(_LINGER_MS)
        self._linger.timeout.connect(self.leave)
        self._build()
        theme.changed.connect(self._apply_theme)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown, or was last."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Show a message in place of the one before; one that offers something waits behind."""
        shown = self._message if self.isVisible() else None
        if shown is not None and shown.action is not None and message.action is None:
            self._offer = shown
        self._message = message
        self.sentence.setText(message.sentence)
        self.setAccessibleName(message.sentence)
        self.details.setVisible(bool(message.details))
        self.details.setText(self.tr("Copy details"))
        self.folder.setVisible(message.folder is not None)
        self.action.setVisible(message.action is not None)
        self.action.setText(message.action[0] if message.action is not None else "")
        self._apply_theme()
        self.show()
        if message.level in {Level.INFO, Level.SUCCESS}:
            self._linger.start()
        else:
            self._linger.stop()

    def leave(self) -> None:
        """Take the message away, and show the offer that waits behind it, if any."""
        self.hide()
        offer, self._offer = self._offer, None
        if offer is not None:
            self.show_message(offer)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.colour("canvas"))
        box = self.rect().adjusted(12, 10, -12, -2)
        painter.setPen(QPen(self._theme.colour(self._colour()), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(box, 9, 9)
        painter.end()

    def _build(self) -> None:
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for button in (self.action, self.details, self.folder):
            button.setProperty("link", True)
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.clicked.connect(self.leave)
        self.action.clicked.connect(self._act)
        self.details.clicked.connect(self._copy)
        self.folder.clicked.connect(self._open_folder)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(26, 18, 20, 10)
        layout.setSpacing(10)
        layout.addWidget(self._icon)
        layout.addWidget(self.sentence, 1)
        for widget in (self.action, self.details, self.folder, self.close_button):
            layout.addWidget(widget)

    def _colour(self) -> str:
        return _LOOKS[self._message.level][1] if self._message else "line"

    def _apply_theme(self) -> None:
        self.close_button.setIcon(self._theme.icons.icon("close"))
        if self._message is None:
            return
        name, colour = _LOOKS[self._message.level]
        tint = self._theme.colour(colour).name()
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.icons.pixmap(name, 20, ratio, tint))
        self.update()

    def _act(self) -> None:
        if self._message is not None and self._message.action is not None:
            self._message.action[1]()

    def _copy(self) -> None:
        if self._message is not None:
            text = f"{self._message.sentence}\n\n{self._message.details}"
            QGuiApplication.clipboard().setText(text)
            self.details.setText(self.tr("Copied"))

    def _open_folder(self) -> None:
        if self._message is not None and self._message.folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._message.folder)))
