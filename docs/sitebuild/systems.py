"""The systems that are run: what their packages are called, and where the records have what the tables show of each."""

PACKAGES = {  # by the names that are imported, in the order of a stamp
    "keras": "Keras",
    "tensorflow": "TensorFlow",
    "jax": "JAX",
    "torch": "PyTorch",
    "tf_keras": "tf_keras",
    "flax": "Flax",
    "onnx": "ONNX",
    "onnxruntime": "ONNX Runtime",
}
BACKENDS = ("tensorflow", "jax", "torch")  # of Keras 3


class System:
    """A line of tables: its name there, the packages that it runs with, and by table its path in the record."""

    def __init__(self, name: str, *packages: str, **paths: str) -> None:
        self.name, self.packages, self.paths = name, packages, paths


SYSTEMS = (
    System("Keras 3 on TensorFlow", "keras", "tensorflow", agreement_keras="tensorflow"),
    System("Keras 3 on JAX", "keras", "jax", agreement_keras="jax"),
    System("Keras 3 on PyTorch", "keras", "torch", agreement_keras="torch"),
    System("Keras 3", "keras", "tensorflow", layouts="keras3", counts="keras-3.LSTM", hard_sigmoid="keras-3"),
    System("Keras 2", "tensorflow", "tf_keras", layouts="keras2", counts="keras-2.LSTM"),
    System("Keras 2 (tf_keras)", "tensorflow", "tf_keras", hard_sigmoid="keras-2"),
    System("Keras 1", "tensorflow", "tf_keras", layouts="keras1"),
    System("Keras 2 `CuDNNLSTM`", "tensorflow", "tf_keras", layouts="cudnn"),
    System("PyTorch", "torch", layouts="pytorch", counts="pytorch.LSTM", agreement_others="pytorch"),
    System("PyTorch `hardsigmoid`", "torch", hard_sigmoid="pytorch"),
    System("JAX `hard_sigmoid`", "jax", hard_sigmoid="jax"),
    System("Flax linen", "jax", "flax", layouts="flax", counts="flax-linen.LSTMCell", agreement_others="flax-linen"),
    System("Flax nnx", "jax", "flax", layouts="flax_nnx", counts="flax-nnx.LSTMCell", agreement_others="flax-nnx"),
    System("Keras 2, `CuDNNLSTM`", "tensorflow", "tf_keras", counts="keras-2.CuDNNLSTM"),
    System("ONNX reference", "onnx", agreement_others="onnx-reference"),
    System("ONNX Runtime", "onnx", "onnxruntime", layouts="onnx-runtime", agreement_others="onnx-runtime"),
    System("ONNX, W R B", "onnx", "onnxruntime", counts="onnx-runtime.W-R-B"),
    System("ONNX `HardSigmoid`, no attributes", "onnx", "onnxruntime", hard_sigmoid="onnx-default"),
    System("TensorFlow 1", "tensorflow", "tf_keras", layouts="tf1"),
    System("ONNX reference evaluator", "onnx", conversions="onnx-reference"),
)
