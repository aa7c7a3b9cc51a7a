import jax
from flax import linen as nn

key = jax.random.key(0)
c, h = nn.OptimizedLSTMCell(4).initialize_carry(key, (2, 3))
print(c.shape, h.shape)
