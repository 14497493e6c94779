"""What the packaged application holds and what is left out of it. Read by the spec and by tests.

docs/packaging.md gives each entry its reason. Standard library only.
"""

from __future__ import annotations

import fnmatch
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent

# Named at run time by engine.cli.app, where no analysis sees them.
COMMANDS = ("age", "batch", "provenance", "faces", "models", "benchmark", "self_test")

# Parts of Agelens that the packaged application does without (docs/adr, "no training").
OWN_LEFT_OUT = (
    "engine.training",
    "engine.cli.prepare",
    "engine.cli.train",
    "engine.cli.evaluate",
    "engine.cli.export_weights",
)

# Whole packages that are installed with what is used, and are not used themselves.
PACKAGES_LEFT_OUT = (
    "matplotlib",
    "mpl_toolkits",
    "contourpy",
    "cycler",
    "fontTools",
    "kiwisolver",
    "pyparsing",
    "dateutil",
    "sympy",
    "mpmath",
    "networkx",
    "fsspec",
    "jinja2",
    "markupsafe",
    "flatbuffers",
    "absl",
    "sounddevice",
    "cffi",
    "pycparser",
    "c2pa.build",
    "requests",
    "urllib3",
    "charset_normalizer",
    "idna",
    "toml",
    "wheel",
    "pygments",
    "setuptools",
    "_distutils_hack",
    "pip",
    "functorch",
    "torchgen.api",
    "torchgen.dest",
    "numpy.f2py",
    "numpy.distutils",
    "tkinter",
    "pydoc",
    "doctest",
    "idlelib",
    "sqlite3",
    "readline",
    "curses",
)

# What a package that computes with ONNX Runtime does without: torch, what is written for it, and
# what turns its networks into ONNX.
TORCH_PACKAGES = ("torch", "torchgen", "functorch", "safetensors")
CONVERTERS = ("onnx", "onnxscript", "onnx_ir", "ml_dtypes", "tomli_w")
OWN_IN_TORCH = (
    "engine.evaluation.features",
    "engine.evaluation.inception",
    "engine.inference.torch_host",
    "engine.models.age_reader",
    "engine.models.arch",
    "engine.models.backbone",
    "engine.models.checkpoints",
    "engine.models.generator",
    "engine.models.layers",
    "engine.models.onnx_convert",
    "engine.models.onnx_export",
    "engine.models.paint",
)
# ONNX Runtime's own tools.
ONNX_LEFT_OUT = (
    "onnxruntime.backend",
    "onnxruntime.datasets",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
)

# What is in the build's environment for the build's own tools.
TOOLS_LEFT_OUT = ("attr", "attrs", "defusedxml", "jsonschema", "referencing", "yaml")

# Below these, torch imports what it needs when it is imported itself; that stays, all else goes.
TORCH_LEFT_OUT = (
    "torch._dynamo",
    "torch._inductor",
    "torch._export",
    "torch._functorch",
    "torch._numpy",
    "torch.ao",
    "torch.contrib",
    "torch.distributed",
    "torch.export",
    "torch.onnx",
    "torch.testing",
    "torch.utils.benchmark",
    "torch.utils.data",
    "torch.utils.hipify",
    "torch.utils.serialization",
    "torch.utils.tensorboard",
    "torch.utils.viz",
)
# MediaPipe's tasks are imported together; what stands beside them is not.
MEDIAPIPE_LEFT_OUT = (
    "mediapipe.tasks.metadata",
    "mediapipe.tasks.python.benchmark",
    "mediapipe.tasks.python.metadata",
    "mediapipe.tasks.python.test",
)

# Of the builds of libjpeg in jpeglib, the one that engine.imaging chooses.
JPEG_BUILD = "turbo210"

# torch's own libraries that only its tests load.
TORCH_TEST_LIBRARIES = (
    "*aoti_custom_ops*",
    "*backend_with_compiler*",
    "*jitbackend_test*",
    "*torchbind_test*",
)

# Qt's plugins that stay; every other one goes, with the libraries that only it needs.
QT_PLUGINS = (
    "iconengines/*qsvgicon*",
    "imageformats/*qgif*",
    "imageformats/*qico*",
    "imageformats/*qjpeg*",
    "imageformats/*qsvg*",
    "imageformats/*qtiff*",
    "imageformats/*qwebp*",
    "platforminputcontexts/*composeplatform*",
    "platforminputcontexts/*ibusplatform*",
    "platforms/*qcocoa*",
    "platforms/*qoffscreen*",
    "platforms/*qwayland*",
    "platforms/*qwindows*",
    "platforms/*qxcb*",
    "platformthemes/*qgtk3*",
    "platformthemes/*qxdgdesktopportal*",
    "styles/*",
    "wayland-decoration-client/*",
    "wayland-graphics-integration-client/*wayland-egl*",
    "wayland-shell-integration/*xdg-shell*",
    "xcbglintegrations/*",
)
LANGUAGES = ("en", "es", "zh_CN")

# System libraries of Linux that come along: Python's own modules need them, and their names
# differ between distributions. Every other one is the system's (see deb.py).
CARRIED = (
    "libbz2.so*",
    "libcrypto.so*",
    "libffi.so*",
    "liblzma.so*",
    "libpython3*.so*",
    "libssl.so*",
)

