"""One open photo and everything the window knows about it. No Qt objects but pictures."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.aged import AgedFace, AgingResult
from engine.domain import AgeRequest, Box, Face, Photo, Scores
from gui.bridge.image_convert import Pyramid
from gui.bridge.roles import PhotoState
from gui.models.edits import Edits

_PREVIEWS_KEPT = 64
_NEAR_YEARS = 6.0


@dataclass(frozen=True, slots=True)
class PreviewKey:
    """What a preview depends on: the model, and all of the request."""

    model: str
    request: AgeRequest


@dataclass(eq=False)
class PhotoEntry:
    """A photo in the gallery.

    Attributes:
        path: the file; never written to.
        state: how far it has come.
        sentence: why it failed; empty otherwise.
        details: the failure for a bug report.
        sha256: hex digest of the file's bytes when it was decoded last; empty before that.
        known_boxes: face number to box as an earlier run found them, until they are found again.
        photo: decoded pixels, or ``None`` while not in memory.
        picture: ``photo`` to show.
        faces: what was found, drawn boxes' faces last; ``None`` before looking.
        detected: those of them that the search found by itself.
        drawn: box to the face inside; only those in ``asked.boxes`` count.
        selected: index of the chosen face, or ``None``.
        beside: numbers of the faces chosen along with it.
        asked: what the user decided; changed by :class:`gui.models.history.History` alone.
        edits: what the engine is to be asked for it, by face number.
        limits: the ages that the chosen model knows.
        edit_stamp: rises with each change to ``edits`` or the model.
        result: the photo with the edits of ``result_stamp`` in it.
        result_picture: ``result`` to show.
        previews: faces at other ages, the most recently used last.
    """

    path: Path
    state: PhotoState = PhotoState.NEW
    sentence: str = ""
    details: str = ""
    sha256: str = ""
    known_boxes: Mapping[int, Box] = field(default_factory=dict)
    photo: Photo | None = None
    picture: Pyramid | None = None
    faces: tuple[Face, ...] | None = None
    detected: tuple[Face, ...] | None = None
    drawn: dict[Box, Face] = field(default_factory=dict)
    selected: int | None = None
    beside: frozenset[int] = frozenset()
    asked: Edits = field(default_factory=Edits)
    edits: dict[int, AgeRequest] = field(default_factory=dict)
    limits: tuple[float, float] | None = None
    edit_stamp: int = 0
    result: AgingResult | None = None
    result_picture: Pyramid | None = None
    result_stamp: int = -1
    previews: OrderedDict[PreviewKey, AgedFace] = field(default_factory=OrderedDict)

    @property
    def face(self) -> Face | None:
        """The chosen face."""
        return self.face_at(self.selected)

    @property
    def result_is_current(self) -> bool:
        """Whether ``result`` shows exactly the edits asked for."""
        return self.result is not None and self.result_stamp == self.edit_stamp

    def face_at(self, index: int | None) -> Face | None:
        """The face with that number."""
        return next((face for face in self.faces or () if face.index == index), None)

    @property
    def chosen(self) -> tuple[Face, ...]:
        """The chosen faces, the one that the panel speaks of first."""
        numbers = (self.selected, *sorted(self.beside))
        return tuple(face for n in numbers if (face := self.face_at(n)) is not None)

    @property
    def next_number(self) -> int:
        """A number that no face has yet."""
        numbers = [*(face.index for face in self.faces or ()), *self.asked.boxes]
        return max(numbers, default=0) + 1

    def take_faces(self, detected: tuple[Face, ...]) -> None:
        """Take what the search found."""
        self.detected = detected
        self._join_faces()

    def _join_faces(self) -> None:
        """Put the drawn boxes' faces behind the detected ones; drop a choice that is gone."""
        if self.detected is None:
            return
        drawn = [(n, self.drawn.get(box)) for n, box in sorted(self.asked.boxes.items())]
        added = [face if face.index == n else replace(face, index=n) for n, face in drawn if face]
        if self.faces != (*self.detected, *added):
            self.faces = (*self.detected, *added)
        if self.face is None:
            self.selected, self.beside = None, frozenset()
        self.beside = frozenset(n for n in self.beside if self.face_at(n) is not None)

    @property
    def face_boxes(self) -> Mapping[int, Box]:
        """Where the faces are that the search found, now or in an earlier run."""
        if self.detected is None:
            return self.known_boxes
        return {face.index: face.box for face in self.detected}

    def apply(self, asked: Edits) -> None:
        """Take other decisions; called by undo commands."""
        self.asked = asked
        self._join_faces()
        self.edits = asked.effective(self.limits)
        self.edit_stamp += 1

    def limit(self, limits: tuple[float, float] | None) -> None:
        """Take a model's range of ages; what was asked outside it is asked at its end."""
        self.limits = limits
        self.apply(self.asked)

    def request(self, face: int, target: float, strength: float = 1.0) -> AgeRequest:
        """A request for a face that carries everything else decided about it."""
        return self.asked.completed(AgeRequest(face, target, strength=strength), self.limits)

    def keep_preview(self, model: str, aged: AgedFace) -> None:
        """Remember a preview, forgetting the least recently used."""
        key = PreviewKey(model, aged.request)
        self.previews[key] = aged
        self.previews.move_to_end(key)
        while len(self.previews) > _PREVIEWS_KEPT:
            self.previews.popitem(last=False)

    def preview(self, model: str, request: AgeRequest) -> AgedFace | None:
        """A remembered preview for exactly that request."""
        key = PreviewKey(model, request)
        aged = self.previews.get(key)
        if aged is not None:
            self.previews.move_to_end(key)
        return aged

    def preview_near(self, model: str, request: AgeRequest) -> AgedFace | None:
        """The remembered preview nearest in age, within a few years, as strong as is asked.

        Its scores belong to the request it was made for.
        """
        exact = self.preview(model, request)
        if exact is not None:
            return exact
        near: AgedFace | None = None
        distance = _NEAR_YEARS
        for key, aged in self.previews.items():
            apart = abs(key.request.target - request.target)
            alike = _as_strong(replace(key.request, target=request.target), request)
            if key.model == model and alike == request and apart <= distance:
                near, distance = aged, apart
        return near.asked(_as_strong(near.request, request)) if near is not None else None

    def scores_for(self, model: str, face: int) -> Scores | None:
        """Scores of what is asked of a face, once measured."""
        request = self.edits.get(face)
        if request is None:
            return None
        if self.result_is_current and self.result is not None:
            for aged in self.result.faces:
                if aged.request.face == face:
                    return aged.scores
        exact = self.preview(model, request)
        return exact.scores if exact is not None else None

    def forget_faces(self) -> None:
        """Take the faces for those of an earlier run, to be found and known again."""
        self.known_boxes = self.face_boxes
        self.faces = self.detected = None
        self.drawn.clear()

    def release(self) -> None:
        """Give pixels back to the system; faces and edits stay."""
        self.photo = None
        self.picture = None
        self.result = None
        self.result_picture = None
        self.result_stamp = -1
        self.previews.clear()


def _as_strong(request: AgeRequest, other: AgeRequest) -> AgeRequest:
    """A request with another's strength, regions and shares."""
    return replace(request, strength=other.strength, regions=other.regions, shares=other.shares)
