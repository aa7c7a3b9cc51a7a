"""Which stateful layers of Keras keep a state when they are called directly, by dtype policy."""

import keras
import numpy as np
from common import emit, on_backend, quick_to_compile

BACKENDS = ("tensorflow", "jax", "torch")

LAYERS = keras.layers
OF = {
    "LSTM": lambda **options: LAYERS.LSTM(4, **options),
    "GRU": lambda **options: LAYERS.GRU(4, **options),
    "SimpleRNN": lambda **options: LAYERS.SimpleRNN(4, **options),
    "RNN(LSTMCell)": lambda dtype, **options: LAYERS.RNN(LAYERS.LSTMCell(4, dtype=dtype), dtype=dtype, **options),
    "ConvLSTM1D": lambda **options: LAYERS.ConvLSTM1D(4, 1, **options),
}
NUMPY = keras.ops.convert_to_numpy


def keeps(make, policy, axes):
    layer = make(stateful=True, dtype=policy)
    layer(np.ones((2, 5, 3, 3)[:axes], dtype="float32"))
    return bool(NUMPY(layer.states[0]).any())


facts = {"ran": on_backend(keras)}
with quick_to_compile():
    for policy in ("float32", "mixed_float16", "mixed_bfloat16"):
        facts[policy] = {name: keeps(make, policy, 4 if "Conv" in name else 3) for name, make in OF.items()}
emit(facts)
