"""The descriptions of further systems against what those systems computed, as docs/evidence/systems.json has it."""

import json

import numpy as np
import pytest

from docs.sitebuild.systems import READ
from lstm_ref import LSTM
from lstm_ref.layouts import LAYOUTS, Layout, from_layout, to_layout
from tests.project import ROOT

FACTS = json.loads((ROOT / "docs/evidence/systems.json").read_text(encoding="utf-8"))["facts"]
RAN = FACTS["systems"]
BATCH, TIMESTEPS, FEATURES, UNITS = FACTS["sizes-b-t-f-n"]
X, H, C = (np.array(array) for array in FACTS["x-h-c"])
ROWS = {row["record"]: row for row in READ if "record" in row}


def layout_of(record: str) -> Layout:
    layout = LAYOUTS[ROWS[record]["layout"]]
    return layout._replace(directions=record == "openvino-sequence")


def arrays_of(record: str) -> list[np.ndarray]:
    """What the system was given, in the order of its own; the flat vector of JAX cut into its four arrays."""
    arrays = [np.array(array) for array in RAN[record]["arrays"].values()]
    if record != "jax":
        return arrays
    shapes = [(4 * UNITS, FEATURES), (4 * UNITS, UNITS), (4 * UNITS,), (4 * UNITS,)]
    parts = np.split(arrays[0], np.cumsum([np.prod(shape) for shape in shapes])[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]


def test_each_system_that_ran_has_a_row_and_a_description() -> None:
    assert ROWS.keys() == RAN.keys()
    assert {row["layout"] for row in ROWS.values()} <= LAYOUTS.keys()
    assert {"tinygrad", "equinox", "haiku", "mlx", "paddle", "openvino"} <= {row["layout"] for row in ROWS.values()}


@pytest.mark.parametrize("record", RAN)
def test_lstm_ref_with_what_the_description_reads_computes_what_the_system_did(record: str) -> None:
    layer = LSTM(UNITS, return_sequences=True, return_state=True)
    layer.set_weights(from_layout(layout_of(record), arrays_of(record)))
    for name, out in zip("yhc", layer(X, initial_state=[H, C]), strict=True):
        np.testing.assert_allclose(out, RAN[record]["outputs"][name], atol=2e-6, rtol=0, err_msg=name)


@pytest.mark.parametrize("record", RAN)
def test_what_the_description_writes_is_what_the_system_was_given(record: str) -> None:
    """The two biases of a system may be cut in any way: their sum counts."""
    layout, given = layout_of(record), arrays_of(record)
    written = [*to_layout(layout, *(np.array(array) for array in FACTS["weights"])).values()]
    if len(given) == 4:
        written[2:], given[2:] = [written[2] + written[3]], [given[2] + given[3]]
    for ours, theirs in zip(written, given, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-4)
    assert layout.gates == RAN[record]["gate-order"]
    assert layout.forget_bias == RAN[record]["added-at-run-time"]


@pytest.mark.parametrize("record", RAN)
def test_no_other_order_comes_near(record: str) -> None:
    assert RAN[record]["difference"] < 1e-6 < 0.1 < RAN[record]["next-best"]
    assert (RAN[record]["as-ifgo"] < 1e-6) == (layout_of(record).gates == "ifgo")


def test_a_row_has_an_order_or_a_record_and_says_how_it_was_read() -> None:
    for row in READ:
        assert ("record" in row) == ("layout" in row) != ("read" in row), row["name"]
        assert row.get("read", "again") in ("again", "docs"), row["name"]
        assert row["blocks"] in ("joined", "separate", "interleaved", "axis"), row["name"]
        assert "record" in row or sorted(row.get("order", "fgio")) == sorted("ifgo"), row["name"]
        assert row["blocks"] == "separate" or "record" in row or "order" in row, row["name"]
    assert len({row["name"] for row in READ}) == len(READ)


def test_the_page_counts_the_orders_that_the_rows_have() -> None:
    """i f g o is the most frequent of seven, those of `frameworks` included."""
    layouts = json.loads((ROOT / "docs/evidence/layouts.json").read_text(encoding="utf-8"))["facts"]["systems"]
    orders = [fact["gate-order"] for fact in layouts.values() if len(fact["shapes"]) < 5]
    orders += [
        row["order"] if "order" in row else LAYOUTS[row["layout"]].gates for row in READ if row["blocks"] != "separate"
    ]
    assert len(set(orders)) == 7
    assert max(set(orders), key=orders.count) == "ifgo"
    assert f"in {len(READ)} rows" in (ROOT / "docs/systems.md").read_text(encoding="utf-8")
