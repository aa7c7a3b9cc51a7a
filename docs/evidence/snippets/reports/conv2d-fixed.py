import keras
from keras import layers

# Each row of an image is a timestep.
image = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(4, 3)])
image.add(layers.Reshape((6, 6 * 4)))
image.add(layers.LSTM(4))
print("image:", image.output_shape)

# Each image of a film is a timestep.
film = keras.Sequential([keras.Input((10, 8, 8, 1))])
film.add(layers.TimeDistributed(layers.Conv2D(4, 3)))
film.add(layers.TimeDistributed(layers.Flatten()))
film.add(layers.LSTM(4))
print("film: ", film.output_shape)
