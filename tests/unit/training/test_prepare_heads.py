"""From photos to a set of heads, by the real detector and the application's own frame."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.cli import main
from engine.domain import FloatArray
from engine.errors import TrainingError
from engine.faces.head import frame_of
from engine.training.heads.head_set import HeadSet
from engine.training.heads.labels import BARE, BEYOND, COVER, HAIR, SCREEN, SKIN
from engine.training.heads.prepare import HeadsConfig, Picks, prepare_heads
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, crop, landmarks, picture

CONFIG = HeadsConfig(
    screen=(("folder", "studio", "public domain"),),
    wild=(("folder", "street", "public domain"),),
    validation=0.0,
)


def keyed(name: str) -> NDArray[np.uint8]:
    """A sample photo with blue around the head and the shoulders."""
    rgb, points = picture(name).copy(), landmarks(name)
    (x, y), size = points.mean(0), float(np.ptp(points[:, 1]))
    rows, columns = np.mgrid[: rgb.shape[0], : rgb.shape[1]]
    head = np.hypot((columns - x) / 0.75, (rows - y + 0.15 * size) / 1.0) < size
    body = (rows > y + 0.5 * size) & (np.abs(columns - x) < 1.6 * size)
    rgb[~(head | body)] = (40, 80, 200)
    return rgb


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("raw")
    for folder in ("studio", "street"):
        (root / folder).mkdir()
    Image.fromarray(keyed(HOPPER)).save(root / "studio" / "a.png")
    Image.fromarray(picture(ASTRONAUT)).save(root / "studio" / "b.png")  # no screen
    Image.fromarray(picture(ASTRONAUT)).save(root / "street" / "c.png")
    Image.fromarray(picture(HOPPER)).save(root / "street" / "d.png")
    (root / "street" / "e.png").write_bytes(b"no picture")
    Image.new("RGB", (64, 64)).save(root / "street" / "f.png")
    return root


def teacher(frames: Sequence[NDArray[np.uint8]]) -> FloatArray:
    """Hair above the middle, skin below it."""
    shares = np.full((len(frames), 4, 256, 256), 0.01, np.float32)
    shares[:, HAIR, :110] = shares[:, SKIN, 110:] = 0.97
    return shares


def test_the_first_stage(raw: Path, tmp_path: Path) -> None:
    manifest = prepare_heads(CONFIG, Picks(), raw, tmp_path / "set")
    assert manifest["names"] == ["studio/a.png", "street/c.png", "street/d.png"]
    assert manifest["dropped"] == {"no screen": 1, "unreadable": 1, "no face": 1}
    assert (manifest["screens"], manifest["labelled"]) == (1, 1)
    assert manifest["licences"] == {"studio": "public domain", "street": "public domain"}
    data = HeadSet(tmp_path / "set")
    assert (data.portraits.tolist(), data.others.tolist()) == ([0], [])
    assert {SCREEN, SKIN} <= set(np.unique(data.labels[0]).tolist())
    assert prepare_heads(CONFIG, Picks(), raw, tmp_path / "set") == manifest


def test_frames_are_what_the_application_would_see(raw: Path, tmp_path: Path) -> None:
    prepare_heads(CONFIG, Picks(), raw, tmp_path / "set")
    data = HeadSet(tmp_path / "set")
    for row, name in ((1, ASTRONAUT), (2, HOPPER)):
        expected = frame_of(picture(name), crop(name))
        shown = data.plain(row).frame
        apart = np.abs(shown.astype(int) - expected.astype(int)).max(2)
        assert (apart <= 2).mean() > 0.99, name


def test_the_second_stage(raw: Path, tmp_path: Path) -> None:
    picks = Picks(hats=("street/c.png",), left_out=("street/d.png",))
    manifest = prepare_heads(CONFIG, picks, raw, tmp_path / "set", parse=teacher)
    assert manifest["names"] == ["studio/a.png", "street/c.png"]
    assert manifest["dropped"]["left out"] == 1
    data = HeadSet(tmp_path / "set")
    assert data.others.tolist() == [1]
    assert (data.labels[1] == COVER).mean() > 0.1
    assert not (data.labels[1] == HAIR).any()
    beside = data.labels[1] == BEYOND
    assert (data.plain(1).frame[beside] == 0).all()
    with pytest.raises(TrainingError) as caught:
        prepare_heads(CONFIG, Picks(), raw, tmp_path / "set")
    assert caught.value.code == "training.other_config"


def test_things_before_faces(raw: Path, tmp_path: Path) -> None:
    box = (100, 150, 140, 150, 140, 190, 100, 190)
    picks = Picks(
        left_out=("street/c.png",),
        covers=(("street/c.png", *box), ("street/d.png", *box)),
        held_out=("street/d.png",),
    )
    manifest = prepare_heads(CONFIG, picks, raw, tmp_path / "set", parse=teacher)
    assert manifest["held_out"] == ["street/d.png"]
    data = HeadSet(tmp_path / "set")
    assert [manifest["names"][row] for row in data.covered] == ["street/c.png"]
    for row in (1, 2):
        there = data.labels[row] == COVER
        assert there[165:175, 115:125].mean() > 0.9
        assert not there[:140].any()
        assert not (data.labels[row] == BARE).any(), "it is not bare"
    with pytest.raises(TrainingError, match="street/c") as caught:
        Picks(covers=(("street/c.png", 1, 2, 3),)).outlines()
    assert caught.value.code == "training.config"


def test_no_portrait_at_all(raw: Path, tmp_path: Path) -> None:
    picks = Picks(left_out=("studio/a.png",))
    with pytest.raises(TrainingError) as caught:
        prepare_heads(CONFIG, picks, raw, tmp_path / "set")
    assert caught.value.code == "training.no_faces"
    assert not (tmp_path / "set").exists()


def test_by_the_command(raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "picked.toml").write_text("left_out = ['street/d.png']\n")
    config = tmp_path / "heads.toml"
    config.write_text(
        "[heads]\nscreen = [['folder', 'studio']]\nwild = [['folder', 'street']]\n"
        "picks = 'picked.toml'\n"
    )
    out = tmp_path / "set"
    assert main(["prepare", str(config), "--data", str(raw), "--out", str(out)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["heads"], printed["labelled"], printed["dropped"]["left out"]) == (2, 1, 1)
    config.write_text(config.read_text() + "teacher = 'nobody'\n")
    code = main(["prepare", str(config), "--data", str(raw), "--out", str(tmp_path / "other")])
    assert code != 0
    assert "nobody is not installed" in capsys.readouterr().err
