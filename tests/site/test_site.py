"""What must hold of the built pages."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import Tag

from tests.built import Page, Site
from tests.project import REPO_URL, ROOT, build

LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "use": "href", "image": "href"}
DATA = ("application/json", "application/ld+json")
NAMESPACE = re.compile(r'xmlns(?::\w+)?="[^"]+"|"http://www\.w3\.org/2000/svg"')  # a name, not an address
STYLE_ADDRESS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""")
PAGE = 30 * 1024
NOTEBOOK_PAGE = 80 * 1024


def loaded(page: Page) -> Iterator[tuple[Tag, str]]:
    """What a browser fetches for a page by itself, without what its style sheets ask for."""
    for name, attribute in LOADING.items():
        for tag in page.soup.find_all(name, attrs={attribute: True}):
            yield tag, urljoin(page.url, str(tag[attribute]))
    for tag in page.soup.find_all("link", rel=["stylesheet", "icon", "preload", "preconnect", "manifest"]):
        yield tag, urljoin(page.url, str(tag["href"]))


def figures(site: Site) -> list[dict[str, str]]:
    return json.loads((site.root / "figures/index.json").read_text())


def test_every_link_leads_somewhere(site: Site) -> None:
    ids = {page.path: {tag["id"] for tag in page.soup.find_all(id=True)} for page in site.pages}
    links = [
        (page, urljoin(page.url, tag[attribute]))
        for page in site.pages
        for attribute in ("href", "src")
        for tag in page.soup.find_all(attrs={attribute: True})
    ]
    inside = [(page, link) for page, link in links if link.startswith(urljoin(site.url, "/"))]
    assert len(inside) > 20 * len(site.pages)
    broken = [
        f"{page.url}: {link}"
        for page, link in inside
        if not link.startswith(site.url)
        or not (file := site.file(link)).is_file()
        or ("#" in link and file.suffix == ".html" and link.partition("#")[2] not in ids[file] | {""})
    ]
    assert not broken


def test_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    foreign = [f"{page.url}: {url}" for page in site.pages for _, url in loaded(page) if not url.startswith(site.url)]
    for style in site.root.rglob("*.css"):
        foreign += [f"{style}: {url}" for url in STYLE_ADDRESS.findall(style.read_text()) if "//" in url]
    for page in site.pages:
        foreign += [f"{page.url}: {tag}" for tag in page.soup.find_all(["video", "audio", "embed", "object"])]
        foreign += [f"{page.url}: {tag['srcset']}" for tag in page.soup.find_all(srcset=True) if "//" in tag["srcset"]]
        for tag in page.soup.find_all("style"):
            foreign += [f"{page.url}: {url}" for url in STYLE_ADDRESS.findall(tag.text) if "//" in url]
    for ours in [*(ROOT / "docs").rglob("*.js"), *(site.root / "figures").glob("*.svg")]:
        addresses = re.findall(r"""["'(]((?:https?:)?//[^"')]+)""", NAMESPACE.sub("", ours.read_text()))
        foreign += [f"{ours}: {url}" for url in addresses]
    assert not foreign


SETTLED = {
    "q0-dense": "Yes",
    "q1-boxes-or-size": "Both",
    "q2-n-units-or-n-runs": "N units",
    "q3-lagged-inputs": "One number per step is fine",
    "q4-return-sequences": "No",
    "q5-stateful": "Row b",
    "a1-one-block": "Right, as the vector view",
    "a2-n-units": "Right, as the per-unit view",
    "a3-independent-copies": "Wrong: the N units read one another's h, and are independent if the four recurrent blocks are diagonal",
}


@pytest.mark.parametrize(("address", "verdict"), SETTLED.items())
def test_a_famous_question_has_its_address_and_its_verdict_comes_first(site: Site, address: str, verdict: str) -> None:
    heading = site.page("units/").soup.find(["h2", "h3"], id=address)
    assert heading.find_next("p").strong.text.startswith(verdict)


