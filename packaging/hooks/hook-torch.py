"""PyInstaller: torch as inference needs it. Takes the place of the hook that collects all of it.

The libraries that ``torch._C`` is linked with are found by themselves; ``torch`` opens one more
by ``ctypes``, looks for the program that shares memory, and has plug-ins of its own with CUDA.
"""

import sys
from pathlib import Path

from PyInstaller.utils.hooks import collect_dynamic_libs, get_package_paths

module_collection_mode = "pyz"
warn_on_missing_hiddenimports = False
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]

_FOLDER = Path(get_package_paths("torch")[1])
binaries = collect_dynamic_libs("torch", search_patterns=["*.so", "*.so.*", "*.dll", "*.dylib"])
if not sys.platform.startswith("win"):
    binaries.append((str(_FOLDER / "bin" / "torch_shm_manager"), "torch/bin"))
hiddenimports = ["torch.utils.flop_counter"]
