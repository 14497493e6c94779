"""What the engine says is said in the window's language, and nothing it says is forgotten."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.errors import FaceError, PhotoError, Sentence
from engine.faces.quality import obstacle
from gui.bridge.engine_words import SENTENCES, spoken
from gui.jobs.job import Failure
from tests.fakes.fake_service import FakeService
from tests.gui.conftest import OpenIn, wait_for
from tests.unit.house.scripts import load_script

ROOT = Path(__file__).resolve().parents[2]
REACH_THE_WINDOW = ("cli/recipe.py", "device.py", "faces", "imaging", "inference", "models")
KINDS = ("Engine", "Photo", "Face", "Age", "Model", "Device", "Export", "Recipe")
ERRORS = {f"{kind}Error" for kind in KINDS}
CARRIED = {"face.obstacle"}  # says what the face's own obstacle says
fields = load_script("translations").fields


@dataclass(frozen=True)
class Said:
    """A place where a sentence is made: its code, and the names of its values."""

    where: str
    code: str
    values: frozenset[str]


def modules() -> Iterator[Path]:
    for name in REACH_THE_WINDOW:
        place = ROOT / "engine" / name
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))
    yield from sorted((ROOT / "gui").rglob("*.py"))


def said() -> list[Said]:
    """Every sentence with a code in the modules whose words can reach the window."""
    found = []
    for path in modules():
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            named = {word.arg: word.value for word in call.keywords if word.arg}
            values = frozenset(named) - {"code"}
            if call.func.id == "Sentence" and len(call.args) > 1:
                found += [Said(where, code, values) for code in _texts(call.args[1])]
            elif call.func.id in ERRORS and not _has_own_code(call.args[0]):
                codes = _texts(named["code"]) if "code" in named else ["no code"]
                found += [Said(where, code, values) for code in codes]
    return [one for one in found if one.code not in CARRIED]


def _texts(node: ast.expr) -> list[str]:
    """The strings that an expression may be: a constant, or one of two."""
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body), *_texts(node.orelse)]
    assert isinstance(node, ast.Constant), ast.dump(node)
    return [str(node.value)]


def _has_own_code(sentence: ast.expr) -> bool:
    """Whether what an error is made of is a Sentence already."""
    if not isinstance(sentence, ast.Call):
        return False
    return ast.unparse(sentence.func) in {"Sentence", "Sentence.joined"}


def test_everything_the_engine_says_can_be_translated() -> None:
    places = said()
    assert len(places) > 60, "the search itself works"
    assert [one for one in places if one.code not in SENTENCES] == []
    assert set(SENTENCES) - {one.code for one in places} == set(), "nothing is left over"


def test_every_sentence_gets_the_values_it_names() -> None:
    lacking = []
    for one in said():
        wanted = {field.strip("{}") for field in fields(str(SENTENCES.get(one.code, "")))}
        if wanted - one.values:
            lacking.append((one, wanted - one.values))
    assert lacking == []


def test_in_english_the_engine_speaks_for_itself() -> None:
    error = PhotoError("me.jpg is a folder. Choose a photo in it.", code="photo.folder", name="me")
    assert spoken(error.sentence) == "me.jpg is a folder. Choose a photo in it."


def test_in_another_language(speak: Callable[[str], None]) -> None:
    speak("es")
    small = obstacle(2, 24.0, 0.0)
    assert small is not None
    assert spoken(small) == "El rostro 2 mide 24 píxeles; se necesitan al menos 40."
    assert FaceError(small, code="face.obstacle").sentence is small
    joined = Sentence.joined([small, Sentence("No Apple GPU was found.", "device.no_mps")])
    assert spoken(joined).endswith("40. No se encontró ninguna GPU de Apple.")


@pytest.mark.parametrize(
    "sentence",
    [
        "plain words",
        Sentence("A new thing.", "thing.new", name="x"),
        Sentence("A folder.", "photo.folder"),
    ],
)
def test_what_is_not_known_stays_english(speak: Callable[[str], None], sentence: str) -> None:
    """A text without a code, an unknown code, a value that is not there."""
    speak("es")
    assert spoken(sentence) == str(sentence)


def test_details_stay_english(speak: Callable[[str], None]) -> None:
    speak("es")
    failure = Failure.of(PhotoError("me is empty.", code="photo.empty", name="me"), "Abriendo me")
    assert failure.sentence == "«me» está vacío. Elige una copia intacta."
    assert "me is empty." in failure.details
    assert failure.code == "photo.empty"
    assert "Abriendo me" in Failure.of(RuntimeError("x"), "Abriendo me").sentence
    assert "Your photo" not in Failure.of(RuntimeError("x"), "Abriendo me").sentence


def test_the_window_says_it(
    opened: OpenIn, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    small = obstacle(1, 24.0, 0.0)
    service.faces["astronaut.png"] = (((180.7, 71.8, 24.0, 24.0), 34.0, small),)
    desk = opened("es")
    desk.open_photos.add([astronaut])
    wait_for(qtbot, lambda: bool(desk.session.current and desk.session.current.faces))
    desk.choose_face.choose(1)
    assert "mide 24 píxeles" in desk.window.panel._subtitle.text()
