"""What a browser gets without what only people read: comments and indentation."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.ext import Extension
from pygments.lexers import get_lexer_for_filename


def lean(file: Path) -> str:
    """Return a script or style sheet without its comments, its indentation, and spaces beside signs that need none."""
    tokens = get_lexer_for_filename(file.name).get_tokens(file.read_text(encoding="utf-8"))
    kept = [(str(it), text) for it, text in tokens if "Comment" not in str(it) or "Preproc" in str(it)]  # !important
    texts = [("\n" if "\n" in text else " ") if "Whitespace" in kind else text for kind, text in kept]
    tight = "{};,()[]=<>?&|*" if file.suffix == ".js" else "{};,"
    near = zip(["", *texts], kept, texts, [*texts[1:], ""], strict=False)
    return "".join(
        text
        for before, (kind, _), text, after in near
        if text != " " or "Whitespace" not in kind or (before[-1:] not in tight + ":" and after[:1] not in tight)
    )


class LeanTemplate(Extension):
    """Leaves out the indentation of a template, and the end of a line that is one of Jinja's."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        text = re.sub(r"\n\s+", "\n", source) if (name or "").endswith(".html") else source
        if name == "partials/nav-item.html":  # no boxes around words; the one table of contents comes with site.js
            text = re.sub(r'(?s)<span class="md-ellipsis">(.*?)</span>|{% include "partials/toc.html" %}', r"\1", text)
        return re.sub(r"([%#]})\n", r"\1", text)


def lean_templates(env: Environment, compiled: Path) -> None:
    """Make the templates lean, and keep in a folder what they are compiled to."""
    env.add_extension(LeanTemplate)
    env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
