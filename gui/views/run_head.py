"""The head of a run: its name, how it stands, why it failed, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.bridge.run_words import about_words, error_words, state_words
from gui.bridge.runs import RunRecord, RunState
from gui.views.eliding_label import ElidingLabel
from gui.views.run_rows import STATE_LOOKS
from gui.views.theme import Theme


class RunHead(QWidget):
    """Shows one run in words, with its buttons.

    Signals:
        stop_asked: end the training with a checkpoint.
        go_on_asked: go on with the training.
        folder_asked: open the run's folder.
        use_asked: make its weights a model of the window.
    """

    stop_asked = Signal()
    go_on_asked = Signal()
    folder_asked = Signal()
    use_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._record: RunRecord | None = None
        self.name = ElidingLabel()
        self.state = QLabel()
        self.about = ElidingLabel()
        self.error = QLabel()
        self._icon = QLabel()
        self.stop = QPushButton(self.tr("&Stop"))
        self.go_on = QPushButton(self.tr("&Go on…"))
        self.folder = QPushButton(self.tr("Open &folder"))
        self.use = QPushButton(self.tr("&Use these weights"))
        self._build()
        self._connect()
        theme.changed.connect(self._apply_theme)

    def show_run(self, record: RunRecord, *, obstacle: str, busy: bool) -> None:
        """Show a run.

        Args:
            record: the run.
            obstacle: why its weights cannot be used; empty where they can.
            busy: they are being made.
        """
        self._record = record
        self.name.setText(record.folder.name)
        self.state.setText(state_words(record))
        self.about.setText(about_words(record))
        self.error.setText(error_words(record))
        self.error.setVisible(record.state is RunState.FAILED)
        self.stop.setVisible(record.live)
        self.stop.setEnabled(record.state is RunState.RUNNING)
        unfinished = not record.steps or record.step < record.steps
        self.go_on.setVisible(not record.live and unfinished)
        if busy and self.use.hasFocus():
            self.folder.setFocus()  # else it goes to whatever is next, as a slider
        self.use.setEnabled(not obstacle and not busy)
        self.use.setText(self.tr("Making weights…") if busy else self.tr("&Use these weights"))
        make = self.tr("Make a model of the newest checkpoint and choose it for the photos")
        self.use.setToolTip(obstacle or make)
        self._apply_theme()

    def _build(self) -> None:
        self.name.setProperty("role", "title")
        self.about.setProperty("role", "small")
        self.state.setProperty("role", "muted")
        self.error.setProperty("role", "bad")
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.stop.setToolTip(self.tr("Finish the running step, write a checkpoint and end"))
        self.go_on.setToolTip(self.tr("Train on from the last checkpoint"))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name)
        top.addWidget(self._icon)
        top.addWidget(self.state)
        top.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(top)
        words.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.stop, self.go_on, self.folder, self.use):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.error)

    def _connect(self) -> None:
        for button, signal in (
            (self.stop, self.stop_asked),
            (self.go_on, self.go_on_asked),
            (self.folder, self.folder_asked),
            (self.use, self.use_asked),
        ):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit())

    def _apply_theme(self) -> None:
        if self._record is None:
            return
        icon, colour = STATE_LOOKS[self._record.state]
        tint = self._theme.colour(colour).name()
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.icons.pixmap(icon, 16, ratio, tint))
