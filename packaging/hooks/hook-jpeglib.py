"""PyInstaller: of jpeglib's twenty-odd builds of libjpeg, the one that Agelens chooses."""

from contents import JPEG_BUILD
from PyInstaller.utils.hooks import collect_dynamic_libs

binaries = [one for one in collect_dynamic_libs("jpeglib") if f"_{JPEG_BUILD}." in one[0]]
hiddenimports = ["jpeglib.cjpeglib"]
