"""Queues for the tests of batches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gui.bridge.roles import BatchState
from gui.models.batch_queue import BatchOptions, BatchQueue, plan

OPTIONS = BatchOptions(model="fake-delta", folder="")


def queue_of(folder: Path, photos: list[Path], ages: list[float], **options: object) -> BatchQueue:
    whole = replace(OPTIONS, folder=str(folder), **options)
    return plan(whole, [(photo, ()) for photo in photos], ages)


def states(queue: BatchQueue | None) -> list[BatchState]:
    return [item.state for item in queue.items] if queue else []
