"""What is said of a face and of a result, for the eye and for screen readers. Translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.domain import Face, Scores

translate = QCoreApplication.translate


def face_words(face: Face, age: float | None = None) -> str:
    """A face in words; ``age`` is the corrected one, ``None`` where the estimate stands."""
    years = face.age if age is None else age
    if years is None:
        return translate("Words", "Face {number}").format(number=face.index)
    if age is not None:
        return translate("Words", "Face {number}, {age} years old").format(
            number=face.index, age=round(age)
        )
    words = translate("Words", "Face {number}, looks about {age}")
    return words.format(number=face.index, age=round(years))


def verdict_words(scores: Scores, target: float) -> str:
    """Whether it is the same person and whether the age asked for was reached."""
    same = translate("Words", "The same person")
    person = same if scores.same_person else translate("Words", "Perhaps not the same person")
    miss = scores.age_after - target
    beyond = miss * (target - scores.age_before) > 0
    if scores.reached:
        age = translate("Words", "reached the age asked for")
    elif beyond:
        age = translate("Words", "went {years} years too far")
    else:
        age = translate("Words", "fell {years} years short")
    both = translate("Words", "{person}; {age}.")
    return both.format(person=person, age=age.format(years=round(abs(miss))))


def scores_words(scores: Scores, target: float) -> str:
    """The figures and the verdict, for screen readers."""
    words = translate(
        "Words", "Estimated age {before} before, {after} after; identity {identity}. {verdict}"
    )
    return words.format(
        before=round(scores.age_before),
        after=round(scores.age_after),
        identity=f"{scores.identity:.2f}",
        verdict=verdict_words(scores, target),
    )
