"""The cards: looked at as pictures, and drawn again when what they show has changed."""

import re
import subprocess
import sys
from collections.abc import Callable
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from diagrams import LICENCE, SITE
from diagrams.palette import ROLES
from docs.sitebuild import cards
from docs.sitebuild.cards import Card

ROOT = Path(__file__).parents[2]
CYAN, MAGENTA = (0, 255, 255), (255, 0, 255)
SHAPES = {"wide": (1400, 817), "square": (1400, 1400), "tall": (1400, 2100)}
TITLES = [
    "All figures",
    "What is `units` in `LSTM(units)`?",
    "Where does official documentation say something else than the code does?",
    "How many jumping gypsies quickly pack (big) `quartz_jugs`, and why?",
]
Mask = NDArray[np.bool_]


class Seen(NamedTuple):
    """A card, and where words stand on the part that is theirs, which begins at `left`."""

    pixels: NDArray[np.uint8]
    words: Mask
    left: int

    @property
    def lines(self) -> list[tuple[int, int]]:
        """The first row of each line, and the one behind its last."""
        edges = np.flatnonzero(np.diff([False, *self.words.any(axis=1), False]))
        return [*zip(edges[::2], edges[1::2], strict=True)]


def seen(file: Path) -> Seen:
    """Find the ground in the first row: what stands between the stripe at the left and the white of a figure."""
    with Image.open(file) as card:
        pixels = np.asarray(card.convert("RGB"))
    edges = [0, *(np.flatnonzero(np.any(pixels[0, 1:] != pixels[0, :-1], axis=1)) + 1), 1200]
    assert len(edges) in (3, 4), "the first row is stripe, ground and white"
    assert len(edges) == 3 or np.all(pixels[0, edges[2] :] == 255)
    words = np.any(pixels[:, edges[1] : edges[2]] != pixels[0, edges[1]], axis=2)
    return Seen(pixels, words, edges[1])


