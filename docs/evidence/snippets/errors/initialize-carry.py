import jax
from flax import linen as nn

key = jax.random.key(0)
nn.OptimizedLSTMCell.initialize_carry(key, (2,), 4)
