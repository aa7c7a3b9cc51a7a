import keras
import numpy as np

layer = keras.layers.LSTM(4)
model = keras.Sequential([keras.Input(shape=(None, 3)), layer])
for timesteps in (5, 7, 50):
    y = model.predict(np.zeros((2, timesteps, 3)), verbose=0)
    print(timesteps, "timesteps:", y.shape, layer.count_params(), "weights")
