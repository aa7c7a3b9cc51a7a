import keras
import numpy as np

series = np.sin(np.arange(20.0))
layer = keras.layers.LSTM(4)
y = layer(series[np.newaxis, :, np.newaxis])
print(tuple(y.shape), "with a kernel of", tuple(layer.cell.kernel.shape))
