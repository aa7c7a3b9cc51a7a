import keras
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

rng = np.random.default_rng(0)
level = rng.uniform(50, 150, size=(300, 1))  # each shop has its own
season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(36) / 12)
sales = level * season + rng.normal(0, 3, size=(300, 36))

known = sales[:, :30]  # the months of training
scaled = (sales - known.mean()) / known.std()
windows = sliding_window_view(scaled, 13, axis=1)  # 12 months and the next
train = windows[:, :18].reshape(-1, 13)  # the next is month 13 to 30
test = windows[:, 18:].reshape(-1, 13)  # the next is month 31 to 36
x, target = train[:, :12, np.newaxis], train[:, 12:]
print("windows", windows.shape, "x", x.shape, "target", target.shape)

model = keras.Sequential([keras.Input((12, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
history = model.fit(x, target, epochs=5, verbose=0)
print("the loss fell:", history.history["loss"][-1] < history.history["loss"][0])
error = model.evaluate(test[:, :12, np.newaxis], test[:, 12:], verbose=0)
last_month, last_year = np.mean((test[:, [11, 0]] - test[:, 12:]) ** 2, axis=0)
print("better than repeating the last month:", error < last_month)
print("errors of repeating the last month and the last year:", last_month.round(3), last_year.round(3))
latest = scaled[:, -12:, np.newaxis]
forecast = model.predict(latest, verbose=0) * known.std() + known.mean()
print("month 37:", latest.shape, "->", forecast.shape)
