"""Markdown tables made from what is recorded; `{{ table NAME }}` on a page calls NAME()."""

from collections.abc import Iterable
from html import escape
from typing import Any

from recordings import facts, short

BACKENDS = {"TensorFlow": "tensorflow", "JAX": "jax", "PyTorch": "torch"}


def markdown(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The first column is text, the others are centred."""
    heading = list(heading)
    lines = [heading, ["---", *[":-:"] * (len(heading) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def agreement_keras() -> str:
    """The largest difference between lstm_ref and Keras for each feature, in float32 and in float64."""
    systems = {f"Keras 3 on {heading}": facts("agreement_keras", name) for heading, name in BACKENDS.items()}
    return agreement(systems | {"Keras 2": facts("agreement_keras2")})


def agreement_others() -> str:
    """The same for what is not Keras."""
    names = {"PyTorch": "pytorch", "Flax linen": "flax-linen", "Flax nnx": "flax-nnx"}
    names |= {"ONNX reference": "onnx-reference", "ONNX Runtime": "onnx-runtime"}
    return agreement({heading: facts("agreement_others", name) for heading, name in names.items()})


def agreement(systems: dict[str, dict[str, Any]]) -> str:
    features = {
        name: name.replace("-", " ")
        for system in systems.values()
        for name, fact in system.items()
        if isinstance(fact, dict) and "within-bar" in fact
    }
    reasons: list[str] = []

    def cell(fact: Any) -> str:
        if not isinstance(fact, dict):
            return "—"
        numbers = "<br>".join(
            "raises" if fact[dtype] is None else short(fact[dtype]) for dtype in ("float32", "float64")
        )
        if "reason" not in fact:
            return numbers
        if fact["reason"] not in reasons:
            reasons.append(fact["reason"])
        return f"{numbers} <sup>{reasons.index(fact['reason']) + 1}</sup>"

    rows = [[label, *(cell(system.get(name)) for system in systems.values())] for name, label in features.items()]
    notes = [f"<sup>{number}</sup> {escape(reason)}." for number, reason in enumerate(reasons, 1)]
    return "\n\n".join([markdown(["Largest difference in float32, below it in float64", *systems], rows), *notes])


def stateful() -> str:
    """Whether four chunks end where one pass ends, by way into the model and by backend."""
    ways = {
        "call": "`layer(x)`",
        "predict": "`model.predict`",
        "evaluate": "`model.evaluate`",
        "fit": "`model.fit`",
        "fit-use-cudnn-false": "`model.fit`, layer with `use_cudnn=False`",
        "train-on-batch": "`model.train_on_batch`",
    }
    rows = [
        [label, *(_carried(facts("state", f"{name}.{way}")) for name in BACKENDS.values())]
        for way, label in ways.items()
    ]
    return markdown(["Keras 3 on", *BACKENDS], rows)


def _carried(fact: dict[str, Any]) -> str:
    if "raises" in fact:
        return f"raises `{fact['raises']}`"
    if fact["state-kept"]:
        return f"carried{_off_by(fact['state-error'])}"
    return f"**lost**, off by {fact['state-error']:.2f}"


def _off_by(error: float) -> str:
    return f", off by {short(error)}" if error else " exactly"


def short_last_batch() -> str:
    """What comes of 5 samples in batches of 2."""
    rows = []
    for way in ("predict", "evaluate", "fit"):
        cells = [facts("state", f"{name}.short-last-batch.1-of-2.{way}") for name in BACKENDS.values()]
        label = f"`model.{way}`" + (", layer with `use_cudnn=False`" if way == "fit" else "")
        rows.append([label, *(_came_of(cell) for cell in cells)])
    return markdown(["Keras 3 on", *BACKENDS], rows)


def _came_of(fact: dict[str, Any]) -> str:
    if "raises" in fact:
        return f"raises `{fact['raises']}`"
    return f"**{fact['rows']} rows, no error**" if "rows" in fact else "a loss, no error"


def peers() -> str:
    """How lstm_ref does on the test cases of onnx."""
    rows = []
    for name, case in facts("peers", "cases").items():
        outcome = case.get("out-of-scope") or f"passed{_off_by(max(case['difference'].values()))}"
        rows.append([f"`{name}`", outcome])
    return markdown(["Case", "`lstm_ref`"], rows)


def hard_sigmoid() -> str:
    """Who means what by hard_sigmoid."""
    names = {
        "Keras 3": "keras-3",
        "Keras 2 (tf_keras)": "keras-2",
        "PyTorch `hardsigmoid`": "pytorch",
        "JAX `hard_sigmoid`": "jax",
        "ONNX `HardSigmoid`, no attributes": "onnx-default",
    }
    rows = []
    for label, name in names.items():
        fact = facts("defaults", f"hard-sigmoid.{name}")
        rows.append([label, f"{fact['at-1']:.2f}", short(fact["reaches-1-at"])])
    return markdown(["System", "at x = 1", "reaches 1 at x ="], rows)


def counts() -> str:
    """How many parameters each system counts for the same two layers."""
    names = {
        "Keras 3": "keras-3.LSTM",
        "Keras 2": "keras-2.LSTM",
        "Flax linen": "flax-linen.LSTMCell",
        "Flax nnx": "flax-nnx.LSTMCell",
        "PyTorch": "pytorch.LSTM",
        "Keras 2, `CuDNNLSTM`": "keras-2.CuDNNLSTM",
        "ONNX, W R B": "onnx-runtime.W-R-B",
    }
    sizes = ("F=1,N=1", "F=3,N=4", "F=50,N=64")
    rows = [[label, *(f"{facts('counts', path)[size]:,}" for size in sizes)] for label, path in names.items()]
    return markdown(["System", *(size.replace(",", ", ") for size in sizes)], rows)


SYSTEMS = {
    "Keras 3": "keras3",
    "Keras 2": "keras2",
    "Keras 1": "keras1",
    "Keras 2 `CuDNNLSTM`": "cudnn",
    "PyTorch": "pytorch",
    "Flax linen": "flax",
    "Flax nnx": "flax_nnx",
    "ONNX Runtime": "onnx-runtime",
    "TensorFlow 1": "tf1",
}


def layouts() -> str:
    """Names, shapes and orders of each system's arrays."""
    rows = []
    for label, name in SYSTEMS.items():
        fact = facts("layouts", f"systems.{name}")
        rows.append(
            [
                label,
                _arrays(fact),
                " ".join(fact["gate-order"]),
                ", ".join(fact["state-order"]),
                str(fact["biases"]),
                _forget_bias(fact),
                str(fact["parameters"]),
            ]
        )
    return markdown(
        ["System", "arrays", "gates", "states", "biases", "forget bias of a fresh layer", "parameters"], rows
    )


def _arrays(fact: dict[str, Any]) -> str:
    names = list(fact.get("weights", "WRB"))
    shapes = [str(tuple(shape)) for shape in fact["shapes"]]
    named = [f"`{name}` {shape}" for name, shape in zip(names, shapes, strict=True)]
    return ", ".join(named) if len(named) < 5 else f"{', '.join(named[:3])} and so on, one of each for each gate"


def _forget_bias(fact: dict[str, Any]) -> str:
    if "added-at-run-time" in fact:
        return f"{short(fact['added-at-run-time'])}, added at run time"
    value = fact.get("default-forget-bias", "—")
    return value if isinstance(value, str) else short(value)


def conversions() -> str:
    """How far a system with converted weights is from lstm_ref."""
    systems = SYSTEMS | {"ONNX reference evaluator": "onnx-reference"}
    rows = []
    for label, name in systems.items():
        fact = facts("layouts", f"systems.{name}")
        differences = [short(fact["differences"][way]) for way in ("to", "from")]
        rows.append([label, *differences, fact.get("not-run", "")])
    return markdown(["System", "`to_SYSTEM`", "`from_SYSTEM`", "if the system itself did not run"], rows)
