"""Under which conditions a guide sees results: whatever fools it must survive them.

An estimator that looks at a generator's raw output is soon satisfied by patterns no eye calls
age. It is harder to fool through random shifts, scales, tints, light, resampling and noise.
"""

from __future__ import annotations

import torch
from torch import Tensor

from engine.training.augment import (
    colour_jitter,
    random_resample,
    random_shading,
    shift_and_scale,
    white_balance,
)


def guarded(fake: Tensor, shading: float = 0.0) -> Tensor:
    """RGB (B, 3, S, S) in 0..1 as the guide gets to see it.

    ``shading`` is the strength of the random light; bright patches then do not look young.
    """
    seen = white_balance(shift_and_scale(fake), amount=0.1)
    if shading > 0:
        seen = random_shading(seen, amount=shading)
    seen = colour_jitter(seen, amount=0.1, grey=0.5)
    seen = random_resample(seen, low=48, share=0.75)
    return seen + torch.randn_like(seen) * 0.02
