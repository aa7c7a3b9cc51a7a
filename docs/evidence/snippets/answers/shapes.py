import keras
import numpy as np

layer = keras.layers.LSTM(4, return_state=True)
y, h, c = layer(np.ones((2, 5, 3)))
print("y, h, c:", tuple(y.shape), tuple(h.shape), tuple(c.shape))
for weights in layer.weights:
    print(f"{weights.name:16}", tuple(weights.shape))
