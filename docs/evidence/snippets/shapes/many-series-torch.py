import numpy as np
import torch

months, window, last_train = 12, 6, 10  # with three years: 36, 12, 30

rng = np.random.default_rng(0)
level = rng.uniform(50, 150, size=(300, 1))  # each shop has its own
season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(months) / 12)
sales = level * season + rng.normal(0, 3, size=(300, months))

known = sales[:, :last_train]  # the months of training
scaled = torch.tensor((sales - known.mean()) / known.std(), dtype=torch.float32)
windows = scaled.unfold(1, window + 1, 1)
split = last_train - window  # targets up to last_train, and later ones
train = windows[:, :split].reshape(-1, window + 1)
test = windows[:, split:].reshape(-1, window + 1)
x, target = train[:, :-1, np.newaxis], train[:, -1:]
test_x, test_target = test[:, :-1, np.newaxis], test[:, -1:]
print("train", tuple(x.shape), "->", tuple(target.shape))
print("test", tuple(test_x.shape), "->", tuple(test_target.shape))

lstm = torch.nn.LSTM(1, 8, batch_first=True)
dense = torch.nn.Linear(8, 1)
optimizer = torch.optim.Adam([*lstm.parameters(), *dense.parameters()], lr=0.01)


def predict(x):
    y, _ = lstm(x)  # h of all months
    return dense(y[:, -1])


for _ in range(100):  # each with all windows: without batches
    loss = torch.nn.functional.mse_loss(predict(x), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def off(forecast):  # the root of the mean squared error, in sales
    return known.std() * torch.mean((forecast - test_target) ** 2).sqrt().item()


with torch.no_grad():
    lstm_off = off(predict(test_x))
    forecast = predict(scaled[:, -window:, np.newaxis]) * known.std() + known.mean()
month_off = off(test[:, -2:-1])
print("repeating the last month is off by", month_off.round(1))
print("the LSTM is better:", lstm_off < month_off)
if window >= 12:
    year_off = off(test[:, -13:-12])
    print("repeating the last year is off by", year_off.round(1))
    print("the LSTM is better:", lstm_off < year_off)
print("month", months + 1, "->", tuple(forecast.shape))
