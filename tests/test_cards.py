"""The cards: looked at as pictures, and drawn again when what they show has changed."""

import io
import json
import re
import shutil
import subprocess
import sys
from bisect import bisect_left
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from diagrams import build, cards, export, palette
from tests.diagrams.contrast import contrast
from tests.project import ROOT

CYAN, MAGENTA = (0, 255, 255), (255, 0, 255)
TITLES = [
    "All figures",
    "What is `units` in `LSTM(units)`?",
    "Where does official documentation say something else than the code does?",
    "How many jumping gypsies quickly pack (big) `quartz_jugs`, and why?",
]


def marked(width: float, height: float) -> Figure:
    """A figure without white: cyan above magenta."""
    figure = Figure(figsize=(width, height))
    for bottom, name in ((-0.5, "magenta"), (0.5, "cyan")):
        figure.add_artist(Rectangle((-1, bottom), 3, 1, color=name, linewidth=0))
    return figure


SHAPES = {"wide": (6, 3.5), "square": (6, 6), "tall": (4, 6)}
FIGURES = {name: marked(*size) for name, size in SHAPES.items()} | {"none": None}


class Seen(NamedTuple):
    """A card, and the part of it where words stand: where they are, and the colours."""

    pixels: np.ndarray
    words: np.ndarray
    ground: tuple
    left: int

    @property
    def lines(self) -> list[tuple[int, int]]:
        """The first row of each line, and the one behind its last."""
        edges = np.flatnonzero(np.diff([False, *self.words.any(axis=1), False]))
        return [*zip(edges[::2], edges[1::2], strict=True)]


def seen(card: bytes) -> Seen:
    """Find the ground in the first row: what stands between the stripe at the left and the white of a figure."""
    pixels = np.asarray(Image.open(io.BytesIO(card)).convert("RGB"))
    edges = [0, *(np.flatnonzero(np.any(pixels[0, 1:] != pixels[0, :-1], axis=1)) + 1), 1200]
    assert len(edges) in (3, 4), "the first row is stripe, ground and white"
    assert len(edges) == 3 or np.all(pixels[0, edges[2] :] == 255)
    ground = pixels[0, edges[1]]
    words = np.any(pixels[:, edges[1] : edges[2]] != ground, axis=2)
    return Seen(pixels, words, tuple(ground), edges[1])


@cache
def drawn(shape: str, title: str) -> Seen:
    return seen(cards.card(FIGURES[shape], title))


