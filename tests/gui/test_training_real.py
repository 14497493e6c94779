"""One real training of a tiny network, started, stopped and made a model of from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.app import Application
from gui.bridge.messages import Level
from gui.bridge.runs import RunState, TrainingWish
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import wait_for
from tests.unit.training import tiny_set

CONFIG = """recipe = "delta"
[loop]
steps = 400
batch = 2
log_every = 1
checkpoint_every = 2
[network]
channels = [16, 16, 32]
condition = 8
coarse_blocks = 1
"""
PATIENCE_MS = 600_000


@pytest.mark.slow
def test_a_real_training_in_the_window(
    desk: Application, qtbot: QtBot, tmp_path: Path, messages: RecordingMessages
) -> None:
    (tmp_path / "runs").mkdir()
    config, run = tmp_path / "tiny.toml", tmp_path / "runs" / "tiny"
    config.write_text(CONFIG)
    page = desk.training.room
    page.open_folder(str(run.parent))
    desk.window.training.trigger()
    page.trains.start(TrainingWish(config, tiny_set.write(tmp_path / "set"), run))

    def state() -> RunState | None:
        record = page.runs.record(run)
        return record.state if record is not None else None

    def sampled() -> bool:
        assert state() is not RunState.FAILED, messages.sentences(Level.ERROR)
        record = page.runs.record(run)
        return record is not None and bool(record.samples)

    qtbot.waitUntil(sampled, timeout=PATIENCE_MS)
    page.page.head.stop.click()
    qtbot.waitUntil(lambda: state() is RunState.STOPPED, timeout=PATIENCE_MS)
    wait_for(qtbot, lambda: not page.page.samples.pane.picture.isNull())
    record = page.runs.record(run)
    assert record is not None
    assert {"age", "identity", "sample_identity"} <= set(record.curves)
    page.page.head.use.click()
    name = f"agelens-delta-tiny-{record.samples[-1].step}"

    def chosen() -> bool:
        assert not messages.sentences(Level.ERROR)
        return desk.session.card is not None and desk.session.card.name == name

    qtbot.waitUntil(chosen, timeout=PATIENCE_MS)
