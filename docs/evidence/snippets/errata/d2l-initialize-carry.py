import flax.linen as nn
import jax

key, batch, units = jax.random.PRNGKey(0), 2, 4
cell = nn.OptimizedLSTMCell(units)
c, h = cell.initialize_carry(key, (batch, 3))  # the input's shape
print(c.shape, h.shape)
nn.OptimizedLSTMCell.initialize_carry(key, (batch,), units)
