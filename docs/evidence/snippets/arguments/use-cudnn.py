import keras
import numpy as np

for use_cudnn in (False, "auto", True):
    layer = keras.layers.LSTM(4, use_cudnn=use_cudnn)
    saved = "use_cudnn" in layer.get_config()
    y = layer(np.ones((2, 5, 3)))
    print(use_cudnn, tuple(y.shape), "saved:", saved)
