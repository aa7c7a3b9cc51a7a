import keras
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

months, window, last_train = 12, 6, 10  # with three years: 36, 12, 30

rng = np.random.default_rng(0)
level = rng.uniform(50, 150, size=(300, 1))  # each shop has its own
season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(months) / 12)
sales = level * season + rng.normal(0, 3, size=(300, months))

known = sales[:, :last_train]  # the months of training
scaled = (sales - known.mean()) / known.std()
windows = sliding_window_view(scaled, window + 1, axis=1)
split = last_train - window  # targets up to last_train, and later ones
train = windows[:, :split].reshape(-1, window + 1)
test = windows[:, split:].reshape(-1, window + 1)
x, target = train[:, :-1, np.newaxis], train[:, -1:]
test_x, test_target = test[:, :-1, np.newaxis], test[:, -1:]
print("train", x.shape, "->", target.shape)
print("test", test_x.shape, "->", test_target.shape)

lstm, dense = keras.layers.LSTM(8), keras.layers.Dense(1)
model = keras.Sequential([keras.Input((window, 1)), lstm, dense])
model.compile(optimizer="adam", loss="mse")
model.fit(x, target, epochs=20, verbose=0)


def off(forecast):  # the root of the mean squared error, in sales
    return known.std() * np.sqrt(np.mean((forecast - test_target) ** 2))


lstm_off = off(model.predict(test_x, verbose=0))
month_off = off(test[:, -2:-1])
print("repeating the last month is off by", month_off.round(1))
print("the LSTM is better:", lstm_off < month_off)
if window >= 12:
    year_off = off(test[:, -13:-12])
    print("repeating the last year is off by", year_off.round(1))
    print("the LSTM is better:", lstm_off < year_off)

latest = scaled[:, -window:, np.newaxis]
forecast = model.predict(latest, verbose=0) * known.std() + known.mean()
print("month", months + 1, "from", latest.shape, "->", forecast.shape)