def box(mask: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return rows[0], rows[-1] + 1, columns[0], columns[-1] + 1


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("title", TITLES)
def test_a_card_shows_its_figure_whole_and_nothing_on_it(title, shape):
    pixels = drawn(shape, title).pixels
    parts = [np.all(pixels == colour, axis=2) for colour in (CYAN, MAGENTA)]
    (top, middle, left, right), below = map(box, parts)
    assert abs(below[0] - middle) <= 1 and below[2:] == (left, right)
    for part in parts:
        first, end, *_ = box(part)
        assert part[first:end, left:right].all(), "something stands on the figure"
    height = below[1] - top
    assert (right - left) / height == pytest.approx(SHAPES[shape][0] / SHAPES[shape][1], rel=0.01)
    assert right - left >= 500 or height >= 500
    assert min(top, 630 - below[1], 1200 - right) >= 24 and abs(top - (630 - below[1])) <= 1


@pytest.mark.parametrize("shape", FIGURES)
@pytest.mark.parametrize("title", TITLES)
def test_words_keep_clear_of_the_edges_and_of_the_figure(title, shape):
    words = drawn(shape, title).words
    top, bottom, left, right = box(words)
    assert min(top, 630 - bottom, left, words.shape[1] - right) >= 32


@pytest.mark.parametrize("shape", FIGURES)
def test_the_name_of_the_site_can_be_read_and_stands_where_it_does_on_all_cards(shape):
    cases = [drawn(shape, title) for title in TITLES]
    top, bottom = cases[0].lines[0]
    assert 26 <= (bottom - top) * 72 / 100 <= 28  # from the top of L to the end of p and comma, in points
    name = cases[0].words[:bottom]
    assert all(np.array_equal(case.words[:bottom], name) for case in cases)
    rows, columns = np.nonzero(name)
    inks, counts = np.unique(cases[0].pixels[rows, columns + cases[0].left], axis=0, return_counts=True)
    ink = "#{:02x}{:02x}{:02x}".format(*inks[counts.argmax()])
    assert contrast(ink, "#{:02x}{:02x}{:02x}".format(*cases[0].ground)) >= 4.5


@pytest.mark.parametrize("shape", FIGURES)
def test_baselines_do_not_depend_on_the_letters(shape):
    width = 21 if shape == "none" else 12

    def baselines(letters: str) -> list[int]:
        return [bottom for _, bottom in drawn(shape, title(letters)).lines[1:]]

    def title(letters: str) -> str:
        return " ".join(f"`{letter * width}`" for letter in letters)

    assert baselines("xEx") == baselines("ExE") and len(baselines("xEx")) == 3
    steps = [below - above for above, below in pairwise(baselines("xxx"))]
    assert abs(steps[0] - steps[1]) <= 1
    assert baselines("xxx")[0] == baselines("xx")[0] == baselines("E")[0]


def narrowest(words: list[str], count: int) -> float:
    """Find the smallest of the widths of all runs of words in which lines that are filled one by one are so many."""
    widths = sorted(cards.length(" ".join(words[a:b])) for b in range(len(words) + 1) for a in range(b))

    def too_narrow(width: float) -> bool:
        lines = [""]
        for word in words:
            longer = f"{lines[-1]} {word}".strip()
            if cards.length(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return len(lines) > count or max(map(cards.length, lines)) > width

    return widths[bisect_left(widths, True, key=lambda width: not too_narrow(width))]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_lines_are_balanced(title, count):
    words = title.split()
    if count <= len(words):
        lines = cards.balanced(words, count)
        assert len(lines) == count and " ".join(lines) == title
        assert max(map(cards.length, lines)) == narrowest(words, count)


@pytest.mark.parametrize("place", [cards.BESIDE, cards.ALONE])
def test_code_is_not_broken(place):
    code = "`LSTM(4, unroll = True)`"
    _, lines = cards.fit(f"What does {code} do?", 520, place)
    assert [line for line in lines if code in line]
    assert " ".join(lines) == f"What does {code} do?"


def test_what_has_no_room_is_refused():
    with pytest.raises(ValueError, match="has no room on a card"):
        cards.card(FIGURES["wide"], "time_distributed_return_sequences=True")
    with pytest.raises(ValueError, match="has no room on a card"):
        cards.card(None, "word " * 60)


def test_a_card_is_the_same_twice_and_other_words_or_figures_make_another():
    wanted = [(figure, title) for figure in FIGURES.values() for title in TITLES]
    first = [cards.card(figure, title) for figure, title in wanted]
    assert len({seen(card).pixels.tobytes() for card in first}) == len(wanted)
    assert first == [cards.card(figure, title) for figure, title in wanted]


def test_the_name_of_the_site_is_that_of_its_settings():
    (name,) = re.findall(r"^site_name: (.*)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert name == export.SITE


# When a card is drawn again


def test_cards_are_drawn_again_when_title_figure_or_code_changes_and_leave_with_their_page(tmp_path):
    for package in ("lstm_ref", "diagrams"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    wanted = {
        "a": {"title": "What?", "figure": "one-unit-chain"},
        "b/c": {"title": "What?", "figure": ""},
        "d": {"title": "What?", "figure": "n-unit-chain"},
    }
    out = tmp_path / "out"

    def redrawn() -> int:
        before = {file: file.stat().st_mtime_ns for file in out.rglob("*.png")}
        command = [sys.executable, "-m", "diagrams", "--cards", str(out)]
        done = subprocess.run(command, cwd=tmp_path, input=json.dumps(wanted), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        number = int(re.search(r"(\d+) to draw", done.stdout)[1])
        assert number == sum(before.get(file) != file.stat().st_mtime_ns for file in out.rglob("*.png"))
        return number

    def edit(name: str, old: str, new: str) -> None:
        file = tmp_path / "diagrams" / name
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))

    assert (redrawn(), redrawn()) == (3, 0)
    first = (out / "a.png").read_bytes()
    edit("figures/one_unit_chain.py", "drawn {timesteps} times", "drawn often")
    assert redrawn() == 1
    assert (out / "a.png").read_bytes() != first
    wanted["b/c"]["title"] = "Why?"
    assert redrawn() == 1
    edit("cards.py", "LEADING, DESCENDERS = 32", "LEADING, DESCENDERS = 33")
    assert redrawn() == 3
    wanted["b/c"]["figure"] = "n-unit-chain"
    assert redrawn() == 1
    (out / "d.png").unlink()
    assert redrawn() == 1
    del wanted["a"]
    assert redrawn() == 0
    assert sorted(file.relative_to(out).as_posix() for file in out.rglob("*.png")) == ["b/c.png", "d.png"]


def test_a_card_with_a_figure_that_is_not_there_is_named(tmp_path):
    command = [sys.executable, "-m", "diagrams", "--cards", str(tmp_path)]
    wanted = json.dumps({"a/b": {"title": "What?", "figure": "no-such"}})
    done = subprocess.run(command, cwd=ROOT, input=wanted, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "card a/b was not drawn: there is no figure 'no-such'\n")


def test_the_colours_of_a_card_are_those_of_the_palette():
    case = drawn("none", "All figures")
    shades = {
        role: tuple(int(shade.dark[at : at + 2], 16) for at in (1, 3, 5)) for role, shade in palette.ROLES.items()
    }
    assert case.ground == shades["paper"]
    stripe = [tuple(case.pixels[row, 2]) for row in (5, 200, 400, 625)]
    assert stripe == [shades[f"unit-{unit}"] for unit in range(4)]


def test_a_card_drawn_before_another_failed_does_not_pass_as_up_to_date(tmp_path, monkeypatch):
    wanted = {name: {"title": name, "figure": ""} for name in ("one", "two")}
    build.cards(wanted, tmp_path)
    as_wanted = (tmp_path / "one.png").read_bytes()

    def one_and_then_an_error(*_):
        yield "one", b"of another title"
        raise RuntimeError("card two was not drawn")

    with monkeypatch.context() as patch:
        patch.setattr(build, "_drawn", one_and_then_an_error)
        with pytest.raises(RuntimeError, match="card two"):
            build.cards({name: entry | {"title": "another"} for name, entry in wanted.items()}, tmp_path)
    build.cards(wanted, tmp_path)
    assert (tmp_path / "one.png").read_bytes() == as_wanted
