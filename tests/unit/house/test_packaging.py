"""What needs no build: what is left out exists, the .deb's fields hold, sizes are told right."""

from __future__ import annotations

import importlib.util
import math
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import engine
from engine.cli.app import COMMANDS
from engine.models.assets import LANDMARKER, SFACE
from engine.models.manifest import read_manifest
from tests.unit.house.scripts import ROOT, load_script

system_libraries = load_script("system_libraries")
chosen_weights = load_script("chosen_weights")
contents = load_script("contents")
modules = load_script("modules")
bundle = load_script("bundle")
deb = load_script("deb")
archives = load_script("archives")
set_up = load_script("set_up")
build = load_script("build")

PACKAGING = ROOT / "packaging"
# Packages that Debian has in its oldest release that the package runs on.
NAME = re.compile(r"[a-z0-9][a-z0-9+.-]+")


@pytest.mark.parametrize(
    "name", sorted(set(contents.left_out(with_torch=False)) - set(contents.TOOLS_LEFT_OUT))
)
def test_what_is_left_out_exists(name: str) -> None:
    """An entry for something that is gone hides what has taken its place."""
    assert importlib.util.find_spec(name) is not None


@pytest.mark.parametrize(
    ("package", "prefixes"),
    [
        ("torch", contents.TORCH_LEFT_OUT),
        ("mediapipe", contents.MEDIAPIPE_LEFT_OUT),
        ("onnxruntime", contents.ONNX_LEFT_OUT),
    ],
)
def test_parts_that_are_left_out_exist(package: str, prefixes: tuple[str, ...]) -> None:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    known = modules.submodules(package, Path(spec.origin).parent)
    for prefix in prefixes:
        assert any(modules.is_below(name, [prefix]) for name in known), prefix


def test_torch_comes_along_only_where_it_computes() -> None:
    without, with_torch = (contents.left_out(with_torch=one) for one in (False, True))
    assert {"torch", "safetensors", "engine.inference.torch_host", "onnx"} <= set(without)
    assert not {"torch", "safetensors", "engine.inference.torch_host"} & set(with_torch)
    assert "onnx" in with_torch, "it is there for the build alone"
    assert len(without) == len(set(without))


def test_what_is_written_for_torch_is_left_out_with_it() -> None:
    """Every module of the engine that imports torch as it is imported itself, and no other."""
    found = set()
    for path in (ROOT / "engine").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if re.search(r"^(?:import|from) (?:torch|safetensors)\b", path.read_text("utf-8"), re.M):
            found.add(name)
    left = (*contents.OWN_IN_TORCH, *contents.OWN_LEFT_OUT)
    assert {name for name in found if not modules.is_below(name, left)} == set()
    for prefix in contents.OWN_IN_TORCH:
        if prefix != "engine.models.onnx_convert":  # over those that do
            assert any(modules.is_below(name, [prefix]) for name in found), prefix


def test_every_command_for_photos_comes_along() -> None:
    carried = {command.name.replace("-", "_") for command in COMMANDS if not command.training}
    assert carried == set(contents.COMMANDS)
    left = {f"engine.cli.{c.name.replace('-', '_')}" for c in COMMANDS if c.training}
    assert left == {name for name in contents.OWN_LEFT_OUT if name.startswith("engine.cli.")}


def test_data_that_comes_along_exists_and_includes_the_model_files() -> None:
    for source, _target in contents.DATA:
        assert any(ROOT.glob(source)), source
    assert {LANDMARKER, SFACE} <= set(contents.model_files())
    sources = {Path(source) for source, _target in contents.data_files()}
    assert {ROOT / "resources" / "models" / name for name in contents.model_files()} <= sources


def test_the_default_generator_and_its_helpers_come_along_with_their_cards(
    tmp_path: Path,
) -> None:
    chosen_weights.stage(ROOT / "weights", tmp_path / "weights")
    specs = {spec.name: spec for spec in read_manifest(tmp_path / "weights")}
    assert set(specs) == {"agelens-age", "agelens-delta-256", "agelens-parser"}
    assert specs["agelens-delta-256"] == next(
        spec for spec in read_manifest(ROOT / "weights") if spec.default
    )
    files = {path.name for path in (tmp_path / "weights").iterdir()}
    assert files == {"manifest.toml"} | {
        f"{name}.{end}" for name in specs for end in ("md", "safetensors")
    }


def test_of_the_manifest_only_other_models_are_left_out() -> None:
    text = (
        "# note\n[models.a]\nx = 1\n\n[models.a.config]\ny = [\n    2,\n]\n\n[models.ab]\nx = 3\n"
    )
    assert chosen_weights.sections(text, {"a"}) == text.split("\n[models.ab]")[0]
    assert chosen_weights.sections(text, {"ab"}) == "# note\n[models.ab]\nx = 3\n"
    models = {"a": {"kind": "generator"}, "b": {"kind": "generator", "default": True}}
    models |= {"c": {"kind": "age_estimator"}, "d": {"kind": "age_judge"}}
    models |= {"e": {"kind": "face_parser"}}
    assert chosen_weights.carried(models) == {"b", "c", "e"}


