import keras
import numpy as np


def fresh_model():
    inputs = keras.Input(shape=(5, 1))
    return keras.Model(inputs, keras.layers.LSTM(4)(inputs))


sample, model = np.zeros((5, 1)), fresh_model()  # 5 timesteps, 1 feature
print(model.predict(sample[np.newaxis], verbose=0).shape)
print(fresh_model().predict(sample, verbose=0).shape, "no batch axis")
print(model.predict(sample, verbose=0).shape, "no batch axis, after one")
