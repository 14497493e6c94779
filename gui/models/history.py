"""Undo and redo: one stack of steps a photo. No widgets; GUI thread only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from gui.models.edits import Edits
from gui.models.photo_entry import PhotoEntry

_STEPS_KEPT = 200
_PAUSE_MS = 1000
_MERGES = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a photo's history: what to call it and the edits after it."""

    text: str
    edits: Edits


class _EditCommand(QUndoCommand):
    """Swaps a photo's edits. Steps with the same ``merge`` key become one."""

    def __init__(self, entry: PhotoEntry, text: str, after: Edits, merge: str) -> None:
        super().__init__(text)
        self.entry = entry
        self.before = entry.asked
        self.after = after
        self.merge = merge

    def id(self) -> int:
        return _MERGES if self.merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _EditCommand) or other.merge != self.merge:
            return False
        self.after = other.after
        self.setText(other.text())
        self.setObsolete(self.after == self.before)
        return True

    def redo(self) -> None:
        self.entry.apply(self.after)

    def undo(self) -> None:
        self.entry.apply(self.before)


class _PhotoStack(QUndoStack):
    """A stack that knows whose it is."""

    def __init__(self, entry: PhotoEntry, parent: QObject) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setUndoLimit(_STEPS_KEPT)


class History(QObject):
    """Every photo's undo stack; the shown photo's is the active one of ``group``.

    Signals:
        moved: a photo whose edits or place in its history are others now.
    """

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.group = QUndoGroup(self)
        self._stacks: dict[PhotoEntry, _PhotoStack] = {}
        self._gesture = 0
        self._held = False
        self._quiet = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)

    def push(self, entry: PhotoEntry, text: str, after: Edits, *, merge: str = "") -> bool:
        """Do a step, if it changes anything; later steps that were undone are dropped.

        Args:
            entry: the photo.
            text: what to call the step, for the user.
            after: the photo's edits once it is done.
            merge: steps in a row with the same key become one, until :meth:`seal` or a pause.

        Returns:
            Whether anything changed.
        """
        if after == entry.asked:
            return False
        key = f"{self._gesture}:{merge}" if merge else ""
        self._stack(entry).push(_EditCommand(entry, text, after, key))
        self._pause.start()
        return True

    def hold(self) -> None:
        """A drag begins: its steps become one however long it rests."""
        self.seal()
        self._held = True

    def seal(self) -> None:
        """What comes next is a step of its own."""
        self._held = False
        self._gesture += 1

    def resume(self) -> None:
        """What comes next belongs to the step sealed last: a double click began with a click."""
        self._gesture -= 1

    def follow(self, entry: PhotoEntry | None) -> None:
        """Make a photo's stack the one that the window undoes and lists."""
        self.seal()
        if entry is None:
            for stack in self._stacks.values():
                stack.setActive(False)
        else:
            self._stack(entry).setActive(True)

    def position(self, entry: PhotoEntry) -> int:
        """How many of a photo's steps are done."""
        stack = self._stacks.get(entry)
        return stack.index() if stack is not None else 0

    def start(self, entry: PhotoEntry) -> Edits:
        """A photo's edits before its first step that is remembered."""
        command = self._commands(entry)[:1]
        return command[0].before if command else entry.asked

    def steps(self, entry: PhotoEntry) -> list[Step]:
        """A photo's steps, the undone ones too, oldest first."""
        return [Step(command.text(), command.after) for command in self._commands(entry)]

    def load(self, entry: PhotoEntry, start: Edits, steps: Sequence[Step], position: int) -> None:
        """Replace a photo's history and put its edits where ``position`` says."""
        stack = self._stack(entry)
        self._quiet = True
        stack.clear()
        entry.apply(start)
        for step in steps:
            stack.push(_EditCommand(entry, step.text, step.edits, ""))
        stack.setIndex(min(max(position, 0), stack.count()))
        self._quiet = False
        self.moved.emit(entry)

    def renumber(self, entry: PhotoEntry, numbers: Mapping[int, int]) -> None:
        """Follow faces to other numbers through a photo's whole history."""
        steps = [Step(step.text, step.edits.renumbered(numbers)) for step in self.steps(entry)]
        start = self.start(entry).renumbered(numbers)
        self.load(entry, start, steps, self.position(entry))

    def forget(self, entry: PhotoEntry) -> None:
        """Drop a photo's history."""
        stack = self._stacks.pop(entry, None)
        if stack is not None:
            self.group.removeStack(stack)
            stack.deleteLater()

    def _commands(self, entry: PhotoEntry) -> list[_EditCommand]:
        stack = self._stacks.get(entry)
        if stack is None:
            return []
        commands = [stack.command(number) for number in range(stack.count())]
        return [command for command in commands if isinstance(command, _EditCommand)]

    def _stack(self, entry: PhotoEntry) -> _PhotoStack:
        stack = self._stacks.get(entry)
        if stack is None:
            stack = _PhotoStack(entry, self)
            stack.indexChanged.connect(self._on_index_changed)
            self.group.addStack(stack)
            self._stacks[entry] = stack
        return stack

    def _on_index_changed(self, _index: int) -> None:
        stack = self.sender()
        if isinstance(stack, _PhotoStack) and not self._quiet and stack.entry in self._stacks:
            self.moved.emit(stack.entry)

    def _on_pause(self) -> None:
        if not self._held:
            self.seal()
