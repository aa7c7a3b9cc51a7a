import flax.linen as nn
import jax
import jax.numpy as jnp


class Step(nn.Module):
    @nn.compact
    def __call__(self, x):
        cell = nn.LSTMCell(4)
        carry = cell.initialize_carry(jax.random.key(0), x.shape)
        return cell(carry, x)


(_, y), _ = Step().init_with_output(jax.random.key(0), jnp.ones((2, 3)))
print(y.shape)