# Folders and files beside the code: source in the checkout, folder in the bundle.
DATA = (
    ("LICENSE", "."),
    ("pyproject.toml", "."),
    ("packaging/assets.lock.toml", "packaging"),
    ("resources/icons", "resources/icons"),
    ("resources/models/LICENSES.md", "resources/models"),
    ("resources/samples", "resources/samples"),
    ("resources/styles", "resources/styles"),
    ("resources/translations/*.qm", "resources/translations"),
)
# Whose METADATA the about dialog reads.
DESCRIBED = (
    "c2pa-python",
    "cryptography",
    "jpeglib",
    "mediapipe",
    "numpy",
    "onnxruntime",
    "opencv-contrib-python-headless",
    "pillow",
    "pillow-heif",
    "PySide6-Essentials",
    "rawpy",
    "rich",
    "shiboken6",
    "certifi",
    "markdown-it-py",
    "mdurl",
    "typing-extensions",
)
DESCRIBED_WITH_TORCH = ("safetensors", "torch")

Entry = tuple[str, str, str]  # name in the bundle, path on disk, PyInstaller's kind


def left_out(*, with_torch: bool) -> tuple[str, ...]:
    """Modules and packages that the analysis passes over, but for parts of torch's own."""
    names = (*OWN_LEFT_OUT, *PACKAGES_LEFT_OUT, *TOOLS_LEFT_OUT, *ONNX_LEFT_OUT, *CONVERTERS)
    if with_torch:
        return names
    return tuple(dict.fromkeys((*names, *TORCH_PACKAGES, *OWN_IN_TORCH)))


def keeps_binary(name: str, path: str, platform: str = sys.platform) -> bool:
    """Whether a library that the analysis found goes into the bundle.

    Args:
        name: its place in the bundle.
        path: where it lies on this machine.
        platform: as ``sys.platform``.
    """
    place = PurePosixPath(name.replace("\\", "/"))
    if "plugins" in place.parts and "PySide6" in place.parts:
        inner = "/".join(place.parts[place.parts.index("plugins") + 1 :])
        return any(fnmatch.fnmatch(inner, pattern) for pattern in QT_PLUGINS)
    if place.parts[:1] == ("torch",):
        return not any(fnmatch.fnmatch(place.name, one) for one in TORCH_TEST_LIBRARIES)
    if platform.startswith("linux") and is_system_library(path):
        return any(fnmatch.fnmatch(place.name, one) for one in CARRIED)
    return True


def is_system_library(path: str) -> bool:
    """Whether a library belongs to the Linux system rather than to Python or a package."""
    return path.startswith(("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/"))


def keeps_data(name: str) -> bool:
    """Whether a data file that the analysis found goes into the bundle."""
    place = PurePosixPath(name.replace("\\", "/"))
    if "PySide6" in place.parts and "translations" in place.parts:
        return place.stem in {f"qtbase_{language}" for language in LANGUAGES}
    if any(part.endswith(".dist-info") for part in place.parts):
        return place.name == "METADATA"  # licences.py collects the texts
    return place.suffix not in {".pyi", ".h", ".hpp", ".cmake", ".typed"}


def reachable(entries: Sequence[Entry], needs: Callable[[str], set[str]]) -> list[Entry]:
    """The binaries without those Qt libraries that none of the others needs any more.

    Args:
        entries: the binaries of the bundle.
        needs: names of the libraries that a file on disk is linked with.
    """
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(PurePosixPath(entry[0].replace("\\", "/")).name, []).append(entry)
    kept = {entry for entry in entries if not is_qt_library(entry[0])}
    waiting = list(kept)
    while waiting:
        for name in needs(waiting.pop()[1]):
            fresh = [entry for entry in by_name.get(name, ()) if entry not in kept]
            kept.update(fresh)
            waiting += fresh
    return [entry for entry in entries if entry in kept]


def is_qt_library(name: str) -> bool:
    """Whether a file of the bundle is a library of Qt's, not a plugin and not a binding."""
    place = PurePosixPath(name.replace("\\", "/"))
    start = place.name.removeprefix("lib")
    return (
        "plugins" not in place.parts
        and start.startswith(("Qt6", "icu", "Qt"))
        and ("abi3" not in place.name and ".pyd" not in place.name)
    )


def model_files(root: Path = ROOT) -> list[str]:
    """The third-party model files that the application itself needs, from their lock."""
    lock = tomllib.loads((root / "packaging" / "assets.lock.toml").read_text(encoding="utf-8"))
    return [asset["file"] for asset in lock["asset"] if asset["group"] == "runtime"]


def data_files(root: Path = ROOT, extra: Mapping[Path, str] | None = None) -> list[tuple[str, str]]:
    """PyInstaller's ``datas``: what lies beside the code, and what the build made."""
    models = "resources/models"
    files = [(str(root / source), target) for source, target in DATA]
    files += [(str(root / models / name), models) for name in model_files(root)]
    return files + [(str(path), target) for path, target in (extra or {}).items()]
