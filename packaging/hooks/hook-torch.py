"""PyInstaller: torch as inference needs it. Takes the place of the hook that collects all of it.

The libraries that ``torch._C`` is linked with are found by themselves; ``torch`` opens one more
by ``ctypes``, and looks for the program that shares memory. Some of its modules read their own
source when they are imported; those come along as files too.
"""

import sys
from pathlib import Path

from modules import source_modules
from PyInstaller.utils.hooks import collect_dynamic_libs, get_package_paths

warn_on_missing_hiddenimports = False
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]

_FOLDER = Path(get_package_paths("torch")[1])
module_collection_mode = {"torch": "pyz"} | dict.fromkeys(
    source_modules("torch", _FOLDER), "pyz+py"
)
binaries = collect_dynamic_libs("torch", search_patterns=["*.so", "*.so.*", "*.dll", "*.dylib"])
if not sys.platform.startswith("win"):
    binaries.append((str(_FOLDER / "bin" / "torch_shm_manager"), "torch/bin"))
hiddenimports = ["torch.utils.flop_counter"]
