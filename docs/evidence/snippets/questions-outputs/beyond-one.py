import keras
import numpy as np

x = np.linspace(-1, 1, 2 * 5 * 3, dtype="float32").reshape(2, 5, 3)
target = np.array([[3.0], [2.0]], "float32")
keras.utils.set_random_seed(0)
alone = keras.Sequential([keras.layers.LSTM(1)])
dense = keras.Sequential([keras.layers.LSTM(4), keras.layers.Dense(1)])
for name, model in [("LSTM alone", alone), ("LSTM, Dense", dense)]:
    model.compile(keras.optimizers.Adam(0.2), "mse")
    model.fit(x, target, epochs=100, verbose=0)
    print(name, model.predict(x, verbose=0)[:, 0].round(1).tolist())
