"""Use case: take back what was done to the photo, do it again, and see the list of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.bridge.translation import without_mnemonic
from gui.models.session import Session
from gui.views.action_window import ActionWindow
from gui.views.age_panel import AgePanel
from gui.views.history_popup import HistoryPopup


class UndoEdits(QObject):
    """Joins the shown photo's history with the window's actions and the history list.

    A drag of the dial is one step, and so is each click on a tab.
    """

    def __init__(
        self,
        session: Session,
        window: ActionWindow,
        panel: AgePanel,
        anchor: QWidget,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._anchor = anchor
        self._group = group = session.history.group
        self.popup = HistoryPopup(group, window)
        panel.exact.installEventFilter(self)
        panel.gesture_began.connect(session.history.hold)
        panel.gesture_ended.connect(session.history.seal)
        panel.gesture_resumed.connect(session.history.resume)
        session.current_changed.connect(self._update)
        session.edits_changed.connect(self._update)
        for action, slot in (
            (window.undo, self.undo),
            (window.redo, self.redo),
            (window.history, self.show_list),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        for changed in (group.canUndoChanged, group.canRedoChanged):
            changed.connect(lambda _can: self._update())
        for changed in (group.undoTextChanged, group.redoTextChanged):
            changed.connect(lambda _text: self._update())
        self._update()

    def undo(self) -> None:
        """Take the last step back."""
        self._group.undo()

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._group.redo()

    def show_list(self) -> None:
        """List the steps under the tool bar's button."""
        self.popup.show_below(self._anchor)

    def _update(self) -> None:
        window, group = self._window, self._group
        undone, redone = group.undoText(), group.redoText()
        window.undo.setEnabled(group.canUndo())
        window.redo.setEnabled(group.canRedo())
        window.history.setEnabled(group.canUndo() or group.canRedo())
        self._name(window.undo, self.tr("&Undo"), self.tr("&Undo “{step}”"), undone)
        self._name(window.redo, self.tr("&Redo"), self.tr("&Redo “{step}”"), redone)

    def _name(self, action: QAction, plain: str, with_step: str, step: str) -> None:
        text = with_step.format(step=step) if step else plain
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(text)
        action.setToolTip(f"{without_mnemonic(text)} ({keys})")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the age's number field from taking the keys of undo and redo for its text."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ours = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in ours):
                event.ignore()
                return True
        return super().eventFilter(watched, event)
