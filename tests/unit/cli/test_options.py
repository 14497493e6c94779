"""What the options mean, in the model's terms."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from engine.cli.naming import plan_files
from engine.cli.options import Target, choose_model, resolve_targets, wanted_ages, wanted_faces
from engine.domain import AgeGroup
from engine.errors import AgeError, ModelError
from tests.fakes.fake_service import CONTINUOUS, GROUPED


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("65", ("65",)),
        ("65.5", ("65.5",)),
        ("41-50", ("41-50",)),
        ("41–50", ("41-50",)),
        ("50+", ("50+",)),
        ("ALL", ("all",)),
        ("Young,Old", ("young", "old")),
        ("25, 41-50,25", ("25", "41-50")),
    ],
)
def test_targets_are_read(text: str, parts: tuple[str, ...]) -> None:
    assert wanted_ages(text) == parts


@pytest.mark.parametrize("text", ["", "-5", "1e3", "old one", "41-", "25,,30", "٣"])
def test_what_is_no_age_is_wrong_usage(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        wanted_ages(text)


@pytest.mark.parametrize(("text", "faces"), [("2", (2,)), ("3,1,3", (3, 1)), ("all", None)])
def test_faces_are_read(text: str, faces: tuple[int, ...] | None) -> None:
    assert wanted_faces(text) == faces


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "first", "", "1,"])
def test_what_is_no_face_number_is_wrong_usage(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        wanted_faces(text)


def test_a_continuous_model_takes_ages_and_groups() -> None:
    assert resolve_targets(("65.5", "40-49"), CONTINUOUS) == (
        Target("65.5", 65.5),
        Target("40-49", 44.5),
    )


def test_a_grouped_model_takes_an_age_as_the_group_around_it() -> None:
    assert resolve_targets(("25", "50+", "51-70"), GROUPED) == (
        Target("21-30", 25.5),
        Target("50+", 60.5),
    )


def test_a_group_is_called_by_its_name_in_either_case() -> None:
    named = replace(GROUPED, groups=(AgeGroup("Young", 18.0, 29.0), AgeGroup("Old", 55.0, 80.0)))
    assert resolve_targets(wanted_ages("old"), named) == (Target("Old", 67.5),)


def test_all_is_every_group_in_order() -> None:
    labels = [target.label for target in resolve_targets(("all",), GROUPED)]
    assert labels == ["11-20", "21-30", "31-40", "41-50", "50+"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("9.9", "age.range"), ("80.1", "age.range"), ("10-20", "age.group"), ("nan", "age.group")],
)
def test_what_the_model_lacks_is_an_age_error(wanted: str, code: str) -> None:
    with pytest.raises(AgeError) as caught:
        resolve_targets((wanted,), CONTINUOUS)
    assert caught.value.code == code


def test_the_default_model_is_the_first() -> None:
    assert choose_model((CONTINUOUS, GROUPED), None) is CONTINUOUS
    assert choose_model((CONTINUOUS, GROUPED), "fake-groups") is GROUPED
    with pytest.raises(ModelError):
        choose_model((), None)


TWO = (Target("25", 25), Target("41-50", 45.5))


@pytest.mark.parametrize(
    ("output", "names"),
    [
        (None, ["in/me_25.jpg", "in/me_41-50.jpg", "in/me_strip.jpg"]),
        ("out/", ["out/me_25.jpg", "out/me_41-50.jpg", "out/me_strip.jpg"]),
        ("x/old.png", ["x/old_25.png", "x/old_41-50.png", "x/old_strip.png"]),
        ("x/{age}-me.png", ["x/25-me.png", "x/41-50-me.png", "x/strip-me.png"]),
    ],
)
def test_names_for_several_ages(output: str | None, names: list[str]) -> None:
    plan = plan_files(Path("in/me.jpg"), output, TWO)
    assert list(plan.all) == [Path(name) for name in names]


def test_names_for_one_age(tmp_path: Path) -> None:
    one = TWO[:1]
    assert plan_files(Path("in/me.jpg"), "x/old.png", one).all == (Path("x/old.png"),)
    assert plan_files(Path("in/me.jpg"), str(tmp_path), one).all == (tmp_path / "me_25.jpg",)
    assert plan_files(Path("in/me.gif"), None, one).all == (Path("in/me_25.png"),)
