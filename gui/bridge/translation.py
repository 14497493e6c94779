"""The window's language: which there are, and how one is put in place."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

SYSTEM = "system"
SOURCE = "en"
_PREFIX = "agelens_"
_OWN_NAMES = {SOURCE: "English", "es": "Español"}  # Qt adds the country to some
_MNEMONIC = re.compile(r"\(&\w\)|&")


def languages(folder: Path) -> list[str]:
    """Codes of the languages to choose from, English first: ``["en", "es", "zh_CN"]``."""
    others = {p.stem.removeprefix(_PREFIX) for p in folder.glob(f"{_PREFIX}*.qm")} - {SOURCE}
    return [SOURCE, *sorted(others)]


def language_name(code: str) -> str:
    """A language's own name, as in ``"Español"``."""
    if code in _OWN_NAMES:
        return _OWN_NAMES[code]
    name = QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:]


def without_mnemonic(text: str) -> str:
    """A name without the key marked in it: ``"&Open"`` and ``"打开(&O)"`` as they are spoken."""
    return _MNEMONIC.sub("", text)


def install(app: QCoreApplication, folder: Path, choice: str) -> str:
    """Speak the chosen language, before the first widget is made; gives its code.

    Args:
        app: the application; it owns the translators.
        folder: where the compiled translations lie.
        choice: a code, or ``"system"`` for the first of the user's languages that there is.
    """
    code = _best(languages(folder)) if choice == SYSTEM else choice
    if code not in languages(folder):
        code = SOURCE
    places = (
        (folder, f"{_PREFIX}{code}"),
        (Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)), f"qtbase_{code}"),
    )
    for place, name in places:
        translator = QTranslator(app)
        if translator.load(name, str(place)):
            app.installTranslator(translator)
    if isinstance(app, QGuiApplication):
        app.setLayoutDirection(QLocale(code).textDirection())
    return code


def _best(known: list[str]) -> str:
    for wanted in QLocale.system().uiLanguages():
        code = wanted.replace("-", "_")
        if code.startswith("zh_Hans"):
            code = "zh_CN"
        for candidate in (code, code.split("_", maxsplit=1)[0]):
            if candidate in known:
                return candidate
    return SOURCE
