"""What a page says of itself, and which figures it may show."""

from importlib.metadata import version
from pathlib import Path

import pytest

from docs.sitebuild import figures
from docs.sitebuild.page_info import checked_with
from tests.sitebuild.small import FIGURES, Small

NUMPY = f"NumPy {version('numpy')}"
KERAS = ["JAX 9.3", "Keras 9.1", "PyTorch 9.4", "TensorFlow 9.2"]
LIBRARY = "```python\nfrom lstm_ref import LSTM\n```"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Words. {{ ran }} {{ read keras 1.2, a.py }}", []),
        ("```python\nimport keras\n```", []),
        ("So. {{ checked tiny error #so }}", ["JAX 9.3"]),
        ("{{ value tiny error }} {{ versions tiny }}", []),
        ("{{ snippet tried/one }}\n\nSo. {{ checked tiny error #so }}", KERAS),
        (LIBRARY, [NUMPY]),
        ("![](figures/chain.svg)", [NUMPY]),
        (f"So. {{{{ checked tiny error #so }}}}\n\n{LIBRARY}", ["JAX 9.3", NUMPY]),
    ],
)
def test_a_page_was_checked_with_what_its_claims_snippets_and_figures_ran_with(
    text: str, names: list[str], tmp_path: Path
) -> None:
    small = Small(tmp_path)
    assert checked_with(small.page(f"# A {{ #a }}\n\n{text}\n"), small.records) == names
    declared = small.page(f"---\nchecked: [tiny error, tried]\n---\n# A {{ #a }}\n\n{text}\n")
    assert checked_with(declared, small.records) == sorted({*names, *KERAS})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("![](figures/no-such.svg)", "there is no figure 'no-such'. Known: chain, wide."),
        ("![](figures/no-such.svg){ .file }", "there is no figure 'no-such'"),
        ("![](figures/chain.svg)\n\nText.\n\n![](figures/chain.svg)", "the figure 'chain' stands on the page twice"),
        ("See ![](figures/chain.svg)", "the figure 'chain' needs a paragraph of its own"),
        ("- ![](figures/chain.svg)", "the figure 'chain' needs a paragraph of its own"),
        ("{{ ran }} ![](figures/chain.svg){ .file }", "the figure 'chain' needs a paragraph of its own"),
    ],
)
def test_a_figure_that_is_unknown_or_stands_twice_or_in_a_text_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=said):
        figures.check(Small(tmp_path).page(f"# A {{ #a }}\n\n{text}\n"), FIGURES)


def test_figures_that_stand_once_are_fine_and_once_more_as_a_file(tmp_path: Path) -> None:
    text = "![](figures/chain.svg)\n\n![](figures/wide.svg)\n\n![](figures/chain.svg){ .file }\n\n![](figures/chain.svg){ .file }"
    figures.check(Small(tmp_path).page(f"# A {{ #a }}\n\n{text}\n"), FIGURES)
