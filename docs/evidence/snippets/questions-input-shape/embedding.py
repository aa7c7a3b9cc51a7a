import keras
from keras import layers

numbers = keras.Input(shape=(5, 3))  # 3 numbers at each of 5 timesteps
city = keras.Input(shape=(5,), dtype="int32")  # 1 category of 100
vectors = layers.Embedding(100, 8)(city)
joined = layers.Concatenate()([numbers, vectors])
y = layers.LSTM(4)(joined)
print(city.shape, "->", vectors.shape)
print("into the LSTM:", joined.shape, "out:", y.shape)
