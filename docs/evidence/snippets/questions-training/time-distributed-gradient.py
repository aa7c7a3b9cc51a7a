import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch

h = torch.linspace(-1, 1, 2 * 5 * 4).reshape(2, 5, 4)  # 5 timesteps
dense = keras.layers.Dense(1)
every = keras.layers.TimeDistributed(dense)
every(h)  # makes the weights
kernel = dense.kernel.value

(whole,) = torch.autograd.grad((every(h) ** 2).sum(), kernel)
total = torch.zeros_like(whole)
for t in range(5):
    (part,) = torch.autograd.grad((dense(h[:, t]) ** 2).sum(), kernel)
    total += part
print("gradient", tuple(whole.shape))
print("sum over the timesteps:", torch.allclose(whole, total, atol=1e-5))
