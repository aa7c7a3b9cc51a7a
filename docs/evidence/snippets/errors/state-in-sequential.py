import keras

lstm = keras.layers.LSTM(4, return_state=True)
keras.Sequential([keras.Input((5, 3)), lstm, keras.layers.Dense(1)])
