import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((10, 3)),
        layers.LSTM(4),
        layers.RepeatVector(10),
        layers.LSTM(4, return_sequences=True),
        layers.Dense(3),
    ]
)
for layer in model.layers:
    print(f"{layer.name:14} {layer.input.shape} -> {layer.output.shape}")
