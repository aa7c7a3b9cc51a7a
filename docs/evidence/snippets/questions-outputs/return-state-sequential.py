import keras

lstm = keras.layers.LSTM(4, return_state=True)
x = keras.Input((5, 3))
y, h, c = lstm(x)
functional = keras.Model(x, keras.layers.Dense(1)(y))
print("functional:", functional.output_shape)
sequential = keras.Sequential([keras.Input((5, 3)), lstm])
print("last layer:", sequential.output_shape)
sequential.add(keras.layers.Dense(1))
