"""HTML of a page as Markdown and as plain text, with absolute links: what leaves the site."""

import html as markup
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup, NavigableString, Tag
from markdownify import MarkdownConverter

LEFT_OUT = ".headerlink, .cite, [type=checkbox], [type=radio], .tabbed-labels, script, style"
FIGURE = re.compile(r"(?:^|/)figures/([\w-]+)\.svg$")
LISTING = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
NUMBERED = re.compile(r'<pre data-listing="(\d+)">.*?</pre>', re.DOTALL)
UNSPOKEN = {"headerlink", "evidence", "script"}
RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
BLOCKS = ["h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "pre", "table"]


class Converter(MarkdownConverter):
    class Options(MarkdownConverter.DefaultOptions):
        heading_style = "atx"
        bullets = "-"
        strip_pre = "strip_one"

        @staticmethod
        def code_language_callback(pre: Tag) -> str:
            return language(pre)

    def convert_tex(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return a formula as it is: in it, _ and * are no markup."""
        return f"\n\n{el.text}\n\n" if el.text.startswith("$$") else el.text

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text.translate(RAISED)

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "<br>" if "td" in parent_tags else super().convert_br(el, text, parent_tags)


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def uncoloured(content: str) -> tuple[str, list[str]]:
    """Return the content with bare listings, which is parsed ten times as fast, and the listings as they were."""
    listings: list[str] = []

    def bare(listing: re.Match[str]) -> str:
        listings.append(listing[0])
        return f'<pre data-listing="{len(listings) - 1}">{re.sub(r"</?span[^>]*>", "", listing[1])}</pre>'

    return LISTING.sub(bare, content), listings


def coloured(content: str, listings: list[str]) -> str:
    return NUMBERED.sub(lambda bare: listings[int(bare[1])], content)


def words(tag: Tag) -> str:
    """Return the text of a tag in one line, without its permalink, its evidence and its script.

    >>> words(parsed('<h2>Two<br>short  <code>words</code>, 10<sup>−2</sup><a class="headerlink">¶</a></h2>'))
    'Two short words, 10⁻²'
    """
    return " ".join("".join(spoken(tag)).split())


def spoken(tag: Tag) -> Iterator[str]:
    for part in tag:
        if not isinstance(part, Tag):
            yield part if type(part) is NavigableString else ""  # no comments
        elif part.name == "br":
            yield " "
        elif part.name == "sup":
            yield part.text.translate(RAISED)
        elif not UNSPOKEN & {*part.get("class", ())}:
            yield from spoken(part)


def with_code(text: str) -> str:
    """Return a text with `code` as HTML."""
    return re.sub("`(.+?)`", r"<code>\1</code>", markup.escape(text))


def language(pre: Tag) -> str:
    """Return the language of a listing, from the class `language-…` of itself, of its code or of what it stands in."""
    for tag in [*pre.select("code"), pre, *pre.parents]:
        for name in tag.get("class") or ():
            if name.startswith("language-"):
                return name.removeprefix("language-")
    return ""


def cleaned(html: str, base: str, figures: dict[str, dict]) -> BeautifulSoup:
    """Return the HTML with absolute links, PNG files and captions for figures, $TeX$ for formulas, bare listings, and no styling."""
    soup = parsed(html)
    for tag in soup.select(LEFT_OUT):
        tag.decompose()
    for formula in soup.select(".arithmatex"):
        sign = "$$" if formula.name == "div" else "$"
        formula.replace_with(soup.new_tag("tex", string=sign + formula.text.strip()[2:-2].strip() + sign))
    for image in soup.select("img"):
        address, said = urljoin(base, str(image["src"])), {"alt": image.get("alt", "")}
        if (name := FIGURE.search(address)) and name[1] in figures:
            address, figure = address.removesuffix("svg") + "png", figures[name[1]]
            said = {"alt": figure["alt"], "width": figure["png"][1] // 2}  # two pixels of the file to one of the page
            if image.parent.name == "p":
                image.parent.insert_after(parsed(f"<p>{with_code(figure['caption'])}</p>").p)
        image.attrs = {"src": address} | said
    for link in soup.select("a[href]"):
        link.attrs = {"href": urljoin(base, str(link["href"]))}
    for pre in soup.select("pre"):
        code = soup.new_tag("code", attrs={"class": [f"language-{language(pre) or 'text'}"]}, string=pre.text)
        bare = soup.new_tag("pre")
        bare.append(code)
        (pre.find_parent("div", class_="highlight") or pre).replace_with(bare)
    for piece in soup.find_all(string=re.compile(r"\S\s*\n|\n\s*\S")):
        if not piece.find_parent(["pre", "tex"]):  # elsewhere a line break may be shown as one
            piece.replace_with(re.sub(r"\s*\n\s*", " ", piece))
    for tag in soup.find_all(["p", "table", "th", "td", "h1", "h2", "h3", "h4", "code"]):
        if tag.parent.name != "pre":
            tag.attrs = {}
    return soup


def markdown(soup: Tag) -> str:
    return Converter().convert_soup(soup).strip() + "\n"


def text(soup: Tag) -> str:
    """Return the words, links and images with their addresses; listings are indented, bars stand between cells.

    This changes what it is given.
    """
    for link in soup.select("a[href]"):
        link.append(f" ({link['href']})")
    for image in soup.select("img"):
        image.replace_with(f"Figure: {image['alt']} ({image['src']})")
    parts, before = [], ""
    for end in soup.select("td br"):
        end.replace_with(", ")
    for block in soup.find_all(BLOCKS):
        if block.name == "pre":
            if (before, language(block)) == ("python", "text"):
                parts.append("gives:")
            parts.append(re.sub("^(?=.)", "    ", block.text.rstrip("\n"), flags=re.MULTILINE))
        elif block.name == "table":
            rows = (" | ".join(words(cell) for cell in row.find_all(["th", "td"])) for row in block.find_all("tr"))
            parts.append("\n".join(rows))
        elif not block.find(BLOCKS) and not block.find_parent("table"):
            parts.append("- " * (block.name == "li") + words(block))
        before = language(block) if block.name == "pre" else ""
    return "\n\n".join(part for part in parts if part) + "\n"
