"""Run the snippets of a topic on one backend and print, for each, the lines that it prints.

python docs/evidence/snippets/run.py TOPIC BACKEND
"""

import contextlib
import io
import re
import sys
import warnings
from pathlib import Path

import keras

from probes.common import emit, error_of
from recordings import imports

BACKENDS = ("tensorflow", "jax", "torch")
HOME = {"torch": "torch", "flax": "jax", "jax": "jax"}


def run_all(folder, backend):
    """Run each snippet that belongs to this backend twice, and return the lines that it prints."""
    facts = {}
    for file in sorted(folder.glob("*.py")):
        source = file.read_text(encoding="utf-8")
        if backend in backends(source):
            first, again = (run(source, file.stem, seed) for seed in (1, 2))
            if first != again:
                raise ValueError(f"{file.stem} prints {first}, and then {again}: what is random needs a seed")
            facts[file.stem] = first
    return facts


def backends(source):
    """Return where a snippet runs: one of Keras that names no backend and no other framework runs on all three."""
    if named := re.search(r'"KERAS_BACKEND"\] = "(\w+)"', source):
        return (named[1],)
    imported = imports(source)
    if homes := {HOME[name] for name in HOME if name in imported}:
        return tuple(homes)
    return BACKENDS if "keras" in imported and not imported & {"tensorflow", "tf_keras"} else BACKENDS[:1]


def run(source, name, seed):
    keras.utils.clear_session()  # layers are numbered from nothing, as in a fresh process
    keras.utils.set_random_seed(seed)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        try:
            exec(compile(source, name, "exec"), {"__name__": "__main__"})
        except Exception as error:
            print("{raises}: {message}".format(**error_of(error)))
    told = [" ".join(f"UserWarning: {each.message}".split()) for each in caught if each.category is UserWarning]
    return [*dict.fromkeys(told), *printed.getvalue().rstrip().splitlines()]


if __name__ == "__main__":
    topic, backend = sys.argv[1:]
    emit(run_all(Path(__file__).parent / topic, backend))
