"""Memory goes back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import ctypes, sys, threading
from engine.inference.heap import give_back_memory, keep_heaps_few
if sys.argv[2] == "few":
    keep_heaps_few()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
together = threading.Barrier(6)
def work():
    together.wait()
    held = [libc.malloc(4000) for _ in range(2000)]
    together.wait()
    for one in held:
        libc.free(one)
threads = [threading.Thread(target=work) for _ in range(6)]
[t.start() for t in threads]; [t.join() for t in threads]
give_back_memory()
libc.fopen.restype = ctypes.c_void_p
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
libc.fclose.argtypes = [ctypes.c_void_p]
file = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, file)
libc.fclose(file)
"""


def heaps(report: Path, how: str) -> int:
    subprocess.run([sys.executable, "-c", SCRIPT, str(report), how], check=True)
    return report.read_text().count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="heaps as glibc has them")
def test_threads_share_two_heaps(tmp_path: Path) -> None:
    assert heaps(tmp_path / "many.xml", "many") > 2
    assert heaps(tmp_path / "few.xml", "few") == 2


def test_what_is_loaded_is_not_looked_through_again() -> None:
    code = (
        "import gc; from engine.inference.heap import leave_out_of_collections as f; "
        "kept = [[] for _ in range(1000)]; f(); "
        "assert gc.get_freeze_count() > 1000; assert len(gc.get_objects()) < 1000"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