def test_the_home_page_has_the_three_verdicts(site: Site) -> None:
    table = site.page("").soup.find(id="three-answers").find_next("tbody")
    verdicts = [row.find_all("td")[1].text for row in table.find_all("tr")]
    assert [verdict.split()[0].rstrip(":") for verdict in verdicts] == ["Right", "Right", "Wrong"]
    assert "if the four recurrent blocks are diagonal" in verdicts[2]


def test_every_heading_has_an_id_of_its_own_choice() -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        without_code = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
        for heading in re.findall(r"^#+ .*$", without_code, flags=re.MULTILINE):
            assert re.search(r"\{ #[a-z0-9-]+( \.[a-z]+)? \}$", heading), f"{page.name}: {heading}"


def test_the_gallery_says_what_each_figure_asks_and_where_it_stands(site: Site) -> None:
    gallery = site.page("figures/")
    for figure in figures(site):
        heading = gallery.soup.find("h2", id=figure["name"])
        assert heading.text.replace("¶", "").strip() == figure["title"]
        *places, cite = heading.find_next_sibling("p").find_all("a")
        assert places and cite.text == "Cite" and cite["href"].endswith(f"#fig-{figure['name']}")
        for place in (urljoin(gallery.url, link["href"]) for link in (*places, cite)):
            page = next(page for page in site.pages if page.url == place.partition("#")[0])
            shown = page.soup.find("figure", id=f"fig-{figure['name']}")
            assert shown, f"{figure['name']} is not on {place}"
            tools, control = shown.find_next_siblings()[:2]
            assert ("figure-tools" in tools["class"], "cite" in control["class"]) == (True, True)


def test_no_inline_scripts_of_ours(site: Site) -> None:
    for page in site.pages:
        for script in page.soup.find_all("script", src=None):
            of_the_theme = re.search("__(md|tabbed)_", script.text)
            assert of_the_theme or script.get("type") in DATA, f"{page.url}: {script}"
        for tag in page.soup.find_all():
            assert not [name for name in tag.attrs if name.startswith("on")], f"{page.url}: {tag}"
        assert not page.soup.find_all("script", src=""), page.url


def test_ids_are_unique(site: Site) -> None:
    for page in site.pages:
        count = Counter(tag["id"] for tag in page.soup.find_all(id=True))
        assert not [name for name, times in count.items() if times > 1], page.url


def test_pictures_say_what_they_show(site: Site) -> None:
    for page in site.pages:
        for image in page.soup.find_all("img"):
            assert len(image.get("alt", "")) > 30, f"{page.url}: {image}"
        for svg in page.soup.select("figure svg"):
            assert svg["role"] == "img", page.url
            assert svg.find("title").text.strip(), page.url
            assert len(svg.find("desc").text.strip()) > 30, page.url


def test_every_figure_is_on_a_page_and_in_the_gallery(site: Site) -> None:
    names = {figure["name"] for figure in figures(site)}
    assert names
    inline = {tag["id"].removeprefix("fig-") for page in site.pages for tag in page.soup.select("figure.lstm-figure")}
    gallery = site.page("figures/")
    listed = {Path(tag["src"]).stem for tag in gallery.soup.select(".figure-file img")}
    assert inline == names
    assert listed == names


def test_a_figure_on_a_page_has_its_caption(site: Site) -> None:
    captions = {figure["name"]: figure["caption"].replace("`", "") for figure in figures(site)}
    for page in site.pages:
        for shown in page.soup.select("figure.lstm-figure"):
            words = " ".join(shown.figcaption.text.split())
            assert words.startswith(captions[shown["id"].removeprefix("fig-")]), page.url


def test_the_search_knows_captions_but_no_numbers_of_a_figure(site: Site) -> None:
    words = " ".join(
        section["text"] for section in json.loads((site.root / "assets/search/sections.json").read_text())["sections"]
    )
    figure = site.page("").soup.select_one("figure.lstm-figure")
    assert " ".join(figure.figcaption.text.split())[:40] in words
    assert figure.svg.find("desc").text.strip() not in words


