# ---
# figure: layouts
# checked: [layouts systems.keras3, layouts systems.pytorch, layouts systems.flax, layouts systems.onnx-runtime]
# ---

# %% [markdown]
# # The same weights in every framework { #same-weights }
#
# **One layer fits into Keras, PyTorch, Flax and ONNX: the numbers are the same, their order and shapes are not.** Here the weights of
# one layer are put into the arrays of these four systems and run there, and the outputs are compared. What was recorded when
# they ran is shown in any case; a system runs here, too, if it is installed.

# %% [markdown]
# ## The layer, and what it gives { #the-layer }
#
# 4 units, 3 features, 2 sequences of 5 timesteps, in float32 as the frameworks have it. Columns are in blocks i, f, g, o.

# %%
import numpy as np

from lstm_ref import LSTM, layouts
from lstm_ref.examples import worked_input, worked_layer

x = worked_input().astype("float32")
weights = [array.astype("float32") for array in worked_layer().get_weights()]


def run(arrays):
    layer = LSTM(4, return_sequences=True)
    layer.set_weights(arrays)
    return layer(x)


ours = run(weights)
print([array.shape for array in weights], "->", ours.shape)

# %% [markdown]
# ## What was recorded { #recorded }
#
# A record of the conversions, `evidence/layouts.json`: the systems ran with the weights of `lstm_ref`, in
# several shapes; Keras ran on TensorFlow. A downloaded notebook gets the file in its first code cell. The numbers below are largest differences
# from the output of `lstm_ref`: recorded, and here where the system is installed.

# %%
import json
from importlib.util import find_spec
from pathlib import Path

places = [Path("evidence/layouts.json"), Path("docs/evidence/layouts.json")]
files = [place for place in places if place.is_file()]
record = json.loads(files[0].read_text()) if files else None
if record:
    print("recorded:", record["recorded"]["date"])
    print("batch, timesteps, features, units:")
    print(*map(tuple, record["facts"]["shapes-b-t-f-n"]), sep="\n")


def compare(system, run_there, *packages):
    name = packages[0]
    missing = [package for package in packages if not find_spec(package)]
    if record:
        version = record["recorded"]["versions"][name]
        differences = record["facts"]["systems"][system]["differences"]
        print(f"{name} {version}: {differences['to']:.1e} (recorded)")
    if missing:
        print(f"{' and '.join(missing)}: not installed here")
        return
    try:
        print(f"{name}: {abs(run_there() - ours).max():.1e} (here)")
    except ImportError as error:
        print(f"{name}: installed here, and {error}")


# %% [markdown]
# ## Keras { #keras }
#
# Three arrays, in the layout that `lstm_ref` shares.


# %%
def in_keras():
    import keras

    layer = keras.layers.LSTM(4, return_sequences=True)
    layer.build(x.shape)
    layer.set_weights(weights)
    return keras.ops.convert_to_numpy(layer(x))


print([array.shape for array in weights])
compare("keras3", in_keras, "keras")

# %% [markdown]
# ## PyTorch { #pytorch }
#
# The blocks are in the same order, but they are rows instead of columns. There are two biases, which PyTorch adds.

# %%
of_pytorch = layouts.to_pytorch(*weights)


def in_pytorch():
    import torch

    layer = torch.nn.LSTM(3, 4, batch_first=True)
    tensors = map(torch.tensor, of_pytorch)
    layer.load_state_dict(dict(zip(layer.state_dict(), tensors, strict=True)))
    with torch.no_grad():
        return layer(torch.tensor(x))[0].numpy()


print([array.shape for array in of_pytorch])
compare("pytorch", in_pytorch, "torch")

# %% [markdown]
# ## Flax { #flax }
#
# Linen has each block by itself, under the name of its gate: twelve arrays in eight groups. Only h's side has a bias.

# %%
of_flax = layouts.to_flax(*weights)


def in_flax():
    import flax.linen as nn

    layer = nn.RNN(nn.OptimizedLSTMCell(4))
    return np.asarray(layer.apply({"params": {"cell": of_flax}}, x))


for name in ("ii", "hi"):
    print(name, [leaf.shape for leaf in of_flax[name].values()])
compare("flax", in_flax, "flax")

# %% [markdown]
# ## ONNX Runtime { #onnx }
#
# Rows, in the order i, o, f, g, with an axis for the directions in front. Time comes before the batch.

# %%
of_onnx = layouts.to_onnx(*weights)


def in_onnx():
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper

    def described(name, shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    x_by_time = np.ascontiguousarray(x.swapaxes(0, 1))
    inputs = dict(zip("XWRB", [x_by_time, *of_onnx], strict=True))
    node = helper.make_node("LSTM", list(inputs), ["Y"], hidden_size=4)
    given = [described(name, array.shape) for name, array in inputs.items()]
    graph = helper.make_graph([node], "lstm", given, [described("Y", [None] * 4)])
    opset = helper.make_opsetid("", 22)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=10)
    onnx.checker.check_model(model)
    cpu = ["CPUExecutionProvider"]
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=cpu)
    return session.run(None, inputs)[0][:, 0].swapaxes(0, 1)


print([array.shape for array in of_onnx])
compare("onnx-runtime", in_onnx, "onnxruntime", "onnx")

# %% [markdown]
# ## There and back { #back }
#
# No number is lost on the way: read back, the arrays are the same to the last bit.

# %%
for name, arrays in [
    ("pytorch", layouts.from_pytorch(*of_pytorch)),
    ("flax", layouts.from_flax(of_flax)),
    ("onnx", layouts.from_onnx(*of_onnx)),
]:
    pairs = zip(arrays, weights, strict=True)
    print(name, all(np.array_equal(a, b) for a, b in pairs))

# %% [markdown]
# ## What a wrong order does { #wrong-order }
#
# It raises nothing, because the shapes fit. Here are ONNX's arrays, transposed as if their blocks were i, f, g, o:

# %%
W, R, B = of_onnx
careless = [W[0].T, R[0].T, B[0, :16] + B[0, 16:]]
print([array.shape for array in careless])
print(f"largest difference {abs(run(careless) - ours).max():.2f}")

# %% [markdown]
# Compare outputs, not only shapes: send one input of several timesteps, not of zeros, through both systems.

# %% [markdown]
# ## What large weights do { #large-weights }
#
# With large weights, rounding can grow from step to step, and outputs differ although the weights are right. These are the
# same weights twice, in float32 and in float64:

# %%
rng = np.random.default_rng(0)
shapes = [(3, 128), (32, 128), (128,)]
large = [rng.uniform(-3, 3, shape).astype("float32") for shape in shapes]
long_x = rng.normal(size=(2, 100, 3)).astype("float32")
layer = LSTM(32)
layer.set_weights(large)
in_float32 = layer(long_x)
layer.set_weights([array.astype("float64") for array in large])
in_float64 = layer(long_x.astype("float64"))
print("more than 0.01 apart:", abs(in_float32 - in_float64).max() > 0.01)

# %% [markdown]
# So compare in float64, or over a few timesteps.
