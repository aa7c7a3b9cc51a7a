import keras
from keras import layers

x = keras.Input((5, 7, 3))  # 5 words of 7 characters of 3 features
words = layers.TimeDistributed(layers.LSTM(4))(x)
y = layers.LSTM(6)(words)
print(x.shape, "->", words.shape, "->", y.shape)
layers.LSTM(4)(x)
