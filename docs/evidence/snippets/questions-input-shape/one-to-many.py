import keras
from keras import layers


def show(name, shape, *stack):
    model = keras.Sequential([keras.Input(shape=shape), *stack])
    print(f"{name:28} {model.input_shape} -> {model.output_shape}")


every = {"return_sequences": True}
show("many to one", (5, 3), layers.LSTM(4))
show("many to many, step by step", (5, 3), layers.LSTM(4, **every))
show("one to many", (3,), layers.RepeatVector(6), layers.LSTM(4, **every))
show(
    "many to many, other length",
    (5, 3),
    layers.LSTM(4),
    layers.RepeatVector(6),
    layers.LSTM(7, **every),
)
