"""The machinery of the figures: what every figure must have, and when it is drawn again."""

import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch

from diagrams import build, export, palette
from tests.diagrams.svg_numbers import NUMBER, texts, texts_in, written
from tests.project import ROOT

ID = re.compile(r'\bid="([^"]+)"')
# Numbers of captions and descriptions that do not stand in the figure itself; the figure's own test holds them.
SAID_ONLY = {"independent-or-not": {"64"}, "stateful-lanes": {"5"}}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("figures")
    build.build(out)
    return out


@pytest.fixture(params=build.names())
def name(request):
    return request.param


# Each figure


def test_figure_has_words_for_those_who_cannot_see_it(name):
    module = build.load(name)
    assert module.TITLE.endswith("?")
    assert len(module.ALT) > 100
    assert len(module.CAPTION) > 60
    assert module.ALT not in module.CAPTION


def test_every_decimal_number_in_a_figure_is_named_and_checked_by_a_test_of_its_own(name):
    unnamed = [text for gid, text in texts(name) if re.search(r"\d\.\d", text) and not gid]
    assert not unnamed
    own_test = ROOT / "tests" / "figures" / f"test_{name.replace('-', '_')}.py"
    assert f'"{name}"' in own_test.read_text(encoding="utf-8")
    assert written(name), "a figure shows at least one number of a run"


def test_every_number_that_is_told_about_a_figure_stands_in_it(name):
    module = build.load(name)
    drawn = {number for _, text in texts(name) for number in NUMBER.findall(text)}
    told = set(NUMBER.findall(f"{module.CAPTION} {module.ALT}"))
    assert told - drawn == SAID_ONLY.get(name, set())


@pytest.mark.parametrize("suffix", [".html", ".svg"])
def test_a_built_file_says_what_the_tests_of_the_figure_read(built, name, suffix):
    file = (built / f"{name}{suffix}").read_text(encoding="utf-8")
    svg = ElementTree.fromstring(re.search(r"<svg.*</svg>", file, flags=re.DOTALL)[0])
    assert texts_in(name, svg) == texts(name)


