"""PyInstaller: MediaPipe's one native library, which it opens by ``ctypes``; no model files.

The tasks are imported together by ``mediapipe.tasks.python`` and so are found by themselves.
"""

from contents import MEDIAPIPE_LEFT_OUT
from PyInstaller.utils.hooks import collect_dynamic_libs

binaries = collect_dynamic_libs("mediapipe")
hiddenimports = ["mediapipe.tasks.c"]
excludedimports = list(MEDIAPIPE_LEFT_OUT)
