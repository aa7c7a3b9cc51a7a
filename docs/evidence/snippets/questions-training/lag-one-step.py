import keras
import numpy as np

walk = np.random.default_rng(0).normal(size=1000).cumsum()  # random steps
walk = ((walk - walk.mean()) / walk.std()).astype("float32")
windows = np.lib.stride_tricks.sliding_window_view(walk, 6)[..., np.newaxis]
x, target = windows[:, :5], windows[:, 5]
last = x[:, -1]

model = keras.Sequential([keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, target, epochs=20, verbose=0)
forecast = model.predict(x, verbose=0)
to_last, to_target = abs(forecast - last).mean(), abs(forecast - target).mean()
print("nearer to the last value than to the target:", to_last < to_target)
repeating = abs(last - target).mean()
print("better than repeating the last value:", to_target < repeating)
