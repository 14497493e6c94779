"""The main window's actions and menus: what can be done, its name, key and icon."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from gui.bridge.translation import without_mnemonic
from gui.views.canvas_paint import CompareMode
from gui.views.theme import SCHEMES, Theme

Key = QKeySequence.StandardKey
Shortcut = QKeySequence.StandardKey | str


class ActionWindow(QMainWindow):
    """A window with every action in its menus; who builds it says what the actions do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icons: list[tuple[QAction, str]] = []
        self._make_actions()
        self._make_menus()
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def set_comparing(self, possible: bool) -> None:
        """Let the user compare, or not while nothing is aged."""
        self.compare.setEnabled(possible)

    def shortcut_rows(self) -> list[tuple[str, str]]:
        """Keys and what they do, for the shortcuts sheet."""
        rows = [
            (action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), action.iconText())
            for action in self.actions()
            if not action.shortcut().isEmpty()
        ]
        rows.append((self.tr("Space, held"), self.tr("See the photo as it was")))
        rows.append((self.tr("Tab"), self.tr("Next face, in the photo")))
        rows.append((self.tr("Ctrl+click"), self.tr("Choose one more face, or one less")))
        rows.append((self.tr("Arrow keys"), self.tr("Move the divider or the photo")))
        return rows

    def photo_actions(self) -> list[QAction]:
        """What only makes sense while the photos are in sight."""
        others = {
            *(self.open, self.open_folder, self.preferences, self.quit, self.cancel),
            *(self.training, self.shortcuts, self.about),
        }
        return [action for action in self.actions() if action not in others]

    # -- actions

    def _make_actions(self) -> None:
        act = self._action
        self.open = act(self.tr("&Open photos…"), "open", Key.Open)
        self.open_folder = act(self.tr("Open &folder…"), "", "Ctrl+Shift+O")
        self.undo = act(self.tr("&Undo"), "undo", Key.Undo)
        self.redo = act(self.tr("&Redo"), "redo", Key.Redo)
        usual = QKeySequence.keyBindings(Key.Redo)
        others = [QKeySequence(keys) for keys in ("Ctrl+Y", "Ctrl+Shift+Z")]
        self.redo.setShortcuts([*usual, *(keys for keys in others if keys not in usual)])
        self.history = act(self.tr("&History…"), "history", "Ctrl+Alt+Z")
        self.paste = act(self.tr("&Paste photos"), "", Key.Paste)
        self.export = act(self.tr("&Export…"), "export", "Ctrl+E")
        self.batch = act(self.tr("&Batch…"), "batch", "Ctrl+B")
        self.remove = act(self.tr("&Remove from gallery"), "", Key.Delete)
        self.preferences = act(self.tr("&Settings…"), "settings", "Ctrl+,")
        self.preferences.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.quit = act(self.tr("&Quit"), "", Key.Quit, self.close)
        self.reset = act(self.tr("&Leave the face as it is"), "reset", "Ctrl+0")
        self.next_face = act(self.tr("&Next face"), "next", "Ctrl+Right")
        self.previous_face = act(self.tr("Pre&vious face"), "previous", "Ctrl+Left")
        self.cancel = act(self.tr("&Cancel running work"), "", "Escape")
        self.skip_face = act(self.tr("S&kip face"), "", "K")
        self.add_face = act(self.tr("A&dd a face"), "", "N")
        self.all_faces = act(self.tr("Choose a&ll faces"), "", Key.SelectAll)
        self.fit = act(self.tr("&Fit in window"), "fit", "F")
        self.actual = act(self.tr("&Actual size"), "actual", "1")
        self.zoom_face = act(self.tr("&Zoom to face"), "", "Z")
        self.zoom_in = act(self.tr("Zoom &in"), "zoom-in", Key.ZoomIn)
        self.zoom_out = act(self.tr("Zoom &out"), "zoom-out", Key.ZoomOut)
        self.boxes = act(self.tr("Show face &boxes"), "face", "X")
        self.boxes.setCheckable(True)
        self.boxes.setChecked(True)
        self.timeline_shown = act(self.tr("&Timeline"), "timeline", "T")
        self.timeline_shown.setCheckable(True)
        self.training = act(self.tr("T&raining"), "training", "Ctrl+Shift+T")
        self.training.setCheckable(True)
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
            (CompareMode.SIDE, self.tr("S&ide by side"), "side", "D"),
            (CompareMode.AFTER, self.tr("&After"), "after", "A"),
        ):
            action = self._action(text, icon, key)
            action.setCheckable(True)
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
        action.setIconText(_plain(action))  # stays when the text says more, as undo's does
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
        file = self.file_menu = bar.addMenu(self.tr("&File"))
        file.addActions([self.open, self.open_folder])
        self.recent_menu = file.addMenu(self.tr("Open &recent"))
        file.addSeparator()
        file.addActions([self.export, self.batch, self.remove])
        file.addSeparator()
        file.addActions([self.preferences, self.quit])
        edit = self.edit_menu = bar.addMenu(self.tr("&Edit"))
        edit.addActions([self.undo, self.redo, self.history])
        edit.addSeparator()
        edit.addAction(self.paste)
        face = self.face_menu = bar.addMenu(self.tr("F&ace"))
        face.addActions([self.next_face, self.previous_face, self.all_faces, self.zoom_face])
        face.addSeparator()
        face.addActions([self.skip_face, self.add_face])
        face.addSeparator()
        face.addActions([self.reset, self.cancel])
        view = self.view_menu = bar.addMenu(self.tr("&View"))
        view.addActions([self.fit, self.actual, self.zoom_in, self.zoom_out])
        view.addSeparator()
        view.addActions(self.compare.actions())
        view.addActions([self.boxes, self.timeline_shown])
        view.addSeparator()
        view.addAction(self.training)
        view.addMenu(self.tr("&Theme")).addActions(self.themes.actions())
        help_menu = self.help_menu = bar.addMenu(self.tr("&Help"))
        help_menu.addActions([self.shortcuts, self.about])

    def _apply_theme(self) -> None:
        for action, name in self._icons:
            action.setIcon(self._theme.icons.icon(name))


def _plain(action: QAction) -> str:
    return without_mnemonic(action.text()).rstrip("…")
