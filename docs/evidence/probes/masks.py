"""What every layer of Keras does with a mask: gives it to the layer behind, changes it, makes one, or ends it."""

import inspect
import warnings

import keras
import numpy as np
from common import attempt, emit, on_backend, quick_to_compile
from keras.src.backend import get_keras_mask, set_keras_mask

BACKENDS = ("tensorflow", "jax", "torch")

LAYERS = keras.layers
ARGUMENTS = {  # of layers that cannot be made without, or that keep the mask by an argument
    "AdaptiveAveragePooling1D": {"output_size": 5},
    "AdaptiveAveragePooling2D": {"output_size": 2},
    "AdaptiveAveragePooling3D": {"output_size": 2},
    "AdaptiveMaxPooling1D": {"output_size": 5},
    "AdaptiveMaxPooling2D": {"output_size": 2},
    "AdaptiveMaxPooling3D": {"output_size": 2},
    "Activation": {"activation": "relu"},
    "AlphaDropout": {"rate": 0.5},
    "Bidirectional": {"layer": LAYERS.LSTM(4, return_sequences=True)},
    "Discretization": {"bin_boundaries": [0.0, 1.0]},
    "Cropping2D": {"cropping": 1},  # by default it crops nothing
    "Dense": {"units": 4},
    "DepthwiseConv1D": {"kernel_size": 1},
    "DepthwiseConv2D": {"kernel_size": 1},
    "Dot": {"axes": 2},
    "Dropout": {"rate": 0.5},
    "EinsumDense": {"equation": "abc,cd->abd", "output_shape": (None, 4)},
    "Embedding": {"input_dim": 9, "output_dim": 4},
    "GaussianDropout": {"rate": 0.5},
    "GaussianNoise": {"stddev": 0.5},
    "GroupNormalization": {"groups": 1},
    "GroupQueryAttention": {"head_dim": 4, "num_query_heads": 2, "num_key_value_heads": 2},
    "MultiHeadAttention": {"num_heads": 2, "key_dim": 4},
    "RNN": {"cell": LAYERS.LSTMCell(4), "return_sequences": True},
    "Lambda": {"function": lambda x: x * 2.0},
    "Permute": {"dims": (2, 1)},
    "RepeatVector": {"n": 5},
    "Rescaling": {"scale": 2.0},
    "Reshape": {"target_shape": (5, 1, 3)},
    "ReversibleEmbedding": {"input_dim": 9, "output_dim": 4},
    "SpatialDropout1D": {"rate": 0.5},
    "SpatialDropout2D": {"rate": 0.5},
    "SpatialDropout3D": {"rate": 0.5},
    "SpectralNormalization": {"layer": LAYERS.Dense(4)},
    "TimeDistributed": {"layer": LAYERS.Dense(4)},
} | {name: {"units": 4, "return_sequences": True} for name in ("LSTM", "GRU", "SimpleRNN")}
CONVOLUTIONS = ("Conv{}D", "Conv{}DTranspose", "SeparableConv{}D", "ConvLSTM{}D")
ARGUMENTS |= {each.format(n): {"filters": 4, "kernel_size": 1} for each in CONVOLUTIONS for n in (1, 2, 3)}
for n in (1, 2, 3):
    ARGUMENTS[f"AveragePooling{n}D"] = {"pool_size": 2}
    ARGUMENTS[f"ConvLSTM{n}D"] |= {"return_sequences": True}
