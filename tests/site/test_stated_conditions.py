"""Where a page says in words when something holds on Keras, the record holds the words: they would change together."""

import contextlib
import io
import math
import re

import numpy as np
import pytest

from docs.sitebuild.records import Records
from tests.project import ROOT
from tests.site.sources import PAGES, words

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
    same, error = {"same": True}, {"raises": "ValueError"}
    big_endian = {
        "tensorflow": [same] * 3,
        "jax": [same, {"raises": "TypeError"}, {"same": False}],
        "torch": [error] * 3,
    }
    assert list(facts("input-dtypes", f"{backend}.big-endian").values()) == big_endian[backend]


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


def section(uri, name):
    return next(each for each in PAGES[uri].sections if each.heading.id == name)


@each_backend
def test_a_layer_keeps_or_drops_a_mask_as_the_page_says(backend):
    said = " ".join(words(section("masks.md", "mask-table").blocks[0]).split())
    keep, drop, too = re.match(
        r"\*\*(.+?) keep the mask; (.+?) drop it\.\*\* (In these runs .+?), dropped it too\.", said
    ).groups()
    layers = facts("masks", f"{backend}.layers")
    kept, dropped = (re.findall(r"`([A-Z]\w+)`", each) for each in (keep, drop + too))
    assert len(kept) > 1 and len(dropped) > 5 and "pooling" in drop
    dropped += [name for name in layers if "Pooling" in name]
    assert [name for name in kept if layers[name].get("mask") != "kept"] == []
    assert [name for name in dropped if layers[name].get("mask") != "dropped"] == []
    assert "So does `Add` if one input has none." in said and layers["Add"]["mask"] == "kept"
    assert layers["Add(one input masked)"]["mask"] == "dropped"


@each_backend
def test_a_state_is_kept_under_mixed_precision_as_bugs_says(backend):
    """bugs#bug-stateful-mixed: on PyTorch none of the layers keeps one."""
    recorded = facts("kept_states", backend)
    said = words(section("bugs.md", "bug-stateful-mixed").blocks[0])
    for dtype in ("float32", "mixed_float16", "mixed_bfloat16"):
        assert all(f"`{name}`" in said or name == "RNN(LSTMCell)" for name in recorded[dtype])
        assert set(recorded[dtype].values()) == {dtype == "float32" or backend != "torch"}, dtype


def cells(uri, name):
    """The rows of the tables of a section, by their first cell."""
    lines = "\n".join(map(words, section(uri, name).blocks)).splitlines()
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if line.startswith("| ")]
    return {first: others for first, *others in rows}


PROGRAMS = [("tensorflow", "keras"), ("torch", "pytorch")]


@pytest.mark.parametrize(("backend", "program"), PROGRAMS)
@pytest.mark.parametrize("column", [0, 1, 2])
def test_many_series_are_split_and_forecast_as_the_page_says(backend, program, column):
    said = {name: others[column] for name, others in cells("many-series.md", "look-ahead").items()}
    months, window = map(int, re.findall(r"\d+", said["Step"]))
    first, last = map(int, re.match(r"months (\d+) to (\d+):", said["Train on the targets of"]).groups())
    tested = [*map(int, re.match(r"months (\d+) (?:to|and) (\d+):", said["Test on the targets of"]).groups())]
    assert (first, tested) == (window + 1, [last + 1, months])
    assert said["Mean and deviation from"] == f"months 1 to {last}"
    assert said["Forecast"] == f"month {months + 1} from months {months - window + 1} to {months}"
    recorded = facts("many-series", f"{backend}.{program}.{months}-months")
    assert recorded["forecasts"] == [300, 1]
    assert (recorded["train"], recorded["test"]) == (300 * (last - window), 300 * (months - last))
    if program == "keras":
        assert recorded["batches-of-an-epoch"] == math.ceil(recorded["train"] / 32)

    rng = np.random.default_rng(0)  # the sales of the programs
    level, strength = np.exp(rng.normal(4, 1, (300, 1))), rng.uniform(0, 0.6, (300, 1))
    sales = level * (1 + strength * np.sin(np.arange(36) * np.pi / 6) + rng.normal(0, 0.1, (300, 36)))
    lags = {"month": 1} | ({"year": 12} if months > 12 else {})
    for told, size in ((recorded, 1), (recorded["in-deviations"], sales[:, :last].std(axis=1, keepdims=True))):
        off = {
            way: math.sqrt(np.mean(((sales[:, last:months] - sales[:, last - lag : months - lag]) / size) ** 2))
            for way, lag in lags.items()
        }
        linear = math.sqrt(np.mean((linear_misses(sales[:, :months], window, last) / size) ** 2))
        simple = {way: value for way, value in told["simple-off"].items() if way != "tolerance"}
        assert simple == pytest.approx(off | {"linear": linear}, rel=1e-4)
        least, most = told["lstm-off"]["least"], told["lstm-off"]["most"]
        assert all(told["lstm-is-better-than"][way] == [True] * 3 for way in off)
        assert most + (most - least) < min(off.values())  # many-series#simple-forecasts: clearly
        assert most + (most - least) >= linear or backend != "tensorflow"  # but the linear function not


