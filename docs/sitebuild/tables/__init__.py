"""Markdown tables made from what is recorded or drawn: each is the template NAME.md.jinja beside this file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta

from docs.sitebuild.figures import Figure
from docs.sitebuild.records import Records, short
from docs.sitebuild.systems import BACKENDS, PACKAGES, READ, SYSTEMS
from lstm_ref.layouts import LAYOUTS

FOLDER = Path(__file__).parent
TEMPLATES = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
TEMPLATES.loader = FileSystemLoader(FOLDER)
TEMPLATES.filters |= {"short": short, "gates": lambda order: f"`{' '.join(order)}`"}  # extension.py draws a strip


def table(name: str, records: Records, figures: dict[str, Figure]) -> str:
    if name not in (known := sorted(file.name.removesuffix(".md.jinja") for file in FOLDER.glob("*.md.jinja"))):
        raise LookupError(f"there is no table {name!r}. Known: {', '.join(known)}.")

    def systems(table: str, topic: str, group: str = "") -> Iterator[tuple[str, Any]]:
        """Yield the systems that stand in a table, with their facts; what these ran with must be the system's packages."""
        for system in (system for system in SYSTEMS if table in system["in"]):
            path = group + system["in"][table]
            if (ran := records.ran(topic, path)) != {*system["ran"]}:
                raise LookupError(f"{topic} {path} ran with {', '.join(sorted(ran))}, which is not {system['name']}")
            yield system["name"], records.facts(topic, path)

    def order_of(row: dict[str, str]) -> str:
        """Return the order of the gates in a row of read_systems.yml; the conversion and the record must have the same."""
        if "layout" not in row:
            return row.get("order", "")
        gates, found = LAYOUTS[row["layout"]].gates, records.facts("systems", f"systems.{row['record']}.gate-order")
        if gates != found:
            raise LookupError(f"{row['name']} ran with the gates {found}, and lstm_ref.layouts has {gates}")
        return gates

    told = {"systems": systems, "facts": records.facts, "figures": figures, "backends": BACKENDS, "names": PACKAGES}
    told |= {"read_systems": READ, "stamp": records.stamp, "order_of": order_of}
    return TEMPLATES.get_template(f"{name}.md.jinja").render(told).strip()


def files(name: str) -> list[str]:
    """Return what a table is made from, below sitebuild/: its templates, and the data that has the name of a file."""
    tree = TEMPLATES.parse((FOLDER / f"{name}.md.jinja").read_text(encoding="utf-8"))
    templates, data = meta.find_referenced_templates(tree), meta.find_undeclared_variables(tree)
    return [*(f"tables/{it}" for it in (f"{name}.md.jinja", *templates)), *(f"{it}.yml" for it in sorted(data))]
