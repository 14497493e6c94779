"""The face parser's recipe over painted heads: it learns, is validated, and goes on bit for bit."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
from PIL import Image

from engine.errors import ModelError, TrainingError
from engine.models.arch.face_parser import FaceParser, FaceParserConfig
from engine.models.registry import ModelRegistry
from engine.training.config import LoopConfig, build, read_toml
from engine.training.export import export_weights
from engine.training.heads.head_set import HeadSet
from engine.training.heads.labels import BARE, COVER, IGNORED, SKIN
from engine.training.heads.prepare import heads_config
from engine.training.launch import build_recipe
from engine.training.recipes.face_parser import FaceParserRecipe, FaceParserTraining
from engine.training.run import RunFolder
from tests.unit.models import tiny
from tests.unit.training import painted_heads, tiny_set

CONFIGS = Path(__file__).resolve().parents[3] / "engine" / "training" / "configs"
NETWORK = FaceParserConfig(channels=(8, 8, 16, 16))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> HeadSet:
    return HeadSet(painted_heads.write(tmp_path_factory.mktemp("heads") / "set"))


def training(data: HeadSet, steps: int = 6, batch: int = 2) -> FaceParserTraining:
    recipe = FaceParserRecipe(learning_rate=6e-3)
    return FaceParserTraining(recipe, NETWORK, LoopConfig(steps, batch), data)


def same(one: torch.nn.Module, two: torch.nn.Module) -> bool:
    pairs = zip(one.state_dict().values(), two.state_dict().values(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


def test_it_learns(data: HeadSet) -> None:
    one = training(data, steps=14, batch=4)
    losses = [one.step(number)["entropy"] for number in range(14)]
    assert sum(losses[-3:]) / 3 < sum(losses[:3]) / 3 - 0.1
    assert not same(one.network, one.ema)


def test_it_goes_on_bit_for_bit(data: HeadSet, tmp_path: Path) -> None:
    one = training(data)
    for number in range(2):
        one.step(number)
    (tmp_path / "x.toml").write_text("")
    run = RunFolder(tmp_path / "run", tmp_path / "x.toml")
    run.save(2, one.state())
    expected = [one.step(number) for number in (2, 3)]
    saved = run.load()
    assert saved is not None
    two = training(data)
    two.load(saved[1])
    assert [two.step(number) for number in (2, 3)] == expected
    assert same(one.network, two.network)
    assert same(one.ema, two.ema)


def test_it_begins_with_what_is_known_of_imagenet(data: HeadSet, tmp_path: Path) -> None:
    published = tiny.backbone(seed=4)
    tiny.save_published(published, tmp_path / "lite0.pth")
    loop = LoopConfig(6, 2)
    one = FaceParserTraining(
        FaceParserRecipe(backbone_rate=0.0, weight_decay=0.0),
        NETWORK,
        loop,
        data,
        imagenet=tmp_path / "lite0.pth",
    )
    x = tiny.pictures(1, 64)
    for network in (one.network, one.ema):
        with torch.no_grad():
            ours, theirs = (net.taps(x, (2, 14)) for net in (network.backbone, published.eval()))
        torch.testing.assert_close(ours, theirs, atol=1e-3, rtol=1e-3)
    before = one.network.backbone.blocks[3].body[0].weight.clone()
    head = one.network.head.weight.clone()
    one.step(0)
    assert torch.equal(one.network.backbone.blocks[3].body[0].weight, before), "at a rate of 0"
    assert not torch.equal(one.network.head.weight, head)
    with pytest.raises(ModelError, match=r"none\.pth"):
        FaceParserTraining(FaceParserRecipe(), NETWORK, loop, data, imagenet=tmp_path / "none.pth")


def test_it_starts_from_another_runs_average(data: HeadSet) -> None:
    one, two = training(data), training(data)
    one.step(0)
    two.start_from(one.state())
    assert same(one.ema, two.network)
    assert same(one.ema, two.ema)


def test_a_cover_costs_where_the_head_is_bare(data: HeadSet) -> None:
    recipe = FaceParserRecipe(bare=2.0, weights=(1.0, 1.0, 1.0, 1.0))
    one = FaceParserTraining(recipe, NETWORK, LoopConfig(1, 2), data)
    logits = torch.zeros(1, 4, 1, 3)
    labels = torch.tensor([[[SKIN, BARE, IGNORED]]])
    alike = math.log(4) + 2 * math.log(4 / 3)
    assert one._loss(logits, labels).item() == pytest.approx(alike)
    logits[0, COVER, 0, 1] = -20
    assert one._loss(logits, labels).item() == pytest.approx(math.log(4), abs=1e-4)
    logits[0, COVER, 0, 2] = 20
    assert one._loss(logits, labels).item() == pytest.approx(math.log(4), abs=1e-4)
    nowhere = torch.tensor([[[SKIN, IGNORED, IGNORED]]])
    assert one._loss(logits, nowhere).item() == pytest.approx(math.log(4))


def test_it_is_validated_on_held_out_heads(data: HeadSet, tmp_path: Path) -> None:
    one = training(data)
    with torch.no_grad():
        one.ema.head.weight.zero_()
        one.ema.head.bias.zero_()
        one.ema.head.bias[8:12] = 5  # hair everywhere
    figures = one.snapshot(tmp_path, 7)
    labels = torch.from_numpy(data.plain(0).labels)
    hair, known = (labels == 2).float().mean(), (labels < 4).float().mean()
    assert figures["val_iou_hair"] == pytest.approx(float(hair / known), rel=1e-4)
    assert figures["val_iou_skin"] == 0
    assert "val_iou_cover" not in figures, "there is none in these"
    parts = [figures[f"val_iou_{name}"] for name in ("other", "skin", "hair")]
    assert figures["val_iou"] == pytest.approx(sum(parts) / 3)
    with Image.open(tmp_path / "samples-00007.jpg") as shown:
        assert shown.size == (3 * 256, 256)


def test_weights_that_do_not_fit_the_parts(data: HeadSet) -> None:
    with pytest.raises(TrainingError) as caught:
        FaceParserTraining(FaceParserRecipe(weights=(1.0, 1.0)), NETWORK, LoopConfig(1, 2), data)
    assert caught.value.code == "training.config"


def test_a_set_without_held_out_heads(tmp_path: Path) -> None:
    empty = HeadSet(painted_heads.write(tmp_path / "set", held_out=0))
    with pytest.raises(TrainingError) as caught:
        training(empty)
    assert caught.value.code == "training.data_empty"


def config(tmp_path: Path, recipe: str, more: str = "") -> Path:
    path = tmp_path / "run.toml"
    path.write_text(f"recipe = '{recipe}'\n[loop]\nsteps = 1\nbatch = 2\n{more}")
    return path


def test_the_recipe_by_its_name(tmp_path: Path) -> None:
    root = painted_heads.write(tmp_path / "set")
    table = "[network]\nchannels = [8, 8, 16, 16]\n"
    recipe = build_recipe(config(tmp_path, "face_parser", table), root)
    assert set(recipe.step(0)) == {"entropy"}
    with pytest.raises(TrainingError, match="augment"):
        build_recipe(config(tmp_path, "face_parser", "[augment]\ngrey = 0.5\n"), root)
    with pytest.raises(TrainingError) as caught:
        build_recipe(config(tmp_path, "face_parser"), tiny_set.write(tmp_path / "faces"))
    assert caught.value.code == "training.data_missing"


def test_the_shipped_configurations() -> None:
    tables = read_toml(CONFIGS / "face_parser.toml")
    assert build(LoopConfig, tables["loop"], "loop").batch == 16
    recipe = build(FaceParserRecipe, tables["training"], "training")
    assert recipe == FaceParserRecipe()
    network = build(FaceParserConfig, tables["network"], "network")
    assert network == FaceParserConfig()
    (first, picks), (second, again) = (
        heads_config(CONFIGS / f"{name}.toml") for name in ("prepare_heads", "prepare_heads_taught")
    )
    assert (first.teacher, second.teacher) == ("", "agelens-parser")
    assert (first.screen, first.wild) == (second.screen, second.wild)
    assert picks == again
    things = set(picks.outlines())
    assert not set(picks.hats) & set(picks.left_out)
    assert not things & set(picks.left_out)
    assert set(picks.held_out) < things
    folders = {name.split("/")[0] for name in (*picks.hats, *picks.left_out, *things)}
    assert folders == {name for _, name, *_ in (*first.screen, *first.wild)}


def test_from_a_run_into_the_app(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = FaceParser(FaceParserConfig())
    run = RunFolder(tmp_path / "run", CONFIGS / "face_parser.toml")
    run.save(3, {"ema": network.state_dict()})
    figures = {"val_iou_hair": 0.83219, "val_iou": 0.75, "entropy": 0.2}
    export_weights(run.root, CONFIGS / "face_parser.card.toml", tmp_path / "w", figures=figures)
    registry = ModelRegistry(tmp_path / "w")
    spec = registry.parser()
    assert spec is not None
    assert (spec.name, spec.input_size) == ("agelens-parser", 256)
    assert spec.metrics == {"val_iou": 0.75, "val_iou_hair": 0.8322}
    loaded = registry.load(spec)
    assert isinstance(loaded, FaceParser)
    frame = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        assert torch.allclose(loaded.shares(frame), network.shares(frame), atol=1e-2)
