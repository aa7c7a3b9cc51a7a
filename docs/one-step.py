# ---
# figure: inside-one-unit
# letters: { h: [page], c: [page] }
# ---

# %% [markdown]
# # One step by hand { #one-step }
#
# **One LSTM step is four weighted sums for each unit, four squashings, and two lines that update c and h.** Here they
# are, number by number, for `LSTM(2)` with 3 features: few enough for a pocket calculator. At the end `lstm_ref`
# must agree.

# %% [markdown]
# ## The layer { #the-layer }
#
# The weights have one digit each, so that you can follow every step. Columns come in four blocks of 2: i, f, g, o. The
# first column of a block belongs to unit 0, the second to unit 1.

# %%
import numpy as np

from lstm_ref import LSTM

kernel = np.array(
    [
        # i0    i1    f0    f1    g0    g1    o0    o1
        [+0.5, -0.2, +0.1, +0.3, +0.8, -0.5, +0.2, +0.4],  # feature 0
        [-0.3, +0.6, +0.2, -0.1, +0.4, +0.9, +0.1, -0.2],  # feature 1
        [+0.1, +0.2, -0.4, +0.5, -0.6, +0.3, +0.7, +0.1],  # feature 2
    ]
)
recurrent_kernel = np.array(
    [
        [+0.4, +0.1, +0.3, -0.2, +0.5, +0.2, -0.1, +0.6],  # reads h of unit 0
        [-0.5, +0.3, +0.2, +0.1, -0.4, +0.7, +0.3, +0.2],  # reads h of unit 1
    ]
)
# 1 for the forget gates, as Keras starts
bias = np.array([0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0])

# %% [markdown]
# ## What comes in { #what-comes-in }
#
# This timestep has three numbers of x, and the h and c of both units as the previous step left them.

# %%
x = [1.0, 2.0, -1.0]
h_before = [0.5, -0.25]
c_before = [0.8, -0.4]

# %% [markdown]
# ## Unit 0: its four sums { #four-sums }
#
# Each sum reads all 3 features **and the h of both units**. Here is the one for the input gate, written out:

# %%
z_i = 0.5 * 1.0 + -0.3 * 2.0 + 0.1 * -1.0  # kernel, column i0
z_i += 0.4 * 0.5 + -0.5 * -0.25  # recurrent kernel, column i0: h of units 0 and 1
z_i += 0.0  # bias
print("z_i =", round(z_i, 6))

# %% [markdown]
# The other three sums use other columns: 2 for f, 4 for g, 6 for o.


# %%
def weighted_sum(column):
    from_x = sum(x[k] * kernel[k, column] for k in range(3))
    from_h = sum(h_before[k] * recurrent_kernel[k, column] for k in range(2))
    return from_x + from_h + bias[column]


for gate, column in zip("ifgo", [0, 2, 4, 6], strict=True):
    print(f"z_{gate} = {weighted_sum(column):.4f}")

# %% [markdown]
# ## Unit 0: its gates { #gates-of-unit-0 }
#
# The gates are squashed into the range 0 to 1, the candidate g into −1 to 1.

# %%
from math import exp, tanh


def sigmoid(z):
    return 1 / (1 + exp(-z))


i, f, g, o = (weighted_sum(column) for column in (0, 2, 4, 6))
i, f, g, o = sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)
print(f"i = {i:.4f}: how much of g is written")
print(f"f = {f:.4f}: how much of the old c is kept")
print(f"g = {g:.4f}: the candidate")
print(f"o = {o:.4f}: how much of tanh(c) becomes h")

# %% [markdown]
# ## Unit 0: its new c and h { #new-states-of-unit-0 }
#
# No other unit is involved here: the new c of unit 0 comes from its own old c.

# %%
c0 = f * c_before[0] + i * g
h0 = o * tanh(c0)
print(f"c = {f:.4f} * {c_before[0]} + {i:.4f} * {g:.4f} = {c0:.4f}")
print(f"h = {o:.4f} * tanh({c0:.4f}) = {h0:.4f}")

# %% [markdown]
# ## Unit 1: the same with its own columns { #unit-1 }
#
# Columns 1, 3, 5 and 7, the same x, the same h of both units, and its own c.

# %%
i, f, g, o = (weighted_sum(column) for column in (1, 3, 5, 7))
c1 = sigmoid(f) * c_before[1] + sigmoid(i) * tanh(g)
h1 = sigmoid(o) * tanh(c1)
print(f"c = {c1:.4f}, h = {h1:.4f}")

# %% [markdown]
# ## The layer does the same { #the-layer-does-the-same }
#
# One sequence, one timestep, the same weights and states:

# %%
layer = LSTM(2, return_state=True)
layer.set_weights([kernel, recurrent_kernel, bias])
states = [np.array([h_before]), np.array([c_before])]
y, h, c = layer(np.array([[x]]), initial_state=states)
print("h:", h.round(4).tolist())
print("c:", c.round(4).tolist())
print("np.allclose:", np.allclose(h, [[h0, h1]]) and np.allclose(c, [[c0, c1]]))

# %% [markdown]
# There are two units, and `units` is the length of h and c. The next timestep starts where this one ended, with the
# same 48 weights.
