import keras

model = keras.Sequential([keras.Input((None, 1)), keras.layers.LSTM(9)])
for weight in model.weights:
    print(weight.name, tuple(weight.shape))
print("1 * 36 + 9 * 36 + 36 =", model.count_params())
