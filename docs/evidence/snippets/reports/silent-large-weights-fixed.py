import torch

from lstm_ref import LSTM, layouts

torch.manual_seed(2)
lstm = torch.nn.LSTM(16, 32, batch_first=True)
with torch.no_grad():
    for weight in lstm.parameters():
        weight *= 10  # up to 1.8 in size
x = torch.rand(2, 200, 16)

lstm, x = lstm.double(), x.double()
layer = LSTM(32, return_sequences=True)
layer.set_weights(layouts.from_pytorch_state_dict(lstm.state_dict())[0])
apart = abs(lstm(x)[0].detach().numpy() - layer(x.numpy()))
print("after 200 timesteps, at most 1e-8:", bool(apart.max() <= 1e-8))
