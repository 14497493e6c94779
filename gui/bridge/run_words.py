"""What is said of a training run, for the eye and for screen readers. Translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui.bridge.runs import SPEED, RunRecord, RunState

translate = QCoreApplication.translate


def state_words(record: RunRecord) -> str:
    """How a run stands, in a word or two."""
    if record.state is RunState.RUNNING and not record.step:
        return translate("RunWords", "Starting")
    words = {
        RunState.NEW: translate("RunWords", "Not begun"),
        RunState.RUNNING: translate("RunWords", "Running"),
        RunState.STOPPING: translate("RunWords", "Writing the checkpoint"),
        RunState.STOPPED: translate("RunWords", "Stopped"),
        RunState.FINISHED: translate("RunWords", "Finished"),
        RunState.FAILED: translate("RunWords", "Failed"),
    }
    return words[record.state]


def step_words(record: RunRecord) -> str:
    """How far it is: ``step 100 of 360``."""
    if record.steps:
        words = translate("RunWords", "step {step} of {steps}")
        return words.format(step=record.step, steps=record.steps)
    return translate("RunWords", "step {step}").format(step=record.step)


def line_words(record: RunRecord) -> str:
    """State and step in one short line, for the list."""
    stopping = record.state is RunState.STOPPING
    state = translate("RunWords", "Stopping") if stopping else state_words(record)
    if not record.steps:
        return f"{state} · {step_words(record)}"
    return f"{state} · {record.step}/{record.steps}"


def about_words(record: RunRecord) -> str:
    """Recipe, step, speed and time left in one line, for the head."""
    parts = [record.recipe] if record.recipe else []
    parts.append(step_words(record))
    if record.state is RunState.RUNNING and record.speed:
        speed = translate("RunWords", "{speed} images/s").format(speed=f"{record.speed:.1f}")
        parts.append(speed)
    left = record.seconds_left
    if left is not None:
        parts.append(left_words(left))
    return " · ".join(parts)


def left_words(seconds: float) -> str:
    """About how long it still takes."""
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return translate("RunWords", "about {count} min left").format(count=minutes)
    return translate("RunWords", "about {count} h left").format(count=f"{minutes / 60:.1f}")


def error_words(record: RunRecord) -> str:
    """Why it failed; empty where it did not."""
    if record.state is not RunState.FAILED:
        return ""
    silent = translate(
        "RunWords", "It ended without saying why; perhaps it was ended or memory ran out."
    )
    return record.error or silent


def figure_words(name: str) -> str:
    """A figure's name as it is shown: as in the run's files, with spaces."""
    return translate("RunWords", "images/s") if name == SPEED else name.replace("_", " ")
