"""The lines that the explorer shows for PyTorch and Flax, run for every choice."""

import jax
import torch
from common import emit, explored
from flax import nnx

BACKENDS = ()


def pytorch(units, features, sequences, state):
    call = f"torch.nn.LSTM({features}, {units}, batch_first=True)(x)"
    if not state:
        return f"y = {call}[0]" if sequences else f"y = {call}[0][:, -1]"
    return f"y, (h, c) = {call}\n" + ("h, c = h[0], c[0]" if sequences else "y, h, c = y[:, -1], h[0], c[0]")


def flax(units, features, sequences, state):
    cell = f"cell = nnx.OptimizedLSTMCell({features}, {units}, rngs=nnx.Rngs(0))"
    if not state:
        return f"{cell}\ny = nnx.RNN(cell)(x)" + ("" if sequences else "[:, -1]")
    return f"{cell}\n(c, h), y = nnx.RNN(cell, return_carry=True)(x)" + ("" if sequences else "\ny = y[:, -1]")


def weights_of_flax(layer):
    return {".".join(path): weight[...] for path, weight in nnx.state(layer.cell, nnx.Param).flat_state()}


with torch.no_grad():
    of_pytorch = explored(pytorch, {"torch": torch}, torch.nn.LSTM, torch.nn.LSTM.state_dict, tensor=torch.from_numpy)
of_flax = explored(flax, {"nnx": nnx}, nnx.RNN, weights_of_flax, tensor=jax.numpy.asarray)
emit(
    {
        "pytorch": {"ran": ["torch"], "imports": "import torch", **of_pytorch},
        "flax": {"ran": ["jax", "flax"], "imports": "from flax import nnx", **of_flax},
    }
)
