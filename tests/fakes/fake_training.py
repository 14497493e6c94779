"""A program that trains nothing but behaves as ``python main.py`` does: files, signals, sentences.

``train``: a line of statistics every few hundredths of a second, a sample every fifth step, a
checkpoint at Ctrl-C or at the end. A file ``fail`` or ``silent`` in the data makes it fail.
``export-weights``: writes a file under the card's name.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
import tomllib
from pathlib import Path

from PIL import Image

PACE_S = 0.03


def train(config: Path, data: Path, out: Path) -> int:
    """Pretend to train."""
    stopped = []
    signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
    steps = tomllib.loads(config.read_text())["loop"]["steps"]
    if not (out / "config.toml").exists():
        shutil.copyfile(config, out / "config.toml")
    checkpoint, step = out / "checkpoint.pt", 0
    if checkpoint.exists():
        step = int(checkpoint.read_text())
    while step < steps and not stopped:
        time.sleep(PACE_S)
        step += 1
        with (out / "stats.jsonl").open("a") as stream:
            line = {"step": step, "images_per_s": 8.5, "age": 4 / step, "identity": 0.01}
            stream.write(json.dumps(line) + "\n")
        if step % 5 == 0:
            Image.new("RGB", (64, 32), (step % 255, 90, 90)).save(out / f"samples-{step:05d}.jpg")
        if step == 3 and (data / "fail").exists():
            sys.stderr.write("Training stopped at step 3: age is not a finite number.\n")
            return 1
        if step == 3 and (data / "silent").exists():
            os.kill(os.getpid(), signal.SIGKILL)
    checkpoint.write_text(str(step))
    sys.stdout.write(f"{step} of {steps} steps done; the run is in {out}.\n")
    return 0


def export(card: Path, weights: Path) -> int:
    """Pretend to export."""
    name = tomllib.loads(card.read_text())["name"]
    (weights / f"{name}.safetensors").write_bytes(b"weights")
    return 0


def main(argv: list[str]) -> int:
    """Send the arguments where they belong."""
    named = {argv[n].removeprefix("--"): argv[n + 1] for n in range(2, len(argv) - 1, 2)}
    if argv[0] == "train":
        return train(Path(argv[1]), Path(named["data"]), Path(named["out"]))
    return export(Path(named["card"]), Path(named["weights"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
