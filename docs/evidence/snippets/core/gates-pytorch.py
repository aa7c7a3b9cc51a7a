import torch

x = torch.randn(2, 5, 3)
lstm = torch.nn.LSTM(3, 4, batch_first=True)
output, (h_n, c_n) = lstm(x)
weight_ih, weight_hh, bias_ih, bias_hh = lstm.parameters()

h, c = torch.zeros(2, 4), torch.zeros(2, 4)
for t in range(5):
    z = x[:, t] @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = z.chunk(4, dim=1)  # 4 rows of the weights each
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    h = o.sigmoid() * c.tanh()

print("h is h_n:", torch.allclose(h, h_n[0], atol=1e-6))
