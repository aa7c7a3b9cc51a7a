"""Where a page says in words when something holds on Keras, the record holds the words: they would change together."""

import pytest

from docs.sitebuild.records import Records
from tests.project import ROOT

facts = Records(ROOT / "docs/evidence").facts
BACKENDS = ("tensorflow", "jax", "torch")
each_backend = pytest.mark.parametrize("backend", BACKENDS)


@each_backend
def test_a_direct_call_computes_in_float64_as_the_page_says(backend):
    """questions/activations#float64: all on TensorFlow, on JAX without tanh, on PyTorch only in its own loop."""
    for activations, ways in facts("kernels", f"{backend}.float64").items():
        for way, kept in ways.items():
            lost = {
                "tensorflow": False,
                "jax": "tanh" in activations,
                "torch": way in ("mask", "recurrent_dropout", "use_cudnn=False"),
            }
            assert kept is not lost[backend], (activations, way)


@each_backend
def test_a_model_rounds_x_to_float32_as_the_page_says(backend):
    kept = facts("kernels", f"{backend}.float64-in-a-model")
    assert kept["Input"] == {"call": False, "predict": False}
    assert kept["Input(dtype=float64)"] == {"call": True, "predict": False}
    assert kept["floatx float64"] == {"call": True, "predict": True}


@each_backend
def test_use_cudnn_chooses_the_loop_as_the_page_says(backend):
    """questions/activations#use-cudnn-on-cpu."""
    recorded = facts("kernels", f"{backend}.use-cudnn")
    for name, case in recorded.items():
        if name == "tolerance":
            continue
        runs = case["runs"]
        assert runs["False"] == "general loop", name
        if "implementation=1" in name:
            assert runs["auto"].endswith("Error"), name
        elif backend == "torch" and name != "mask" and not name.startswith("recurrent_dropout"):
            assert runs["auto"] == runs["True"] == "a loop of its own", name
            assert (case["difference"] > 0.01) is (name == "dropout=1 in training"), name
        else:
            assert (runs["auto"], runs["True"], case["equal"]) == ("general loop", "ValueError", True), name


@each_backend
def test_a_rate_of_1_drops_nothing_but_in_the_loop_of_pytorch(backend):
    dropped = facts("kernels", f"{backend}.rate-1-drops")
    own = ["everything"] if backend == "torch" else ["nothing"]
    assert dropped["dropout"] == {"False": ["nothing"], "auto": own}
    assert dropped["recurrent_dropout"] == {"False": ["nothing"], "auto": ["nothing"]}


@each_backend
def test_arrays_are_cast_or_refused_as_the_page_says(backend):
    """questions/input-shape#input-dtype."""
    cast = {"dtype": "float32", "as-its-real-part-in-float32": True}
    for dtype, ways in facts("input-dtypes", f"{backend}.real").items():
        assert (ways["call"], ways["predict"], ways["fit"]) == (cast, cast, {"raises": None}), dtype
    others = facts("input-dtypes", f"{backend}.others")
    refused = {"raises": "ValueError"} if backend == "torch" else cast
    assert others["uint64"]["call"] == others["uint64"]["predict"] == refused
    assert (others["complex64"]["predict"], others["complex64"]["fit"]) == (cast, {"raises": None})
    assert (others["complex64"]["call"] == cast) is (backend == "torch")
    assert others["object"]["predict"]["raises"] == others["object"]["fit"]["raises"] == "ValueError"
    assert (others["object"]["call"] == cast) is (backend == "jax")


@each_backend
def test_what_is_mostly_true_ends_where_the_pages_say(backend):
    recorded = facts("limits", backend)
    not_h = {"padding, zero_output_for_mask"}
    if backend != "jax":
        not_h.add("a row all masked, initial_state")
    assert {name for name, equal in recorded["y-is-h"].items() if not equal} == not_h
    assert recorded["backward_layer"]["parameters"] != 2 * recorded["backward_layer"]["of-the-layer-inside"]
    two_lengths = recorded["5-then-7-timesteps"]
    assert two_lengths["None"] == [[2, 4], [2, 4]]
    assert two_lengths["None, unroll"] == [[2, 4], "ValueError" if backend == "tensorflow" else [2, 4]]
    assert recorded["7-of-5-timesteps-and-Flatten"] == "ValueError"
    assert all(isinstance(outcome, str) for outcome in recorded["other-features"].values())
    assert all(isinstance(outcome, str) for outcome in recorded["nothing-to-read"].values())
    assert recorded["same-dropout-mask-in-two-calls"] == {"LSTM": False, "LSTMCell": True}
    assert set(recorded["arrays-of-get_weights"].values()) == {3}