def test_packages_of_the_about_dialog_are_known() -> None:
    for name in (*contents.DESCRIBED, *contents.DESCRIBED_WITH_TORCH):
        if name != "opencv-contrib-python-headless":  # in the build's environment alone
            assert metadata.version(name)


def test_what_torch_needs_stays_with_its_parents() -> None:
    known = ["torch", "torch.nn", "torch.testing", "torch.testing._a", "torch.testing._b"]
    assert modules.torch_left_out(known, ["torch.testing._a"]) == ["torch.testing._b"]
    assert modules.torch_left_out(known, ["torch"]) == [
        "torch.testing",
        "torch.testing._a",
        "torch.testing._b",
    ]


def test_modules_that_read_their_own_source_come_along_as_files() -> None:
    spec = importlib.util.find_spec("torch")
    assert spec is not None
    assert spec.origin is not None
    found = modules.source_modules("torch", Path(spec.origin).parent)
    assert {"torch.functional", "torch.nn.modules.rnn", "torch.distributed.config"} <= found
    assert "torch" not in found  # it would take every other module along


def test_one_build_of_libjpeg_comes_along() -> None:
    """The one that the engine chooses, where it chooses one."""
    chosen = {
        name
        for path in (ROOT / "engine" / "imaging").glob("*.py")
        for name in re.findall(r'jpeglib\.version\.set\("(\w+)"\)', path.read_text("utf-8"))
    }
    assert chosen <= {contents.JPEG_BUILD}


@pytest.mark.parametrize(
    ("name", "path", "kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/venv/a.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", "/venv/a.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", "C:/venv/a.dll", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", "/venv/a.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "/venv/a.so", False),
        ("torch/lib/libtorch_cpu.so", "/venv/a.so", True),
        ("torch/lib/libtorchbind_test.so", "/venv/a.so", False),
        ("libX11.so.6", "/usr/lib/x86_64-linux-gnu/libX11.so.6", False),
        ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", True),
        ("numpy.libs/libgfortran-1.so.5", "/venv/libgfortran-1.so.5", True),
    ],
)
def test_libraries_that_come_along(name: str, path: str, kept: bool) -> None:
    assert contents.keeps_binary(name, path, "linux") is kept


def test_qt_libraries_that_nobody_needs_any_more_go() -> None:
    entries = [
        ("PySide6/QtCore.abi3.so", "core", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "qt-core", "BINARY"),
        ("PySide6/Qt/lib/libicuuc.so.73", "icu", "BINARY"),
        ("PySide6/Qt/lib/libQt6Pdf.so.6", "qt-pdf", "BINARY"),
        ("cv2/cv2.abi3.so", "cv2", "EXTENSION"),
    ]
    links = {"core": {"libQt6Core.so.6", "libc.so.6"}, "qt-core": {"libicuuc.so.73"}}
    kept = contents.reachable(entries, lambda path: links.get(path, set()))
    assert [name for name, _path, _kind in kept] == [
        "PySide6/QtCore.abi3.so",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libicuuc.so.73",
        "cv2/cv2.abi3.so",
    ]


def test_control_file_is_valid() -> None:
    needs = deb.depends(["libc6", "libegl1", "libglib2.0-0"], "2.36")
    assert needs == "libc6 (>= 2.36), libegl1, libglib2.0-0t64 | libglib2.0-0"
    text = deb.control(engine.__version__, "amd64", 12_345, needs)
    fields = dict(re.findall(r"^([A-Z][A-Za-z-]+): (.*)$", text, flags=re.MULTILINE))
    assert fields.keys() >= {"Package", "Version", "Architecture", "Maintainer", "Description"}
    assert fields["Version"] == engine.__version__
    assert re.fullmatch(r".+ <\S+@\S+>", fields["Maintainer"])
    assert text.endswith("\n")
    for line in text.splitlines():
        assert line.startswith(" ") or re.match(r"[A-Z][A-Za-z-]+: \S", line), line
    summary = fields["Description"]
    assert len(summary) <= 80
    assert not summary.startswith("Agelens")


def test_every_system_library_has_a_plausible_package() -> None:
    for soname, package in bundle.SYSTEM.items():
        assert ".so" in soname
        assert NAME.fullmatch(package), package
    assert bundle.SYSTEM.items() >= system_libraries.WINDOW.items()


def test_library_that_nobody_provides_stops_the_build() -> None:
    assert bundle.packages_for({"libc.so.6": "a", "libm.so.6": "b"}) == ["libc6"]
    with pytest.raises(bundle.BundleError, match=r"libfoo\.so\.3 \(for libbar\.so\)"):
        bundle.packages_for({"libfoo.so.3": "libbar.so"})


