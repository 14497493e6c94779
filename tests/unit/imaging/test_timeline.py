"""The timeline as files: what they show, what marks them, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.aged import AgedFace
from engine.domain import Photo
from engine.errors import Cancelled, ExportError
from engine.imaging import video
from engine.imaging.timeline import export_timeline, timeline_formats
from engine.orders import Framing, TimelineSpec
from engine.tasks import CancelToken
from tests.unit.imaging.pictures import aged_face, flat_change, noise, photo, similarity

TURNED = similarity(0.5, 20, (150, 120), (31.5, 31.5))


def faces(*reds: float) -> list[AgedFace]:
    """One face, redder with each age."""
    made = [aged_face(TURNED, flat_change(64, red, 0, 0)) for red in reds]
    return [
        replace(face, request=replace(face.request, target=20.0 + 10 * n))
        for n, face in enumerate(made)
    ]


@pytest.fixture
def source() -> Photo:
    return photo(noise(320, 240) // 2 + 40)


def test_a_sheet_shows_every_age(source: Photo, tmp_path: Path) -> None:
    target = tmp_path / "sheet.png"
    receipt = export_timeline(source, faces(*np.linspace(0, 0.6, 7)), TimelineSpec(target), "m")
    with Image.open(target) as image:
        sheet = np.array(image.convert("RGB")).astype(int)
        assert b"compositeWithTrained" in image.info["XML:com.adobe.xmp"].encode()
    assert receipt.size_bytes == target.stat().st_size
    assert sheet.shape[1] > 4 * sheet.shape[0] / 2
    red = (sheet[..., 0] - sheet[..., 1])[: sheet.shape[0] // 2]
    first, last = red[:, : sheet.shape[1] // 5], red[:, -sheet.shape[1] // 5 :]
    assert last.mean() > first.mean() + 5


@pytest.mark.parametrize(("suffix", "frames"), [(".gif", 4), (".webp", 12)])
def test_an_animation_goes_there_and_back(
    source: Photo, tmp_path: Path, suffix: str, frames: int
) -> None:
    target = tmp_path / f"ages{suffix}"
    export_timeline(source, faces(0.0, 0.3, 0.6), TimelineSpec(target, frame_ms=180), "m")
    with Image.open(target) as image:
        assert image.n_frames == frames
        assert image.info["loop"] == 0
        reds = []
        for number in range(frames):
            image.seek(number)
            pixels = np.array(image.convert("RGB")).astype(int)[20:140, 20:140]
            reds.append(float((pixels[..., 0] - pixels[..., 1]).mean()))
        assert image.info["duration"] == (180 if suffix == ".gif" else 60)
    middle = frames // 2
    assert max(reds) == reds[middle]
    assert reds[0] < reds[middle] - 20
    assert reds[1] == pytest.approx(reds[-1], abs=2)


@pytest.mark.parametrize(
    ("framing", "size"),
    [(Framing.FACE, (160, 160)), (Framing.ALIGNED, (160, 160)), (Framing.PHOTO, (320, 240))],
)
@pytest.mark.parametrize("suffix", [".png", ".gif", ".webp", ".mp4"])
def test_every_framing_is_written_in_every_format(
    source: Photo, tmp_path: Path, framing: Framing, size: tuple[int, int], suffix: str
) -> None:
    target = tmp_path / f"ages{suffix}"
    spec = TimelineSpec(target, framing=framing, credentials=False)
    export_timeline(source, faces(0.0, 0.6), spec, "m")
    gap, line = max(4, size[1] // 40), max(16, size[1] // 14)
    wide, high = size[0] + 2 * gap, size[1] + 2 * gap + line
    if suffix == ".png":
        wide = 2 * size[0] + 3 * gap
    if suffix == ".mp4":
        assert film(target)[1][0].shape == (high // 2 * 2, wide // 2 * 2, 3)
        return
    with Image.open(target) as image:
        assert image.size == (wide, high)


def test_around_the_face_a_gif_of_the_whole_photo_stands_still(
    source: Photo, tmp_path: Path
) -> None:
    target = tmp_path / "ages.gif"
    export_timeline(source, faces(0.0, 0.3, 0.6), TimelineSpec(target, framing=Framing.PHOTO), "m")
    frames = []
    with Image.open(target) as image:
        for number in range(image.n_frames):
            image.seek(number)
            frames.append(np.array(image.convert("RGB")))
    y, x = np.mgrid[:240, :320]
    outside = np.hypot(x - 150, y - 120) > 66
    for frame in frames[1:]:
        moved = (frame[6:246, 6:326] != frames[0][6:246, 6:326]).any(axis=2)
        assert not moved[outside].any()
    assert moved.any()


def film(file: Path) -> tuple[float, list[np.ndarray]]:
    """Frames a second, and the frames as RGB."""
    import cv2

    reader = cv2.VideoCapture(str(file))
    frames = []
    while True:
        there, frame = reader.read()
        if not there:
            break
        frames.append(frame[..., ::-1].astype(int))
    fps = float(reader.get(cv2.CAP_PROP_FPS))
    reader.release()
    return fps, frames


def test_a_film_goes_there_and_back_and_rests(source: Photo, tmp_path: Path) -> None:
    target = tmp_path / "ages.mp4"
    spec = TimelineSpec(target, frame_ms=200)
    receipt = export_timeline(source, faces(0.0, 0.3, 0.6), spec, "m")
    assert receipt.size_bytes == target.stat().st_size
    fps, frames = film(target)
    assert fps == pytest.approx(25)
    assert len(frames) == 12 + 20 + 12  # half a second, two times two steps of five, half a second
    assert all(side % 2 == 0 for side in frames[0].shape[:2])
    reds = [float((f[20:140, 20:140, 0] - f[20:140, 20:140, 1]).mean()) for f in frames]
    assert np.argmax(reds) == pytest.approx(12 + 10, abs=1)
    assert max(reds) > reds[0] + 20
    assert reds[-1] == pytest.approx(reds[0], abs=3)
    assert [path for path in tmp_path.iterdir() if path.name != "user"] == [target]


def test_a_film_is_marked_unless_told_otherwise(source: Photo, tmp_path: Path) -> None:
    for mark in (True, False):
        target = tmp_path / f"{mark}.mp4"
        export_timeline(
            source, faces(0, 0.3), TimelineSpec(target, mark_ai=mark, credentials=mark), "m"
        )
        packet = video.xmp_of(target.read_bytes())
        assert (packet is not None) is mark
        if packet is not None:
            assert b"compositeWithTrainedAlgorithmicMedia" in packet
        assert film(target)[1]


def test_without_an_encoder_a_film_is_refused_in_words(
    source: Photo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video.can_write.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(video, "_CODEC", "zzzz")
        assert timeline_formats() == (".png", ".gif", ".webp")
        with pytest.raises(ExportError, match=r"\.webp or \.gif") as caught:
            export_timeline(source, faces(0.1), TimelineSpec(tmp_path / "a.mp4"), "m")
    assert caught.value.code == "export.encoder"
    assert not list(tmp_path.iterdir())
    video.can_write.cache_clear()
    assert ".mp4" in timeline_formats()


def test_half_a_film_is_no_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk for temporary files cuts the film short and OpenCV says nothing."""
    whole = video.encode([np.zeros((64, 64, 3), np.uint8)] * 3, fps=25)
    assert {b"ftyp", b"moov", b"mdat"} <= set(video.boxes(whole))
    assert b"moov" not in video.boxes(whole[: len(whole) // 2])
    monkeypatch.setattr(Path, "read_bytes", lambda _self: whole[: len(whole) // 2])
    with pytest.raises(ExportError, match="not whole"):
        video.encode([np.zeros((64, 64, 3), np.uint8)] * 3, fps=25)
    with pytest.raises(ExportError):
        video.encode([], fps=25)


def test_an_animation_is_marked_unless_told_otherwise(source: Photo, tmp_path: Path) -> None:
    for mark in (True, False):
        for suffix in (".gif", ".webp"):
            target = tmp_path / f"{mark}{suffix}"
            export_timeline(
                source, faces(0, 0.3), TimelineSpec(target, mark_ai=mark, credentials=mark), "m"
            )
            data = target.read_bytes()
            assert (b"Agelens" in data) is mark


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.jpg", "export.format"),
        ("none/a.gif", "export.folder_missing"),
        ("b.gif", "export.exists"),
    ],
)
def test_refused_before_any_work(source: Photo, tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "b.gif").write_bytes(b"mine")
    with pytest.raises(ExportError) as caught:
        export_timeline(source, faces(0.1), TimelineSpec(tmp_path / name), "m")
    assert caught.value.code == code
    assert (tmp_path / "b.gif").read_bytes() == b"mine"


def test_without_ages_and_cancelled(source: Photo, tmp_path: Path) -> None:
    spec = TimelineSpec(tmp_path / "a.gif")
    with pytest.raises(ExportError, match="no age"):
        export_timeline(source, [], spec, "m")
    token = CancelToken()
    with pytest.raises(Cancelled):
        export_timeline(
            source, faces(0, 0.1), spec, "m", cancel=token, progress=lambda *_: token.cancel()
        )
    assert not list(tmp_path.iterdir())


class Late(CancelToken):
    """Cancels itself at a later check."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def check(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.cancel()
        super().check()


@pytest.mark.parametrize("kind", ["gif", "webp", "mp4"])
def test_cancelled_while_it_is_encoded(source: Photo, tmp_path: Path, kind: str) -> None:
    if f".{kind}" not in timeline_formats():
        pytest.skip("no encoder for films")
    spec, some, whole = TimelineSpec(tmp_path / f"a.{kind}"), faces(0, 0.1, 0.2), Late(0)
    export_timeline(source, some, replace(spec, path=tmp_path / f"b.{kind}"), "m", cancel=whole)
    checks = -whole.left
    before = 2 + len(some)  # at the start, at every picture, before encoding
    assert checks > before + (1 if kind == "webp" else len(some)), "encoding looks, too"
    for at in range(before + 1, checks + 1):
        with pytest.raises(Cancelled):
            export_timeline(source, some, spec, "m", cancel=Late(at))
        assert not spec.path.exists()
