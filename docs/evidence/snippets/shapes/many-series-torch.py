import numpy as np
import torch

months, window, last_train = 12, 6, 10  # or 24, 6, 20, or 36, 12, 30

# yours: table = df.pivot(index="shop", columns="month", values="sales")
#        sales, shops = table.to_numpy(), table.index
# month: numbers or dates; text like "Jan 2024" would be sorted by letters
rng = np.random.default_rng(0)
level = np.exp(rng.normal(4, 1, size=(300, 1)))  # small and large shops
strength = rng.uniform(0, 0.6, size=(300, 1))  # of each shop's season
season = strength * np.sin(2 * np.pi * np.arange(36) / 12)
sales = level * (1 + season + rng.normal(0, 0.1, size=(300, 36)))
shops = np.arange(1, 301)

assert window < last_train < months <= sales.shape[1]
print("months 1 to", months, "of", sales.shape[1])
sales = sales[:, :months]
assert not np.isnan(sales).any(), "a shop lacks a month"

known = sales[:, :last_train]  # the months of training
kept = (np.median(known, axis=1) > 0) & (np.ptp(known, axis=1) > 0)
print("shops left out:", shops[~kept].tolist())
sales, shops, known = sales[kept], shops[kept], known[kept]
mean = known.mean(axis=1, keepdims=True)  # of each shop
deviation = known.std(axis=1, keepdims=True)
scaled = torch.tensor((sales - mean) / deviation, dtype=torch.float32)

pieces = scaled.unfold(1, window + 1, 1)
split = last_train - window  # pieces of each shop for training
train = pieces[:, :split].reshape(-1, window + 1)
test = pieces[:, split:].reshape(-1, window + 1)
x, target = train[:, :-1, np.newaxis], train[:, -1:]
test_x, test_target = test[:, :-1, np.newaxis], test[:, -1:]
print("train", tuple(x.shape), "->", tuple(target.shape))
print("test", tuple(test_x.shape), "->", tuple(test_target.shape))


def digits(number):  # the first three
    return np.format_float_positional(number, 3, fractional=False, trim="-")


def off(name, forecast):  # root of the mean squared error (RMSE)
    miss = (forecast - test_target).numpy().reshape(len(sales), -1)
    in_sales = np.sqrt(np.mean((miss * deviation) ** 2))
    in_deviations = np.sqrt(np.mean(miss**2))  # each shop's own
    both = f"{digits(in_sales)} in sales, {digits(in_deviations)} in deviations"
    print(f"{name}: off by {both}")
    return in_sales, in_deviations


month_off = off("last month", test[:, -2:-1])
if last_train >= 12:
    year = scaled[:, last_train - 12 : months - 12]
    year_off = off("last year", year.reshape(-1, 1))


def with_1(x):  # for the constant of a linear function
    return torch.nn.functional.pad(x, (0, 1), value=1)


line = torch.linalg.lstsq(with_1(train[:, :-1]), target).solution
linear_off = off("linear function", with_1(test[:, :-1]) @ line)


def predict(x):
    y, _ = lstm(x)  # h of all months
    return dense(y[:, -1])


for units in [8]:  # to compare: [4, 8, 32]
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
            lstm_off = off(f"{units} units, seed {seed}", predict(test_x))

with torch.no_grad():
    latest = scaled[:, -window:, np.newaxis]
    forecast = predict(latest).numpy() * deviation + mean
for row in range(3):
    print(f"month {months + 1}, shop {shops[row]}: {digits(forecast[row, 0])}")
