"""PyInstaller: ONNX Runtime's one extension, which holds all of it for the CPU.

The hook that comes with PyInstaller takes every library beside it along: a second copy for
programs in other languages, and what loads other processors' libraries.
"""

from contents import ONNX_LEFT_OUT

hiddenimports = ["onnxruntime.capi.onnxruntime_pybind11_state"]
excludedimports = list(ONNX_LEFT_OUT)
