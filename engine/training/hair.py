"""Hair as the application tones it beside a generator, on batches in training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.domain import FloatArray
from engine.errors import TrainingError
from engine.faces.head import around, heads_in, inner
from engine.imaging.hair_tone import darkened, greying, look_of, whitened
from engine.models.arch.face_parser import FaceParser
from engine.models.layers import channels_last
from engine.models.registry import ModelRegistry
from engine.paths import weights_dir
from engine.training.runtime import Runtime

_LEAST = 0.02  # of the way; less than that teaches nothing
_FIRST_GREY = 45.0  # years; below them there is as good as no grey hair


class HairTones:
    """Finds hair by the installed face parser and turns it grey or dark again. No gradients."""

    def __init__(self, runtime: Runtime) -> None:
        """Raises ModelError or TrainingError where no face parser is installed."""
        registry = ModelRegistry(weights_dir())
        spec = registry.parser()
        network = None if spec is None else registry.load(spec)
        if not isinstance(network, FaceParser):
            raise TrainingError(
                "hair = true needs the face parser, and none is installed.", code="training.config"
            )
        self._network: FaceParser = runtime.place(channels_last(network))
        self._device = runtime.device

    @torch.no_grad()
    def toned(self, image: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """Faces (B, 3, S, S) in 0..1 and years (B,), (B,) → the faces with hair of the target."""
        crops = (image * 255).round().byte().permute(0, 2, 3, 1).cpu().numpy()
        changes = [
            self._change(np.ascontiguousarray(crop), before, after)
            for crop, before, after in zip(crops, source.tolist(), target.tolist(), strict=True)
        ]
        change = torch.from_numpy(np.stack(changes)).permute(0, 3, 1, 2).to(image.device)
        return (image + change).clamp(0, 1).contiguous(memory_format=torch.channels_last)

    def _change(self, crop: NDArray[np.uint8], source: float, target: float) -> FloatArray:
        """A crop S×S×3 → S×S×3 float32 in ±1."""
        nothing = np.zeros(crop.shape, np.float32)
        if max(source, target) < _FIRST_GREY:
            return nothing
        head = heads_in([around(crop)], self._shares)[0]
        part = inner(len(crop))
        hair = head.hair[part]
        look = look_of(crop, hair, head.skin[part])
        way = 0.0 if look is None else greying(look, source, target)
        if look is None or abs(way) < _LEAST:
            return nothing
        whole = whitened(crop, look) if way > 0 else darkened(crop, look, hair)
        return np.asarray(whole * hair[..., None] * np.float32(abs(way)), np.float32)

    def _shares(self, frames: Sequence[NDArray[np.uint8]]) -> FloatArray:
        """The first look at a frame, the one in colour, has to do: it is half the work."""
        batch = torch.from_numpy(np.stack(frames[:1])).permute(0, 3, 1, 2).to(self._device)
        return self._network.shares(batch.float() / 255).float().cpu().numpy()
