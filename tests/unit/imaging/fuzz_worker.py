"""Opens files that may be damaged, in a process of its own with limits: see ``test_fuzz.py``.

On standard input: a file's length as 4 bytes and the file, again and again. On standard output:
one JSON line a file. A file that takes more than 5 seconds of the processor ends the process.
"""

from __future__ import annotations

import faulthandler
import json
import resource
import signal
import struct
import sys
from pathlib import Path

CPU_SECONDS = 5.0
ADDRESS_SPACE = 12 * 1024**3  # stops the worst; what counts is measured


def peak_megabytes() -> int:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def verdict(path: Path) -> str:
    """``photo``, or the code of the error that says why not."""
    from engine.errors import PhotoError
    from engine.imaging.photo_io import load_photo

    try:
        photo = load_photo(path)
    except PhotoError as error:
        if not error.sentence.endswith("."):
            raise ValueError(f"no sentence: {error.sentence}") from error
        return error.code
    if photo.pixels.ndim != 3 or photo.pixels.shape[2] != 3 or photo.pixels.flags.writeable:
        raise ValueError(f"no photo: {photo.pixels.shape}")
    return "photo"


def main() -> None:
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    place = Path(sys.argv[1])
    while len(head := sys.stdin.buffer.read(4)) == 4:
        place.write_bytes(sys.stdin.buffer.read(struct.unpack("<L", head)[0]))
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        said = verdict(place)
        signal.setitimer(signal.ITIMER_PROF, 0)
        answer = {"said": said, "peak": peak_megabytes()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
