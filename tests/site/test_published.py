"""What the site tells machines: of each page in its head, and in files beside the pages."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from email.message import Message
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import markdown
import numpy as np
import pytest
import yaml
from bs4 import BeautifulSoup
from latex2mathml.converter import convert
from PIL import Image, ImageOps

from diagrams.build import SHEETS
from docs.sitebuild import redirects, wheel
from docs.sitebuild.history import History
from docs.sitebuild.records import Records
from tests.built import Page, Site
from tests.elsewhere import run
from tests.project import REPO_URL, ROOT, commit

NAME = "LSTM units, computed"
AUTHORS = f"The authors of {NAME}"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CONFIG = (ROOT / "mkdocs.yml").read_text()
WHEEL = f"wheels/{wheel.name(ROOT)}"
RECORDS = Records(ROOT / "docs/evidence")
RIGHTS = f"CC BY 4.0, {LICENCE}"


def pages(site: Site) -> list[Page]:
    return [page for page in site.pages if page.path.name != "404.html"]


def heading(page: Page) -> str:
    return " ".join(page.soup.h1.text.replace("¶", "").split())


def told(page: Page, name: str) -> str:
    return page.soup.find("meta", attrs={"property" if name.startswith("og:") else "name": name})["content"]


def linked_data(page: Page) -> dict:
    (data,) = page.soup.find_all("script", type="application/ld+json")
    return json.loads(data.text)


# Each page


def test_a_page_names_itself(site: Site) -> None:
    for page in pages(site):
        assert told(page, "citation_title") == told(page, "og:title") == heading(page)
        assert told(page, "citation_public_url") == told(page, "og:url") == page.url
        assert told(page, "og:description") == told(page, "description")
        assert told(page, "citation_author") == AUTHORS
        assert (told(page, "og:type"), told(page, "og:site_name")) == ("article", NAME)
        assert told(page, "twitter:card") == "summary_large_image"
        assert (told(page, "og:image:width"), told(page, "og:image:height")) == ("1200", "630")


def test_a_page_is_an_article_of_schema_org(site: Site) -> None:
    for page in pages(site):
        assert linked_data(page) | {"dateModified": ""} == {
            "@context": "https://schema.org",
            "@type": "TechArticle",
            "headline": heading(page),
            "description": told(page, "description"),
            "url": page.url,
            "image": told(page, "og:image"),
            "dateModified": "",
            "inLanguage": "en",
            "license": LICENCE,
            "author": {"@type": "Organization", "name": AUTHORS},
            "isPartOf": {"@type": "WebSite", "name": NAME, "url": site.url},
        }


def test_a_title_may_have_any_characters(edited: Site) -> None:
    page = edited.page("cite/")
    title = 'What do </script> and "this" do?'
    assert heading(page) == told(page, "citation_title") == told(page, "og:image:alt") == title
    assert linked_data(page)["headline"] == title
    assert f"[{title}]" in (edited.root / "llms.txt").read_text()


def test_a_card_is_a_picture_of_the_size_that_is_told_and_of_no_other_page(site: Site) -> None:
    addresses, pictures = {told(page, "og:image") for page in pages(site)}, set()
    for page in pages(site):
        assert told(page, "og:image:alt") == heading(page)
        with Image.open(site.file(told(page, "og:image"))) as card:
            assert (card.format, *card.size) == ("PNG", 1200, 630)
            assert (card.info["Title"], card.info["Copyright"]) == (heading(page), RIGHTS)
            pictures.add(card.tobytes())
    assert len(addresses) == len(pictures) == len(pages(site))
    assert len([*(site.root / "cards").rglob("*")]) <= len(addresses) + 2  # and the folders of questions and of errors


def ink(picture: Image.Image) -> Image.Image | None:
    """What is drawn on white, without the white around it, in grey and small."""
    grey = ImageOps.invert(picture.convert("L"))
    return grey.crop(grey.getbbox()).resize((96, 96)) if grey.getbbox() else None


@cache
def inks(site: Site) -> dict[str, np.ndarray]:
    drawn = {}
    for entry in figures(site):
        with Image.open(site.file(entry["png"]["url"])) as picture:
            drawn[entry["name"]] = np.asarray(ink(picture), int)
    return drawn


def on_the_card(site: Site, page: Page) -> str:
    """Look for the figure that is on the white part of a card; "" if it has none."""
    with Image.open(site.file(told(page, "og:image"))) as card:
        first_row = np.asarray(card.convert("L"))[0]
        if not (first_row == 255).any():
            return ""
        found = ink(card.crop((int(np.argmax(first_row == 255)), 0, 1200, 630)))
    away = {name: np.abs(np.asarray(found, int) - drawn).mean() for name, drawn in inks(site).items()}
    first, second, *_ = sorted(away, key=away.__getitem__)
    assert away[first] < 0.5 * away[second], f"{page.url}: {first} or {second}?"
    return first


def test_a_card_shows_the_figure_of_its_page(site: Site) -> None:
    shown = {page.url.removeprefix(site.url): on_the_card(site, page) for page in pages(site)}
    for page in pages(site):
        name = page.url.removeprefix(site.url)
        source = ROOT / "docs" / f"{name.strip('/') or 'index'}.md"
        front = source.read_text().split("---")[1] if source.exists() else ""
        own = page.soup.select_one("figure.lstm-figure")
        named = re.search(r"^figure: (.*)$", front, re.MULTILINE)
        if own or named:
            assert not (own and named), f"{name} has a figure of its own"
            assert shown[name] == (own["id"].removeprefix("fig-") if own else named[1]), name
    of_notebooks = shown["n-units/"], shown["one-step/"], shown["same-weights/"]
    assert of_notebooks == ("independent-or-not", "inside-one-unit", "layouts")
    bare = {name for name, figure in shown.items() if not figure}
    assert bare == {
        "agreement/",
        "bugs/",
        "cite/",
        "errata-systems/",
        "errata/",
        "figures/",
        "glossary/",
        "questions/",
        "reference-modules/",
        "reference/",
        "systems/",
        "vectors/",
    }
    assert max(Counter(filter(None, shown.values())).values()) <= 2, "cards are told apart by their figures"


def test_the_end_of_a_page_says_under_which_licence_it_is_and_how_to_cite_and_run_it(site: Site) -> None:
    for page in pages(site):
        (end,) = page.soup.select("aside.about-page")
        assert len(page.soup.find_all("a", href=LICENCE, rel="license")) == 1
        assert "Text and figures: CC BY 4.0, code: MIT." in " ".join(end.p.text.split())
        assert [link.text for link in end.find_all("a", href=re.compile("^http.*licenses|LICENSE[.]txt$"))][:2] == [
            "CC BY 4.0",
            "MIT",
        ]
        assert end.find("a", href=LICENCE, rel="license")
        installs = [urljoin(page.url, link["href"]) for link in end.find_all("a", string="install it")]
        assert installs == [f"{site.url}reference/#install"] * runs_lstm_ref(page)
        assert [control.summary.text for control in end.select("details.cite")] == [
            "Cite this page",
            "BibTeX of this page",
        ]


def runs_lstm_ref(page: Page) -> bool:
    return bool(re.search(r"\bfrom lstm_ref[\w.]* import ", page.soup.article.text))


def test_a_page_was_checked_with_what_its_marks_name_and_numpy(site: Site) -> None:
    for page in pages(site):
        end = " ".join(page.soup.select_one(".about-page p").text.split())
        said = re.search(r"Checked with (.*?)\. Text", end)
        named = said[1].split(", ") if said else []
        assert len({*named}) == len(named)
        if runs_lstm_ref(page) or page.soup.article.select("figure, img"):
            named.remove(f"NumPy {version('numpy')}")
        marks = [mark.text.partition(", 20")[0] for mark in page.soup.select("article :is(.evidence, .about-snippet)")]
        ran = " ".join(mark for mark in marks if re.match("(checked|ran) with ", mark))
        if page.url == f"{site.url}same-weights/":
            ran = {
                name
                for system in ("keras3", "pytorch", "flax", "onnx-runtime")
                for name in RECORDS.ran("layouts", f"systems.{system}")
            }
            printed = re.findall(r"^(\w+) ([\d.]+): \S+ \(recorded\)$", page.soup.text, re.MULTILINE)
            assert {name for name, _ in printed} <= ran and len(printed) == 4
            assert {version for _, version in printed} <= {each.split()[-1] for each in named}
            assert len(named) == len(ran)
            continue
        ran = re.sub(r"NumPy [\d.]+", "", ran)
        for name in named:
            assert name in ran, f"{page.url}: {name}"
            ran = ran.replace(name, "")
        assert not re.search(r"\d", ran), f"{page.url}: {ran}"


def test_the_day_of_the_last_change_is_that_of_the_last_file_or_folder(tmp_path: Path) -> None:
    assert History(tmp_path).last_change(["docs"]) == ""
    (tmp_path / "docs/evidence").mkdir(parents=True)
    for name, day in {"docs/b.md": "2021-03-03", "docs/a.md": "2020-02-02"}.items():
        (tmp_path / name).write_text(name)
        commit(tmp_path, name, day)
    history = History(tmp_path)
    assert [history.last_change([name]) for name in ("docs/a.md", "docs/a", "docs", "doc")] == [
        "2020-02-02",
        "",
        "2021-03-03",
        "",
    ]
    assert history.last_change(["docs/a.md", "docs/b.md"]) == "2021-03-03"


DAYS = {  # of what is edited, and the pages that are made from it
    "2021-03-03": {"units/"},
    "2023-01-01": {"glossary/", "same-weights/"},  # layouts.json, a record that also the pages of later days read
    "2023-01-11": {"systems/"},  # the rows of a table
    "2023-02-02": {"parameters/", "questions/parameters/"},  # counts.json
    "2023-03-03": {"errata/"},  # a snippet
    "2023-04-04": {"vectors/"},  # a program that the page lists
    "2023-05-05": {"questions/units/", "questions/"},  # a page, and one that lists its questions
    "2023-06-06": {"frameworks/", "figures/"},  # a figure
    "2023-07-07": {"reference/", "reference-modules/"},  # the library
}


def test_each_page_has_the_day_on_which_it_or_what_it_is_made_from_changed(edited: Site) -> None:
    names = {page.url.removeprefix(edited.url) for page in pages(edited)}
    assert set().union(*DAYS.values()) <= names
    for page in pages(edited):
        name = page.url.removeprefix(edited.url)
        if name == "old/":
            continue
        day = next((day for day, those in DAYS.items() if name in those), "2022-04-04")
        assert page.soup.select_one(".about-page time")["datetime"] == day, name
        assert f"Last change: {day}." in page.soup.select_one(".about-page p").text
        assert told(page, "citation_online_date") == day.replace("-", "/")
        assert linked_data(page)["dateModified"] == day
        assert f", {day}." in page.soup.find(id="cite-page").text
        assert f"year = {{{day[:4]}}}" in page.soup.find(id="cite-page-bibtex").text
        assert f", {day}." in copy(page, edited).splitlines()[-1]
    assert "date-released: 2023-07-07\n" in (edited.root / "CITATION.cff").read_text()


# Its copy in Markdown


def copy(page: Page, site: Site) -> str:
    link = page.soup.select_one(".about-page").find("a", string="This page as Markdown")
    return site.file(urljoin(page.url, link["href"])).read_text()


def rendered(text: str) -> BeautifulSoup:
    return BeautifulSoup(markdown.markdown(text, extensions=["fenced_code", "tables"]), "html.parser")


def test_each_page_has_a_copy_in_markdown(site: Site) -> None:
    for page in pages(site):
        name = page.url.removeprefix(site.url).strip("/") or "index"
        text = (site.root / f"{name}.md").read_text()
        assert text == copy(page, site)
        notebook = page.soup.select_one(".about-page").find("a", string="This page as a notebook", download=True)
        assert bool(notebook) == (site.root / f"{name}.ipynb").exists()
        assert "{{" not in text.replace("{{function_node", "") and "{ #" not in text and "<!--" not in text
        again = rendered(text)
        assert again.h1.text == heading(page)
        headings = [tag.text.replace("¶", "").strip() for tag in page.soup.article.select("h2, h3")]
        assert [tag.text for tag in again.select("h2, h3")] == headings
        for block in page.soup.article.select(":not(.doc-signature).language-python code, .language-text code"):
            assert block.text.rstrip() in text or block.find_parent(["li", "details"]), f"{name}: {block.text}"
        for figure in page.soup.select("figure.lstm-figure"):
            assert f"({site.url}figures/{figure['id'].removeprefix('fig-')}.png)" in text
        assert len(again.select("table")) == len(page.soup.article.select("table")), name
        captions = [letters(caption.text) for caption in page.soup.select("figure.lstm-figure figcaption")]
        assert all(caption in letters(again.text) for caption in captions), name


def test_a_copy_ends_with_its_source(site: Site) -> None:
    for page in pages(site):
        said = " ".join(page.soup.select_one(".about-page p").text.split())
        day = re.search(r"Last change: ([\d-]+)\. ", said)[1]
        checked = re.search(r"Checked with .*?\. (?=Text)", said)
        due = f"Source: [“{NAME}”]({page.url}), {day}. {checked[0] if checked else ''}"
        due += f"Text and figures: [CC BY 4.0]({LICENCE}), code: [MIT]({site.url}LICENSE.txt)."
        if "install it" in said:
            due += f" `lstm_ref` is an LSTM in NumPy with Keras's arguments: [how to install it]({site.url}reference/#install)."
        assert copy(page, site).splitlines()[-1] == due


def test_a_copy_has_full_links_that_lead_somewhere(site: Site) -> None:
    inside = 0
    for page in pages(site):
        again = rendered(copy(page, site))
        links = {link["href"] for link in again.select("a[href]")}
        for address in links | {image["src"] for image in again.select("img")}:
            assert site.leads_somewhere(address), f"{page.url}: {address}"
            inside += address.startswith(site.url)
    assert inside > 500


FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
BESIDE_THE_WORDS = (
    ".cite, .headerlink, .about-page, .about-snippet, .figure-tools, .figure-file, "
    ".doc-signature, .doc-section-title, .doc-type, .doc-class-bases, .lstm-figure, math, nav"
)


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))


def test_a_copy_has_all_words_of_its_page(site: Site) -> None:
    """Docstrings stand in it as they are written, and with the names of what they document."""
    blocks = ["p", "li", "dt", "dd", "th", "td", "summary"]
    for page in pages(site):
        text = copy(page, site)
        said = letters(rendered(FORMULA.sub("", text)).text) + letters(text)
        article = BeautifulSoup(str(page.soup.article), "html.parser")
        for extra in article.select(BESIDE_THE_WORDS):
            extra.decompose()
        for block in article.find_all(blocks):
            assert block.find(blocks) or letters(block.text) in said, f"{page.url}: {block.text}"


def test_a_copy_says_what_its_snippets_ran_with(site: Site) -> None:
    for page in pages(site):
        text, lines = copy(page, site), page.soup.select("article .about-snippet")
        ran = [line.text.split(" · ")[0][1:] for line in lines if line.text.startswith("ran with")]
        assert re.findall(r"^R(an with .*)\.$", text, re.MULTILINE) == ran, page.url


def test_a_copy_has_all_formulas_of_its_page(site: Site) -> None:
    for page in pages(site):
        text = re.sub(r"^```.*?^```|`[^`\n]*`", "", copy(page, site), flags=re.DOTALL | re.MULTILINE)
        written = [
            BeautifulSoup(convert(block or inline), "html.parser").text for block, inline in FORMULA.findall(text)
        ]
        assert written == [formula.text for formula in page.soup.article.select("math")], page.url


def test_llms_txt_lists_all_copies_and_the_data(site: Site) -> None:
    title, about, *lists = (site.root / "llms.txt").read_text().rstrip().split("\n\n")
    assert title == f"# {NAME}" and about.startswith("> ")
    first, copies, second, data = lists
    assert (first, second) == ("## Pages", "## Data")
    due = []
    for page in pages(site):
        name = page.url.removeprefix(site.url).strip("/") or "index"
        due.append(f"- [{heading(page)}]({site.url}{name}.md): {told(page, 'description')}")
    assert sorted(copies.splitlines()) == sorted(due)
    addresses = [re.fullmatch(r"- \[.+\]\((.+)\): .+", line)[1] for line in data.splitlines()]
    names = ("figures/manifest.json", "vectors/lstm-vectors.json", "scripts/index.json", WHEEL, "manifest.json")
    assert addresses == [f"{site.url}{name}" for name in names]
    assert (
        about == f"> {yaml.safe_load(re.search('^site_description:.*', CONFIG, re.MULTILINE)[0])['site_description']}"
    )
    assert all(site.file(address).is_file() for address in addresses)


# Figures


def figures(site: Site) -> list[dict]:
    return json.loads((site.root / "figures/manifest.json").read_text())


def test_the_list_of_the_figures_says_what_is_there(site: Site) -> None:
    drawn = {path.stem for path in site.root.glob("figures/*.svg")}
    assert [entry["name"] for entry in figures(site)] == sorted(drawn - SHEETS)
    for entry in figures(site):
        svg, png = (site.root / f"figures/{entry['name']}.{kind}" for kind in ("svg", "png"))
        assert (site.file(entry["svg"]["url"]), site.file(entry["png"]["url"])) == (svg, png)
        assert (svg.stat().st_size, png.stat().st_size) == (entry["svg"]["bytes"], entry["png"]["bytes"])
        root = ElementTree.parse(svg).getroot()
        assert (root.get("width"), root.get("height")) == (str(entry["width"]), str(entry["height"]))
        with Image.open(png) as picture:
            assert picture.size == (entry["png"]["width"], entry["png"]["height"])
        assert f"{entry['licence']}, {entry['licence_url']}" == RIGHTS
        figure = import_module(f"diagrams.figures.{entry['name'].replace('-', '_')}")
        assert (entry["title"], entry["alt"], entry["caption"]) == (figure.TITLE, figure.ALT, figure.CAPTION)
        anchor = f"fig-{entry['name']}"
        shown = {f"{page.url}#{anchor}" for page in site.pages if page.soup.find("figure", id=anchor)}
        assert {*entry["pages"]} == shown and shown


def test_a_file_of_a_figure_carries_title_licence_and_source(site: Site) -> None:
    for entry in figures(site):
        said = entry["title"], RIGHTS, f"LSTM units, computed: figure {entry['name']}"
        with Image.open(site.file(entry["png"]["url"])) as picture:
            assert tuple(picture.info.get(key) for key in ("Title", "Copyright", "Source")) == said
        root = ElementTree.parse(site.file(entry["svg"]["url"])).getroot()
        core = "{http://purl.org/dc/elements/1.1/}"
        assert tuple(root.findtext(f".//{core}{key}") for key in ("title", "rights", "source")) == said


def test_the_gallery_gives_the_files_and_says_how_large_they_are(site: Site) -> None:
    gallery = site.page("figures/")
    for entry in figures(site):
        svg, png = gallery.soup.find(id=entry["name"]).find_next(class_="figure-file").select("a[download]")
        addresses = [urljoin(gallery.url, link["href"]) for link in (svg, png)]
        assert addresses == [entry["svg"]["url"], entry["png"]["url"]]
        assert svg.text == f"SVG, {round(entry['svg']['bytes'] / 1000)} kB"
        size = f"{entry['png']['width']} × {entry['png']['height']}"
        assert png.text == f"PNG, {size}, {round(entry['png']['bytes'] / 1000)} kB"


# Files of the site


def test_crawlers_find_the_sitemap(site: Site) -> None:
    fields = Message()
    for line in (site.root / "robots.txt").read_text().splitlines():
        if line:
            fields.add_header(*line.split(": ", 1))
    assert (fields["User-agent"], fields["Allow"], fields["Disallow"]) == ("*", "/", None)
    sitemap = ElementTree.parse(site.file(fields["Sitemap"])).getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    days = {tag.findtext(f"{space}loc"): tag.findtext(f"{space}lastmod") for tag in sitemap.iter(f"{space}url")}
    assert days.keys() == {page.url for page in pages(site)}
    for page in pages(site):
        assert days[page.url] == page.soup.select_one(".about-page time")["datetime"], page.url


def moved(to: dict[str, str], tmp_path: Path, site: Site) -> dict[str, str]:
    file = tmp_path / "redirects.json"
    file.write_text(json.dumps(to))
    ids = {page.url.removeprefix(site.url): {tag["id"] for tag in page.soup.find_all(id=True)} for page in pages(site)}
    return redirects.pages(file, ids, site.url)


def test_what_moved_leads_on(site: Site, tmp_path: Path) -> None:
    made = moved({"old/": "units/#q0-dense", "older/still/": ""}, tmp_path, site)
    assert made.keys() == {"old/index.html", "old.md", "older/still/index.html", "older/still.md"}
    for name, target in {"old": f"{site.url}units/#q0-dense", "older/still": site.url}.items():
        assert f"<{target}>" in made[f"{name}.md"]
        page = BeautifulSoup(made[f"{name}/index.html"], "html.parser")
        assert page.find("link", rel="canonical")["href"] == target
        assert page.noscript.find("meta", attrs={"http-equiv": "refresh"})["content"] == f"0; url={target}"
        assert page.a["href"] == target
        assert site.file(page.script["src"]).is_file()


def test_the_site_leads_on_from_what_moved(edited: Site) -> None:
    target = f"{edited.url}units/#q0-dense"
    assert edited.page("old/").soup.find("meta", attrs={"http-equiv": "refresh"})["content"] == f"0; url={target}"
    assert f"<{target}>" in (edited.root / "old.md").read_text()


def test_a_wrong_redirect_is_refused(site: Site, tmp_path: Path) -> None:
    wrong = [("units/", "gates/"), ("old/", "nowhere/"), ("old/", "units/#nowhere"), ("old", "units/")]
    for old, new in [*wrong, ("/old/", "units/"), ("../old/", "units/")]:
        with pytest.raises(LookupError, match=r"^docs/redirects\.json: "):
            moved({old: new}, tmp_path, site)


def test_the_citation_file_is_valid_and_that_of_the_site_has_its_address(
    site: Site, python_with: Callable[..., str]
) -> None:
    validator = Path(python_with("cffconvert==2.0.0")).with_name("cffconvert")
    for folder in (ROOT, site.root):
        assert "valid according to schema version 1.2.0" in run([str(validator), "--validate"], folder)
    said = yaml.safe_load((site.root / "CITATION.cff").read_text())
    assert (said.pop("url"), said.pop("repository-code")) == (site.url, REPO_URL)
    days = [page.soup.select_one(".about-page time")["datetime"] for page in pages(site)]
    assert str(said.pop("date-released")) >= max(days)
    assert said == yaml.safe_load((ROOT / "CITATION.cff").read_text())


def test_the_citation_file_agrees_with_the_package_and_the_site() -> None:
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert (said["cff-version"], said["type"]) == ("1.2.0", "software")
    assert said["authors"] == [{"name": AUTHORS}]  # no persons: an entity
    assert said["license"] == "MIT" and "CC BY 4.0" in said["message"]  # a list would mean: either of them
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert str(said["version"]) == project["version"]
    assert said["title"] == yaml.safe_load(re.match(r"site_name:.*", CONFIG)[0])["site_name"]
