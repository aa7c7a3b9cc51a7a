import keras
import numpy as np

layer = keras.layers.LSTM(4)
layer.build((None, None, 3))
kernel, recurrent_kernel, bias = layer.get_weights()
kernel_i, kernel_f, kernel_g, kernel_o = np.split(kernel, 4, axis=1)
bias_i, bias_f, bias_g, bias_o = np.split(bias, 4)
print(kernel.shape, recurrent_kernel.shape, bias.shape)
print("one gate", kernel_f.shape, "its bias", bias_f.tolist())
