import keras

layer = keras.layers.LSTM(4)
layer.build((None, None, 3))
for weight in layer.weights:
    print(weight.name, tuple(weight.shape))
print("all", layer.count_params())
