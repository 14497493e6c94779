"""The main window: its layout. What its actions do is in the controllers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
)
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.views.age_panel import AgePanel
from gui.views.empty_state import EmptyState, FailedState
from gui.views.face_strip import FaceStrip
from gui.views.fitting_tool_bar import FittingToolBar
from gui.views.gallery import GalleryView
from gui.views.job_bar import JobBar
from gui.views.page_window import PageWindow
from gui.views.photo_canvas import PhotoCanvas
from gui.views.theme import Theme
from gui.views.timeline import TimelineView


class MainWindow(PageWindow):
    """Gallery, photo and age panel, with a tool bar.

    Signals:
        files_dropped: paths from drag and drop or the clipboard.
        closing: the window is about to close.
    """

    files_dropped = Signal(list)
    closing = Signal()

    def __init__(self, theme: Theme, samples: tuple[Path, ...]) -> None:
        super().__init__(theme)
        self.gallery = GalleryView(theme)
        self.canvas = PhotoCanvas(theme)
        self.strip = FaceStrip(theme)
        self.panel = AgePanel(theme)
        self.job_bar = JobBar(theme)
        self.timeline = TimelineView(theme)
        self.empty = EmptyState(theme, samples)
        self.failed = FailedState(theme)
        self.stage = QStackedWidget()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.zoom_label = QLabel()
        self.setWindowTitle("Agelens")
        self.setWindowIcon(theme.icons.icon("agelens"))
        self.setAcceptDrops(True)
        self.resize(1280, 820)
        self.setMinimumSize(860, 560)
        self._make_tool_bar()
        self._lay_out()
        self._connect()
        self.show_stage(self.empty)

    def show_stage(self, page: QWidget) -> None:
        """Show the empty state, the photo or why there is none."""
        self.stage.setCurrentWidget(page)
        working = page is not self.empty
        self.gallery.setVisible(working)
        self.panel.setVisible(working)
        photo = page is self.canvas
        self.strip.setVisible(photo)
        for action in (
            *(self.fit, self.actual, self.zoom_in, self.zoom_out, self.zoom_face),
            *(self.skip_face, self.add_face, self.all_faces),
            *(self.boxes, self.timeline_shown),
        ):
            action.setEnabled(photo)
        self._zoom_shown.setVisible(photo)
        self.timeline.setVisible(photo and self.timeline_shown.isChecked())

    # -- events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand dropped files on."""
        paths = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window closes."""
        self.closing.emit()
        event.accept()

    # -- parts

    def _connect(self) -> None:
        canvas = self.canvas
        for action, slot in (
            (self.fit, canvas.fit),
            (self.actual, canvas.zoom_actual),
            (self.zoom_face, canvas.zoom_to_face),
            (self.zoom_in, canvas.zoom_in),
            (self.zoom_out, canvas.zoom_out),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        for mode, action in self.modes.items():
            action.triggered.connect(lambda _=False, mode=mode: canvas.set_mode(mode))
        self.boxes.toggled.connect(canvas.set_show_faces)
        canvas.zoom_changed.connect(self._show_zoom)

    def _make_tool_bar(self) -> None:
        bar = FittingToolBar(self.tr("Tools"))
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.addAction(self.open)
        bar.addSeparator()
        bar.addActions([self.undo, self.redo, self.history])
        self.history_button = bar.widgetForAction(self.history)
        bar.addSeparator()
        bar.addActions(self.compare.actions())
        bar.word(self.compare.actions())
        bar.addWidget(_spring())
        bar.addActions([self.zoom_out, self.zoom_in, self.fit, self.actual])
        self.zoom_label.setProperty("role", "muted")
        self.zoom_label.setFixedWidth(52)
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom_shown = bar.addWidget(self.zoom_label)
        bar.addActions([self.boxes, self.timeline_shown])
        bar.addSeparator()
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setProperty("primary", True)
        self.export_button.setToolTip(self.export.toolTip())
        self.export_button.clicked.connect(self.export.trigger)
        self.export.enabledChanged.connect(self.export_button.setEnabled)
        bar.addWidget(self.export_button)
        bar.word([self.open])
        self.tool_bar = bar
        self.addToolBar(bar)

    def _lay_out(self) -> None:
        for page in (self.empty, self.canvas, self.failed):
            self.stage.addWidget(page)
        centre = QWidget()
        middle = self.middle
        centre.setLayout(middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.banner)
        middle.addWidget(self.stage, 1)
        middle.addWidget(self.strip)
        middle.addWidget(self.timeline)
        for column, stretch in ((self.gallery, 0), (centre, 1), (self.panel, 0)):
            self.splitter.addWidget(column)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.setSizes([176, 754, 350])
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.pages.addWidget(self.splitter)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.job_bar)
        self.setCentralWidget(body)

    def _show_zoom(self, zoom: float) -> None:
        self.zoom_label.setText(self.tr("{percent} %").format(percent=round(zoom * 100)))


def _spring() -> QWidget:
    spring = QWidget()
    spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spring
