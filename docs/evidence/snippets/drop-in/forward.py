import numpy as np
from keras.layers import LSTM

x = np.sin(np.arange(30, dtype="float32")).reshape(2, 5, 3)
mask = np.array([[True, True, True, True, True], [True, True, False, False, False]])
kernel = np.cos(np.arange(24.0) ** 2).reshape(3, 8)
recurrent_kernel = np.sin(np.arange(16.0) ** 2).reshape(2, 8)
weights = [array.astype("float32") for array in (kernel, recurrent_kernel, np.ones(8))]


def layer(**options):
    made = LSTM(2, **options)
    made.build(x.shape)
    made.set_weights(weights)
    return made


def numbers(tensor):
    if hasattr(tensor, "detach"):  # PyTorch's have gradients
        tensor = tensor.detach()
    return np.asarray(tensor, dtype="float64").round(3)


made = layer()
back = made.get_weights()
print("parameters:  ", made.count_params(), [array.shape for array in back])
print("weights back:", all((a == b).all() for a, b in zip(back, weights, strict=True)))
print("last h:      ", numbers(made(x)).tolist())
print("every h:     ", numbers(layer(return_sequences=True)(x)).shape)
y, h, c = layer(return_state=True)(x)
print("y is h:      ", np.array_equal(numbers(y), numbers(h)))
print("c:           ", numbers(c).tolist())
print("from states: ", numbers(made(x, initial_state=[h, c])).tolist())
print("masked:      ", numbers(made(x, mask=mask)).tolist())
print("backwards:   ", numbers(layer(go_backwards=True)(x)).tolist())

kept = layer(stateful=True)
kept(x[:, :3])
print("in two calls:", np.array_equal(numbers(kept(x[:, 3:])), numbers(made(x))))
kept.reset_state()
print("after reset: ", np.array_equal(numbers(kept(x)), numbers(made(x))))
