"""What the probes share."""

import json

import numpy as np

FLOAT32, FLOAT64 = 1e-6, 1e-12


def emit(facts):
    """Print facts. Each group of them has a "ran": the packages that it ran with."""
    print(json.dumps(facts))


def on_backend(keras):
    """Return what a probe of Keras ran with."""
    return ["keras", keras.config.backend()]


def rng(seed=0):
    return np.random.default_rng(seed)


def difference(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape} cannot be compared")
    return float(abs(a - b).max())


def attempt(action):
    """Return what the action returns, or the exception that it raises, as facts."""
    try:
        return action()
    except Exception as error:
        return {"raises": type(error).__name__, "message": str(error)}


def onnx_run(onnxruntime, operator, inputs, outputs, **attributes):
    """Run a model of one node; the outputs are named with their numbers of axes."""
    import onnx  # only where it is wanted

    node = onnx.helper.make_node(operator, list(inputs), list(outputs), **attributes)
    kind = onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        [node],
        operator,
        [onnx.helper.make_tensor_value_info(name, kind, array.shape) for name, array in inputs.items()],
        [onnx.helper.make_tensor_value_info(name, kind, [None] * axes) for name, axes in outputs.items()],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 22)], ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, inputs)
