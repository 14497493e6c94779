"""Runs as they are read from their folders, and their list: half-written lines, resumes, ends."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from gui.bridge.run_words import about_words, error_words, left_words, line_words
from gui.bridge.runs import SPEED, RunRecord, RunRole, RunState, Sample
from gui.models.recipes import (
    card_of,
    configs_folder,
    configurations,
    makes_faces,
    model_of,
    read_configuration,
)
from gui.models.run_files import StatsTail, last_data, read_error
from gui.models.run_folder import RunFolderReader, RunReader
from gui.models.run_list import RunList


def write_run(folder: Path, steps: int = 100, lines: int = 0) -> Path:
    """A run folder with so many lines of statistics."""
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(
        f'recipe = "delta"\n[loop]\nsteps = {steps}\nbatch = 16\n', encoding="utf-8"
    )
    add(folder, *({"step": 10 * n, SPEED: 4.0, "age": 1 / n} for n in range(1, lines + 1)))
    return folder


def add(folder: Path, *lines: dict[str, float], end: str = "\n") -> None:
    with (folder / "stats.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("\n".join(map(json.dumps, lines)) + (end if lines else ""))


def test_a_half_written_line_waits_for_its_end(tmp_path: Path) -> None:
    stats = tmp_path / "stats.jsonl"
    tail = StatsTail(stats)
    assert tail.read() is False, "there is no file yet"
    stats.write_text('{"step": 1, "age": 2.5}\n{"step": 2, "ag')
    assert tail.read() is True
    assert tail.curves()["age"].steps == (1,)
    with stats.open("a") as stream:
        stream.write('e": 1.5}\n')
    assert tail.read() is True
    curve = tail.curves()["age"]
    assert (curve.steps, curve.values) == ((1, 2), (2.5, 1.5))
    assert tail.read() is False


def test_broken_lines_and_odd_values_are_passed_over(tmp_path: Path) -> None:
    stats = tmp_path / "stats.jsonl"
    stats.write_text(
        'nonsense\n[1]\n{"step": "two"}\n{"step": true, "age": 1}\n{"step": -1, "age": 1}\n'
        '{"step": 3, "age": NaN, "identity": Infinity, "note": "text", "own": 2, "flag": true}\n'
    )
    tail = StatsTail(stats)
    tail.read()
    assert list(tail.curves()) == ["own"]
    assert tail.step == 3


def test_what_is_written_anew_replaces_what_a_resume_undid(tmp_path: Path) -> None:
    add(tmp_path, *({"step": step, "age": 1.0} for step in (10, 20, 30)))
    add(tmp_path, {"step": 30, "sample_identity": 0.5}, {"step": 20, "age": 7.0})
    tail = StatsTail(tmp_path / "stats.jsonl")
    tail.read()
    curves = tail.curves()
    assert curves["age"].steps == (10, 20)
    assert curves["age"].values == (1.0, 7.0)
    assert "sample_identity" not in curves
    assert tail.step == 20


def test_a_file_that_is_replaced_is_read_from_its_beginning(tmp_path: Path) -> None:
    add(tmp_path, *({"step": step, "age": 1.0} for step in range(9)))
    tail = StatsTail(tmp_path / "stats.jsonl")
    tail.read()
    (tmp_path / "new").write_text('{"step": 1, "age": 3}\n')
    os.replace(tmp_path / "new", tmp_path / "stats.jsonl")
    tail.read()
    assert tail.curves()["age"].values == (3.0,)


def test_a_run_and_what_is_not_read_again(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", lines=3)
    for step in (200, 100):
        (run / f"samples-{step:05d}.jpg").write_bytes(b"")
    (run / "samples-00100.tmp").write_bytes(b"")
    reader = RunReader(run)
    record = reader.read()
    assert (record.recipe, record.steps, record.batch) == ("delta", 100, 16)
    assert (record.step, record.speed, record.state) == (30, 4.0, RunState.STOPPED)
    assert [sample.step for sample in record.samples] == [100, 200]
    assert record.resumable is False
    assert reader.read() is record
    (run / "checkpoint.pt").write_bytes(b"")
    assert reader.read().resumable is True


@pytest.mark.parametrize(
    ("log", "state", "error"),
    [
        (None, RunState.STOPPED, None),
        ('# ["now"]\n30 of 100 steps done; the run is in x.\n', RunState.STOPPED, None),
        ('# ["now"]\nInterrupted.\n', RunState.STOPPED, None),
        ('# ["now"]\n', RunState.FAILED, ""),
        ('# ["now"]\nsome warning\nThe disk is full.\n', RunState.FAILED, "The disk is full."),
        ("x is done\n# [1]\n30 of 100 steps done\n# [2]\n", RunState.FAILED, ""),
    ],
)
def test_how_a_run_ended(
    tmp_path: Path, log: str | None, state: RunState, error: str | None
) -> None:
    run = write_run(tmp_path / "run", lines=3)
    if log is not None:
        (run / "training.log").write_text(log)
    record = RunReader(run).read()
    assert (record.state, record.error) == (state, error)
    assert bool(error_words(record)) is (state is RunState.FAILED)


def test_an_old_log_says_nothing_of_a_later_process(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", lines=3)
    log = run / "training.log"
    log.write_text("# [1]\nThe disk is full.\n")
    os.utime(log, (1, 1))
    assert read_error(run) is None


def test_the_data_of_the_last_training_are_known_again(tmp_path: Path) -> None:
    assert last_data(tmp_path) is None
    words = json.dumps(["now", "python", "main.py", "train", "c.toml", "--data", "/faces", "--out"])
    (tmp_path / "training.log").write_text(f"# {words}\nsaid\n")
    assert last_data(tmp_path) == Path("/faces")


def test_the_runs_of_a_folder_the_last_one_first(tmp_path: Path) -> None:
    reader = RunFolderReader()
    assert reader.read(tmp_path / "nowhere") == ()
    for age, name in enumerate(("new", "old")):
        run = write_run(tmp_path / name, steps=30, lines=3)
        os.utime(run / "config.toml", (1000 - age, 1000 - age))
    (tmp_path / "other").mkdir()
    (tmp_path / "file.txt").write_text("")
    first = reader.read(tmp_path)
    assert [record.folder.name for record in first] == ["new", "old"]
    assert [record.state for record in first] == [RunState.FINISHED] * 2
    assert all(a is b for a, b in zip(first, reader.read(tmp_path), strict=True))


def test_a_run_is_there_as_soon_as_its_process_is(tmp_path: Path) -> None:
    (tmp_path / "fresh").mkdir()
    (tmp_path / "fresh" / "training.log").write_text("# [1]\nThe data are missing.\n")
    (record,) = RunFolderReader().read(tmp_path)
    assert (record.state, record.error) == (RunState.FAILED, "The data are missing.")


def test_a_broken_configuration_leaves_the_run_readable(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", lines=2)
    (run / "config.toml").write_text("recipe = [")
    record = RunReader(run).read()
    assert (record.recipe, record.steps, record.step) == ("", 0, 20)
    assert line_words(record) == "Stopped · step 20"


def test_the_list(qapp: object, tmp_path: Path) -> None:
    model = RunList()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    a, b, c = (RunRecord(tmp_path / name, "delta", 100, 16, 50, 8.0) for name in "abc")
    model.update((a, b), (), ())
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.update((a, b), (), ())
    assert changed == [], "what is the same is not painted again"
    model.update((a, b), {b.folder}, ())
    assert changed == [1]
    assert model.index(1).data(RunRole.RECORD).state is RunState.RUNNING
    kept = QPersistentModelIndex(model.index(1))
    model.update((c, b, a), {b.folder}, {b.folder})
    assert kept.row() == 1
    assert kept.data() == "b"
    assert kept.data(RunRole.RECORD).state is RunState.STOPPING
    model.update((b, c), (), ())
    assert [model.index(row).data() for row in range(2)] == ["b", "c"]
    words = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "b, delta, Not begun · 50/100"
    model.update((), (), ())
    assert model.rowCount() == 0


def test_words_of_a_running_one(tmp_path: Path) -> None:
    running = RunRecord(tmp_path, "delta", 100, 16, 40, 4.0, state=RunState.RUNNING)
    assert running.seconds_left == 240
    assert about_words(running) == "delta · step 40 of 100 · 4.0 images/s · about 4 min left"
    assert left_words(7200) == "about 2.0 h left"


def test_every_shipped_configuration_can_be_chosen_and_has_a_card() -> None:
    found = configurations(configs_folder())
    assert {"delta", "ipcgan", "cyclegan"} <= {one.recipe for one in found}
    assert all(one.steps > 0 for one in found)
    assert not any("card" in one.path.name for one in found)
    for one in found:
        card = card_of(one.recipe, configs_folder())
        assert card is not None
        readers = ("age_estimator", "age_resnet", "face_parser")
        assert makes_faces(card) is (one.recipe not in readers)


def test_a_model_is_named_after_its_run(tmp_path: Path) -> None:
    record = RunRecord(tmp_path / "my run", "delta", samples=(Sample(100, tmp_path),), step=120)
    card = card_of("delta", configs_folder())
    assert card is not None
    model = model_of(record, card)
    assert model.name == "agelens-delta-my-run-100"
    own = tmp_path / "own.toml"
    own.write_text(model.card, encoding="utf-8")
    before, after = (tomllib.loads(path.read_text()) for path in (card, own))
    assert after["title"] == "Agelens Delta 128 · my run · 100"
    assert "default" not in after
    for key in ("name", "title", "default"):
        before.pop(key, None)
        after.pop(key, None)
    assert after == before
    assert read_configuration(own) is None
