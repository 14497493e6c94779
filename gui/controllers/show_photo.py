"""Use case: keep what the window shows in step with the session."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QTransform

from engine.aged import AgedFace
from engine.domain import AgeRequest, Face
from gui.bridge.image_convert import crop_to_photo, to_qimage, to_qimage_with_alpha
from gui.bridge.roles import PhotoState
from gui.bridge.words import scores_words
from gui.controllers.age_face import AgeFace
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from gui.views.age_panel import AgePanel
from gui.views.canvas_paint import FaceOverlay
from gui.views.photo_canvas import PhotoCanvas


class ShowPhoto(QObject):
    """Tells the canvas and the panel what to show; the only writer of both."""

    def __init__(
        self,
        session: Session,
        age_face: AgeFace,
        canvas: PhotoCanvas,
        panel: AgePanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._age_face = age_face
        self._canvas = canvas
        self._panel = panel
        self._last_overlays: dict[int, AgedFace] = {}
        self._played: AgedFace | None = None
        session.current_changed.connect(self._show_photo)
        session.photo_changed.connect(self._show_photo)
        session.faces_changed.connect(self._show_face)
        session.selection_changed.connect(self._show_face)
        session.edits_changed.connect(self._show_edits)
        session.result_changed.connect(self._show_edits)
        session.preview_arrived.connect(self._show_preview)
        session.model_changed.connect(self._show_model)

    def play(self, aged: AgedFace | None) -> None:
        """Lay one face at another age over the photo for a moment; ``None`` ends it."""
        self._played = aged
        self._show_after()

    def _show_photo(self) -> None:
        entry = self._session.current
        self._last_overlays.clear()
        hint = self.tr("Opening {name}…").format(name=entry.path.name) if entry else ""
        self._canvas.set_photo(entry.picture if entry else None, hint)
        self._show_face()

    def _show_face(self) -> None:
        entry = self._session.current
        faces = (entry.faces if entry else None) or ()
        self._panel.show_face(
            entry.face if entry else None,
            self._hint(entry),
            count=len(faces),
            beside=len(entry.beside) if entry else 0,
        )
        self._fill_tabs()
        self._show_edits()

    def _show_model(self) -> None:
        self._last_overlays.clear()
        self._panel.set_models(self._session.cards, self._session.card)
        self._show_face()

    def _show_edits(self) -> None:
        entry, card = self._session.current, self._session.card
        request = entry.edits.get(entry.selected) if entry and entry.selected else None
        face = _as_corrected(entry.face, entry) if entry and entry.face else None
        self._mark_faces()
        age_face = self._age_face
        self._panel.show_request(request, face, age_face.strength, age_face.shares)
        scores = None
        if entry is not None and card is not None and request is not None:
            scores = entry.scores_for(card.name, request.face)
        target = request.target if request is not None else 0.0
        self._panel.show_scores(scores, target, asked=request is not None)
        self._canvas.set_scores(scores_words(scores, target) if scores is not None else "")
        self._show_after()

    def _mark_faces(self) -> None:
        entry = self._session.current
        if entry is None:
            self._canvas.set_faces((), None)
            return
        skipped, ages = entry.asked.skipped, entry.asked.ages
        faces = tuple(_as_corrected(face, entry) for face in entry.faces or ())
        self._canvas.set_faces(faces, entry.selected, entry.beside, skipped)
        years = ages.get(entry.selected) if entry.selected is not None else None
        skip = entry.selected in skipped
        self._panel.show_now(entry.face, years, skipped=skip)

    def _show_preview(self, aged: AgedFace) -> None:
        entry = self._session.current
        if entry is None:
            return
        request = aged.request
        if self._is_for_tabs(entry, request):
            self._set_tab(aged)
        if request.face in entry.edits:
            self._show_edits()

    def _fill_tabs(self) -> None:
        entry, card = self._session.current, self._session.card
        self._panel.tabs.clear_previews()
        if entry is None or card is None:
            return
        for key, aged in entry.previews.items():
            if key.model == card.name and self._is_for_tabs(entry, key.request):
                self._set_tab(aged)

    def _is_for_tabs(self, entry: PhotoEntry, request: AgeRequest) -> bool:
        plain = entry.request(request.face, request.target)
        return request.face == entry.selected and request == plain

    def _set_tab(self, aged: AgedFace) -> None:
        self._panel.tabs.set_preview(aged.request.target, to_qimage(aged.preview()))
        if not self._panel.tabs.tab(0).has_image:
            self._panel.show_original(to_qimage(aged.aligned.pixels))

    def _show_after(self) -> None:
        entry = self._session.current
        if entry is not None and self._played is not None:
            self._canvas.set_after(entry.result_picture, [_overlay(self._played)])
        elif entry is None or not entry.edits:
            self._last_overlays.clear()
            self._canvas.set_after(None, [])
        elif entry.result_is_current:
            self._last_overlays.clear()
            self._canvas.set_after(entry.result_picture, [])
        else:
            self._canvas.set_after(entry.result_picture, self._overlays(entry))

    def _overlays(self, entry: PhotoEntry) -> list[FaceOverlay]:
        """Quick previews of what the composite does not show yet.

        A face whose newest preview is not there keeps its last one, so that a moving dial
        never flashes back to the photo as it was.
        """
        card = self._session.card
        for number, request in entry.edits.items():
            aged = entry.preview_near(card.name, request) if card else None
            if aged is not None:
                self._last_overlays[number] = aged
        return [_overlay(aged) for n, aged in self._last_overlays.items() if n in entry.edits]

    def _hint(self, entry: PhotoEntry | None) -> str:
        if entry is None or entry.state is PhotoState.FAILED:
            return ""
        if entry.state is PhotoState.WORKING or entry.faces is None:
            return self.tr("Looking for faces…")
        if not entry.faces:
            return self.tr("No face was found in this photo.")
        return self.tr("Click a face in the photo.")


def _overlay(aged: AgedFace) -> FaceOverlay:
    framed = aged.framed()
    image: QImage = to_qimage_with_alpha(framed.applied(aged.request.strength), framed.whole)
    across, down = framed.corner
    to_frame = QTransform.fromTranslate(-across, -down)
    return FaceOverlay(image, to_frame * crop_to_photo(aged.aligned.matrix))


def _as_corrected(face: Face, entry: PhotoEntry) -> Face:
    """A face with its age as the user corrected it."""
    return replace(face, age=entry.asked.ages.get(face.index, face.age))
