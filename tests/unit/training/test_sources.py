"""Readers of data sets: what counts as a labelled photo, what is passed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.io import savemat

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


def test_cacd_names(tmp_path: Path) -> None:
    touch(tmp_path, "14_Aaron_Johnson_0001.jpg", "61_Al_Pacino_0012.jpg", "x_Al_Pacino_0013.jpg")
    touch(tmp_path, "14_0001.jpg", "20_No_Number.jpg")
    assert read_source("cacd", tmp_path) == [
        Sample(tmp_path / "14_Aaron_Johnson_0001.jpg", 14.0, -1, -1, "cacd", "Aaron_Johnson"),
        Sample(tmp_path / "61_Al_Pacino_0012.jpg", 61.0, -1, -1, "cacd", "Al_Pacino"),
    ]


def cells(*values: str) -> np.ndarray:
    column = np.empty(len(values), object)
    column[:] = values
    return column


def write_table(path: Path, name: str, columns: Mapping[str, object]) -> None:
    savemat(path, {name: columns})


def test_cacd_by_its_table(tmp_path: Path) -> None:
    touch(tmp_path, "53_Robin_Williams_0001.jpg", "40_Robin_Williams_0002.jpg")
    columns = {
        "age": np.array([[53.0], [240.0], [30.0]]),
        "identity": np.array([[1.0], [1.0], [2.0]]),
        "name": cells(
            "53_Robin_Williams_0001.jpg", "40_Robin_Williams_0002.jpg", "30_Not_Here_0001.jpg"
        ),
    }
    write_table(tmp_path / "celebrity2000_meta.mat", "celebrityImageData", columns)
    second, first = read_source("cacd_mat", tmp_path)
    assert first == Sample(tmp_path / "53_Robin_Williams_0001.jpg", 53.0, -1, -1, "cacd", "1")
    assert (second.age, second.subject) == (None, "1")


def imdb_columns(rows: list[tuple[str, date | float, int, float, float, float, str]]) -> object:
    born = [b if isinstance(b, float) else b.toordinal() + 366.7 for _, b, *_ in rows]
    numbers = np.array([[r[2], r[3], r[4], r[5]] for r in rows], float).T
    return {
        "full_path": cells(*(r[0] for r in rows)),
        "dob": np.array(born, float),
        "photo_taken": numbers[0],
        "gender": numbers[1],
        "face_score": numbers[2],
        "second_face_score": numbers[3],
        "name": cells(*(r[6] for r in rows)),
    }


def test_imdb_wiki(tmp_path: Path) -> None:
    root, nan, born = tmp_path / "set", float("nan"), date(1970, 7, 1)
    names = ["01/a.jpg", "01/b.jpg", "02/none.jpg", "02/two.jpg", "02/old.jpg", "02/birth.jpg"]
    touch(root, *names, "../outside.jpg")
    rows = [
        ("01/a.jpg", born, 2010, 1.0, 3.2, nan, "A Man"),
        ("01/b.jpg", date(1980, 1, 1), 2010, nan, 1.0, nan, "Somebody"),
        ("02/none.jpg", born, 2010, 0.0, -np.inf, nan, "No face"),
        ("02/two.jpg", born, 2010, 0.0, 3.0, 2.5, "Two faces"),
        ("02/old.jpg", date(1801, 1, 1), 2010, 0.0, 3.0, nan, "Too old"),
        ("02/birth.jpg", 47.0, 2010, 0.0, 3.0, nan, "Birthday in the year 0"),
        ("02/missing.jpg", born, 2010, 0.0, 3.0, nan, "No picture"),
        ("../outside.jpg", born, 2010, 0.0, 3.0, nan, "Elsewhere"),
    ]
    write_table(root / "imdb.mat", "imdb", imdb_columns(rows))
    man, somebody = read_source("imdb_wiki", root)
    assert man == Sample(root / "01/a.jpg", 14610 / 365.25, 0, -1, "imdb_wiki", "A Man")
    assert (somebody.gender, somebody.subject) == (-1, "Somebody")
    assert somebody.age == pytest.approx(30.5, abs=0.01)


@pytest.mark.parametrize(
    ("kind", "table"), [("imdb_wiki", "wiki.mat"), ("cacd_mat", "celebrity2000_meta.mat")]
)
def test_a_damaged_matlab_table(tmp_path: Path, kind: str, table: str) -> None:
    assert refused(kind, tmp_path) == "training.data_missing"
    (tmp_path / table).write_bytes(b"not a table at all, but long enough to be one" * 10)
    assert refused(kind, tmp_path) == "training.data_broken"
    write_table(tmp_path / table, "other", {"age": np.array([1.0])})
    assert refused(kind, tmp_path) == "training.data_broken"
    name = "wiki" if kind == "imdb_wiki" else "celebrityImageData"
    write_table(tmp_path / table, name, {"something": np.array([1.0])})
    assert refused(kind, tmp_path) == "training.data_broken"
