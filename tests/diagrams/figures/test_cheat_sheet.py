"""The sheet to print: its numbers are those of a run, and its file is one page of A4 that is the same each time."""

import re
from itertools import combinations, product

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

from diagrams import build, export
from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, drawn
from tests.oracle import scalar_lstm

NAME = "cheat-sheet"
B, T, F, N = 2, 5, 3, 4
A4 = 297, 210  # millimetres, landscape


def test_every_number_and_shape_is_that_of_the_run():
    history = scalar_lstm(worked_input()[0], *worked_layer().get_weights())
    expected = {f"h-t{t}-u{j}": history["h"][t][j] for t in range(T) for j in range(N)}
    expected |= {f"column-{column}": column for column in range(4 * N)}
    expected |= {"kernel-shape": [F, 4 * N], "recurrent_kernel-shape": [N, 4 * N], "bias-shape": [4 * N]}
    expected["unit-size"] = [2, 6, 10, 14, 4, F, N, 1, 4 * (F + N + 1)]
    expected["layer-size"] = [4, 1, 4, N, F, N, 1, 4 * N * (F + N + 1)]
    last, every = [B, N], [B, T, N]
    for sequences, state in product((False, True), repeat=2):
        shapes = [*(every if sequences else last), *(2 * last if state else [])]
        expected[f"shapes-sequences-{sequences}-state-{state}".lower()] = shapes
    expected |= {"both-sequences-false": [B, 2 * N], "both-sequences-true": [B, T, 2 * N]}
    expected["torch-shapes"] = [*every, 1, *last, 1, *last]
    expected |= {"name-3-keras": [F, 4 * N], "name-4-keras": [N, 4 * N], "name-5-keras": [4 * N]}
    expected |= {"name-3-torch": [0, 4 * N, F], "name-4-torch": [0, 4 * N, N], "name-5-torch": [0, 0, 4 * N]}
    expected |= {"name-9-keras": 4 * N * (F + N + 1), "name-9-torch": 4 * N * (F + N + 2)}
    assert_numbers(NAME, expected)


def test_columns_are_timesteps_and_rows_are_units():
    assert_columns(NAME, {f"t = {t + 1}": [f"h-t{t}-u{j}" for j in range(N)] for t in range(T)})
    assert_rows(NAME, {f"unit {j}": [f"h-t{t}-u{j}" for t in range(T)] for j in range(N)})


def test_text_is_at_least_7_points_within_the_margins_and_apart_from_other_text():
    figure = drawn(NAME)
    renderer, scale = FigureCanvasAgg(figure).get_renderer(), 72 / figure.dpi
    width, height = 72 * figure.get_size_inches()
    seen = {text: text.get_window_extent(renderer) for text in figure.axes[0].texts if text.get_text()}
    for text, extent in seen.items():
        left, right, bottom, top = (scale * side for side in (extent.x0, extent.x1, extent.y0, extent.y1))
        assert text.get_fontsize() >= 7, text.get_text()
        inside = left >= 29 and right <= width - 28 and bottom >= 8 and top <= height - 14
        assert inside, f"{text.get_text()!r} is at the edge of the paper"
    for (one, first), (other, second) in combinations(seen.items(), 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert wide <= 0 or high * scale <= 1.5, f"{one.get_text()!r} overlaps {other.get_text()!r}"


def test_the_marked_columns_are_hatched():
    hatched = [patch for patch in drawn(NAME).axes[0].patches if patch.get_hatch()]
    lefts = {round(float(patch.get_x()), 1) for patch in hatched if patch.get_width() > 12}
    assert len(lefts) == 4
    assert np.ptp(np.diff(sorted(lefts))) < 0.2, "the same column in each block"


def test_the_pdf_is_one_page_of_a4_with_its_fonts_and_licence(built_figures):
    pdf = (built_figures / f"{NAME}.pdf").read_bytes()
    (box,) = re.findall(rb"/MediaBox \[ ?([^\]]+?) ?\]", pdf)
    x, y, *size = map(float, box.split())
    assert (x, y) == (0, 0)
    assert [round(side / 72 * 25.4, 1) for side in size] == [*A4]
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    fonts = re.findall(rb"/Type /FontDescriptor", pdf)
    assert fonts and len(fonts) == len(re.findall(rb"/FontFile2", pdf))
    assert b"creativecommons.org/licenses/by/4.0/" in pdf
    assert b"CreationDate" not in pdf


def test_the_same_sheet_gives_the_same_bytes_and_is_no_figure(built_figures, tmp_path):
    entry = build.render(NAME, tmp_path)
    assert entry["files"] == [f"{NAME}.{kind}" for kind in ("pdf", "png", "svg")]
    for file in entry["files"]:
        assert (tmp_path / file).read_bytes() == (built_figures / file).read_bytes(), file
    assert not (built_figures / f"{NAME}.html").exists()
    assert NAME not in build.names()
    width, height = export.pixels((tmp_path / f"{NAME}.png").read_bytes())
    assert (width, abs(height - 2339 * 210 / 297) <= 1) == (2339, True)


def test_the_sheet_says_where_it_is_from(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://example.org/lstm/")
    before = build.digests()
    said = [text.get_text() for text in build.load(NAME).draw().axes[0].texts]
    assert "LSTM units, computed, figure cheat-sheet: https://example.org/lstm/" in said
    monkeypatch.delenv("SITE_URL")
    after = build.digests()
    assert {name for name in before if before[name] != after[name]} == {NAME}
