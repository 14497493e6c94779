"""How much of the change each region of the face takes: a group of sliders that folds away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.domain import EYES, FACIAL_HAIR, HAIR, SKIN
from gui.bridge.regions import DEFAULT, ORDER, Shares, region_words, share_words
from gui.views.eliding_label import ElidingLabel
from gui.views.sliders import MarkSlider
from gui.views.theme import Theme

_FOLLOWED = (SKIN, HAIR)  # where brows and beard lie


class RegionSlider(MarkSlider):
    """A slider that goes back to its default by a double click or Backspace.

    The wheel turns it only while it has the focus, so that scrolling past it changes nothing.

    Signals:
        reset_asked: back to the default.
        click_doubled: the same, and the click before it was a part of this.
    """

    reset_asked = Signal()
    click_doubled = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go back to the default."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.click_doubled.emit()
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace goes back to the default; arrows, pages, Home and End are the slider's own."""
        if event.key() == Qt.Key.Key_Backspace:
            self.reset_asked.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn it only while it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class RegionStrengths(QWidget):
    """One slider a region, 0–100 %, below a head that opens and closes them.

    Closed, the head says what differs from the default; beside it everything can be put back.

    Signals:
        share_chosen: a region's name and its share, 0..1, or ``None`` for "as its surroundings".
        reset_asked: all of them back to the default.
        opened: whether the sliders are to be seen.
        gesture_began, gesture_ended: as the panel's.
        gesture_resumed: what follows belongs to the gesture that ended last.
    """

    share_chosen = Signal(str, object)
    reset_asked = Signal()
    opened = Signal(bool)
    gesture_began = Signal()
    gesture_ended = Signal()
    gesture_resumed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quiet = False
        self._shares: dict[str, float | None] = dict(DEFAULT)
        self.head = QToolButton()
        self.summary = ElidingLabel()
        self.reset = QToolButton()
        self.sliders = {name: RegionSlider(theme) for name in ORDER}
        self._values = {name: QLabel() for name in ORDER}
        self._rows = QWidget()
        self._build()
        for name in ORDER:
            self._prepare(name)
        self.head.toggled.connect(self._on_opened)
        self.reset.clicked.connect(self._on_reset)
        theme.changed.connect(self._refresh)
        self._rows.hide()
        self._refresh()

    @property
    def shares(self) -> Shares:
        """What each region takes, as shown."""
        return self._shares

    def show_shares(self, shares: Shares) -> None:
        """Set the sliders, without a signal."""
        self._shares = dict(shares)
        self._refresh()

    def open(self, opened: bool) -> None:
        """Show the sliders, or the head alone."""
        self.head.setChecked(opened)

    # -- how it is made

    def _build(self) -> None:
        self.head.setObjectName("groupHead")
        self.head.setText(self.tr("Regions"))
        self.head.setToolTip(self.tr("How much of the change each part of the face takes"))
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setIconSize(QSize(14, 14))
        self.summary.setProperty("role", "changed")
        self.reset.setObjectName("quiet")
        self.reset.setIconSize(QSize(16, 16))
        self.reset.setToolTip(self.tr("Put all regions back"))
        self.reset.setAccessibleName(self.tr("Put all regions back"))
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.summary.setAlignment(end)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.head)
        head.addWidget(self.summary, 1)
        head.addWidget(self.reset)
        for button in (self.summary, self.reset):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._rows)

    def _prepare(self, name: str) -> None:
        slider, value, row = self.sliders[name], self._values[name], self._grid.rowCount()
        tips = {
            SKIN: self.tr("Forehead, cheeks, nose, mouth and chin"),
            EYES: self.tr("Lids, bags and crow's feet; the eyes themselves never change"),
            FACIAL_HAIR: self.tr("Auto: brows go with the hair, a beard goes with the skin"),
            HAIR: self.tr("The hair and how grey it turns"),
        }
        back = self.tr("{what}. Double click or Backspace: back to {default}")
        slider.setRange(0, 100)
        slider.setPageStep(10)
        slider.setAccessibleName(self.tr("{region} in per cent").format(region=region_words(name)))
        slider.setToolTip(back.format(what=tips[name], default=share_words(DEFAULT[name])))
        slider.setMinimumWidth(70)
        slider.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        slider.sliderPressed.connect(self.gesture_began)
        slider.sliderReleased.connect(self.gesture_ended)
        slider.valueChanged.connect(lambda percent: self._on_value(name, percent))
        slider.reset_asked.connect(lambda: self._choose(name, DEFAULT[name]))
        slider.click_doubled.connect(lambda: self._on_doubled(name))
        value.setFixedWidth(56)
        value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid.addWidget(QLabel(region_words(name)), row, 0)
        self._grid.addWidget(slider, row, 1)
        self._grid.addWidget(value, row, 2)

    def _refresh(self) -> None:
        self._quiet = True
        for name, slider in self.sliders.items():
            share = self._shares[name]
            slider.setValue(round(100 * (self._followed() if share is None else share)))
            slider.setAccessibleDescription(share_words(share))
            self._values[name].setText(share_words(share))
            self._mark(self._values[name], "changed" if self._differs(name) else "muted")
        self._quiet = False
        self._refresh_head()

    def _refresh_head(self) -> None:
        words = [
            f"{region_words(name)} {share_words(self._shares[name])}"
            for name in ORDER
            if self._differs(name)
        ]
        text, closed = ", ".join(words), not self.head.isChecked()
        self.summary.setText(text)
        self.summary.setVisible(bool(text) and closed)
        self.reset.setVisible(bool(text))
        said = self.tr("Changed: {what}").format(what=text) if text else ""
        self.head.setAccessibleDescription(said)
        onward = "previous" if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else "next"
        icon = self._theme.icons.icon(onward if closed else "chevron-down")
        self.head.setIcon(icon)
        self.reset.setIcon(self._theme.icons.icon("reset"))

    def _mark(self, label: QLabel, role: str) -> None:
        if label.property("role") != role:
            label.setProperty("role", role)
            label.style().unpolish(label)
            label.style().polish(label)

    def _differs(self, name: str) -> bool:
        return self._shares[name] != DEFAULT[name]

    def _followed(self) -> float:
        """Where the knob of brows and beard stands while they go with their surroundings."""
        return sum(self._shares[name] or 0.0 for name in _FOLLOWED) / len(_FOLLOWED)

    # -- what is done to it

    def _on_opened(self, opened: bool) -> None:
        self._rows.setVisible(opened)
        self._refresh_head()
        self.opened.emit(opened)

    def _on_value(self, name: str, percent: int) -> None:
        if not self._quiet:
            self._choose(name, percent / 100)

    def _on_doubled(self, name: str) -> None:
        self.gesture_resumed.emit()
        self._choose(name, DEFAULT[name])
        self.gesture_ended.emit()

    def _on_reset(self) -> None:
        if self.reset.hasFocus():  # it is about to go
            self.head.setFocus()
        self.gesture_ended.emit()
        self.show_shares(DEFAULT)
        self.reset_asked.emit()
        self.gesture_ended.emit()

    def _choose(self, name: str, share: float | None) -> None:
        self._shares[name] = share
        self._refresh()
        self.share_chosen.emit(name, share)
