"""How a batch stands: every file with its state, pause, go on, and what failed."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.bridge.roles import BatchRole, BatchState
from gui.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_LOOKS = {
    BatchState.WAITING: ("photo", "faint"),
    BatchState.WORKING: ("working", "accent_text"),
    BatchState.DONE: ("success", "good"),
    BatchState.SKIPPED: ("info", "muted"),
    BatchState.FAILED: ("error", "bad"),
}


class BatchDelegate(QStyledItemDelegate):
    """Paints one file: state, photo and age, and what came of it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size that suits the contents."""
        return QSize(200, 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one file."""
        painter.save()
        place: QRect = option.rect.adjusted(8, 0, -8, 0)
        name, colour = _LOOKS[index.data(BatchRole.STATE)]
        tint = self._theme.colour(colour)
        icon = QRect(place.left(), place.top() + 7, 16, 16)
        self._theme.icons.icon(name, tint.name()).paint(painter, icon)
        half = (place.width() - 26) // 2
        left = QRect(place.left() + 26, place.top(), half - 8, place.height())
        right = QRect(left.right() + 8, place.top(), half, place.height())
        metrics = painter.fontMetrics()
        middle, end = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(self._theme.colour("text"))
        painter.drawText(left, centred, metrics.elidedText(str(index.data()), middle, left.width()))
        failed = index.data(BatchRole.STATE) is BatchState.FAILED
        painter.setPen(self._theme.colour("bad" if failed else "muted"))
        result = metrics.elidedText(str(index.data(BatchRole.RESULT)), end, right.width())
        painter.drawText(right, centred, result)
        painter.restore()


class BatchProgress(QDialog):
    """Watches a batch; closing it does not stop the work.

    Signals:
        go_on_asked, pause_asked, retry_asked, discard_asked, folder_asked: what a button says.
        failures_wanted: copy what failed.
    """

    go_on_asked = Signal()
    pause_asked = Signal()
    retry_asked = Signal()
    discard_asked = Signal()
    folder_asked = Signal()
    failures_wanted = Signal()

    def __init__(self, theme: Theme, model: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Batch"))
        self.resize(620, 460)
        self.summary = QLabel()
        self.progress = QProgressBar()
        self.list = QListView()
        self.list.setModel(model)
        self.list.setItemDelegate(BatchDelegate(theme, self.list))
        self.go_on = QPushButton(self.tr("Continue"))
        self.pause = QPushButton(self.tr("Pause"))
        self.retry = QPushButton(self.tr("Try failed again"))
        self.discard = QPushButton(self.tr("Discard"))
        self.folder = QPushButton(self.tr("Open folder"))
        self.copy = QPushButton(self.tr("Copy failures"))
        self._close = QPushButton(self.tr("Close"))
        self._build()

    def show_state(
        self, summary: str, *, finished: int, total: int, failed: int, running: bool
    ) -> None:
        """Show how far the batch is and offer what can be done now."""
        self.summary.setText(summary)
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(finished)
        left = total - finished
        self.go_on.setVisible(left > 0 and not running)
        self.pause.setVisible(running)
        self.discard.setVisible(left > 0)
        self.retry.setVisible(failed > 0 and not running)
        self.copy.setVisible(failed > 0)

    def show_row(self, row: int) -> None:
        """Keep the file that is being made in sight."""
        self.list.scrollTo(self.list.model().index(row, 0))

    def copy_text(self, text: str) -> None:
        """Put text on the clipboard and say so."""
        QGuiApplication.clipboard().setText(text)
        self.copy.setText(self.tr("Copied"))

    def _build(self) -> None:
        self.summary.setProperty("role", "title")
        self.summary.setWordWrap(True)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.list.setObjectName("plainList")
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Files of the batch"))
        self.go_on.setProperty("primary", True)
        self._close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        for button, signal in (
            (self.discard, self.discard_asked),
            (self.folder, self.folder_asked),
            (self.copy, self.failures_wanted),
            (None, None),
            (self.retry, self.retry_asked),
            (self.pause, self.pause_asked),
            (self.go_on, self.go_on_asked),
        ):
            if button is None:
                buttons.addStretch(1)
                continue
            button.setAutoDefault(False)
            button.clicked.connect(signal)
            buttons.addWidget(button)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(self.summary)
        layout.addWidget(self.progress)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
