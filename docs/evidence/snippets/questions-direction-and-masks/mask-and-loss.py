import keras
import numpy as np
from keras import layers

x = np.concatenate([np.ones((1, 3, 3)), np.zeros((1, 2, 3))], axis=1)
target = np.array([1.0, 1.0, 1.0, 9.0, 9.0]).reshape(1, 5, 1)
for mask_value in (0.0, 7.0):  # x has no 7: nothing is masked
    masking = layers.Masking(mask_value)
    lstm = layers.LSTM(4, return_sequences=True)
    puts_out_zeros = layers.Dense(1, kernel_initializer="zeros")
    model = keras.Sequential([masking, lstm, puts_out_zeros])
    model.compile(loss="mse")
    print(mask_value, round(model.evaluate(x, target, verbose=0), 4))
