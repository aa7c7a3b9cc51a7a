import inspect

from flax import nnx

arguments = inspect.signature(nnx.OptimizedLSTMCell.__init__).parameters
print("default:", arguments["keep_rngs"].default)
print("stored:", nnx.OptimizedLSTMCell(3, 4, rngs=nnx.Rngs(0)).rngs)
