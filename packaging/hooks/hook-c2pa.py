"""PyInstaller: the native library that c2pa opens by ``ctypes``; not the static one beside it."""

from PyInstaller.utils.hooks import collect_dynamic_libs

binaries = collect_dynamic_libs("c2pa")
excludedimports = ["c2pa.build"]
