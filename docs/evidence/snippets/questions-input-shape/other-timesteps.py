import keras
import numpy as np

five, seven = np.zeros((2, 5, 3)), np.zeros((2, 7, 3))
layer = keras.layers.LSTM(4)
sequential = keras.Sequential([keras.Input(shape=(5, 3)), layer])
print("Sequential:  ", sequential.predict(seven, verbose=0).shape)
for name, before in (("after a 5:", [five]), ("7 first:  ", [])):
    inputs = keras.Input(shape=(5, 3))
    model = keras.Model(inputs, layer(inputs))
    for x in before:
        model.predict(x, verbose=0)
    try:
        print("Model,", name, model.predict(seven, verbose=0).shape)
    except ValueError as error:
        print("Model,", name, str(error).partition(": ")[2])
