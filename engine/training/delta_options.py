"""Options of the delta recipe."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeltaRecipe:
    """Weights and rates; each weight multiplies the loss of its name.

    Attributes:
        learning_rate: of the generator; falls linearly to a tenth over the last ``decay`` share.
        identity_last: the identity weight grows linearly from ``identity`` to this.
        identity_start, identity_per_year: the margin, see ``losses.identity``.
        younger: how much more a large change costs where a face gets younger by more than five
            years; jaws and lips drawn anew look young to a guide.
        highlights: of patches that brighten where a face gets older; squared as well.
        darkening, shadows, eye_whites: of foreheads, of what lies below the eyes, and of white
            around the eyes, where a face gets younger; local and squared, so their weights are
            large.
        new_edges: of edges that the photo lacks, where a face gets younger; squared as well.
        creases: of folds that take more than a share of the light, where a face gets older; squared
            as well.
        alike: how evenly the labels of race and gender are drawn within an age, 0 as they are, 1
            each as often.
        coloured: of coloured rims and spots; squared as well.
        light_start: share of the run over which the losses that hold the change back grow from a
            tenth to their weight; at full weight from the start the generator does nothing.
        own_age: reconstruction at the person's own age, on half of each batch.
        far_targets: share of targets drawn evenly from the other part of life, 45..80 for those
            under 45 and 10..35 for the others.
        uniform_targets: share of the other targets drawn evenly from 10..80, the rest from real
            ages.
        source_noise: years of noise on the source age, as an estimate has.
        shading: strength of the random light under which the guide sees results; bright patches
            then do not look young to it.
        softest: share of the softest faces left out.
        soften: share of each batch softened, so that soft photos do not get sharp lines.
        detail: weight of the second discriminator, on windows of crops that are larger than 128.
        hair: whether faces are judged with their hair as the application tones it beside the
            generator, by the installed face parser; a face whose hair greys has to age less.
        guides: run folders of more networks that read ages; a result has to convince all of them.
        judges_first: steps in which the discriminators learn alone, where they begin from nothing.
        overshoot: how much further beyond 40 years than the target the guide is asked for, as a
            share of the distance; what satisfies a guide in training convinces others less.
    """

    learning_rate: float = 4e-4
    discriminator_rate: float = 5e-4
    decay: float = 0.4
    ema: float = 0.995
    projected: float = 5.0
    detail: float = 0.0
    overshoot: float = 0.0
    age: float = 0.35
    age_sigma: float = 3.0
    identity: float = 3.0
    identity_last: float = 8.0
    identity_start: float = 0.95
    identity_per_year: float = 0.005
    own_age: float = 4.0
    low_frequency: float = 0.3
    colour_cast: float = 4.0
    mean_change: float = 0.15
    large_change: float = 4.0
    younger: float = 0.0
    darkening: float = 0.0
    coloured: float = 0.0
    eye_whites: float = 0.0
    light_start: float = 0.15
    wrong_age: float = 0.5
    far_targets: float = 0.0
    uniform_targets: float = 0.4
    source_noise: float = 3.0
    shading: float = 0.0
    same_light: float = 0.0
    softest: float = 0.3
    soften: float = 0.0
    hair: bool = False
    guides: tuple[str, ...] = ()
    judges_first: int = 0
    shadows: float = 0.0
    highlights: float = 0.0
    new_edges: float = 0.0
    creases: float = 0.0
    alike: float = 0.0
