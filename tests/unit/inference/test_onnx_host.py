"""ONNX Runtime answers as torch does, for every architecture, and its failures have sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.device import cores, onnx_report
from engine.domain import AgeRequest
from engine.errors import DeviceError, ModelError
from engine.inference import loading
from engine.inference.onnx_host import OnnxHost
from engine.inference.predictor import Predictor
from engine.models import onnx_network, registry
from engine.models.arch.age_estimator import AgeEstimator
from engine.models.assets import file_sha256
from engine.models.entry import write_entry
from engine.models.generator import Generator
from engine.models.manifest import MANIFEST
from engine.models.onnx_convert import convert
from engine.models.onnx_export import halves, packed
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec
from engine.paths import samples_dir, weights_dir
from tests.unit.inference.parts import CPU, build, on_torch
from tests.unit.models import tiny

SIDE = 64
NEAR = 1e-4


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A weights folder in safetensors, and the same in ONNX."""
    before = tmp_path_factory.mktemp("before")
    after = before / "onnx"
    tiny.install(before, tiny.lively_delta(), "tiny", default=True)
    tiny.install(before, tiny.estimator(), "age")
    tiny.install(before, tiny.parser(), "parser", input_size=256)
    convert(before, after)
    return before, after


@pytest.fixture(scope="module")
def converted(folders: tuple[Path, Path]) -> Path:
    return folders[1]


def crops(count: int, side: int = SIDE) -> list[NDArray[np.uint8]]:
    x = (tiny.pictures(count, side) * 255).round().byte()
    return [np.ascontiguousarray(part.permute(1, 2, 0).numpy()) for part in x]


@pytest.fixture(autouse=True)
def full_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    """torch computes in float32 here, on processors with units for bfloat16 as well."""
    monkeypatch.setattr(loading, "choose_device", lambda _device: CPU)


def loaded(folder: Path) -> Predictor:
    known = ModelRegistry(folder)
    predictor = loading.load_predictor(known, "cpu")
    loading.load_generator(known, predictor, None)
    return predictor


def assert_near(ours: Predictor, theirs: Predictor, name: str, side: int) -> None:
    """Encoded together, decoded together, apart and in another order."""
    pixels = crops(3, side)
    source, target = [20.0, 40.0, 60.0], [70.0, 45.0, 15.0]
    expected = theirs.decode(name, theirs.encode(name, pixels), source, target)
    codes = ours.encode(name, pixels)
    found = ours.decode(name, codes, source, target)
    (alone,) = ours.decode(name, [codes[2]], source[2:], target[2:])
    pairs = zip([*found, alone], [*expected, expected[2]], strict=True)
    for (change, mask), (other, other_mask) in pairs:
        assert change.shape == (side, side, 3)
        assert mask.shape == (side, side)
        assert change.dtype == mask.dtype == np.float32
        np.testing.assert_allclose(change, other, atol=NEAR)
        np.testing.assert_allclose(mask, other_mask, atol=NEAR)
    assert np.abs(found[0][0]).mean() > 1e-3, "it does something"


def test_a_converted_folder_is_the_same_to_who_uses_it(folders: tuple[Path, Path]) -> None:
    before, after = (ModelRegistry(folder) for folder in folders)
    assert {path.suffix for path in folders[1].iterdir()} == {".onnx", ".toml"}
    for old, new in zip(before.specs, after.specs, strict=True):
        assert new.is_onnx
        assert not old.is_onnx
        assert new.size_bytes == sum((folders[1] / name).stat().st_size for name, _ in new.files)
        assert all(file_sha256(folders[1] / name) == sha256 for name, sha256 in new.files)
        assert new.identity == old.sha256, "receipts name the same weights"
        kept = {
            "made_from": "",
            "file": "",
            "sha256": "",
            "size_bytes": 0,
            "decoder": "",
            "decoder_sha256": "",
        }
        assert replace(old, **kept) == replace(new, **kept)
    ours, theirs = loaded(folders[1]), loaded(folders[0])
    assert_near(ours, theirs, "tiny", SIDE)
    for side in (48, SIDE, 96):
        assert ours.ages(crops(2, side)) == pytest.approx(theirs.ages(crops(2, side)), abs=1e-3)
    assert ours.ages([]) == []
    assert ours.parses
    frames = crops(2, 256)
    np.testing.assert_allclose(ours.parts(frames), theirs.parts(frames), atol=NEAR)


