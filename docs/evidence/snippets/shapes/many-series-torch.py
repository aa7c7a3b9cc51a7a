import numpy as np
import torch

rng = np.random.default_rng(0)
level = rng.uniform(50, 150, size=(300, 1))  # each shop has its own
season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(36) / 12)
sales = level * season + rng.normal(0, 3, size=(300, 36))

known = sales[:, :30]  # the months of training
scaled = torch.tensor((sales - known.mean()) / known.std(), dtype=torch.float32)
windows = scaled.unfold(1, 13, 1)  # 12 months and the next
train = windows[:, :18].reshape(-1, 13)  # the next is month 13 to 30
x, target = train[:, :12, np.newaxis], train[:, 12:]
print("windows", tuple(windows.shape), "x", tuple(x.shape), "target", tuple(target.shape))

lstm = torch.nn.LSTM(1, 8, batch_first=True)
dense = torch.nn.Linear(8, 1)
optimizer = torch.optim.Adam([*lstm.parameters(), *dense.parameters()], lr=0.01)
losses = []
for _ in range(100):
    y, _ = lstm(x)  # h of all 12 months
    loss = torch.nn.functional.mse_loss(dense(y[:, -1]), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
print("the loss fell:", losses[-1] < losses[0])
