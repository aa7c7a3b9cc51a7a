"""The Markdown of a page as MkDocs gets it: with the lines below snippets, and with what a reader can take along."""

from collections.abc import Iterator
from html import escape
from posixpath import dirname, relpath
from typing import Any, NamedTuple

from docs.sitebuild.addresses import Site, link_to
from docs.sitebuild.citations import Citations, evidence_of
from docs.sitebuild.export import fence, with_links
from docs.sitebuild.marks import Evidence, Snippet
from docs.sitebuild.scripts import Script
from docs.sitebuild.source import Fence, Heading, Image, Page, Section, Text


def with_questions(page: Page, pages: dict[str, Page]) -> Page:
    """Return a page but for those of questions with a section that lists the questions whose answers lead to it."""
    asked = []
    for uri, other in pages.items():
        here = f"]({relpath(page.uri, dirname(uri))}"
        for section in (section for section in other.sections if section.heading.kind == "question"):
            words = " ".join(block.words for block in section.blocks if isinstance(block, Text))
            if f"{here})" in words or f"{here}#" in words:
                asked.append(f"- {link_to(section, uri, page.uri)}")
    listed = Section(Heading(2, "Questions that lead here", "questions"), [Text(("\n".join(asked),))])
    return page._replace(sections=[*page.sections, listed]) if asked and not page.uri.startswith("questions/") else page


class PageMarkdown(NamedTuple):
    page: Page
    site: Site
    scripts: dict[Snippet, Script]
    citations: Citations

    def markdown(self) -> str:
        return "\n\n".join(part for section in self.page.sections for part in self.section(section)) + "\n"

    def section(self, section: Section) -> Iterator[str]:
        heading = section.heading
        kind = f" .{heading.kind}" if heading.kind else ""
        yield f"{'#' * heading.level} {heading.title} {{ #{heading.id}{kind} }}"
        for block in section.blocks:
            yield from self.block(block)
            if isinstance(block, Image) and not block.file:
                yield citation_fence("figure", f"fig-{block.name}", self.citations.of_figure(block))
            claims = [part for part in evidence_of([block]) if part.id and not heading.kind]
            if len(claims) > 1:
                raise LookupError(f"#{claims[1].id} shares its paragraph with another claim: which words are whose?")
            yield from (citation_fence("claim", claim.id, self.citations.of_claim(section, claim)) for claim in claims)
        if heading.kind:
            kind = "answer" if heading.kind == "question" else heading.kind
            yield citation_fence(kind, heading.id, self.citations.of_item(section))

    def block(self, block: Any) -> Iterator[str]:
        if isinstance(block, Text):
            yield "".join(evidence(part) if isinstance(part, Evidence) else part for part in block.parts)
        elif isinstance(block, Image):
            yield self.image(block)
        elif isinstance(block, Snippet):
            kind = "recorded" if block.recorded else "listing" if block.is_file else ""
            yield fence("python", block.source, block.indent, kind)
            for backends, output in block.printed:
                yield from [f"{block.indent}On {backends}:"] if backends else []
                yield fence("text", output, block.indent, kind)
            yield from self.snippet_line(block)
        elif isinstance(block, Fence):
            yield fence(block.language, block.source, block.indent)

    def image(self, image: Image) -> str:
        file = f"{image.up}figures/{image.name}"
        if image.file:
            return f"![]({file}.svg){{ .file }}"
        button = copy_button("Copy figure and caption", target=f"cite-fig-{image.name}")
        downloads = [f'[{kind}]({file}.{kind.lower()}){{ download="" }}' for kind in ("SVG", "PNG")]
        return f"![]({file}.svg)\n\n{button} {' '.join(downloads)}\n{{: .figure-tools data-search-exclude }}"

    def snippet_line(self, snippet: Snippet) -> Iterator[str]:
        """Yield one quiet line: what it ran with, its evidence, its script."""
        parts, recorded, script = list[str](), snippet.recorded, self.scripts.get(snippet)
        evidence, scripts = (relpath(folder, dirname(self.page.uri)) for folder in ("evidence", "scripts"))
        if recorded:
            record = f"[evidence]({evidence}/{recorded.topic}.json)"
            parts += [f"ran with {recorded.stamp.words}, {recorded.stamp.month}", record]
        if script:
            button = copy_button("uv run", text=f"uv run {self.site.home}scripts/{script.name}.py")
            parts.append(f"[script]({scripts}/{script.name}.py) {button}")
        elif recorded:
            parts += [f"[snippet]({evidence}/snippets/{recorded.topic}/{recorded.name}.py)"]
        if parts:
            yield f"{snippet.indent}{' · '.join(parts)}\n{snippet.indent}{{: .about-snippet data-search-exclude }}"


def evidence(it: Evidence) -> str:
    named = f' id="{it.id}"' if it.id else ""
    return f'<span class="evidence"{named}>{with_links(it)}</span>'


def citation_fence(kind: str, name: str, markdown: str) -> str:
    """Return a fence that extension.py makes a control of."""
    return f'`````{{ .citation #cite-{name} title="Cite this {kind}" }}\n{markdown}\n`````'


def copy_button(label: str, *, target: str = "", text: str = "") -> str:
    """Return a button that the theme's own script makes copy: another element's words, or this text."""
    what = f'data-clipboard-target="#{target}"' if target else f'data-clipboard-text="{escape(text)}"'
    return f'<button type="button" class="copy" title="Copy to the clipboard" {what}>{label}</button>'
