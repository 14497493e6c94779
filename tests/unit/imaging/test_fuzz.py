"""Damaged files of every format end in a photo or a sentence: no crash, no hang, no flood."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.errors import PhotoError
from engine.imaging.photo_io import load_photo
from tests.conftest import ROOT
from tests.unit.imaging import corpus
from tests.unit.imaging.pictures import noise
from tests.unit.imaging.tiffs import dng_bytes

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs limits of POSIX")
MOST_MEGABYTES = 2048
FEW, MANY = 300, 20_000
_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF)
_HEADER = 400


def animation(form: str) -> bytes:
    frames = [Image.fromarray(noise(24, 16, seed=seed)) for seed in range(3)]
    buffer = io.BytesIO()
    frames[0].save(buffer, form, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def sound_files() -> dict[str, bytes]:
    """One small, sound file of each kind."""
    small = [replace(c, profile="none") if c.profile == "CMYK" else c for c in corpus.few()]
    files = {case.name: case.kind.write(case) for case in small}
    files |= {f"several {form}": animation(form) for form in ("GIF", "PNG", "WEBP", "MPO", "TIFF")}
    files["DNG"] = dng_bytes(np.random.default_rng(0).random((48, 64, 3)))
    try:
        import pylibjxl
    except ImportError:
        return files
    return files | {"JPEG XL": pylibjxl.encode(noise(32, 24), exif=b"Exif\0\0II*\0")}


FILES = sound_files()
Mutation = tuple[str, int, int, int]
MUTATION = st.tuples(
    st.sampled_from(["byte", "number", "number", "cut", "repeat", "drop", "insert", "swap"]),
    st.integers(0, 1 << 20),  # where; even ones near the beginning
    st.integers(0, 255),
    st.integers(1, 64),
)


def mutated(data: bytes, mutations: list[Mutation]) -> bytes:
    out = bytearray(data)
    for how, place, value, length in mutations:
        size = len(out)
        if size < 16:
            break
        at = (place // 2) % (min(size, _HEADER) if place % 2 == 0 else size)
        part = bytes(out[at : at + length])
        match how:
            case "byte":
                out[at] = value
            case "number":
                order = "<" if value % 2 else ">"
                packed = struct.pack(order + "L", _NUMBERS[value % len(_NUMBERS)])
                wide = packed if length % 2 else packed[:2] if value % 2 else packed[2:]
                out[at : at + len(wide)] = wide
            case "cut":
                del out[max(at, size // 2) :]
            case "repeat":
                out[at:at] = part * (1 + value % 16)
            case "drop":
                del out[at : at + length]
            case "insert":
                out[at:at] = bytes([value]) * length
            case "swap":
                other = value * size // 256
                out[other : other + len(part)] = part
    return bytes(out)


class Worker:
    """A process that opens files; a new one where the last died."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, data: bytes) -> dict[str, Any]:
        """What becomes of a file. Fails where the process died over it."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(struct.pack("<L", len(data)) + data)
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            died, self._process = process.wait(), None
            log = (self._folder / "log").read_text(errors="replace")[-3000:]
            pytest.fail(f"the process died of {died} over a file:\n{log}")
        answer: dict[str, Any] = json.loads(line)
        if answer["peak"] > MOST_MEGABYTES:
            self.close()
        return answer

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-m", "tests.unit.imaging.fuzz_worker"]
            with (self._folder / "log").open("wb") as log:
                self._process = subprocess.Popen(
                    [*command, str(self._folder / "photo.img")],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                )
        return self._process


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    made = Worker(tmp_path_factory.mktemp("fuzz"))
    yield made
    made.close()


def check(worker: Worker, name: str, mutations: list[Mutation]) -> None:
    answer = worker.ask(mutated(FILES[name], mutations))
    assert answer["peak"] <= MOST_MEGABYTES, "megabytes"
    assert answer["said"] == "photo" or answer["said"].startswith("photo.")


PHASES = (Phase.generate, Phase.shrink)
MUTATIONS = st.lists(MUTATION, min_size=1, max_size=6)


@settings(max_examples=FEW, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(sorted(FILES)), mutations=MUTATIONS)
def test_damage(worker: Worker, name: str, mutations: list[Mutation]) -> None:
    check(worker, name, mutations)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FILES))
def test_much_damage(worker: Worker, name: str) -> None:
    @settings(
        max_examples=-(-MANY // len(FILES)),
        deadline=None,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(mutations=MUTATIONS)
    def run(mutations: list[Mutation]) -> None:
        check(worker, name, mutations)

    run()


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_is_damaged_here_is_sound_before(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sound.img"
    path.write_bytes(FILES[name])
    try:
        assert load_photo(path).pixels.size
    except PhotoError as error:
        pytest.fail(error.sentence)
