"""Writes pictures of the window's states, taken as a user would reach them.

``python tests/visual/take_screenshots.py`` writes those that README and the user guide show into
docs/images/; ``--every --out FOLDER`` writes every state in both themes, and the narrowest window
in every language, to be looked at. Without a display set ``QT_QPA_PLATFORM=offscreen``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402 - the checkout is not an installed package
from PySide6.QtCore import QTranslator, qInstallMessageHandler  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from engine.service import ServiceFactory  # noqa: E402
from gui.bridge import translation  # noqa: E402
from tests.visual.compare import COMPARED, REFERENCES, THEMES, small  # noqa: E402
from tests.visual.stage import fake_engine, staged, to_pillow  # noqa: E402
from tests.visual.training_scenes import SCENES, played  # noqa: E402

SHOWN = (
    *("empty-light", "split-dark", "faces-light", "timeline-dark", "export-light"),
    *("batch-running-light", "settings-dark", "failed-light", "training-light"),
)
"""What README and docs/user-guide.md show."""
NARROW = (
    *("empty", "after", "timeline", "faces", "error", "export-several", "batch", "settings"),
    *("training", "training-failed", "timeline-export"),
)
"""What has to fit into the narrowest window in every language."""
REFERENCE_NAMES = tuple(f"{scene}-{theme}.png" for theme in THEMES for scene in COMPARED)


class Photographer:
    """Plays scenes and keeps their pictures.

    Args:
        factory: builds the engine.
        out: where the pictures go.
    """

    def __init__(self, app: QApplication, factory: ServiceFactory, out: Path) -> None:
        self._app = app
        self._factory = factory
        self._out = out

    def take(
        self,
        names: Iterable[str],
        language: str = translation.SOURCE,
        size: tuple[int, int] = (1280, 820),
        prefix: str = "window-",
    ) -> None:
        """Take ``<scene>-<theme>`` pictures of one window; small without a prefix."""
        pairs = [name.rpartition("-")[::2] for name in names]
        if not pairs:
            return
        translators = _speak(self._app, language)
        with staged(self._app, self._factory, size) as stage:
            for theme in THEMES:
                stage.desk.theme.choose(theme)
                for scene in (scene for scene, wanted in pairs if wanted == theme):
                    with played(scene, stage):
                        self._save(stage.grab(), f"{prefix}{scene}-{theme}.png")
        for translator in translators:
            self._app.removeTranslator(translator)

    def _save(self, picture: QImage, name: str) -> None:
        """As a PNG of at most 256 colours, but for the one in which skin is to be seen closely."""
        if name in REFERENCE_NAMES:
            small(picture).save(self._out / name, optimize=True)
            return
        image = to_pillow(picture)
        if "split" in name:
            image.save(self._out / name, optimize=True)
            return
        palette = image.quantize(256, Image.Quantize.MEDIANCUT)
        lean = image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
        lean.save(self._out / name, optimize=True)


def _speak(app: QApplication, language: str) -> list[QTranslator]:
    """Install a language; gives the translators to take away again."""
    before = set(app.findChildren(QTranslator))
    translation.install(app, ROOT / "resources" / "translations", language)
    return [one for one in app.findChildren(QTranslator) if one not in before]


def _own_folders(work: Path) -> None:
    """Leave the user's settings, caches and sessions alone, where folders are named so."""
    fonts = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "matplotlib"
    os.environ.setdefault("MPLCONFIGDIR", str(fonts))  # else it builds a font cache every time
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(work / name.lower())


def _say(_kind: object, _context: object, message: str | None) -> None:
    """Pass Qt's warnings on, but not what a screenless platform always says."""
    if message and not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def _factory(name: str) -> ServiceFactory:
    if name == "fake":
        return fake_engine
    from engine.inference.pipeline import build_service

    return build_service


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("real", "fake"), default="real")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--every", action="store_true", help="every state, not just those shown")
    parser.add_argument("--only", nargs="+", metavar="WORD", help="names with one of these words")
    parser.add_argument("--references", action="store_true", help="what test_looks.py compares")
    arguments = parser.parse_args()
    if arguments.references:
        arguments.engine, arguments.out = "fake", REFERENCES
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="agelens-user-") as user:
        _own_folders(Path(user))
        _take(arguments)
    return 0


def _take(arguments: argparse.Namespace) -> None:
    def wanted(names: Iterable[str]) -> list[str]:
        words = arguments.only or [""]
        return [name for name in names if any(word in name for word in words)]

    qInstallMessageHandler(_say)
    out = arguments.out.resolve()  # a stage changes the working directory
    photographer = Photographer(QApplication(sys.argv[:1]), _factory(arguments.engine), out)
    if arguments.references:
        photographer.take(
            (name.removesuffix(".png") for name in wanted(REFERENCE_NAMES)), prefix=""
        )
        return
    if not arguments.every:
        photographer.take(wanted(SHOWN))
        return
    photographer.take(wanted(f"{scene}-{theme}" for theme in THEMES for scene in SCENES))
    for language in translation.languages(ROOT / "resources" / "translations"):
        prefix = f"narrow-{language}-"
        names = wanted(f"{prefix}{scene}-light" for scene in NARROW)
        scenes = [name.removeprefix(prefix) for name in names]
        photographer.take(scenes, language, (860, 640), prefix)


if __name__ == "__main__":
    sys.exit(main())
