import keras

keras.layers.LSTM(
    4,
    return_sequences=True,
    return_state=True,
    time_major=True,
)