def test_caption_on_a_page_is_that_of_the_figure(built, name):
    page = BeautifulSoup((built / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    assert page.figcaption.text == build.load(name).CAPTION.replace("`", "")


def test_colours_on_a_page_are_variables_that_the_style_sheet_knows(built, name):
    fragment = (built / f"{name}.html").read_text(encoding="utf-8")
    assert "var(--fig-ink)" in fragment
    assert not re.search(r"#[0-9a-f]{6}\b|rgb\(", fragment)
    plain, _, both = (built / "figures.css").read_text(encoding="utf-8").partition("@supports")
    for role in re.findall(r"var\((--fig-[\w-]+)\)", fragment):
        assert re.search(rf"{role}: #[0-9a-f]{{6}};", plain) and f"{role}: light-dark(" in both


def test_ids_belong_to_the_figure_and_stand_once(built, name):
    ids = ID.findall((built / f"{name}.html").read_text(encoding="utf-8"))
    assert ids[0] == f"fig-{name}"
    assert len(ids) == len(set(ids))
    assert all(each.startswith(f"{name}-") for each in ids[1:])


def test_svg_in_a_page_is_an_image_with_name_and_description(built, name):
    html = (built / f"{name}.html").read_text(encoding="utf-8")
    svg = ElementTree.fromstring(re.search(r"<svg.*</svg>", html, flags=re.DOTALL)[0])
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{name}-title {name}-desc"
    assert [child.text for child in svg[:2]] == [build.load(name).TITLE, build.load(name).ALT]
    assert "<metadata" not in html
    assert "<style" not in html
    assert "<?xml" not in html
    assert "\n\n" not in html


def test_nothing_is_drawn_outside_the_figure(name):
    figure = build.load(name).draw()
    width, height = figure.get_size_inches() * figure.dpi
    renderer = FigureCanvasAgg(figure).get_renderer()
    for text in figure.axes[0].texts:
        extent = text.get_window_extent(renderer)
        inside = extent.x0 >= -0.5 and extent.y0 >= -0.5 and extent.x1 <= width + 0.5 and extent.y1 <= height + 0.5
        assert inside, f"{text.get_text()!r} is clipped"


def test_permanent_files_are_opaque_and_png_is_wide_enough(built, name):
    svg = ElementTree.fromstring((built / f"{name}.svg").read_text(encoding="utf-8"))
    paper = svg[2]
    assert (paper.tag, paper.get("fill"), paper.get("width")) == (f"{{{export.SVG}}}rect", "#ffffff", svg.get("width"))
    png = (built / f"{name}.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert abs(int.from_bytes(png[16:20], "big") - 1400) <= 1


def test_same_numbers_give_the_same_bytes(built, name, tmp_path):
    build.render(name, tmp_path)
    for suffix in build.SUFFIXES:
        assert (tmp_path / f"{name}{suffix}").read_bytes() == (built / f"{name}{suffix}").read_bytes()


def test_picture_in_the_readme_is_the_built_one(built):
    committed = ROOT / ".github" / "n-unit-chain.svg"
    assert committed.read_bytes() == (built / "n-unit-chain.svg").read_bytes(), (
        "copy the built n-unit-chain.svg (make figures) over .github/n-unit-chain.svg"
    )


# Colours


def luminance(colour):
    channels = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


TEXT_ROLES = [role for role in palette.ROLES if f"{role}-soft" in palette.ROLES] + ["muted", "ink"]
SOFT = [role for role in palette.ROLES if role.endswith("-soft")]
GROUNDS = {role: ["paper", "band", *(soft for soft in SOFT if soft == f"{role}-soft")] for role in TEXT_ROLES}
GROUNDS["ink"] += SOFT


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("role", "ground"), [(role, ground) for role in TEXT_ROLES for ground in GROUNDS[role]])
def test_text_stands_out_from_its_ground(role, ground, mode):
    assert contrast(getattr(palette.ROLES[role], mode), getattr(palette.ROLES[ground], mode)) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_text_stands_out_from_the_shape_behind_it(name, mode):
    figure = build.load(name).draw()
    renderer = FigureCanvasAgg(figure).get_renderer()
    roles = {shade.light: getattr(shade, mode) for shade in palette.ROLES.values()}
    areas = [patch for patch in figure.axes[0].patches if not isinstance(patch, FancyArrowPatch)]
    for text in figure.axes[0].texts:
        extent = text.get_window_extent(renderer)
        middle = (extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2
        behind = [to_hex(area.get_facecolor()) for area in areas if area.get_window_extent(renderer).contains(*middle)]
        ground = behind[-1] if behind else palette.colour("paper")
        found = contrast(roles[to_hex(text.get_color())], roles[ground])
        assert found >= 4.5, f"{text.get_text()!r} on {ground}: {found:.2f}"


@pytest.mark.parametrize("ground", ["paper", "band"])
@pytest.mark.parametrize(("mode", "least"), [("light", 2.8), ("dark", 4.4)])  # WCAG asks 3 of a line that alone tells
def test_wires_stand_out_from_their_ground(ground, mode, least):
    assert contrast(getattr(palette.ROLES["wire"], mode), getattr(palette.ROLES[ground], mode)) >= least


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_are_all_different(mode):
    colours = [getattr(shade, mode) for shade in palette.ROLES.values()]
    assert len(colours) == len(set(colours))


def test_stylesheet_gives_every_role_its_two_colours():
    given = re.findall(r"--fig-([\w-]+): light-dark\((#\w+), (#\w+)\);", palette.stylesheet())
    assert given == [(role, *shade) for role, shade in palette.ROLES.items()]


def test_unknown_role_is_refused():
    with pytest.raises(ValueError, match="'gate-x' is not a role"):
        palette.colour("gate-x")


# When a figure is drawn again


@pytest.fixture
def copy(tmp_path):
    """A copy of the project with two figures, so that it can be broken."""
    for package in ("lstm_ref", "diagrams"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for module in (tmp_path / "diagrams" / "figures").glob("*.py"):
        if module.stem not in ("__init__", "n_unit_chain", "one_unit_chain"):
            module.unlink()
    return tmp_path


def draw(copy):
    """Run the command in a fresh process; return its exit status and what it printed."""
    command = [sys.executable, "-m", "diagrams", "out"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def replace(file, old, new):
    source = file.read_text(encoding="utf-8")
    assert old in source
    file.write_text(source.replace(old, new), encoding="utf-8")


def test_nothing_changed_nothing_drawn(copy):
    assert "2 to draw" in draw(copy)[1]
    assert "2 up to date, 0 to draw" in draw(copy)[1]


def test_editing_one_figure_draws_that_one(copy):
    draw(copy)
    replace(copy / "diagrams" / "figures" / "n_unit_chain.py", "private to its unit", "private")
    status, printed = draw(copy)
    assert status == 0
    assert "1 to draw" in printed
    assert "] n-unit-chain" in printed


def test_editing_the_reference_changes_the_numbers(copy):
    draw(copy)
    before = (copy / "out" / "n-unit-chain.html").read_text(encoding="utf-8")
    replace(copy / "lstm_ref" / "core.py", "h = o * activation(c)", "h = o * c")
    assert "2 to draw" in draw(copy)[1]
    assert (copy / "out" / "n-unit-chain.html").read_text(encoding="utf-8") != before


def test_another_library_version_draws_all(copy):
    draw(copy)
    replace(copy / "diagrams" / "build.py", "version(library)", 'version(library) + "next"')
    assert "2 to draw" in draw(copy)[1]


def test_a_lost_file_is_drawn_again(copy):
    draw(copy)
    (copy / "out" / "one-unit-chain.png").unlink()
    assert "1 to draw" in draw(copy)[1]
    assert (copy / "out" / "one-unit-chain.png").exists()


def test_a_deleted_figure_leaves(copy):
    draw(copy)
    (copy / "diagrams" / "figures" / "one_unit_chain.py").unlink()
    draw(copy)
    assert not list((copy / "out").glob("one-unit-chain*"))
    assert "one-unit-chain" not in (copy / "out" / "index.json").read_text(encoding="utf-8")


def test_a_raising_figure_stops_the_build_and_is_named(copy):
    draw(copy)
    head = "def draw() -> Figure:"
    replace(copy / "diagrams" / "figures" / "n_unit_chain.py", head, f"{head}\n    1 / 0")
    status, printed = draw(copy)
    assert status == 1
    assert "figure n-unit-chain was not drawn: ZeroDivisionError" in printed
    assert draw(copy)[0] == 1, "a figure that failed once must not pass as up to date"


def test_what_a_failed_build_drew_is_not_kept_after_the_mend(copy):
    draw(copy)
    good = (copy / "out" / "one-unit-chain.svg").read_bytes()
    core, figure = copy / "lstm_ref" / "core.py", copy / "diagrams" / "figures" / "n_unit_chain.py"
    head = "def draw() -> Figure:"
    late = f"{head}\n    import time\n    time.sleep(4)\n    1 / 0"
    replace(core, "h = o * activation(c)", "h = o * c")
    replace(figure, head, late)
    assert draw(copy)[0] == 1
    assert (copy / "out" / "one-unit-chain.svg").read_bytes() != good
    replace(core, "h = o * c", "h = o * activation(c)")
    replace(figure, late, head)
    assert draw(copy)[0] == 0
    assert (copy / "out" / "one-unit-chain.svg").read_bytes() == good
