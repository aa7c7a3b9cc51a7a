"""The claims of the pages are found, and a recorded snippet is one of its section on each backend that it ran on."""

import json
from pathlib import Path

from tests.evidence.claims import Claim, claims

PAGE = """# A { #a }

Small. {{ checked tiny error #small }}

```text
{{ checked tiny nothing #fenced }}
```

## May it? { #may-it .question }

| In a table |
|---|
| {{ checked tiny order #order }} `{{ checked tiny nothing #in-code }}` |

{{ snippet tried/one }}
"""


def test_claims_are_found_where_they_stand(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "evidence").mkdir(parents=True)
    (docs / "questions").mkdir()
    (docs / "questions/page.md").write_text(PAGE)
    runs = {backend: {"one": {"ran": ["jax"]}, "two": {"ran": ["jax"]}} for backend in ("jax", "torch")}
    runs["tensorflow"] = {"two": {"ran": ["tensorflow"]}}
    record = {"recorded": {"date": "2026-11-23", "versions": {"jax": "9"}}, "facts": runs}
    (docs / "evidence/tried.json").write_text(json.dumps(record))
    page = "questions/page"
    assert claims(docs) == [
        Claim(page, "small", "tiny", "error"),
        Claim(page, "order", "tiny", "order"),
        Claim(page, "may-it", "tried", "jax.one"),
        Claim(page, "may-it", "tried", "torch.one"),
    ]
