"""The page beside the photos: runs, their curves and samples, and the way to start one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge.runs import RunRecord
from gui.views.curves_panel import CurvesPanel
from gui.views.eliding_label import ElidingLabel
from gui.views.run_head import RunHead
from gui.views.run_rows import RunRows
from gui.views.sample_viewer import SampleViewer
from gui.views.theme import Theme

_ALONE, _COMPARING = 0.48, 0.3
"""The curves' share of the width beside the samples of one run, and of two."""


class NoRuns(QWidget):
    """Says what training is before there is a run."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("emptyState")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._icon = QLabel()
        self.start_button = QPushButton(self.tr("Start training…"))
        self.start_button.setProperty("primary", True)
        self.folder_button = QPushButton(self.tr("Choose a folder of runs…"))
        self.folder_button.setProperty("link", True)
        words = QLabel(
            self.tr(
                "A run teaches a model from a folder of prepared faces. Its curves and samples "
                "appear here while it goes on."
            )
        )
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        words.setMaximumWidth(460)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(self.tr("No training run here yet"))
        title.setProperty("role", "headline")
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(3)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(self._icon, 0, centre)
        layout.addWidget(title, 0, centre)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(words, 4)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addSpacing(6)
        layout.addWidget(self.start_button, 0, centre)
        layout.addWidget(self.folder_button, 0, centre)
        layout.addStretch(4)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def _apply_theme(self) -> None:
        ratio, tint = self.devicePixelRatioF(), self._theme.colours.muted
        self._icon.setPixmap(self._theme.icons.pixmap("training", 56, ratio, tint))


class TrainingPage(QWidget):
    """Lays the dashboard out; who builds it says what is shown.

    Signals:
        left: go back to the photos.
        start_asked: set up a training.
        folder_asked: choose a folder that has runs.
    """

    left = Signal()
    start_asked = Signal()
    folder_asked = Signal()

    def __init__(self, theme: Theme, runs: QAbstractItemModel) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self.back = QToolButton()
        self.folder = ElidingLabel()
        self.folder_button = QPushButton(self.tr("Choose &folder…"))
        self.start_button = QPushButton(self.tr("Start &training…"))
        self.rows = RunRows(theme)
        self.rows.setModel(runs)
        self.head = RunHead(theme)
        self.curves = CurvesPanel(theme)
        self.samples = SampleViewer(theme)
        self.empty = NoRuns(theme)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self._comparing = False
        self._stack = QStackedWidget()
        self._top = QVBoxLayout()
        self._build()
        self._connect()
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def put_above(self, banner: QWidget) -> None:
        """Have messages appear over the runs."""
        self._top.addWidget(banner)

    def show_folder(self, folder: Path, *, runs: bool) -> None:
        """Say whose runs these are; ``runs`` where there is any."""
        self.folder.setText(str(folder))
        self._stack.setCurrentWidget(self.columns if runs else self.empty)
        for button in (self.start_button, self.folder_button):
            button.setVisible(runs)

    def show_run(self, record: RunRecord | None, other: RunRecord | None) -> None:
        """Show a run's curves; beside another run's the samples get more of the width."""
        self.curves.show_runs(record, other)
        comparing = other is not None
        if comparing != self._comparing:
            self._comparing = comparing
            room, share = self.parts.width(), _COMPARING if comparing else _ALONE
            self.parts.setSizes([round(room * share), round(room * (1 - share))])

    # -- how it is made

    def _build(self) -> None:
        self.back.setText(self.tr("Photos"))
        self.back.setToolTip(self.tr("Back to the photos (Ctrl+Shift+T)"))
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.setIconSize(QSize(18, 18))
        self.start_button.setProperty("primary", True)
        self.folder.setProperty("role", "small")
        self.folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        title = QLabel(self.tr("Training"))
        title.setProperty("role", "title")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 16, 8)
        bar.setSpacing(12)
        bar.addWidget(self.back)
        bar.addWidget(title)
        bar.addWidget(self.folder, 1)
        bar.addWidget(self.folder_button)
        bar.addWidget(self.start_button)
        self._lay_out_run()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.columns)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(_rule())
        layout.addLayout(self._top)
        layout.addWidget(self._stack, 1)

    def _lay_out_run(self) -> None:
        for part in (self.curves, self.samples):
            self.parts.addWidget(part)
        self.parts.setSizes([round(1000 * _ALONE), round(1000 * (1 - _ALONE))])
        run = QWidget()
        below = QVBoxLayout(run)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.head)
        below.addWidget(_rule())
        below.addWidget(self.parts, 1)
        self.columns.addWidget(self.rows)
        self.columns.addWidget(run)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([220, 1000])
        for splitter in (self.columns, self.parts):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self.parts.setCollapsible(0, True)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        for button in (self.start_button, self.empty.start_button):
            button.clicked.connect(self.start_asked)
        for button in (self.folder_button, self.empty.folder_button):
            button.clicked.connect(self.folder_asked)

    def _apply_theme(self) -> None:
        self.back.setIcon(self._theme.icons.icon("previous"))


def _rule() -> QWidget:
    rule = QFrame()
    rule.setObjectName("rule")
    return rule
