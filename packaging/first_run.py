"""What `make run` does once everything is installed: the main job, on a sample photo.

With a display the window opens on the samples; without one the sample is aged on the command
line and the result is left in ``out/``. Run by the checkout's ``.venv``,
with the checkout in the module path (``PYTHONPATH=.``).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from main import has_display, sample_photos

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"
OUT = ROOT / "out"
SAMPLE = "astronaut.png"
TARGET_AGE = 70
UNSEEN = ("offscreen", "minimal", "vnc")


def someone_looks() -> bool:
    """Whether a window would be seen: a display is there and Qt is not told to draw in memory."""
    return has_display() and not os.environ.get("QT_QPA_PLATFORM", "").startswith(UNSEEN)


def main_py(*arguments: str) -> int:
    """Run the application from the checkout's root and give its exit code."""
    return subprocess.run([sys.executable, "main.py", *arguments], cwd=ROOT, check=False).returncode


def age_sample() -> int:
    """Age the sample into ``out/``; the result of an earlier run of this demonstration goes."""
    OUT.mkdir(exist_ok=True)
    result = OUT / f"{Path(SAMPLE).stem}-{TARGET_AGE}.png"
    result.unlink(missing_ok=True)
    photo = (SAMPLES / SAMPLE).relative_to(ROOT).as_posix()
    target = result.relative_to(ROOT).as_posix()
    code = main_py("age", photo, "--to", str(TARGET_AGE), "-o", target)
    if code == 0:
        print(f"\nNo display here, so no window: {photo} at {TARGET_AGE} lies in {target}")
        print(f"Try your own: .venv/bin/python main.py age PHOTO --to {TARGET_AGE} -o old.jpg")
    return code


def main() -> int:
    """Open the window on the samples, or age one where nobody would see a window."""
    return main_py(*map(str, sample_photos())) if someone_looks() else age_sample()


if __name__ == "__main__":
    sys.exit(main())
