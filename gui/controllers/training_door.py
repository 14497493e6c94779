"""Use case: open the training page, which is made when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from engine import paths
from gui.bridge import settings as keys
from gui.bridge.messages import Messages
from gui.bridge.settings import Settings
from gui.jobs.runner import JobRunner
from gui.models.session import Session
from gui.views.page_window import PageWindow
from gui.views.theme import Theme

if TYPE_CHECKING:
    from gui.controllers.training import Training


class TrainingDoor(QObject):
    """Switches between photos and trainings; who never trains waits for none of it at the start.

    The packaged application does not train: there the door is not to be seen.
    """

    def __init__(
        self,
        window: PageWindow,
        theme: Theme,
        session: Session,
        settings: Settings,
        runner: JobRunner,
        messages: Messages,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._session = session
        self._parts = (window, theme, session, settings, runner, messages)
        self._is_open = paths.can_train()
        if self._is_open:
            window.training.toggled.connect(self._on_switched)
        else:
            window.training.setShortcut(QKeySequence())
            window.training.setVisible(False)

    @cached_property
    def room(self) -> Training:
        """The page with all that belongs to it."""
        from gui.controllers.training import Training

        return Training(*self._parts)

    def start(self) -> None:
        """Come back to the page where it was left; a photo that is opened leaves it."""
        if not self._is_open:
            return
        self._window.training.setChecked(self._settings.get(keys.SHOW_TRAINING))
        self._session.gallery.rowsInserted.connect(self.leave)

    def stop(self) -> None:
        """End everything but the trainings themselves."""
        if self._is_open:
            self._settings.set(keys.SHOW_TRAINING, self._window.training.isChecked())
        if "room" in self.__dict__:
            self.room.stop()

    def leave(self) -> None:
        """Go back to the photos."""
        self._window.training.setChecked(False)

    def _on_switched(self, shown: bool) -> None:
        if shown or "room" in self.__dict__:
            self.room.switch(shown)
