import keras

model = keras.Sequential(
    [
        keras.Input(batch_shape=(2, 5, 3)),
        keras.layers.LSTM(4, stateful=True),
    ]
)
for layer in model.layers:
    if hasattr(layer, "reset_state"):
        layer.reset_state()
        print("reset:", type(layer).__name__)
model.reset_state()
