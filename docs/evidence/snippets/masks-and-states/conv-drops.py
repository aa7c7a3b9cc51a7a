import keras
import numpy as np

x = np.ones((1, 5, 3), dtype="float32")
x[:, 3:] = 0
between = {
    "Dense": keras.layers.Dense(3),
    "Dropout": keras.layers.Dropout(0.5),
    "LayerNormalization": keras.layers.LayerNormalization(),
    "Conv1D": keras.layers.Conv1D(3, 1),
}
for name, layer in between.items():
    lstm = keras.layers.LSTM(4)
    model = keras.Sequential([keras.layers.Masking(), layer, lstm])
    with_padding = keras.ops.convert_to_numpy(model(x))
    by_hand = lstm(layer(x), mask=np.array([[True, True, True, False, False]]))
    by_hand = keras.ops.convert_to_numpy(by_hand)
    print(name, "masked:", np.allclose(with_padding, by_hand, atol=1e-5))
