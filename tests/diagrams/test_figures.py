"""What every figure must have."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch

from diagrams import build, export, palette, parts
from tests.diagrams.contrast import contrast
from tests.diagrams.svg_numbers import NUMBER, SVG, drawing, drawn, texts, texts_in, written
from tests.project import ROOT

ID = re.compile(r'\bid="([^"]+)"')
SVG_IN = re.compile(r"<svg.*</svg>", re.DOTALL)
# Numbers of captions and descriptions that do not stand in the figure itself; the figure's own test holds them.
SAID_ONLY = {"independent-or-not": {"64"}, "units-for-a-series": {"1950", "2010"}, "stateful-lanes": {"5"}}


@pytest.fixture(params=build.names())
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def test_a_figure_has_words_and_tells_no_number_that_it_does_not_show(name):
    module = build.load(name)
    assert module.TITLE.endswith("?")
    assert len(module.ALT) > 100
    assert len(module.CAPTION) > 60
    assert module.ALT not in module.CAPTION
    shown = {number for _, text in texts(name) for number in NUMBER.findall(text)}
    told = set(NUMBER.findall(f"{module.CAPTION} {module.ALT}"))
    assert told - shown == SAID_ONLY.get(name, set())


def test_every_decimal_number_in_a_figure_is_named_and_checked_by_a_test_of_its_own(name):
    unnamed = [text for gid, text in texts(name) if re.search(r"\d\.\d", text) and not gid]
    assert not unnamed
    own_test = Path(__file__).parent / f"figures/test_{name.replace('-', '_')}.py"
    assert f'"{name}"' in own_test.read_text(encoding="utf-8")
    assert written(name), "a figure shows at least one number of a run"


def test_a_figure_in_a_page_is_an_image_with_its_words_and_the_colours_of_the_page(built_figures, name):
    html, module = (built_figures / f"{name}.html").read_text(encoding="utf-8"), build.load(name)
    svg = ElementTree.fromstring(SVG_IN.search(html)[0])
    assert texts_in(name, svg) == texts(name), "the tests of the figure read something else"
    assert svg.get("role") == "img"
    assert float(svg.get("viewBox").split()[2]) <= 520, "too wide to be read on a phone"
    assert svg.get("aria-labelledby") == f"{name}-title"
    assert [child.text for child in svg[:2]] == [module.TITLE, module.ALT]
    assert not [part for part in ("<metadata", "<style", "<?xml", "\n\n") if part in html]
    ids = ID.findall(html)
    assert len(ids) == len(set(ids)) and all(each.startswith(f"{name}-") for each in ids)

    assert "var(--fig-ink)" in html
    assert not re.search(r"#[0-9a-f]{6}\b|rgb\(", html)
    plain, _, both = (built_figures / "figures.css").read_text(encoding="utf-8").partition("@supports")
    for role in re.findall(r"var\((--fig-[\w-]+)\)", html):
        assert re.search(rf"{role}:#[0-9a-f]{{6}};", plain) and f"{role}:light-dark(" in both


def test_permanent_files_are_opaque_and_png_is_wide_enough(built_figures, name):
    svg = ElementTree.fromstring((built_figures / f"{name}.svg").read_text(encoding="utf-8"))
    assert texts_in(name, svg) == texts(name), "the tests of the figure read something else"
    paper = svg[2]
    assert (paper.tag, paper.get("fill"), paper.get("width")) == (f"{{{export.SVG}}}rect", "#ffffff", svg.get("width"))
    png = (built_figures / f"{name}.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert abs(int.from_bytes(png[16:20], "big") - 1400) <= 1


def test_same_numbers_give_the_same_bytes(built_figures, name, tmp_path):
    entry = build.render(name, tmp_path)
    for file in (*entry["files"], f"{name}.html"):
        assert (tmp_path / file).read_bytes() == (built_figures / file).read_bytes()


def test_every_text_is_inside_the_figure_and_stands_out_from_the_shape_behind_it(name):
    figure = drawn(name)
    renderer = FigureCanvasAgg(figure).get_renderer()
    width, height = figure.get_size_inches() * figure.dpi
    areas = [
        patch for patch in figure.axes[0].patches if not isinstance(patch, FancyArrowPatch) and patch.get_facecolor()[3]
    ]
    boxes = [(area.get_window_extent(renderer), to_hex(area.get_facecolor())) for area in areas]
    roles = {shade.light: shade for shade in palette.ROLES.values()}
    for text in figure.axes[0].texts:
        extent = text.get_window_extent(renderer)
        inside = extent.x0 >= -0.5 and extent.y0 >= -0.5 and extent.x1 <= width + 0.5 and extent.y1 <= height + 0.5
        assert inside, f"{text.get_text()!r} is clipped"
        middle = (extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2
        behind = [colour for box, colour in boxes if box.contains(*middle)]
        ground = behind[-1] if behind else palette.colour("paper")
        for mode in ("light", "dark"):
            found = contrast(getattr(roles[to_hex(text.get_color())], mode), getattr(roles[ground], mode))
            assert found >= 4.5, f"{text.get_text()!r} on {ground}, {mode}: {found:.2f}"


def test_a_drawing_has_no_inline_style_and_no_group_of_one(name):
    root = drawing(name)
    assert not [element.attrib for element in root.iter() if "style" in element.attrib], "a strict CSP forbids it"
    groups = [group for group in root.iter(f"{SVG}g") if len(group) < 2 or not group.attrib]
    assert not [group.attrib for group in groups]


def test_picture_in_the_readme_is_the_built_one(built_figures):
    committed = ROOT / ".github/n-unit-chain.svg"
    assert committed.read_bytes() == (built_figures / "n-unit-chain.svg").read_bytes(), (
        "copy the built n-unit-chain.svg (make figures) over .github/n-unit-chain.svg"
    )


def test_a_straight_arrow_is_one_path_that_has_its_head_and_a_bent_one_stays_two():
    figure, axes = parts.canvas(200, 100)
    parts.wire(axes, [(10, 20), (90, 20)], role="hidden", gid="straight")
    parts.wire(axes, [(10, 50), (90, 50), (90, 80)], role="hidden", gid="bent")
    root = ElementTree.fromstring(export.svg_file(figure, "drawn", "A title?", "What is seen"))
    of = {each.get("id"): each for each in root.iter() if each.get("id")}
    shaft, head = of["drawn-straight"].attrib["d"].split("M")[1:]
    assert of["drawn-straight"].get("fill") == of["drawn-straight"].get("stroke") != "none"
    assert head.endswith("z") and shaft.split("L")[-1] in head.split("L")
    assert [each.tag for each in of["drawn-bent"]] == [f"{SVG}path"] * 2
