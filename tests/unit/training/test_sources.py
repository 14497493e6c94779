"""Readers of data sets: what counts as a labelled photo, what is passed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.errors import TrainingError
from engine.training.sources import Sample, read_source


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"")


def refused(kind: str, root: Path) -> str:
    with pytest.raises(TrainingError) as caught:
        read_source(kind, root)
    return caught.value.code


def test_utkface_names(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "part2/9_1_4_20170109.jpg.chip.jpg",
        "part1/26_0_2_20170116.jpg.chip.jpg",
        "part1/116_1_0_20170112.JPG",
    )
    assert [
        (s.path.name[:3], s.age, s.gender, s.race) for s in read_source("utkface", tmp_path)
    ] == [
        ("116", 116.0, 1, 0),
        ("26_", 26.0, 0, 2),
        ("9_1", 9.0, 1, 4),
    ]


def test_broken_utkface_names_are_passed_over(tmp_path: Path) -> None:
    broken = ["39_1_20170116.jpg", "61_1_5_1.jpg", "1234_0_0_1.jpg", "_0_0_1.jpg", "30_0_0_1.txt"]
    touch(tmp_path, "30_2_0_1.jpg", *broken, "30_0_0_1.png")
    (sample,) = read_source("utkface", tmp_path)
    assert sample == Sample(tmp_path / "30_0_0_1.png", 30.0, 0, 0, "utkface")


PEOPLE = """file,gender,age,birthday,latest_term_start
d.jpg,F,47.5,,
c.jpg,male,,1950-01-03,2000
b.jpg,,,yesterday,2000
a.jpg,M,200,,
missing.jpg,M,30,,
,M,30,,
e.jpg,X,,1950-01-03,
"""


def test_people_csv(tmp_path: Path) -> None:
    root = tmp_path / "congress"
    touch(root, *(f"{letter}.jpg" for letter in "abcde"))
    (root / "people.csv").write_text(PEOPLE, encoding="utf-8")
    samples = {s.path.stem: s for s in read_source("people_csv", root)}
    assert list(samples) == ["a", "b", "c", "d", "e"]
    assert samples["d"] == Sample(root / "d.jpg", 47.5, 1, -1, "congress")
    assert samples["c"].age == pytest.approx((date(2000, 1, 3) - date(1950, 1, 3)).days / 365.25)
    assert (samples["c"].gender, samples["b"].gender, samples["e"].gender) == (0, -1, -1)
    unknown = {name for name, sample in samples.items() if sample.age is None}
    assert unknown == {"a", "b", "e"}, "an age that cannot be is unknown; the face still counts"


def test_a_table_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(b"file,gender\n\xff\xfe.jpg,M\n")
    assert refused("people_csv", tmp_path) == "training.data_missing"


def test_no_table(tmp_path: Path) -> None:
    assert refused("people_csv", tmp_path) == "training.data_missing"


def test_any_folder(tmp_path: Path) -> None:
    touch(tmp_path, "b/2.webp", "a.jpeg", "notes.txt")
    samples = read_source("folder", tmp_path)
    assert [s.path.name for s in samples] == ["a.jpeg", "2.webp"]
    assert {(s.age, s.gender, s.race, s.source) for s in samples} == {(None, -1, -1, tmp_path.name)}


@pytest.mark.parametrize("kind", ["utkface", "folder"])
def test_an_empty_folder(tmp_path: Path, kind: str) -> None:
    assert refused(kind, tmp_path) == "training.data_empty"


def test_a_missing_folder_and_an_unknown_kind(tmp_path: Path) -> None:
    assert refused("folder", tmp_path / "nowhere") == "training.data_missing"
    assert refused("imagenet", tmp_path) == "training.source"
