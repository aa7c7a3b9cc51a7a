# ---
# figure: independent-or-not
# letters: { h: [page] }
# ---

# %% [markdown]
# # N units are not N LSTMs { #n-units }
#
# **`LSTM(4)` is not four `LSTM(1)`: each unit reads the h of all four.** Here a layer is taken apart, its units are run
# alone, and the numbers differ. Then the weights between the units are set to zero, and the numbers agree.

# %% [markdown]
# ## The layer { #the-layer }
#
# 4 units, 3 features, weights drawn as Keras draws them. Two sequences of 5 timesteps go in. `trace` returns h of
# every timestep.

# %%
import numpy as np

from lstm_ref import LSTM, diagonal_blocks, one_unit, step_jacobian, unit_columns
from lstm_ref.examples import worked_input, worked_layer

units = 4
x = worked_input()
layer = worked_layer(units)
kernel, recurrent_kernel, bias = layer.get_weights()
together = layer.trace(x).h
print("x", x.shape, "h", together.shape)
print("weights:", layer.count_params())

# %% [markdown]
# ## One unit's share { #share }
#
# Four columns belong to unit 2, one in each of the blocks i, f, g, o. In the recurrent kernel these columns have 4
# rows: the weights with which unit 2 reads units 0, 1, 2 and 3.

# %%
columns = unit_columns(units, 2)
print("columns:", columns)
print(recurrent_kernel[:, columns].round(2))

# %% [markdown]
# The recurrent kernel of an `LSTM(1)` has one row. So it can take one of these four: the one with which unit 2 reads
# itself.

# %%
alone_2 = one_unit([kernel, recurrent_kernel, bias], 2)
print([array.shape for array in alone_2])
print(alone_2[1].round(2))

# %% [markdown]
# ## Four layers of one unit { #four-layers }
#
# The same for each unit. Every weight of the four small layers is a weight of the big one; 48 weights are left over.


# %%
def run_alone(weights):
    outputs, count = [], 0
    for j in range(units):
        small = LSTM(1)
        small.set_weights(one_unit(weights, j))
        outputs.append(small.trace(x).h)
        count += small.count_params()
    return np.concatenate(outputs, axis=-1), count


alone, count = run_alone([kernel, recurrent_kernel, bias])
total = layer.count_params()
print(f"weights: {total} together, {count} alone, {total - count} left over")

# %% [markdown]
# ## The difference { #difference }
#
# Here is the largest difference of h at each timestep. At the first it is zero: h was zero before, so there was nothing
# to read. From the second on, the units of `LSTM(4)` have read one another.

# %%
for t in range(x.shape[1]):
    print(f"t = {t + 1}: {abs(together - alone)[:, t].max():.3f}")

# %% [markdown]
# ## Cut the wires { #cut }
#
# `recurrent_kernel` is four blocks of 4 by 4. Entry (k, j) of a block is the weight with which unit j reads
# unit k, so the 48 weights between units lie off the diagonals. Set them to zero, and run both again.

# %%
cut = diagonal_blocks(recurrent_kernel)
print(cut[:, :units].round(2))
print("set to zero:", np.count_nonzero(recurrent_kernel) - np.count_nonzero(cut))

# %%
layer.set_weights([kernel, cut, bias])
together_cut = layer.trace(x).h
alone_cut, _ = run_alone([kernel, cut, bias])
print("largest difference:", abs(together_cut - alone_cut).max())

# %% [markdown]
# The difference is zero to the last bit: now the layer is four `LSTM(1)` side by side. A layer as Keras makes it, like
# this one before the cut, has none of those 48 zeros.

# %% [markdown]
# ## The count, for any N { #count }
#
# With 3 features: all weights of `LSTM(N)`, those of N times `LSTM(1)`, and the weights between units,
# 4 · N · (N − 1).

# %%
for n in (1, 2, 4, 8):
    big, small = LSTM(n), LSTM(1)
    big.build(x.shape)
    small.build(x.shape)
    between = 4 * n * (n - 1)
    print(f"N = {n}: {big.count_params()} = {n * small.count_params()} + {between}")
    assert big.count_params() == n * small.count_params() + between

# %% [markdown]
# ## The units have no order { #order }
#
# The units are connected, but not ordered. Renumber the units in every array, and the outputs are renumbered in the
# same way.

# %%
order = [2, 0, 3, 1]
renumbered = [gate * units + j for gate in range(4) for j in order]
rows_too = recurrent_kernel[order][:, renumbered]
layer.set_weights([kernel[:, renumbered], rows_too, bias[renumbered]])
print("the same, renumbered:", np.allclose(layer.trace(x).h, together[..., order]))

# %% [markdown]
# ## Who changes whom { #who-changes-whom }
#
# The derivatives of a single step say the same. Row j, column k: how much the new c of unit j changes with the old c,
# or the old h, of unit k.

# %%
h, c = together[0, 1], worked_layer(units).trace(x).c[0, 1]
dense = step_jacobian(x[0, 2], h, c, kernel, recurrent_kernel, bias)
print("new c by old c")
print(dense.dc_dc.round(3))
print("new c by old h")
print(dense.dc_dh.round(3))

# %% [markdown]
# c is private: only the diagonal is nonzero. h is read by all units. With the wires cut, h is private as well:

# %%
diagonal = step_jacobian(x[0, 2], h, c, kernel, cut, bias)
print("new c by old h, with the wires cut")
print(diagonal.dc_dh.round(3) + 0.0)

# %% [markdown]
# So N units are N private memories that share their h. Without the sharing, N LSTMs are left.
