import torch

lstm = torch.nn.LSTM(input_size=3, hidden_size=4, batch_first=True)
cell = torch.nn.LSTMCell(input_size=3, hidden_size=4)
with torch.no_grad():
    for own, lent in zip(cell.parameters(), lstm.parameters(), strict=True):
        own.copy_(lent)
    for timesteps in (5, 50):
        x = torch.ones(2, timesteps, 3)
        h, c = torch.zeros(2, 4), torch.zeros(2, 4)
        for t in range(timesteps):
            h, c = cell(x[:, t], (h, c))
        same = torch.allclose(h, lstm(x)[0][:, -1], atol=1e-6)
        print("timesteps", timesteps, "same h:", same)
print(sum(weights.numel() for weights in lstm.parameters()), "weights")
