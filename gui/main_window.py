"""The main window: layout and actions. What the actions do is in the controllers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.views.age_panel import AgePanel
from gui.views.banner import Banner
from gui.views.canvas_paint import CompareMode
from gui.views.empty_state import EmptyState, FailedState
from gui.views.gallery import GalleryView
from gui.views.job_bar import JobBar
from gui.views.photo_canvas import PhotoCanvas
from gui.views.theme import SCHEMES, Theme

Key = QKeySequence.StandardKey
Shortcut = QKeySequence.StandardKey | str


class MainWindow(QMainWindow):
    """Gallery, photo and age panel, with menus and a tool bar.

    Signals:
        files_dropped: paths from drag and drop or the clipboard.
        closing: the window is about to close.
    """

    files_dropped = Signal(list)
    closing = Signal()

    def __init__(self, theme: Theme, samples: tuple[Path, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._icons: list[tuple[QAction, str]] = []
        self.gallery = GalleryView(theme)
        self.canvas = PhotoCanvas(theme)
        self.panel = AgePanel(theme)
        self.banner = Banner(theme)
        self.job_bar = JobBar(theme)
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
        self._make_actions()
        self._make_menus()
        self._make_tool_bar()
        self._lay_out()
        theme.changed.connect(self._apply_theme)
        self._apply_theme()
        self.canvas.zoom_changed.connect(self._show_zoom)
        self.show_stage(self.empty)

    def show_stage(self, page: QWidget) -> None:
        """Show the empty state, the photo or why there is none."""
        self.stage.setCurrentWidget(page)
        working = page is not self.empty
        self.gallery.setVisible(working)
        self.panel.setVisible(working)
        photo = page is self.canvas
        for action in (self.fit, self.actual, self.zoom_in, self.zoom_out, self.zoom_face):
            action.setEnabled(photo)
        self.zoom_label.setVisible(photo)

    def set_comparing(self, possible: bool) -> None:
        """Let the user compare, or not while nothing is aged."""
        self.compare.setEnabled(possible)

    def shortcut_rows(self) -> list[tuple[str, str]]:
        """Keys and what they do, for the shortcuts sheet."""
        rows = [
            (action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), _plain(action))
            for action in self.actions()
            if not action.shortcut().isEmpty()
        ]
        rows.append((self.tr("Space, held"), self.tr("See the photo as it was")))
        rows.append((self.tr("Tab"), self.tr("Next face, in the photo")))
        rows.append((self.tr("Arrow keys"), self.tr("Move the divider or the photo")))
        return rows

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

    # -- actions

    def _make_actions(self) -> None:
        act = self._action
        self.open = act(self.tr("&Open photos…"), "open", Key.Open)
        self.open_folder = act(self.tr("Open &folder…"), "", "Ctrl+Shift+O")
        self.paste = act(self.tr("&Paste photos"), "", Key.Paste, self._paste)
        self.export = act(self.tr("&Export…"), "export", "Ctrl+E")
        self.remove = act(self.tr("&Remove from gallery"), "", Key.Delete)
        self.quit = act(self.tr("&Quit"), "", Key.Quit, self.close)
        self.reset = act(self.tr("&Leave the face as it is"), "reset", "Ctrl+0")
        self.next_face = act(self.tr("&Next face"), "next", "Ctrl+Right")
        self.previous_face = act(self.tr("Pre&vious face"), "previous", "Ctrl+Left")
        self.cancel = act(self.tr("&Cancel running work"), "", "Escape")
        self.fit = act(self.tr("&Fit in window"), "fit", "F", self.canvas.fit)
        self.actual = act(self.tr("&Actual size"), "actual", "1", self.canvas.zoom_actual)
        self.zoom_face = act(self.tr("&Zoom to face"), "", "Z", self.canvas.zoom_to_face)
        self.zoom_in = act(self.tr("Zoom &in"), "zoom-in", Key.ZoomIn, self.canvas.zoom_in)
        self.zoom_out = act(self.tr("Zoom &out"), "zoom-out", Key.ZoomOut, self.canvas.zoom_out)
        self.boxes = act(self.tr("Show face &boxes"), "face", "X")
        self.boxes.setCheckable(True)
        self.boxes.setChecked(True)
        self.boxes.toggled.connect(self.canvas.set_show_faces)
        self.shortcuts = act(self.tr("&Keyboard shortcuts"), "", "?")
        self.about = act(self.tr("&About Agelens"), "", "")
        self._make_compare_actions()
        self._make_theme_actions()

    def _make_compare_actions(self) -> None:
        self.compare = QActionGroup(self)
        self.modes: dict[CompareMode, QAction] = {}
        for mode, text, icon, key in (
            (CompareMode.BEFORE, self.tr("&Before"), "before", "B"),
            (CompareMode.SPLIT, self.tr("&Split"), "split", "S"),
            (CompareMode.AFTER, self.tr("&After"), "after", "A"),
        ):
            action = self._action(text, icon, key)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, mode=mode: self.canvas.set_mode(mode))
            self.compare.addAction(action)
            self.modes[mode] = action
        self.modes[CompareMode.AFTER].setChecked(True)

    def _make_theme_actions(self) -> None:
        self.themes = QActionGroup(self)
        names = {
            "system": self.tr("As the &system"),
            "light": self.tr("&Light"),
            "dark": self.tr("&Dark"),
        }
        for name in SCHEMES:
            action = QAction(names[name], self)
            action.setCheckable(True)
            action.setData(name)
            self.themes.addAction(action)

    def _action(
        self, text: str, icon: str, key: Shortcut, slot: Callable[[], object] | None = None
    ) -> QAction:
        action = QAction(text, self)
        if key:
            action.setShortcut(QKeySequence(key))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{_plain(action)} ({keys})" if keys else _plain(action))
        if icon:
            self._icons.append((action, icon))
        if slot is not None:
            action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)
        return action

    def _make_menus(self) -> None:
        bar = self.menuBar()
        file = bar.addMenu(self.tr("&File"))
        file.addActions([self.open, self.open_folder, self.paste])
        file.addSeparator()
        file.addActions([self.export, self.remove])
        file.addSeparator()
        file.addAction(self.quit)
        face = bar.addMenu(self.tr("F&ace"))
        face.addActions([self.next_face, self.previous_face, self.zoom_face])
        face.addSeparator()
        face.addActions([self.reset, self.cancel])
        view = bar.addMenu(self.tr("&View"))
        view.addActions([self.fit, self.actual, self.zoom_in, self.zoom_out])
        view.addSeparator()
        view.addActions(self.compare.actions())
        view.addAction(self.boxes)
        view.addSeparator()
        view.addMenu(self.tr("&Theme")).addActions(self.themes.actions())
        help_menu = bar.addMenu(self.tr("&Help"))
        help_menu.addActions([self.shortcuts, self.about])

    def _make_tool_bar(self) -> None:
        bar = QToolBar(self.tr("Tools"))
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.addAction(self.open)
        bar.addSeparator()
        for action in self.compare.actions():
            bar.addAction(action)
            _beside_icon(bar, action)
        bar.addWidget(_spring())
        bar.addActions([self.zoom_out, self.zoom_in, self.fit, self.actual])
        self.zoom_label.setProperty("role", "muted")
        self.zoom_label.setFixedWidth(52)
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar.addWidget(self.zoom_label)
        bar.addAction(self.boxes)
        bar.addSeparator()
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setProperty("primary", True)
        self.export_button.setToolTip(self.export.toolTip())
        self.export_button.clicked.connect(self.export.trigger)
        self.export.enabledChanged.connect(self.export_button.setEnabled)
        bar.addWidget(self.export_button)
        _beside_icon(bar, self.open)
        self.addToolBar(bar)

    def _lay_out(self) -> None:
        for page in (self.empty, self.canvas, self.failed):
            self.stage.addWidget(page)
        centre = QWidget()
        middle = QVBoxLayout(centre)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.banner)
        middle.addWidget(self.stage, 1)
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
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.job_bar)
        self.setCentralWidget(body)

    def _apply_theme(self) -> None:
        for action, name in self._icons:
            action.setIcon(self._theme.icons.icon(name))

    def _paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        paths = [Path(u.toLocalFile()) for u in mime.urls() if u.isLocalFile()] if mime else []
        if paths:
            self.files_dropped.emit(paths)

    def _show_zoom(self, zoom: float) -> None:
        self.zoom_label.setText(f"{round(zoom * 100)} %")


def _plain(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")


def _beside_icon(bar: QToolBar, action: QAction) -> None:
    button = bar.widgetForAction(action)
    if isinstance(button, QToolButton):
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)


def _spring() -> QWidget:
    spring = QWidget()
    spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spring
