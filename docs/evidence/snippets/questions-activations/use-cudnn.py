import keras
import numpy as np

x = np.ones((2, 5, 3), "float32")
for use_cudnn in [False, "auto", True]:
    for dropout in [0.0, 1.0]:
        layer = keras.layers.LSTM(4, dropout=dropout, use_cudnn=use_cudnn)
        layer.build(x.shape)
        layer.set_weights([np.full_like(w, 0.1) for w in layer.get_weights()])
        y = keras.ops.convert_to_numpy(layer(x, training=True))
        print(f"{use_cudnn}, dropout={dropout}: {y[0, 0]:.4f}")