def linear_misses(sales, window, last):
    """How far off the best linear function of windows is for the months after the last one of training, (shops, months), by the normal equations."""
    scale, middle = (found(sales[:, :last], axis=1, keepdims=True) for found in (np.std, np.mean))
    columns = ((sales - middle) / scale).T  # a row for each month

    def given(months):
        return np.concatenate([np.vstack([columns[t - window : t], np.ones(len(sales))]).T for t in months])

    x, target = given(range(window, last)), columns[window:last].reshape(-1)
    weights = np.linalg.solve(x.T @ x, x.T @ target)
    later = range(last, len(columns))
    return ((given(later) @ weights).reshape(len(later), -1) - columns[last:]).T * scale


def test_the_simple_forecasts_of_the_next_month_are_what_the_page_says():
    """many-series#simple-forecasts: its three expressions, in the state of the program before it trains."""
    source = (ROOT / "docs/evidence/snippets/shapes/many-series-keras.py").read_text().partition("for units in")[0]
    source = source.replace("import keras", "").replace("= 12, 6, 10", "= 24, 6, 20")
    here = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source.replace("sales = sales[:, :months]", "longer = sales\nsales = sales[:, :months]"), here)
    page = (ROOT / "docs/many-series.md").read_text()
    (said,) = re.findall(r"the three simple forecasts of the next month are (.*)\.\n", page)
    month, year, linear = (eval(code, here) for code in re.findall(r"`([^`]+)`", said))
    longer = here["longer"][:, :25]
    np.testing.assert_array_equal(month, longer[:, 23])
    np.testing.assert_array_equal(year, longer[:, 12])
    np.testing.assert_allclose(linear, longer[:, 24] + linear_misses(longer, 6, 20)[:, -1], rtol=1e-6)


@pytest.mark.parametrize(("backend", "program"), PROGRAMS)
def test_an_lstm_does_not_know_a_season_that_was_never_a_target(backend, program):
    """many-series#look-ahead."""
    recorded = facts("many-series", f"{backend}.{program}")
    seen = recorded["24-months"]
    for name in ("24-months-in-windows-of-12", "24-months-targets-from-13"):
        unseen = recorded[name]
        assert (unseen["train"], unseen["test"]) == (300 * (20 - 12), 300 * 4)
        assert seen["lstm-off"]["most"] < seen["simple-off"]["year"] < unseen["lstm-off"]["least"]
    rows = cells("many-series.md", "look-ahead")
    ranges = [[*map(int, re.findall(r"\d+", cell.partition(":")[0]))] for cell in rows["Train on the targets of"]]
    assert [last - first + 1 >= 12 for first, last in ranges] == [False, True, True]
    said = " ".join(words(block) for block in section("many-series.md", "compare-units").blocks)
    choosing = [tuple(map(int, three)) for three in re.findall(r"(\d\d), (\d+), (\d+)", said)]
    assert [last - window >= 12 for _, window, last in choosing] == [False, True, True]
    for (months, window, last), (_, end), months_in_all in zip(choosing, ranges, (12, 24, 36), strict=True):
        assert months == end
        told = recorded["changed"]["choosing-units"][f"{months_in_all}-months"]
        assert told == {"train": 300 * (last - window), "test": 300 * (months - last)}


def test_two_test_months_prove_as_little_as_the_page_says():
    """many-series#simple-forecasts."""
    recorded = facts("many-series-next", "torch")
    assert recorded["months-11-and-12"]["lstm"] < recorded["months-11-and-12"]["last-month"]
    assert recorded["month-13"]["lstm"] > 1.4 * recorded["months-11-and-12"]["lstm"]
    alike = facts("many-series", "tensorflow.keras.changed.scaled-alike")
    assert alike["lstm-off"]["seed-1"] > alike["month-off"]


def test_windows_are_counted_as_the_page_says():
    said = " ".join(words(section("many-series.md", "windows").blocks[0]).split())
    counted = re.findall(r"(\d+) − (\d+) = (\d+).*?300 shops have ([\d,]+)", said)
    assert counted
    for months, window, each, all_shops in counted:
        assert int(months) - int(window) == int(each)
        assert 300 * int(each) == int(all_shops.replace(",", ""))


@each_backend
def test_one_stateful_row_is_fitted_where_the_page_says(backend):
    """errors/keras-states#stateful-export."""
    came = {"raises": "ValueError", "same-message": True} if backend == "tensorflow" else "ran"
    expected = {"array": came, "array-with-batch_size-1": "ran", "generator": came}
    assert facts("state_limits", f"{backend}.fit-of-one-row") == expected


@each_backend
def test_what_go_backwards_returns_is_flipped_as_the_page_says(backend):
    """sequences#go-backwards: by keras.ops.flip on each backend, by a step of -1 not on PyTorch."""
    recorded = facts("sequences", f"{backend}.go-backwards")
    assert recorded["error-of-flip-against-reversed"] == 0
    assert ("raises" in recorded["step-of-minus-1"]) is (backend == "torch")


def test_the_home_page_names_the_versions_that_ran():
    said = words(section("index.md", "how-this-site-knows").blocks[-1])
    pinned = dict(
        re.findall(r"^(keras|torch)==([\d.]+)", (ROOT / "docs/evidence/requirements.txt").read_text(), re.MULTILINE)
    )
    assert (
        f"`keras.layers.LSTM` of Keras {pinned['keras']} " in said
        and f"`torch.nn.LSTM` of {pinned['torch']}. " in " ".join(said.split())
    )
