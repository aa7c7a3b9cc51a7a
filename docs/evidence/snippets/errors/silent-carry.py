import jax
from flax import linen as nn

x, key = jax.numpy.ones((2, 3)), jax.random.key(0)
carry = jax.numpy.zeros((2, 6)), jax.numpy.zeros((2, 6))
(_, y), _ = nn.OptimizedLSTMCell(4).init_with_output(key, carry, x)
print(y.shape)
