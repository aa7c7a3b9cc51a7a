import keras
from keras import layers

source = keras.Input(shape=(None, 3))  # what is read: 3 features
target = keras.Input(shape=(None, 6))  # what is written: 6 features
_, h, c = layers.LSTM(4, return_state=True)(source)
decoder = layers.LSTM(4, return_sequences=True)
y = decoder(target, initial_state=[h, c])
model = keras.Model([source, target], layers.Dense(6)(y))
print("h", h.shape, "c", c.shape)
print(model.input_shape, "->", model.output_shape)
