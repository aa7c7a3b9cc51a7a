import keras
import numpy as np

model = keras.Sequential(
    [
        keras.Input((None, 3)),
        keras.layers.LSTM(2, return_sequences=True),
        keras.layers.TimeDistributed(keras.layers.Dense(1)),
    ]
)
for batch, timesteps in [(4, 5), (4, 7), (4, 3)]:
    x = np.ones((batch, timesteps, 3), dtype="float32")
    called = tuple(model(x).shape)
    try:
        predicted = model.predict(x, verbose=0).shape
    except Exception as error:
        predicted = type(error).__name__
    print("called:", called, "predict:", predicted)
