"""Brings ``resources/translations`` up to date with the window's strings, and compiles them.

Run by ``make translations`` with the environment's Python: Qt's lupdate takes new strings into
each ``agelens_*.ts``, lrelease writes the ``.qm`` that the window loads. Both files are kept.
Exit code 1 if a language lacks a string.
"""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(PySide6.__file__).parent
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("es", "zh_CN")
PLURALS = "en"  # the window's own language has a table of its plurals alone


def update(target: Path, language: str, sources: Sequence[Path]) -> None:
    """Take the strings of ``sources`` into a ``.ts``; translations that are there stay."""
    tool, source = [str(TOOLS / "lupdate")], [str(path) for path in sources]
    options = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "en"]
    options += ["-pluralonly"] if language == PLURALS else []
    command = [*tool, *source, *options, "-target-language", language, "-ts", str(target)]
    subprocess.run(command, check=True)


def compile_to(source: Path, target: Path) -> None:
    """Compile a ``.ts``; strings without a translation stay English."""
    command = [str(TOOLS / "lrelease"), "-silent", str(source), "-qm", str(target)]
    subprocess.run(command, check=True)


def missing(source: Path) -> list[str]:
    """The strings that a ``.ts`` has no finished translation of."""
    return [
        message.findtext("source", "")
        for message in ET.parse(source).iter("message")
        if _unfinished(message.find("translation"))
    ]


def pairs(source: Path) -> list[tuple[str, str]]:
    """Each string of a ``.ts`` with each form of its translation."""
    found = []
    for message in ET.parse(source).iter("message"):
        translation = message.find("translation")
        if translation is not None:
            forms = [form.text for form in translation] or [translation.text]
            found += [(message.findtext("source", ""), form or "") for form in forms]
    return found


def fields(text: str) -> list[str]:
    """The places of a string that are filled in: ``{name}`` and ``%n``."""
    return sorted(re.findall(r"{\w*}|%n", text))


def window_sources() -> list[Path]:
    """Every module with strings a user sees."""
    return sorted((ROOT / "gui").rglob("*.py"))


def main() -> int:
    """Update and compile every language."""
    lacking = 0
    for language in (PLURALS, *LANGUAGES):
        table = TRANSLATIONS / f"agelens_{language}.ts"
        update(table, language, window_sources())
        compile_to(table, table.with_suffix(".qm"))
        for text in missing(table):
            lacking += 1
            sys.stderr.write(f"{language} lacks: {text}\n")
    return 1 if lacking else 0


def _unfinished(translation: ET.Element | None) -> bool:
    if translation is None or translation.get("type") == "unfinished":
        return True
    forms = [form.text for form in translation] or [translation.text]
    return not all(forms)


if __name__ == "__main__":
    sys.exit(main())