def box(mask: Mask) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return rows[0], rows[-1] + 1, columns[0], columns[-1] + 1


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Figures without white: cyan above magenta."""
    folder = tmp_path_factory.mktemp("figures")
    for name, (width, height) in SHAPES.items():
        figure = Image.new("RGB", (width, height), MAGENTA)
        figure.paste(CYAN, (0, 0, width, height // 2))
        figure.save(folder / f"{name}.png", compress_level=1)
    return folder


@pytest.fixture(scope="module")
def drawn(figures: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Seen]]:
    """The cards of all titles beside a figure of each shape, and without one."""
    out = tmp_path_factory.mktemp("cards")
    wanted = {
        shape: [Card(f"{shape or 'none'}/{k}", title, shape) for k, title in enumerate(TITLES)]
        for shape in [*SHAPES, ""]
    }
    cards.draw([card for some in wanted.values() for card in some], figures, out)
    return {shape: [seen(out / f"{card.name}.png") for card in some] for shape, some in wanted.items()}


def test_a_card_shows_its_figure_whole_and_nothing_on_it(drawn: dict[str, list[Seen]]) -> None:
    for shape, (width, height) in SHAPES.items():
        for card in drawn[shape]:
            assert card.pixels.shape == (630, 1200, 3)
            # Where the two colours meet, one row is of both.
            parts = [np.all(np.abs(card.pixels.astype(int) - colour) < 48, axis=2) for colour in (CYAN, MAGENTA)]
            (top, middle, left, right), (below, bottom, *sides) = map(box, parts)
            assert below - middle <= 3 and sides == [left, right]
            assert parts[0][top:middle, left:right].all() and parts[1][below:bottom, left:right].all()
            assert (right - left) / (bottom - top) == pytest.approx(width / height, rel=0.01)
            assert right - left >= 500 or bottom - top >= 500
            assert min(top, 630 - bottom, 1200 - right) >= 24 and abs(top - (630 - bottom)) <= 1
            around = card.pixels[:, card.left + card.words.shape[1] :].copy()
            around[top:bottom, left - card.left - card.words.shape[1] : right - card.left - card.words.shape[1]] = 255
            assert (around == 255).all(), "the figure stands on white"


def test_words_keep_clear_of_the_edges_and_of_the_figure(drawn: dict[str, list[Seen]]) -> None:
    for card in chain.from_iterable(drawn.values()):
        top, bottom, left, right = box(card.words)
        assert min(top, 630 - bottom, left, card.words.shape[1] - right) >= 32


def test_the_name_of_the_site_stands_on_all_cards_where_it_does_on_one(drawn: dict[str, list[Seen]]) -> None:
    first, *others = chain.from_iterable(drawn.values())
    top, bottom = first.lines[0]
    assert 36 <= bottom - top <= 39  # from the top of L to the end of p and comma
    width = first.words.shape[1]
    assert all(
        np.array_equal(card.words[:bottom, :width], first.words[:bottom, : card.words.shape[1]]) for card in others
    )
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert re.findall(r"^site_name: (.*)$", settings, re.MULTILINE) == [SITE]


def test_a_title_is_large(drawn: dict[str, list[Seen]]) -> None:
    """From the top of its capital to its baseline, in pixels; a card is often shown at half its size."""
    for shape, least in {"wide": 24, "square": 24, "tall": 28, "": 60}.items():
        for card in drawn[shape]:
            first, *_ = card.lines[1:]
            assert first[1] - first[0] >= least, shape


def test_the_colours_are_those_of_the_palette(drawn: dict[str, list[Seen]]) -> None:
    shades = {role: tuple(bytes.fromhex(shade.dark[1:])) for role, shade in ROLES.items()}
    for card in chain.from_iterable(drawn.values()):
        assert [tuple(card.pixels[row, 2]) for row in (5, 200, 400, 625)] == [
            shades[f"unit-{unit}"] for unit in range(4)
        ]
        assert tuple(card.pixels[0, card.left]) == shades["paper"]
        for (top, bottom), role in zip(card.lines[:2], ("unit-0", "ink"), strict=True):
            line = card.pixels[top:bottom, card.left : card.left + card.words.shape[1]]
            inks, counts = np.unique(line[card.words[top:bottom]], axis=0, return_counts=True)
            assert tuple(inks[counts.argmax()]) == shades[role]


def test_baselines_do_not_depend_on_the_letters(figures: Path, tmp_path: Path) -> None:
    def baselines(letters: str, figure: str, width: int) -> list[int]:
        title = " ".join(f"`{letter * width}`" for letter in letters)
        cards.draw([Card("card", title, figure)], figures, tmp_path)
        return [bottom for _, bottom in seen(tmp_path / "card.png").lines[1:]]

    for figure, width in (("wide", 12), ("", 21)):
        one, other = baselines("xEx", figure, width), baselines("ExE", figure, width)
        assert len(one) == 3 and np.allclose(one, other, atol=1)  # a letter's edge may have a row of grey
        above, below = (b - a for a, b in pairwise(one))
        assert abs(above - below) <= 2


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("What is `units` in `LSTM(units)`?", ["What is", "`units` in", "`LSTM(units)`?"]),
        ("Which direction, which steps?", ["Which", "direction,", "which steps?"]),
        ("What does `LSTM(4, unroll = True)` do?", ["What does", "`LSTM(4, unroll = True)`", "do?"]),
        ("All figures", ["All figures"]),
    ],
)
def test_lines_are_balanced_and_code_is_not_broken(title: str, lines: list[str]) -> None:
    assert cards.fit(title, 500, 382, 68)[1] == lines


def test_what_has_no_room_is_refused_and_named(figures: Path, tmp_path: Path) -> None:
    for title, figure in (("time_distributed_return_sequences=True", "wide"), ("word " * 60, "")):
        with pytest.raises(RuntimeError, match=r"card a/b was not drawn: the title .* has no room on a card"):
            cards.draw([Card("a/b", title, figure)], figures, tmp_path)


def test_a_card_with_a_figure_that_is_not_there_is_named(figures: Path, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"card a/b was not drawn: .*no-such\.png"):
        cards.draw([Card("a/b", "What?", "no-such")], figures, tmp_path)


# When a card is drawn again


@pytest.fixture
def redrawn(figures: Path, tmp_path: Path) -> Callable[..., set[str]]:
    """Draw these cards, and return the names of those that were written."""

    def redrawn(*wanted: Card) -> set[str]:
        def written() -> dict[Path, int]:
            return {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.png")}

        before = written()
        cards.draw([*wanted], figures, tmp_path)
        changed = {file for file, time in written().items() if before.get(file) != time}
        return {file.relative_to(tmp_path).with_suffix("").as_posix() for file in changed}

    return redrawn


A, B, C = Card("a", "What?", "wide"), Card("b/c", "What?", ""), Card("d", "What?", "square")


def test_a_card_is_drawn_again_when_its_title_or_figure_changes_and_leaves_with_its_page(
    figures: Path, tmp_path: Path, redrawn: Callable[..., set[str]]
) -> None:
    assert redrawn(A, B, C) == {"a", "b/c", "d"}
    first = (tmp_path / "a.png").read_bytes()
    assert redrawn(A, B, C) == set()
    assert redrawn(A, B._replace(title="Why?"), C) == {"b/c"}
    assert redrawn(A, B._replace(title="Why?", figure="square"), C) == {"b/c"}
    png = figures / "wide.png"
    with Image.open(png) as figure:
        other = figure.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    before = png.read_bytes()
    other.save(png)
    assert redrawn(A, B, C) == {"a", "b/c"}
    assert (tmp_path / "a.png").read_bytes() != first
    png.write_bytes(before)
    assert redrawn(A, B, C) == {"a"}
    assert (tmp_path / "a.png").read_bytes() == first, "the same inputs, the same bytes"
    (tmp_path / "d.png").unlink()
    assert redrawn(B, C) == {"d"}
    assert not (tmp_path / "a.png").exists()
    with Image.open(tmp_path / "d.png") as card:
        assert (card.format, card.text["Title"], card.text["Copyright"]) == ("PNG", "What?", LICENCE)


def test_cards_are_drawn_again_when_what_draws_them_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, redrawn: Callable[..., set[str]]
) -> None:
    other = tmp_path_factory.mktemp("code") / "cards.py"
    other.write_text(Path(cards.__file__).read_text(encoding="utf-8") + "\n")
    for change in (
        lambda patch: patch.setattr(cards, "__file__", str(other)),
        lambda patch: patch.setattr(cards, "version", lambda _: "next"),
        lambda patch: patch.setitem(ROLES, "ink", ROLES["muted"]),
    ):
        redrawn(A, B)
        with monkeypatch.context() as patch:
            change(patch)
            assert (redrawn(A, B), redrawn(A, B)) == ({"a", "b/c"}, set())


def test_what_was_drawn_before_a_failure_does_not_pass_as_up_to_date(redrawn: Callable[..., set[str]]) -> None:
    redrawn(A, B)
    with pytest.raises(RuntimeError, match="card b/c"):
        redrawn(A._replace(title="Another"), B._replace(title="word " * 60))
    assert redrawn(A, B) == {"a"}


def test_an_unchanged_build_does_not_import_matplotlib(figures: Path, tmp_path: Path) -> None:

    code = (
        "import sys; from pathlib import Path; from docs.sitebuild.cards import Card, draw;"
        f"draw([Card('a', 'What?', 'wide')], Path({str(figures)!r}), Path({str(tmp_path)!r})); print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
