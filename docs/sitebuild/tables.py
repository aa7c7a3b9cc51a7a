"""Markdown tables made from what is recorded."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from docs.sitebuild.records import Records, short
from docs.sitebuild.systems import BACKENDS, PACKAGES, SYSTEMS


def table(name: str, records: Records) -> str:
    if name not in TABLES:
        raise LookupError(f"there is no table {name!r}. Known: {', '.join(TABLES)}.")
    return TABLES[name](records)


def markdown(heading: list[str], rows: Iterable[Iterable[str]]) -> str:
    """The first column is text, the others are centred."""
    lines = [heading, ["---", *[":-:"] * (len(heading) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def off_by(error: float) -> str:
    return f", off by {short(error)}" if error else " exactly"


def systems_of(records: Records, table: str, topic: str, group: str = "") -> dict[str, Any]:
    """Return the facts of each system that stands in a table; what they ran with must be its packages."""
    paths = {system: group + system.paths[table] for system in SYSTEMS if table in system.paths}
    for system, path in paths.items():
        if (ran := records.ran(topic, path)) != set(system.packages):
            raise LookupError(f"{topic} {path} ran with {', '.join(sorted(ran))}, which is not {system.name}")
    return {system.name: records.facts(topic, path) for system, path in paths.items()}


def agreement_keras(records: Records) -> str:
    keras3 = systems_of(records, "agreement_keras", "agreement_keras")
    return agreement(keras3 | {"Keras 2": records.facts("agreement_keras2")})


def agreement_others(records: Records) -> str:
    return agreement(systems_of(records, "agreement_others", "agreement_others"))


def agreement(systems: dict[str, Any]) -> str:
    """The largest difference between lstm_ref and each system for each feature, in float32 and in float64."""
    reasons: dict[str, int] = {}

    def cell(fact: Any) -> str:
        if not isinstance(fact, dict):
            return "—"
        text = "<br>".join("raises" if fact[dtype] is None else short(fact[dtype]) for dtype in ("float32", "float64"))
        if "reason" in fact:
            text += f" <sup>{reasons.setdefault(fact['reason'], len(reasons) + 1)}</sup>"
        return text

    facts = [pair for system in systems.values() for pair in system.items()]
    features = dict.fromkeys(name for name, fact in facts if isinstance(fact, dict) and "within-bar" in fact)
    rows = [[name.replace("-", " "), *(cell(system.get(name)) for system in systems.values())] for name in features]
    notes = [f"<sup>{number}</sup> {escape(reason)}." for reason, number in reasons.items()]
    return "\n\n".join([markdown(["Largest difference in float32, below it in float64", *systems], rows), *notes])


def on_backends(records: Records, ways: dict[str, str], cell: Callable[[dict[str, Any]], str]) -> str:
    """A row for each way, by its label; what came of it by backend."""
    rows = []
    for label, path in ways.items():
        facts = [records.facts("state", f"{backend}.{path}") for backend in BACKENDS]
        rows.append([label, *(f"raises `{fact['raises']}`" if "raises" in fact else cell(fact) for fact in facts)])
    return markdown(["Keras 3 on", *(PACKAGES[backend] for backend in BACKENDS)], rows)


def stateful(records: Records) -> str:
    """Whether four chunks end where one pass ends, by way into the model and by backend."""

    def cell(fact: dict[str, Any]) -> str:
        error = fact["state-error"]
        return f"carried{off_by(error)}" if fact["state-kept"] else f"**lost**, off by {error:.2f}"

    ways = {"`layer(x)`": "call", "`model.predict`": "predict", "`model.evaluate`": "evaluate", "`model.fit`": "fit"}
    ways |= {"`model.fit`, layer with `use_cudnn=False`": "fit-use-cudnn-false"}
    return on_backends(records, ways | {"`model.train_on_batch`": "train-on-batch"}, cell)


def short_last_batch(records: Records) -> str:
    """What comes of 5 samples in batches of 2."""

    def cell(fact: dict[str, Any]) -> str:
        return f"**{fact['rows']} rows, no error**" if "rows" in fact else "a loss, no error"

    group, fit = "short-last-batch.1-of-2", "`model.fit`, layer with `use_cudnn=False`"
    ways = {"`model.predict`": f"{group}.predict", "`model.evaluate`": f"{group}.evaluate", fit: f"{group}.fit"}
    return on_backends(records, ways, cell)


def peers(records: Records) -> str:
    """How lstm_ref does on the test cases of onnx."""
    rows = [
        [f"`{name}`", case.get("out-of-scope") or f"passed{off_by(max(case['difference'].values()))}"]
        for name, case in records.facts("peers", "cases").items()
    ]
    return markdown(["Case", "`lstm_ref`"], rows)


def hard_sigmoid(records: Records) -> str:
    """Who means what by hard_sigmoid."""
    systems = systems_of(records, "hard_sigmoid", "defaults", "hard-sigmoid.")
    rows = [[name, f"{fact['at-1']:.2f}", short(fact["reaches-1-at"])] for name, fact in systems.items()]
    return markdown(["System", "at x = 1", "reaches 1 at x ="], rows)


def counts(records: Records) -> str:
    """How many parameters each system counts for the same layers, those with the fewest first."""
    sizes = ("F=1,N=1", "F=3,N=4", "F=50,N=64")
    systems = systems_of(records, "counts", "counts").items()
    rows = sorted([[name, *(fact[size] for size in sizes)] for name, fact in systems], key=lambda row: row[1:])
    heading = [size.replace(",", ", ") for size in sizes]
    return markdown(["System", *heading], ([name, *(f"{number:,}" for number in numbers)] for name, *numbers in rows))


def layouts(records: Records) -> str:
    """Names, shapes and orders of each system's arrays."""
    rows = []
    for name, fact in systems_of(records, "layouts", "layouts", "systems.").items():
        shapes = [str(tuple(shape)) for shape in fact["shapes"]]
        named = [f"`{array}` {shape}" for array, shape in zip(fact["weights"], shapes, strict=True)]
        arrays = named if len(named) < 5 else [*named[:2], f"{named[2]} and so on, one of each for each gate"]
        orders = [" ".join(fact["gate-order"]), ", ".join(fact["state-order"])]
        bias = fact.get("added-at-run-time", fact.get("default-forget-bias", "—"))
        bias = (bias if isinstance(bias, str) else short(bias)) + ", added at run time" * ("added-at-run-time" in fact)
        rows.append([name, ", ".join(arrays), *orders, str(fact["biases"]), bias, str(fact["parameters"])])
    heading = ["System", "arrays", "gates", "states", "biases", "forget bias of a fresh layer", "parameters"]
    return markdown(heading, rows)


def conversions(records: Records) -> str:
    """How far a system with converted weights is from lstm_ref."""
    systems = systems_of(records, "layouts", "layouts", "systems.")
    systems |= systems_of(records, "conversions", "layouts", "systems.")
    rows = [
        [name, short(fact["differences"]["to"]), short(fact["differences"]["from"]), fact.get("not-run", "")]
        for name, fact in systems.items()
    ]
    return markdown(["System", "`to_SYSTEM`", "`from_SYSTEM`", "if the system itself did not run"], rows)


AGREEMENT, BEHAVIOUR = (agreement_keras, agreement_others, peers), (stateful, short_last_batch)
INSIDE = (hard_sigmoid, counts, layouts, conversions)
TABLES: dict[str, Callable[[Records], str]] = {each.__name__: each for each in AGREEMENT + BEHAVIOUR + INSIDE}
