import numpy as np
import torch

months, window, last_train = 12, 6, 10  # with three years: 36, 12, 30

# yours: table = df.pivot(index="shop", columns="month", values="sales")
#        sales = table.to_numpy()
rng = np.random.default_rng(0)
level = np.exp(rng.normal(4, 1, size=(300, 1)))  # small and large shops
season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(36) / 12)
sales = level * (season + rng.normal(0, 0.1, size=(300, 36)))

sales = sales[:, :months]
assert not np.isnan(sales).any(), "a shop lacks a month"

known = sales[:, :last_train]  # the months of training
mean = known.mean(axis=1, keepdims=True)  # of each shop
deviation = known.std(axis=1, keepdims=True)
deviation = np.where(deviation == 0, 1, deviation)
scaled = torch.tensor((sales - mean) / deviation, dtype=torch.float32)

pieces = scaled.unfold(1, window + 1, 1)
split = last_train - window  # pieces of each shop for training
train = pieces[:, :split].reshape(-1, window + 1)
test = pieces[:, split:].reshape(-1, window + 1)
x, target = train[:, :-1, np.newaxis], train[:, -1:]
test_x, test_target = test[:, :-1, np.newaxis], test[:, -1:]
print("train", tuple(x.shape), "->", tuple(target.shape))
print("test", tuple(test_x.shape), "->", tuple(test_target.shape))


def off(forecast):  # the root of the mean squared error (RMSE), in sales
    miss = (forecast - test_target).numpy().reshape(len(sales), -1) * deviation
    return np.sqrt(np.mean(miss**2))


month_off = off(test[:, -2:-1])
print(f"last month: off by {month_off:.0f}")
if window >= 12:
    year_off = off(test[:, -13:-12])
    print(f"last year: off by {year_off:.0f}")


def predict(x):
    y, _ = lstm(x)  # h of all months
    return dense(y[:, -1])


for units in [8]:  # to compare: [4, 8, 32]
    errors = []
    for seed in [1, 2, 3]:
        torch.manual_seed(seed)
        lstm = torch.nn.LSTM(1, units, batch_first=True)
        dense = torch.nn.Linear(units, 1)
        weights = [*lstm.parameters(), *dense.parameters()]
        optimizer = torch.optim.Adam(weights, lr=0.01)
        for _ in range(100):  # epochs, each one batch of all windows
            loss = torch.nn.functional.mse_loss(predict(x), target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            lstm_off = off(predict(test_x))
        errors.append(round(lstm_off))
    print(f"{units} units, three seeds: off by {errors}")

with torch.no_grad():
    latest = scaled[:, -window:, np.newaxis]
    forecast = predict(latest).numpy() * deviation + mean
print("month", months + 1, "of shops 1 to 3:", forecast[:3, 0].round())
