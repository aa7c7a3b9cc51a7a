import torch

lstm = torch.nn.LSTM(input_size=3, hidden_size=4)
total = 0
for name, weight in lstm.named_parameters():
    print(name, tuple(weight.shape))
    total += weight.numel()
print("all", total)
