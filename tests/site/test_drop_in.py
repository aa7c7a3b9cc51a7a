"""Code for keras.layers.LSTM runs on lstm_ref with its import changed, and prints what it printed on Keras."""

import re
import subprocess
import sys

import pytest

from docs.sitebuild.records import Records
from docs.sitebuild.systems import BACKENDS
from lstm_ref import LSTM
from tests.project import ROOT

RECORDED = Records(ROOT / "docs/evidence").snippet("drop-in", "forward")
SOURCE, PRINTED = RECORDED.source, RECORDED.printed
OURS = SOURCE.replace("from keras.layers import LSTM\n", "from lstm_ref import LSTM\n")


@pytest.fixture(scope="module")
def printed():
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", OURS], capture_output=True, text=True, check=True
    ).stdout


def test_the_import_is_all_that_changes():
    assert "keras" not in OURS
    assert sum(a != b for a, b in zip(SOURCE.splitlines(), OURS.splitlines(), strict=True)) == 1


@pytest.mark.parametrize("backend", BACKENDS)
def test_it_prints_what_it_printed_on_keras(backend, printed):
    assert printed.splitlines() == PRINTED[backend]


def said_to_be_missing() -> list[str]:
    page = (ROOT / "docs/reference.md").read_text()
    sentence = re.search(r"Regularizers, constraints, (.*?) are no arguments of it", page, re.DOTALL)[1]
    return ["kernel_regularizer", "recurrent_constraint", *re.findall(r"`(\w+)`", sentence)]


def test_the_page_names_what_is_missing():
    assert {"unroll", "use_cudnn", "implementation", "zero_output_for_mask", "dtype"} <= {*said_to_be_missing()}


@pytest.mark.parametrize("name", said_to_be_missing())
def test_what_the_page_says_is_missing_is_refused(name):
    with pytest.raises(TypeError, match=f"unexpected keyword argument '{name}'"):
        LSTM(2, **{name: None})
