import torch

torch.manual_seed(0)
for hidden_size in (16, 64):
    lstm = torch.nn.LSTM(3, hidden_size, num_layers=2)
    numbers = torch.cat([weight.flatten() for weight in lstm.parameters()])
    lowest, highest = numbers.aminmax()
    print("hidden_size", hidden_size, "limit", hidden_size**-0.5)
    print(f"all weights: {lowest:.3f} to {highest:.3f}")
    forget = (lstm.bias_ih_l0 + lstm.bias_hh_l0)[hidden_size : 2 * hidden_size]
    print(f"forget biases: {forget.min():.2f} to {forget.max():.2f}")
