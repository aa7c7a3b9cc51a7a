"""The programs of the experiments: seeds side by side are seeds alone, gradients are slopes, records are of ten seeds."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.evidence import experiments
from tests.project import ROOT

PROGRAMS = {name: experiments.load(name) for name in (*experiments.experiments(), "seeds", "simple_rnn", "training")}
Seeds, SimpleRNN = PROGRAMS["seeds"].Seeds, PROGRAMS["simple_rnn"].SimpleRNN
KINDS = [{}, {"hidden": 3}, {"diagonal": True}, {"kind": SimpleRNN}]


def pulses(seeds: int) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(seeds, 5, 6, 2)).astype("float32")


@pytest.mark.parametrize("arguments", KINDS)
def test_seeds_side_by_side_learn_as_each_does_alone(arguments: dict[str, Any]) -> None:
    x, told = pulses(2), np.sign(pulses(2)[..., :1])
    both = Seeds([3, 5], units=2, features=2, scores=1, **arguments)
    for s, seed in enumerate((3, 5)):
        alone = Seeds([seed], units=2, features=2, scores=1, **arguments)
        for _ in range(4):
            alone.learn(x[[s]], lambda scores, s=s: PROGRAMS["seeds"].bits(scores, told[[s]]))
        if not s:
            for _ in range(4):
                both.learn(x, lambda scores: PROGRAMS["seeds"].bits(scores, told))
        np.testing.assert_allclose(both.scores(x)[s], alone.scores(x[[s]])[0], atol=2e-5)
    assert not np.allclose(both.scores(x[[0, 0]])[0], both.scores(x[[0, 0]])[1], atol=0.01)


@pytest.mark.parametrize("arguments", KINDS)
def test_what_is_not_linked_stays_zero(arguments: dict[str, Any]) -> None:
    net = Seeds([3, 5], units=2, features=2, scores=1, **arguments)
    before = [weight.copy() for weight in net.layer.get_weights()]
    net.learn(pulses(2), lambda scores: scores)
    after = net.layer.get_weights()
    links = np.eye(4) if arguments.get("diagonal") else np.kron(np.eye(2), np.ones((2, 2)))
    gates = len(after[1].T) // 4
    assert np.array_equal(after[1] != 0, np.tile(links, gates) != 0)
    assert not any(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize("hidden", [0, 3])
def test_the_gradients_of_a_read_out_are_slopes(hidden: int) -> None:
    x, told = pulses(1), np.sign(pulses(1)[..., :1])
    net = Seeds([1], units=2, features=2, scores=1, hidden=hidden)
    net.dense = [array.astype(float) for array in net.dense]
    given: list[Any] = []
    net.adam.update = given.extend
    net.learn(x, lambda scores: PROGRAMS["seeds"].bits(scores, told))

    def loss() -> float:
        return float(np.logaddexp(0, -told * net.scores(x)).mean())

    slopes = []
    for array in [*net.dense]:
        place = tuple(0 for _ in array.shape)
        losses = []
        for by in (1e-4, -1e-4):
            array[place] += by
            losses.append(loss())
            array[place] -= by
        slopes.append((losses[0] - losses[1]) / 2e-4)
    np.testing.assert_allclose([array.flat[0] for array in given[3:]], np.array(slopes), atol=1e-5)


def test_the_gradients_of_the_plain_recurrence_are_slopes() -> None:
    layer, x = SimpleRNN(3, seed=2), pulses(1)[0].astype(float)
    layer.build(x.shape)
    weights = [array.copy() for array in layer.get_weights()]
    toward = np.random.default_rng(1).normal(size=(5, 6, 3))
    gradients = layer.gradients(x, lambda h: toward)
    for k, weight in enumerate(weights):
        for place in list(np.ndindex(weight.shape))[::4]:
            losses = []
            for by in (1e-6, -1e-6):
                moved = [array.copy() for array in weights]
                moved[k][place] += by
                layer.set_weights(moved)
                losses.append((layer(x) * toward).sum())
            assert gradients[k][place] == pytest.approx((losses[0] - losses[1]) / 2e-6, abs=1e-6)
        layer.set_weights(weights)


def test_of_classes_the_gradient_is_the_chance_less_what_is_right() -> None:
    by_scores = PROGRAMS["seeds"].classes(np.log([[[[1.0, 3.0]]]]), np.array([[[1]]]))
    np.testing.assert_allclose(by_scores, [[[[0.25, -0.25]]]])


def test_flip_flops_hold_the_last_pulse() -> None:
    x, held = PROGRAMS["training"].flip_flops(2, 3, 50, np.random.default_rng(0))
    assert 0.1 < (x[:, 1:] != 0).mean() < 0.3
    for b, t, k in np.ndindex(x.shape):
        assert held[b, t, k] == [pulse for pulse in x[b, : t + 1, k] if pulse][-1]


def test_a_delay_is_as_long_as_it_says_and_counts_start_anew() -> None:
    x, sign = PROGRAMS["delay"].signs([np.random.default_rng(0)], 4, 7)
    assert x.shape == (1, 4, 8, 2)
    assert np.array_equal(sign[0], x[0, :, 0, 0]) and x[0, :, 1:, 1].max() == 0 and x[0, :, 0, 1].min() == 1
    x, counts = PROGRAMS["counting"].pulses([np.random.default_rng(0)], 3, 4, 9)
    assert counts[0, 2].tolist() == [int(x[0, 2, : t + 1].sum()) % 3 for t in range(9)]


def test_windows_of_the_series_end_before_what_is_forecast() -> None:
    x, target, mean, deviation, first = PROGRAMS["series"].windows(12, 2001)
    table = np.loadtxt(experiments.FOLDER / "elnino.csv", delimiter=",", skiprows=1)
    assert table[first // 12 + 1, 0] == 2001 and first % 12 == 0  # the first window is that of January 1951
    assert target[first] * deviation + mean == pytest.approx(table[table[:, 0] == 2001][0, 1], abs=1e-4)
    assert x[first, -1, 0] * deviation + mean == pytest.approx(table[table[:, 0] == 2000][0, 12], abs=1e-4)
    assert len(target) - first == 60
    simple = PROGRAMS["series"].baselines(x, target, first)
    assert np.array_equal(simple["last_year"][first:], target[first - 12 : -12])
    assert np.array_equal(simple["last_month"][first:], target[first - 1 : -1])


@pytest.mark.parametrize("name", experiments.experiments())
def test_each_condition_is_recorded_with_ten_seeds(name: str) -> None:
    facts = experiments.recorded(name)["facts"]
    assert [*facts] == ["ran", *map(experiments.key, PROGRAMS[name].CONDITIONS)]
    for condition in PROGRAMS[name].CONDITIONS:
        found = facts[experiments.key(condition)]
        assert len(found["error"] if name == "series" else found["right"]["seeds"]) == experiments.SEEDS
    assert all(condition in PROGRAMS[name].CONDITIONS for condition in PROGRAMS[name].CHECKED)


def test_the_page_says_how_the_layers_were_trained() -> None:
    limits = (ROOT / "docs/learning.md").read_text().split("{ #limits }")[1]
    steps = {PROGRAMS[name].STEPS for name in experiments.experiments() if name != "who_holds_what"}
    assert f"{min(steps)} to {max(steps):,} steps of 32 sequences" in limits
    assert {PROGRAMS[name].BATCH for name in experiments.experiments() if name != "who_holds_what"} == {32}
    held = PROGRAMS["bits_held"]
    assert f"trained on {held.TIMESTEPS} timesteps and tested on {held.LONG}" in limits
    net = Seeds([0], units=1, features=1, scores=1)
    assert f"Adam at {net.adam.rate} (Keras: 0.001), gradients clipped to ±1" in limits
    moved = [PROGRAMS["training"].Adam([np.zeros(1)]) for _ in range(2)]
    for adam, slope in zip(moved, (1, 5), strict=True):
        adam.update([np.array([slope])])
        assert adam.means[0] == pytest.approx([0.1])


def test_an_outcome_outside_the_band_is_noticed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = PROGRAMS["delay"]
    short = {"right": {"seeds": [0.9]}}
    monkeypatch.setattr(program, "run", lambda seeds, **condition: short)
    assert experiments.check(["delay"]) == 1
    short["right"]["seeds"] = [0.97]
    assert experiments.check(["delay"]) == 0
    assert "outside the band" in capsys.readouterr().out


def test_what_is_recorded_is_not_trained_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(experiments, "FOLDER", tmp_path)
    monkeypatch.setattr(experiments, "SEEDS", 1)
    program = PROGRAMS["delay"]
    conditions = [{"delay": 3, "forget_bias": 1}, {"delay": 2, "forget_bias": None}]
    monkeypatch.setattr(program, "CONDITIONS", conditions)
    monkeypatch.setattr(program, "STEPS", 1)
    experiments.record(["delay"])
    file = tmp_path / "delay.json"
    whole = json.loads(file.read_text())
    assert [*whole["facts"]] == ["ran", "delay-3-forget_bias-1", "delay-2-forget_bias-None"]
    del whole["facts"]["delay-3-forget_bias-1"]
    whole["facts"]["delay-2-forget_bias-None"] = {"kept": True}
    file.write_text(json.dumps(whole))
    experiments.record(["delay"])
    assert json.loads(file.read_text())["facts"]["delay-2-forget_bias-None"] == {"kept": True}
    assert capsys.readouterr().out.count("[1/1] delay delay-3-forget_bias-1") == 1


def test_the_program_that_the_page_shows_learns() -> None:
    program = experiments.FOLDER / "training.py"
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, cwd=ROOT, check=True)
    *_, last = done.stdout.splitlines()
    assert last.startswith("step 500: both bits right at ")
    assert float(last.split()[-4].rstrip("%")) > 95
