"""The page: complete in itself, every model's figures on it, the same input the same page."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from engine.evaluation.report import ROWS, cell, outside_span, page
from tests.unit.evaluation import test_evaluate as known


class Page(HTMLParser):
    """Collects what is on a page; ``void`` elements need no end."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "img", "br"}:
            self.open.append(tag)
        links = [v for k, v in attrs if k in {"src", "href"} and v]
        self.outside += [v for v in links if not v.startswith(("data:", "#"))]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    grid = tmp_path_factory.mktemp("grid") / "a.jpg"
    Image.new("RGB", (16, 16)).save(grid)
    figures = known.run(known.faces())
    one = {"model": "first <b>", "sha256": "ab" * 32, "seed": 0, **figures}
    two = {**one, "model": "second", "own_error": 12.34, "speed": {"mflops": 77.0}}
    return page([one, two], {"second": grid})


def test_it_is_whole_and_asks_for_nothing_from_elsewhere(html: str) -> None:
    found = Page(html)
    assert not found.open
    assert not found.outside
    assert html.count("<svg") == 4
    assert html.count("data:image/jpeg;base64,") == 1


def test_every_figure_is_on_it(html: str) -> None:
    words = [word.strip() for word in Page(html).words]
    assert {"3.0 years", "12.3 years", "77 MFLOP", "first <b>", "Female"} <= set(words)
    assert all(row.name in words for row in ROWS)


def test_the_same_figures_make_the_same_page(tmp_path: Path) -> None:
    figures = {"model": "m", "sha256": "0" * 64, "seed": 1, **known.run(known.faces())}
    again = json.loads(json.dumps(figures))
    assert page([figures], {}) == page([again], {})


def test_a_cell_that_was_not_measured_is_a_dash() -> None:
    rows = {row.name: row for row in ROWS}
    assert cell({}, rows["Encode + one age"]) == "–"
    assert cell({"speed": {"encode_and_age_ms": 15.04}}, rows["Encode + one age"]) == "15.0 ms"
    assert cell({"gender_kept": 0.987}, rows["Gender kept"]) == "98.7 %"
    assert cell({"gender_kept": None}, rows["Gender kept"]) == "–"


def test_the_span_of_the_outside_judge() -> None:
    figures = {"by_target": {"25": {"outside_mean": 30.5}, "65": {"outside_mean": 53.0}}}
    assert outside_span(figures) == 22.5
    assert outside_span({"by_target": {}}) is None
