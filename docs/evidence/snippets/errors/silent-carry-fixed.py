import jax
from flax import linen as nn

x, key = jax.numpy.ones((2, 3)), jax.random.key(0)
cell = nn.OptimizedLSTMCell(4)
carry = cell.initialize_carry(key, x.shape)
(_, y), _ = cell.init_with_output(key, carry, x)
print(y.shape)
