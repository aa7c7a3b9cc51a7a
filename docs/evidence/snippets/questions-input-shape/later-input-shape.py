import keras

first = keras.layers.LSTM(4, return_sequences=True)
second = keras.layers.LSTM(6, input_shape=(9, 7))  # not what it gets
model = keras.Sequential([keras.Input((5, 3)), first, second])
kernel, recurrent_kernel, bias = second.get_weights()
print("the second reads", kernel.shape[0], "features")
print(model.output_shape)
