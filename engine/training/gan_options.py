"""What the recipes of generative adversarial networks have in common to set.

The options are good practice that the papers lack. Each is off by default, so that a recipe
without them is its paper's.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GanRecipe:
    """Rates and options of every recipe here.

    Attributes:
        beta1, beta2: of Adam, for generator and discriminator.
        decay: share of the run, at its end, over which both rates fall linearly to zero.
        ema: of the weights that are validated and exported; 0 exports the last ones.
        clip: bound of the generator's gradient; 0 for none.
        balance: power of a group's count in sampling; 0 none, 1 every group as often.
        softest: share of the softest faces left out.
        freeze: names, or beginnings of names, of the generator's weights that stay as they are.
        guard: whether the age estimator sees results through random shifts, tints and noise; its
            term alone is easily fooled.
        same_light: share of the results that the estimator sees in their source's own light.
        masked: whether results are judged as the app shows them, changed within the face only.
        projected: weight of a discriminator on frozen ImageNet features beside the recipe's own.
        r1: weight of the gradient penalty on the recipe's own discriminators.
        wrong_age: weight there of real faces under a wrong age.
        large_change, low_frequency, colour_cast: weights of what holds a change back, see
            :mod:`engine.training.losses.change`; without them patches of dark and light come up.
        light_start: share of the run over which `projected` and those three grow from a tenth to
            their weight; at full weight from the start they keep the network at the face it got.
        teacher: an installed generator for any age that is imitated first, or none.
        imitation: share of the run, at its start, that only does so; the others count from there.
        imitation_rate: of Adam meanwhile, with its usual momentum.
    """

    learning_rate: float = 2e-4
    discriminator_rate: float = 2e-4
    beta1: float = 0.5
    beta2: float = 0.999
    decay: float = 0.0
    ema: float = 0.0
    clip: float = 0.0
    balance: float = 1.0
    softest: float = 0.0
    freeze: tuple[str, ...] = ()
    guard: bool = False
    same_light: float = 0.0
    masked: bool = False
    projected: float = 0.0
    r1: float = 0.0
    wrong_age: float = 0.5
    large_change: float = 0.0
    low_frequency: float = 0.0
    colour_cast: float = 0.0
    light_start: float = 0.0
    teacher: str = ""
    imitation: float = 0.0
    imitation_rate: float = 1e-3
