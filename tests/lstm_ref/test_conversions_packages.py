"""Weights that ship in packages, in one call, against what the package itself computes. The package is fetched when the test runs."""

import importlib
import pickle
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from lstm_ref import LSTM, layouts


def fetch(package, folder):
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder, package]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)


@pytest.mark.frameworks
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)  # its open files
def test_g2pm_a_bidirectional_lstm_of_pytorch_in_numpy(tmp_path, monkeypatch):
    fetch("g2pM==0.1.2.5", tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    model = importlib.import_module("g2pM").G2pM()
    state_dict = pickle.loads((tmp_path / "g2pM" / "np_ckpt.pkl").read_bytes())
    (weights,) = layouts.from_pytorch_state_dict(state_dict)
    assert len(weights) == 6

    x = np.random.default_rng(0).standard_normal((2, 7, len(weights[0]))).astype(np.float32)
    directions = [(model.fw_lstm_cell, False, weights[:3]), (model.bw_lstm_cell, True, weights[3:])]
    for cell, go_backwards, arrays in directions:
        layer = LSTM(len(arrays[1]), return_sequences=True, go_backwards=go_backwards)
        layer.set_weights(arrays)
        states, steps = None, x[:, ::-1] if go_backwards else x
        expected = []
        for t in range(x.shape[1]):
            states = cell(steps[:, t], states)
            expected.append(states[0])
        assert np.abs(layer(x) - np.stack(expected, axis=1)).max() < 1e-6
