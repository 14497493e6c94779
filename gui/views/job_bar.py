"""The bottom line: what is running, how far, cancel; and what results are."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from engine.domain import DeviceReport
from gui.bridge.engine_words import spoken
from gui.views.eliding_label import ElidingLabel
from gui.views.theme import Theme

PATIENCE_MS = 300


class JobBar(QWidget):
    """Shows running work once it has taken 300 ms, so that quick work does not flicker.

    Signals:
        cancel_asked: stop everything that runs or waits.
        list_asked: show what runs, waits and has ended.
    """

    cancel_asked = QtSignal()
    list_asked = QtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobBar")
        self.setFixedHeight(40)
        self._theme = theme
        self.note = ElidingLabel(self.tr("Results are impressions made by AI, not evidence."))
        self.title = ElidingLabel()
        self.left = QLabel()
        self.list_button = QToolButton()
        self.progress = QProgressBar()
        self.cancel = QPushButton(self.tr("Cancel"))
        self.device = QToolButton()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._show_work(True))
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(120)
        self._idle.timeout.connect(lambda: self._show_work(False))
        self._build()
        self._show_work(False)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    @property
    def busy(self) -> bool:
        """Whether running work is shown."""
        return not self.progress.isHidden()

    def start(self, title: str) -> None:
        """A job runs; show it if it goes on."""
        self._idle.stop()
        self.title.setText(title)
        self.progress.setRange(0, 0)
        if not self.busy and not self._patience.isActive():
            self._patience.start()

    def advance(self, fraction: float, message: str) -> None:
        """The running job got somewhere."""
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(fraction * 1000))
        if message:
            self.title.setText(message)

    def show_left(self, text: str) -> None:
        """Say how long the running work still takes; empty where that is not known."""
        self.left.setText(text)

    def finish(self, waiting: int) -> None:
        """A job ended; ``waiting`` others are to come."""
        if waiting == 0:
            self._patience.stop()
            self._idle.start()

    def show_device(self, report: DeviceReport | None) -> None:
        """Say what computes, with the reason as tooltip."""
        self.device.setVisible(report is not None)
        if report is None:
            return
        kinds = {"cuda": "CUDA", "mps": "MPS", "cpu": "CPU"}
        kind = kinds.get(report.kind, report.kind)
        name = spoken(report.name)
        named = name.lower().startswith(kind.lower())
        text = name if named else f"{kind} · {name}"
        self.device.setText(_short(text) if name else kind)
        tip = f"{name} ({report.dtype})\n{spoken(report.reason)}"
        self.device.setToolTip(tip)
        self.device.setAccessibleName(self.tr("Device: {text}").format(text=tip))

    def _build(self) -> None:
        self.note.setProperty("role", "small")
        self.title.setProperty("role", "small")
        self.left.setProperty("role", "small")
        self.list_button.setText(self.tr("Work"))
        self.list_button.setToolTip(self.tr("What runs, waits and has been done"))
        self.list_button.setAccessibleName(self.list_button.toolTip())
        self.list_button.setIconSize(QSize(16, 16))
        self.list_button.clicked.connect(self.list_asked)
        self.cancel.setProperty("flat", True)
        self.cancel.clicked.connect(self.cancel_asked)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.device.setIconSize(QSize(16, 16))
        self.device.setVisible(False)
        style = self.device.toolButtonStyle().__class__.ToolButtonTextBesideIcon
        for button in (self.device, self.list_button):
            button.setToolButtonStyle(style)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 12, 0)
        layout.setSpacing(12)
        # What runs matters more than the note, which takes the room that is left.
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self.note, 1)
        for widget in (
            *(self.title, self.progress, self.left, self.cancel),
            *(self.list_button, self.device),
        ):
            layout.addWidget(widget)

    def _apply_theme(self) -> None:
        self.list_button.setIcon(self._theme.icons.icon("jobs", self._theme.colours.muted))
        self.device.setIcon(self._theme.icons.icon("chip", self._theme.colours.muted))

    def _show_work(self, show: bool) -> None:
        for widget in (self.title, self.progress, self.left, self.cancel):
            widget.setVisible(show)


def _short(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:27]}…"