OTHERWISE = {  # what the table says beside the name, with other arguments
    "Embedding(mask_zero=True)": {"input_dim": 9, "output_dim": 4, "mask_zero": True},
    "LSTM(return_sequences=False)": {"units": 4},
    "LSTM(return_state=True)": {"units": 4, "return_sequences": True, "return_state": True},
    "Bidirectional(return_sequences=False)": {"layer": LAYERS.LSTM(4)},
    "Add(one input masked)": {},
    "Concatenate(one input masked)": {},
    "RNN(two cells)": {"cell": [LAYERS.LSTMCell(4), LAYERS.LSTMCell(6)], "return_sequences": True},
}
MERGING = ("Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply", "Subtract")
ATTENTION = ("AdditiveAttention", "Attention")
PAIRED = ("MultiHeadAttention", "GroupQueryAttention")  # they take query and value as two arguments
OF_INDICES = ("Embedding", "ReversibleEmbedding", "Embedding(mask_zero=True)")
NOT_SEQUENCES = {  # what they read has no timesteps of numbers, or they run a program of another framework
    *("Layer", "Wrapper", "InputLayer", "Pipeline", "FlaxLayer", "JaxLayer", "TFSMLayer", "TorchModuleWrapper"),
    *("LSTMCell", "GRUCell", "SimpleRNNCell", "StackedRNNCells"),
    *("HashedCrossing", "Hashing", "IntegerLookup", "StringLookup", "TextVectorization", "CategoryEncoding"),
    *("MelSpectrogram", "STFTSpectrogram", "MaxNumBoundingBoxes", "AugMix", "AutoContrast", "CenterCrop"),
    *("ContrastLimitedAdaptiveHistogramEqualization", "CutMix", "Equalization", "MixUp", "RandAugment"),
    *("Resizing", "Solarization"),
    *(name for name in dir(LAYERS) if name.startswith("Random")),
}
MASK = np.array([[True, True, True, False, False], [True, True, True, True, False]])
NUMPY = keras.ops.convert_to_numpy


def public():
    """Return all classes of layers by name; aliases such as Convolution1D, beside the name of the class, are left out."""
    found = {name: getattr(LAYERS, name) for name in dir(LAYERS)}
    kinds = {n: c for n, c in found.items() if inspect.isclass(c) and issubclass(c, LAYERS.Layer)}
    return {
        name: kind for name, kind in kinds.items() if name in (kind.__name__, "Layer") or kind.__name__ not in kinds
    }


def axes(name):
    """Return how many axes a layer reads: three, but for what works on images and volumes."""
    if name == "ConvLSTM1D" or "2D" in name:
        return 5 if name == "ConvLSTM2D" else 4
    return 6 if name == "ConvLSTM3D" else 5 if "3D" in name else 3


def called(kind, name, mask):
    """Call a layer; return the output and its mask. With a state too, it is the first output that counts."""
    shape = {2: (2, 5), 3: (2, 5, 3), 4: (2, 5, 3, 3), 5: (2, 5, 3, 3, 3), 6: (2, 5, 3, 3, 3, 3)}
    x = np.random.default_rng(0).uniform(0.1, 1.0, shape[2 if name in OF_INDICES else axes(name)]).astype("float32")
    if name in OF_INDICES:
        x = np.where(MASK, 3, 0).astype("int32")
    if name == "RepeatVector":
        x = x[:, 0]

    def tensor(masked=True):
        made = keras.ops.convert_to_tensor(x)
        if mask is not None and masked:
            set_keras_mask(made, keras.ops.convert_to_tensor(mask))
        return made

    if name in MERGING + ATTENTION:
        y = kind([tensor(), tensor()])
    elif "one input masked" in name:
        y = kind([tensor(), tensor(masked=False)])
    elif name in PAIRED:
        y = kind(tensor(), tensor())
    else:
        y = kind(tensor())
    first = y[0] if isinstance(y, (list, tuple)) else y
    return NUMPY(first), get_keras_mask(first)


def what_it_does(kind, name, arguments):
    layer = kind(**arguments)
    plain, made = called(layer, name, None)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        y, kept = called(layer, name, MASK)
    facts = {"warns": any("destroy" in str(warning.message) for warning in caught)}
    facts["reads-it"] = not np.allclose(plain, y, atol=1e-6)
    if made is not None:
        facts["mask"] = "made"
    elif kept is None:
        facts["mask"] = "dropped"
    else:
        kept = NUMPY(kept)
        facts["mask"] = "kept" if kept.shape == MASK.shape and (kept == MASK).all() else "changed"
        facts["shape-of-mask"] = list(kept.shape)
        facts["axes-of-output"] = y.ndim
    return facts


kinds = public()
runs = {name: (name, ARGUMENTS.get(name, {})) for name in sorted(set(kinds) - NOT_SEQUENCES)}
runs |= {name: (name.partition("(")[0], arguments) for name, arguments in OTHERWISE.items()}
facts = {}
with quick_to_compile():
    for name, (kind, arguments) in runs.items():
        facts[name] = attempt(lambda n=name, k=kinds[kind], a=arguments: what_it_does(k, n, a))
emit({"ran": on_backend(keras), "layers": facts, "not-run": sorted(NOT_SEQUENCES & set(kinds)), "count": len(kinds)})
