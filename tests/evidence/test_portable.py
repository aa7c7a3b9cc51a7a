"""What a machine changes is taken out, and no word that a reader would search for."""

import pytest

from tests.evidence.portable import RULES, RULES_OF_ERRORS, message, portable

MATMUL = (
    "{{function_node __wrapped__MatMul_device_/job:localhost/replica:0/task:0/device:CPU:0}} Matrix size-incompatible"
)
PRINTED = {
    "colours of a terminal": ("\x1b[1mLSTM\x1b[0m (\x1b[38;5;34m128\x1b[0m)", "LSTM (128)"),
    "the kernel of oneDNN, where the processor has it": (MATMUL.replace("__M", "____MklM"), MATMUL),
    "addresses in memory": ("<LSTM object at 0x7f3a5c0d1e80>", "<LSTM object at 0x...>"),
    "the folder of a package": ("/opt/env/lib/site-packages/keras/src/layer.py:12", "keras/src/layer.py:12"),
    "folders of the machine": ("no file '/tmp/tmpab12/of-me/model.keras'", "no file 'model.keras'"),
}
ERRORS = {
    "colours of a terminal": ("\x1b[1mno such layer\x1b[0m", "no such layer"),
    "the layer that was called": ("Exception encountered when calling LSTM.call().\n\nno such axis", "no such axis"),
    "arguments and hints": ("no such axis\n\nArguments received by LSTM.call():\n  • mask=None", "no such axis"),
    "where to read on": ("no such axis (https://a.site/b.html#c)", "no such axis"),
    "the place in a graph": ("Graph execution error:\n\nDetected at node add\n  File \"a.py\"\nno such axis\n\t [[{{node add}}]]", "no such axis"),
    "line breaks": (" no\n\tsuch   axis\n", "no such axis"),
}  # fmt: skip
KEPT = [
    "(2, 5, 3) -> [ 0.1  0.2 ]",
    "0.5 / 0.25, and/or 1/2",
    "see https://keras.io/api/tmp/x and a/home/b",
    "0x1f units",
    "  indented as printed",
    "__wrapped__MatMul_device_",
]


@pytest.mark.parametrize("name", RULES)
def test_each_rule_takes_its_part_out_of_what_is_printed(name: str) -> None:
    text, left = PRINTED[name]
    assert portable({"printed": [text]}) == {"printed": [left]}


@pytest.mark.parametrize("name", RULES_OF_ERRORS)
def test_each_rule_for_exceptions_takes_its_part_out_of_a_message(name: str) -> None:
    text, left = ERRORS[name]
    assert message(text) == left
    assert portable({"raises": "ValueError", "message": text}) == {"raises": "ValueError", "message": left}


def test_a_message_is_portable_too() -> None:
    for text, left in PRINTED.values():
        assert message(text) == left


@pytest.mark.parametrize("text", KEPT)
def test_other_words_stay(text: str) -> None:
    assert portable([text, {"a": text, "message": text}]) == [text, {"a": text, "message": text}]


def test_what_is_no_text_stays() -> None:
    facts = {"a": [1, 0.5, None, True], "b": {"tolerance": 1e-6}}
    assert portable(facts) == facts
