"""The sample pictures of a run by step, alone or beside another run's at the same step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge.runs import RunRecord, Sample
from gui.views.curves_panel import HEAD_HEIGHT
from gui.views.grid_view import GridView, Lens
from gui.views.sliders import MarkSlider
from gui.views.theme import Theme


class SamplePane(GridView):
    """One picture of a run; ``path`` says which it waits for or shows."""

    path: Path | None = None


class SampleViewer(QWidget):
    """Chooses a step with a slider; two runs show the step that is nearest.

    Signals:
        picture_asked: a path whose picture is to be set.
        compare_chosen: folder of the run to compare with, or ``None``.
    """

    picture_asked = Signal(object)
    compare_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._record: RunRecord | None = None
        self._other: RunRecord | None = None
        lens = Lens(self)
        self.pane, self.beside = SamplePane(theme, lens), SamplePane(theme, lens)
        self.slider = MarkSlider(theme)
        self.step_label = QLabel()
        self.compare = QComboBox()
        self.earlier, self.later = QToolButton(), QToolButton()
        self._build()
        self._connect()
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    @property
    def sample(self) -> Sample | None:
        """The chosen sample of the run."""
        samples = self._record.samples if self._record is not None else ()
        place = self.slider.value()
        return samples[place] if place < len(samples) else None

    def show_runs(
        self, record: RunRecord | None, other: RunRecord | None, choices: Sequence[Path]
    ) -> None:
        """Show a run's samples beside another's; ``choices`` are the runs to compare with."""
        self._offer(choices, other)
        if record is self._record and other is self._other:
            return
        before, chosen = self._record, self.sample
        self._record, self._other = record, other
        self._move_slider(before, chosen)
        self._refresh()

    def set_picture(self, path: Path, picture: QImage) -> None:
        """Take a picture that was asked for."""
        unread = self.tr("{name} cannot be read.").format(name=path.name)
        for pane in (self.pane, self.beside):
            if pane.path == path:
                pane.show_picture(picture, unread)

    # -- how it is made

    def _build(self) -> None:
        title = QLabel(self.tr("Samples"))
        title.setProperty("role", "section")
        words = QLabel(self.tr("&Compare with"))
        words.setProperty("role", "small")
        words.setBuddy(self.compare)
        self.compare.setAccessibleName(self.tr("Compare with"))
        self.compare.setMinimumContentsLength(6)
        self.compare.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addStrut(HEAD_HEIGHT)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(words)
        head.addWidget(self.compare)
        panes = QHBoxLayout()
        panes.setSpacing(12)
        panes.addWidget(self.pane, 1)
        panes.addWidget(self.beside, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(panes, 1)
        layout.addLayout(self._foot())
        self.slider.setAccessibleName(self.tr("Step of the samples"))
        note = self.tr("The photo first, then the ages that the recipe asks for. The wheel zooms.")
        for pane in (self.pane, self.beside):
            pane.setToolTip(note)

    def _foot(self) -> QHBoxLayout:
        self.step_label.setProperty("role", "small")
        self.earlier.setToolTip(self.tr("Earlier sample"))
        self.earlier.setAccessibleName(self.tr("Earlier sample"))
        self.later.setToolTip(self.tr("Later sample"))
        self.later.setAccessibleName(self.tr("Later sample"))
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.earlier)
        foot.addWidget(self.slider, 1)
        foot.addWidget(self.later)
        foot.addWidget(self.step_label)
        return foot

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._refresh)
        self.compare.activated.connect(
            lambda _row: self.compare_chosen.emit(self.compare.currentData())
        )
        for button, pace in ((self.earlier, -1), (self.later, 1)):
            button.setIconSize(QSize(14, 14))
            button.clicked.connect(
                lambda _=False, pace=pace: self.slider.setValue(self.slider.value() + pace)
            )

    def _offer(self, choices: Sequence[Path], other: RunRecord | None) -> None:
        """List the runs to compare with, unless they are listed already."""
        listed = [self.compare.itemData(row) for row in range(1, self.compare.count())]
        if listed != list(choices) or not self.compare.count():
            self.compare.clear()
            self.compare.addItem(self.tr("None"), None)
            for folder in choices:
                self.compare.addItem(folder.name, folder)
        chosen = other is not None and other.folder in choices
        row = list(choices).index(other.folder) + 1 if other is not None and chosen else 0
        self.compare.setCurrentIndex(row)
        self.compare.setEnabled(bool(choices))

    def _move_slider(self, before: RunRecord | None, chosen: Sample | None) -> None:
        """Stay at a step that was chosen; go on with the newest where that was shown."""
        record = self._record
        samples = record.samples if record is not None else ()
        same = before is not None and record is not None and before.folder == record.folder
        newest = before.samples[-1] if before is not None and before.samples else None
        steps = [sample.step for sample in samples]
        place = len(samples) - 1
        if same and chosen is not None and chosen != newest and chosen.step in steps:
            place = steps.index(chosen.step)
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(samples) - 1))
        self.slider.setValue(max(0, place))
        self.slider.blockSignals(False)

    def _refresh(self) -> None:
        sample, other = self.sample, self._other
        several = self.slider.maximum() > 0
        self.slider.setEnabled(several)
        self.earlier.setEnabled(self.slider.value() > 0)
        self.later.setEnabled(self.slider.value() < self.slider.maximum())
        step = self.tr("step {step}").format(step=sample.step) if sample is not None else ""
        self.step_label.setText(step)
        self.slider.setAccessibleDescription(step)
        self.beside.setVisible(other is not None)
        self._fill(self.pane, self._record, sample)
        if other is not None:
            self._fill(self.beside, other, _nearest(other.samples, sample))

    def _fill(self, pane: SamplePane, record: RunRecord | None, sample: Sample | None) -> None:
        pane.path = sample.path if sample is not None else None
        name = record.folder.name if record is not None else ""
        if sample is None:
            pane.set_caption("")
            hint = self.tr("The first samples appear with the first checkpoint.")
            pane.setAccessibleName(hint)
            pane.show_picture(QImage(), hint if record is not None else "")
            return
        words = self.tr("{name}, step {step}").format(name=name, step=sample.step)
        pane.set_caption(words if self._other is not None else "")
        pane.setAccessibleName(self.tr("Samples of {run}").format(run=words))
        self.picture_asked.emit(sample.path)

    def _apply_theme(self) -> None:
        self.earlier.setIcon(self._theme.icons.icon("previous"))
        self.later.setIcon(self._theme.icons.icon("next"))


def _nearest(samples: Sequence[Sample], wanted: Sample | None) -> Sample | None:
    """The sample made nearest to the step of the wanted one."""
    if wanted is None or not samples:
        return samples[-1] if samples else None
    return min(samples, key=lambda sample: abs(sample.step - wanted.step))