def test_the_same_network_gives_the_same_bytes_in_half_the_room(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    convert(folders[0], tmp_path / "again")
    for path in folders[1].iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name
    old = (folders[0] / "age.safetensors").stat().st_size
    assert (folders[1] / "age.onnx").stat().st_size < 1.2 * old
    for path in folders[1].glob("*.onnx"):
        assert str(Path(registry.__file__).parent).encode() not in path.read_bytes()


@pytest.mark.parametrize("name", ["age-modulator", "cgan", "cyclegan", "ipcgan"])
def test_the_published_designs_answer_as_in_torch(name: str, tmp_path: Path) -> None:
    network, spec = tiny.installed(f"agelens-{name}")
    assert_as_in_torch(network, replace(spec, input_size=SIDE), tmp_path)


def test_so_does_a_pyramid_whose_encoding_has_one_part_more(tmp_path: Path) -> None:
    config = replace(tiny.DELTA, detail=16, even=True, low_limit=0.08, fine_limit=0.06)
    network = tiny.delta(config=config).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.normal_(std=0.08)
    spec = replace(ModelRegistry(weights_dir()).generator(), input_size=SIDE)
    assert_as_in_torch(network, spec, tmp_path)


def assert_as_in_torch(network: Generator, spec: ModelSpec, folder: Path) -> None:
    ours = Predictor(OnnxHost(), NoAges())
    ours.add(spec.name, onnx_network.OnnxGenerator(written(network, spec, folder), spec))
    theirs = on_torch(Predictor, tiny.estimator(), {spec.name: network})
    assert_near(ours, theirs, spec.name, SIDE)


class NoAges:
    def ages(self, crops: NDArray[np.uint8]) -> list[float]:
        raise AssertionError("nobody asks")


def written(network: Generator, spec: ModelSpec, folder: Path) -> list[Path]:
    files = []
    for part, model in zip(("encoder", "decoder"), halves(network, spec.input_size), strict=True):
        files.append(folder / f"{part}.onnx")
        files[-1].write_bytes(packed(model, {}))
    return files


@pytest.mark.slow
def test_the_weights_that_are_shipped_answer_as_in_torch_on_a_real_face(tmp_path: Path) -> None:
    """What the package's build checks, too."""
    known = ModelRegistry(weights_dir())
    names = {known.generator().name, known.estimator().name, "agelens-parser"}
    for spec in known.specs:
        if spec.name in names:
            for name in (spec.file, f"{spec.name}.md"):
                (tmp_path / name).write_bytes((weights_dir() / name).read_bytes())
            write_entry(tmp_path / MANIFEST, spec)
    convert(tmp_path, tmp_path / "after")
    ours, theirs = loaded(tmp_path / "after"), loaded(tmp_path)
    spec = known.generator()
    assert isinstance(known.load(known.estimator()), AgeEstimator)
    assert_near(ours, theirs, spec.name, spec.input_size)


def test_it_says_what_computes(converted: Path) -> None:
    report = loaded(converted).report
    assert report.name.startswith("CPU, ")
    assert "ONNX Runtime" in report.name
    assert report.dtype == "float32"


@pytest.mark.parametrize(("asked", "count"), [("3", 3), ("", 0), ("none", 0), ("0", 0)])
def test_threads_are_as_many_as_cores_unless_told(
    asked: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", asked)
    assert cores() == count or (count == 0 and cores() >= 1)


@pytest.mark.parametrize(
    ("wanted", "code", "words"),
    [
        ("cuda", "device.unavailable", "no CUDA"),
        ("mps", "device.unavailable", "ONNX Runtime"),
        ("tpu", "device.unknown", "auto, cuda"),
    ],
)
def test_other_devices_are_refused(wanted: str, code: str, words: str) -> None:
    with pytest.raises(DeviceError, match=words) as caught:
        onnx_report(wanted)
    assert caught.value.code == code
    assert onnx_report("cpu").reason == "The CPU was asked for."


def test_the_whole_way_of_a_photo(converted: Path) -> None:
    service = build(converted, loaded(converted))
    try:
        photo = service.open_photo(samples_dir() / "astronaut.png")
        faces = service.find_faces(photo)
        result = service.age_photo(photo, faces, [AgeRequest(1, 70.0)])
        assert (result.pixels != photo.pixels).any()
        with pytest.raises(DeviceError):
            service.use_device("cuda")
        assert service.use_device("auto").kind == "cpu"
    finally:
        service.close()


def test_altered_files_are_named(converted: Path, tmp_path: Path) -> None:
    known = ModelRegistry(converted)
    spec = known.generator()
    for path in converted.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    file = tmp_path / spec.decoder
    content = file.read_bytes()
    for damaged, code in ((content[:-9], "model.weights_altered"), (None, "model.weights_missing")):
        file.unlink()
        if damaged is not None:
            file.write_bytes(damaged)
        with pytest.raises(ModelError, match=spec.decoder) as caught:
            OnnxHost().generator(ModelRegistry(tmp_path), spec)
        assert caught.value.code == code
    file.write_bytes(b"no network at all")
    taken = replace(spec, decoder_sha256=file_sha256(file))
    with pytest.raises(ModelError, match="cannot be read") as caught:
        OnnxHost().generator(ModelRegistry(tmp_path), taken)
    assert caught.value.code == "model.weights_unreadable"


def test_a_file_that_is_another_network_is_refused(converted: Path) -> None:
    known = ModelRegistry(converted)
    spec, age = known.generator(), known.estimator()
    with pytest.raises(ModelError) as caught:
        onnx_network.OnnxGenerator(known.files(age), spec)
    assert caught.value.code == "model.shape"
    with pytest.raises(ModelError) as caught:
        onnx_network.OnnxEstimator(known.files(spec), age)
    assert caught.value.code == "model.shape"


def test_what_goes_wrong_while_it_computes_is_a_sentence(
    converted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    predictor = loaded(converted)
    with pytest.raises(DeviceError, match="ONNX Runtime failed") as caught:
        predictor.encode("tiny", crops(1, 40))  # of another side than the file's
    assert caught.value.code == "device.failed"

    def without_memory(*_: object) -> None:
        raise MemoryError

    code = predictor.encode("tiny", crops(1))
    session = predictor._generators["tiny"]._decoder  # type: ignore[attr-defined]
    monkeypatch.setattr(session, "run", without_memory)
    with pytest.raises(DeviceError, match="memory") as caught:
        predictor.decode("tiny", code, [30.0], [60.0])
    assert caught.value.code == "device.memory"


def test_without_torch_safetensors_are_refused_with_a_way_out(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "has_torch", lambda: False)
    with pytest.raises(ModelError, match="export-weights --onnx") as caught:
        loading.load_predictor(ModelRegistry(folders[0]))
    assert caught.value.code == "model.needs_torch"