def test_formulas_are_mathml(site: Site) -> None:
    assert any(page.soup.find("math") for page in site.pages)
    for page in site.pages:
        assert not page.soup.select(".arithmatex"), page.url
        for tag in page.soup.select("code, pre, script"):
            tag.extract()
        assert not re.search(r"\\[(\[]|\$\$", page.soup.text), page.url
        del page.__dict__["soup"]


COMES_TO = {
    "one-step": ["np.allclose: True"],
    "n-units": ["weights: 128 together, 80 alone, 48 left over", "largest difference: 0.0\n", "renumbered: True"],
    "same-weights": ["pytorch True\nflax True\nonnx True"],
}


def test_a_notebook_is_executed_light_and_downloadable(site: Site) -> None:
    files = sorted(site.root.glob("*.ipynb"))
    assert {file.stem for file in files} == COMES_TO.keys()
    for file in files:
        page = site.page(file.stem + "/")
        assert page.path.stat().st_size < NOTEBOOK_PAGE
        assert page.soup.find("a", href="../" + file.name, download=True)
        install, *cells = [cell for cell in json.loads(file.read_text())["cells"] if cell["cell_type"] == "code"]
        written = (ROOT / f"docs/{file.stem}.py").read_text()
        assert all(cell["source"] in written for cell in cells if not cell["source"].startswith("%pip"))
        outputs = [output for cell in cells for output in cell["outputs"]]
        assert outputs
        assert (install["execution_count"], install["outputs"]) == (None, [])
        assert all(cell["execution_count"] for cell in cells)
        assert all(output["output_type"] != "error" for output in outputs)
        printed = [block.text for block in page.soup.select(".language-text code")]
        assert all(said in "".join(printed) for said in COMES_TO[file.stem])
        for output in outputs:
            text = output["text"] if "text" in output else output["data"]["text/plain"]
            assert any(text.rstrip() in block for block in printed)


def test_a_notebook_shows_no_ids_of_headings(site: Site) -> None:
    for file in site.root.glob("*.ipynb"):
        cells = [cell["source"] for cell in json.loads(file.read_text())["cells"] if cell["cell_type"] == "markdown"]
        headings = re.findall(r"^#+ .*", "\n".join(cells), re.MULTILINE)
        assert headings and not [heading for heading in headings if "{" in heading]


def test_addresses_come_from_the_environment(site: Site) -> None:
    home = site.page("")
    assert home.soup.find("link", rel="canonical")["href"] == site.url
    assert home.soup.find("a", href=f"{REPO_URL}/edit/main/docs/index.md")


def test_a_page_alone_is_light(site: Site) -> None:
    for page in site.pages:
        assert len(gzip.compress(page.path.read_bytes(), 6)) <= PAGE, page.url


def test_the_same_tree_gives_the_same_bytes(site: Site, tmp_path: Path) -> None:
    assert build(tmp_path, SITE_URL=site.url, REPO_URL=REPO_URL).returncode == 0

    def content(root: Path) -> dict[str, bytes]:
        return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}

    first, second = content(site.root), content(tmp_path)
    assert first.keys() == second.keys()
    assert not [name for name in first if first[name] != second[name]]


def test_an_edit_of_the_reference_changes_figure_and_notebook(site: Site, edited: Site) -> None:
    assert "np.allclose: False" in edited.page("one-step/").path.read_text()
    figures = [(one.root / "figures/n-unit-chain.svg").read_bytes() for one in (site, edited)]
    assert figures[0] != figures[1]


def test_of_the_evidence_only_records_programs_and_requirements_are_published(site: Site) -> None:
    published = {path.relative_to(site.root).as_posix() for path in site.root.rglob("*.py")}
    assert {name.partition("/")[0] for name in published} == {"evidence", "scripts", "vectors"}
    kinds = {"json", "experiments", "probes", "snippets", "requirements.txt"}
    assert {path.name.rpartition(".json")[1][1:] or path.name for path in (site.root / "evidence").iterdir()} == kinds
