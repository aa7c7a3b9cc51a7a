import jax
from flax import linen, nnx


def show(kind, parameters):
    print(kind, len(jax.tree.leaves(parameters)), *sorted(parameters))


key, x = jax.random.key(0), jax.numpy.ones((2, 3))
for name in ("LSTMCell", "OptimizedLSTMCell"):
    cell = getattr(nnx, name)(3, 4, rngs=nnx.Rngs(0))
    show("nnx." + name, nnx.state(cell, nnx.Param))
    cell = getattr(linen, name)(4)
    carry = cell.initialize_carry(key, x.shape)
    show("linen." + name, cell.init(key, carry, x)["params"])
