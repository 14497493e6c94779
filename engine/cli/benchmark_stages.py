"""The warm stages of the benchmark, on the engine's own parts."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from engine.aged import AgingResult
from engine.cli.benchmark import ENCODE
from engine.device import Device
from engine.domain import AgeRequest
from engine.errors import FaceError
from engine.evaluation import speed
from engine.faces.covering import Coverings
from engine.faces.head import frame_of, heads_in
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.faces.mediapipe_hands import MediaPipeHands
from engine.faces.search import find_faces
from engine.imaging.color import to_srgb8
from engine.imaging.composite import composite
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.inference.hair import hair_of
from engine.inference.loading import load_generator, load_predictor
from engine.inference.onnx_host import OnnxHost
from engine.inference.pipeline import build_service
from engine.models.assets import HANDS, LANDMARKER, asset
from engine.models.registry import ModelRegistry
from engine.orders import ExportSpec
from engine.paths import weights_dir
from engine.tasks import Progress

_SOURCE, _TARGET, _FURTHER = 40.0, 65.0, 25.0


class Bench:
    """A photo with one face, aged once, and the parts to do each step again.

    Attributes:
        model: name of the measured model.
        device_words: the device in use, in words.
    """

    def __init__(self, path: Path, device: str, model: str | None) -> None:
        """Load everything. Raises EngineError."""
        self._path = path
        registry = ModelRegistry(weights_dir())
        self._predictor = load_predictor(registry, device)
        self.model = load_generator(registry, self._predictor, model).name
        report = self._predictor.report
        self.device_words = f"{report.name}, {report.dtype}. {report.reason}"
        self._photo = load_photo(path)
        self._shown = to_srgb8(self._photo.pixels, self._photo.icc)
        self._detector = MediaPipeDetector(asset(LANDMARKER))
        self._coverings = Coverings(MediaPipeHands(asset(HANDS)))
        service = build_service(device)
        try:
            face = next(iter(service.find_faces(self._photo)), None)
            if face is None:
                raise FaceError("No face was found in the sample photo.", code="face.none")
            self._landmarks = face.landmarks
            self._aged = service.age_face(
                self._photo, face, AgeRequest(face.index, _TARGET), model=self.model
            )
        finally:
            service.close()

    def __enter__(self) -> Bench:
        """For ``with``."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Free the detectors."""
        self._detector.close()
        self._coverings.close()

    def stages(self, runs: int, target: Path, tell: Progress) -> list[speed.Stage]:
        """Measure every stage; ``target`` is written to."""
        crop = self._aged.aligned.pixels
        encoding = self._predictor.encode(self.model, [crop])[0]
        result = AgingResult(self._photo, self._photo.pixels, (self._aged,), self.model)
        spec = ExportSpec(path=target, overwrite=True)
        work = {
            "load a 12 MP JPEG": lambda: load_photo(self._path),
            "find faces in 12 MP": lambda: find_faces(self._shown, self._detector),
            "look for what covers a face": lambda: self._coverings.taken_out(
                self._shown, self._landmarks, self._aged.aligned
            ),
            "tell hair, skin and covers apart": self._parse,
            ENCODE: self._encode_and_age,
            "each further age": lambda: self._predictor.decode(
                self.model, [encoding], [_SOURCE], [_FURTHER]
            ),
            "composite a 1,000 px face": lambda: composite(self._photo, [self._aged]),
            "export a 12 MP JPEG": lambda: export_result(result, spec),
        }
        measured = []
        for done, (name, one) in enumerate(work.items(), start=1):
            measured.append(speed.measure(name, one, runs=runs))
            tell(0.4 + 0.5 * done / len(work), name)
        return measured

    def flops(self) -> int | None:
        """Of encoding the face and decoding one age; ``None`` where torch does not compute."""
        return None if self._device() is None else speed.count_flops(self._encode_and_age)

    def peak(self) -> float | None:
        """FLOP/s of the fastest convolution in the precision the model runs in, in torch."""
        device = self._device()
        if device is None:
            return None
        import torch

        return speed.convolution_peak(device.torch_device, device.autocast or torch.float32)

    def _device(self) -> Device | None:
        """Where torch computes, if it does."""
        if isinstance(self._predictor.host, OnnxHost):
            return None
        from engine.inference.torch_host import TorchHost

        host = self._predictor.host
        return host.device if isinstance(host, TorchHost) else None

    def _parse(self) -> None:
        if self._predictor.parses:
            (head,) = heads_in([frame_of(self._shown, self._aged.aligned)], self._predictor.parts)
            hair_of(head)

    def _encode_and_age(self) -> None:
        codes = self._predictor.encode(self.model, [self._aged.aligned.pixels])
        self._predictor.decode(self.model, codes, [_SOURCE], [_TARGET])
