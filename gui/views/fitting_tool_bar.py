"""A tool bar that leaves words out before it would have to leave buttons out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

_WORDED = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_BARE = Qt.ToolButtonStyle.ToolButtonIconOnly
_RESIZING = {
    QEvent.Type.Resize,
    QEvent.Type.LayoutRequest,
    QEvent.Type.Show,
    QEvent.Type.StyleChange,
    QEvent.Type.FontChange,
}


class FittingToolBar(QToolBar):
    """Shows some buttons with their words where there is room for all, else with icons alone.

    A button without words keeps its name for screen readers and its tool tip.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._groups: list[list[QToolButton]] = []
        self._bare = 0
        self._probe = QToolButton(self)  # hidden: what is tried on it asks for no new layout
        self._probe.hide()

    def word(self, actions: Sequence[QAction]) -> None:
        """Give buttons words; of all groups the one given first loses them first."""
        buttons = [self.widgetForAction(action) for action in actions]
        self._groups.append([button for button in buttons if isinstance(button, QToolButton)])
        for button in self._groups[-1]:
            button.setToolButtonStyle(_WORDED)

    def event(self, event: QEvent) -> bool:
        """Fit again when the room, the words or what is shown changed."""
        handled = super().event(event)
        if event.type() in _RESIZING:
            self._fit()
        return handled

    def _fit(self) -> None:
        savings = [sum(map(self._saving, group)) for group in self._groups]
        need = self.sizeHint().width() + sum(savings[: self._bare])
        bare = 0
        while bare < len(savings) and need > self.width():
            need -= savings[bare]
            bare += 1
        if bare == self._bare:
            return
        self._bare = bare
        for number, group in enumerate(self._groups):
            for button in group:
                button.setToolButtonStyle(_BARE if number < bare else _WORDED)

    def _saving(self, button: QToolButton) -> int:
        """How much narrower a button is without its words."""
        probe = self._probe
        probe.setText(button.text())
        probe.setIcon(button.icon())
        probe.setIconSize(button.iconSize())
        probe.setPopupMode(button.popupMode())
        widths = []
        for style in (_WORDED, _BARE):
            probe.setToolButtonStyle(style)
            widths.append(probe.sizeHint().width())
        return widths[0] - widths[1]
