"""Indices into MediaPipe's 478 face landmarks, by what they mark.

"Left" and "right" are the picture's sides, not the person's.
"""

from __future__ import annotations

import numpy as np

from engine.domain import FloatArray

LEFT_EYE_OUTER, LEFT_EYE_INNER = 33, 133
RIGHT_EYE_INNER, RIGHT_EYE_OUTER = 362, 263
MOUTH_LEFT, MOUTH_RIGHT = 61, 291
NOSE_TIP, CHIN, FOREHEAD_TOP = 1, 152, 10
CHEEK_LEFT, CHEEK_RIGHT = 234, 454

# Outlines run around their shape, so that they can be filled as polygons.
FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
LEFT_EYE = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
RIGHT_EYE = (362, 382, 381, 380, 374, 373, 390, 249, 263, 466, 388, 387, 386, 385, 384, 398)
INNER_LIPS = (
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191,
)  # fmt: skip
# MediaPipe's brow outlines, and the skin between brow, temple, cheekbone and nose.
LEFT_BROW = (46, 53, 52, 65, 55, 107, 66, 105, 63, 70)
RIGHT_BROW = (276, 283, 282, 295, 285, 336, 296, 334, 293, 300)
LEFT_EYE_AREA = (
    124, 46, 53, 52, 65, 55, 193, 245, 128, 121, 120, 119, 118, 117, 111, 143,
)  # fmt: skip
RIGHT_EYE_AREA = (
    353, 276, 283, 282, 295, 285, 417, 465, 357, 350, 349, 348, 347, 346, 340, 372,
)  # fmt: skip
# Where a beard grows: along the jaw, up to the mouth's corners and below the nose.
BEARD_AREA = (
    58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288,
    410, 327, 2, 98, 186,
)  # fmt: skip
OUTER_LIPS = (
    61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
)  # fmt: skip
# The oval's upper edge, from the picture's left temple to the right one.
HAIRLINE = (127, 162, 21, 54, 103, 67, 109, 10, 338, 297, 332, 284, 251, 389, 356)


def five_points(landmarks: FloatArray) -> FloatArray:
    """(5, 2) float32: eye centres, nose tip, mouth corners; left to right, as SFace takes them."""
    eyes = [
        landmarks[[LEFT_EYE_OUTER, LEFT_EYE_INNER]].mean(0),
        landmarks[[RIGHT_EYE_INNER, RIGHT_EYE_OUTER]].mean(0),
    ]
    rest = [landmarks[NOSE_TIP], landmarks[MOUTH_LEFT], landmarks[MOUTH_RIGHT]]
    return np.stack(eyes + rest).astype(np.float32)
