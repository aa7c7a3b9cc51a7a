import flax.linen as nn
import jax
import jax.numpy as jnp

layer = nn.RNN(nn.LSTMCell(4))
y, _ = layer.init_with_output(jax.random.key(0), jnp.ones((2, 5, 3)))
print(y.shape)