def test_linked_libraries_are_read_from_real_files() -> None:
    import _ctypes

    path = Path(_ctypes.__file__)
    (names,) = bundle.needed([path, Path(__file__)]).values()
    assert any(name.startswith("libffi") for name in names)


def test_sizes_count_files_once_and_heed_the_ceiling(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "large").write_bytes(b"x" * 2_000_000)
    (tmp_path / "small").write_bytes(b"x" * 500_000)
    (tmp_path / "link").symlink_to("inner/large")
    sizes = bundle.measure(tmp_path)
    assert sizes.total == 2_500_000
    assert sizes.largest == (("inner/large", 2_000_000), ("small", 500_000))
    assert "goal of 700 MB met" in bundle.size_report(sizes)[-1]
    with pytest.raises(bundle.BundleError, match="crept in"):
        bundle.size_report(bundle.Sizes(1_000_000_000, ()))
    assert "missed by 300" in bundle.size_report(bundle.Sizes(1_000_000_000, ()), math.inf)[-1]
    assert bundle.verdict(760, 700) == "goal of 700 MB missed by 60 (docs/packaging.md says why)"


def test_twin_is_a_link_and_broken_links_are_found(tmp_path: Path) -> None:
    (tmp_path / "agelens").write_text("", encoding="utf-8")
    bundle.make_twin(tmp_path)
    bundle.make_twin(tmp_path)
    assert (tmp_path / "agelens-cli").resolve() == tmp_path / "agelens"
    assert bundle.broken_links(tmp_path) == []
    (tmp_path / "agelens").unlink()
    assert bundle.broken_links(tmp_path) == ["agelens-cli"]


def test_debian_layout_holds_what_a_desktop_looks_for(tmp_path: Path) -> None:
    folder, icons, root = tmp_path / "agelens", tmp_path / "icons", tmp_path / "root"
    for place in (folder, icons, root):
        place.mkdir()
    (folder / "agelens").write_text("", encoding="utf-8")
    for side in deb.ICONS:
        (icons / f"agelens-{side}.png").write_bytes(b"")
    deb.lay_out(root, folder, icons, {"version": "9.8.7", "date": "2026-01-02T03:04:05Z"})
    assert (root / "usr/bin/agelens").resolve() == root / "usr/lib/agelens/agelens"
    for name in (
        "usr/share/applications/agelens.desktop",
        "usr/share/icons/hicolor/scalable/apps/agelens.svg",
        "usr/share/icons/hicolor/48x48/apps/agelens.png",
        "usr/share/man/man1/agelens.1.gz",
        "usr/share/doc/agelens/copyright",
    ):
        assert (root / name).is_file(), name
    metainfo = (root / "usr/share/metainfo/agelens.metainfo.xml").read_text(encoding="utf-8")
    assert 'version="9.8.7" date="2026-01-02"' in metainfo


def test_manual_names_every_command() -> None:
    manual = (PACKAGING / "linux" / "agelens.1").read_text(encoding="utf-8").replace("\\-", "-")
    for command in COMMANDS:
        assert (f".B {command.name}\n" in manual) is not command.training


def test_the_builds_cv2_is_the_version_of_development() -> None:
    locked = {}
    for name in ("runtime.txt", "package.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        locked |= dict(re.findall(r"^(opencv[\w-]*)==(\S+)", text, flags=re.MULTILINE))
    assert set(locked) == set(build.CV2)
    assert len(set(locked.values())) == 1


def test_build_names_its_version_and_a_time_that_can_be_set() -> None:
    about = build.identity({"SOURCE_DATE_EPOCH": "86400"})
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert about["version"] == project["version"]
    assert about["date"] == "1970-01-02T00:00:00Z"
    variables = build.environment("86400")
    assert (variables["PYTHONHASHSEED"], variables["AGELENS_WITH_TORCH"]) == ("0", "0")
    assert build.environment("86400", with_torch=True)["AGELENS_WITH_TORCH"] == "1"


def test_version_resource_is_what_pyinstaller_reads(tmp_path: Path) -> None:
    archives.write_version_resource(tmp_path / "v.txt", "1.20.3")
    text = (tmp_path / "v.txt").read_text(encoding="utf-8")
    compile(text, "v.txt", "eval")
    assert "filevers=(1, 20, 3, 0)" in text


def test_the_packages_cv2_has_the_contributed_modules_that_the_engine_calls() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "engine").rglob("*.py")]
    assert any("cv2.ximgproc" in text for text in sources), "else the smaller one would do"
    locked = (ROOT / "requirements" / "package.txt").read_text("utf-8")
    assert re.search(r"^opencv-contrib-python-headless==", locked, re.M)
