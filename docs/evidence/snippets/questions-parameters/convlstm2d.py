import keras
import numpy as np

channels, filters, rows, columns = 3, 4, 3, 5  # a kernel of 3 by 5 pixels
options = {"padding": "same", "return_state": True}
layer = keras.layers.ConvLSTM2D(filters, (rows, columns), **options)
y, h, c = layer(np.zeros((2, 5, 8, 8, channels)))
print("h", tuple(h.shape), "c", tuple(c.shape))
print([tuple(weight.shape) for weight in layer.weights])
formula = 4 * filters * (rows * columns * (channels + filters) + 1)
print("parameters:", layer.count_params(), "formula:", formula)

x = np.linspace(-1, 1, 2 * 5 * 3, dtype="float32").reshape(2, 5, 3)
lstm, pixel = keras.layers.LSTM(4), keras.layers.ConvLSTM2D(4, 1)
y, pixels = lstm(x), x[:, :, None, None]  # pictures of one pixel
pixel.build(pixels.shape)
kernel, recurrent, bias = lstm.get_weights()
pixel.set_weights([kernel[None, None], recurrent[None, None], bias])
off = keras.ops.max(abs(pixel(pixels)[:, 0, 0] - y))
print("for one pixel, an LSTM of 4 units:", bool(off < 1e-6))
