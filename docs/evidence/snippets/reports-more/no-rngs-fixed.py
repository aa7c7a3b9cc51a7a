import jax.numpy as jnp
from flax import nnx

rngs = nnx.Rngs(0)
cell = nnx.LSTMCell(3, 4, rngs=rngs)
c, h = cell.initialize_carry((2, 3), rngs)
(c, h), y = cell((c, h), jnp.ones((2, 3)))
print(y.shape)
