import flax.linen as nn
import jax
import jax.numpy as jnp

cell, carry = nn.OptimizedLSTMCell(4), 2 * (jnp.zeros((2, 4)),)
blocks = cell.init(jax.random.key(0), carry, jnp.zeros((2, 3)))["params"]
print("blocks", sorted(blocks))
print("with a bias", sorted(b for b in blocks if "bias" in blocks[b]))
