import torch

lstm, x = torch.nn.LSTM(3, 4, batch_first=True), torch.randn(2, 5, 3)
y, (h, c) = lstm(x)
scripted = torch.jit.script(torch.nn.Sequential(lstm))
compiled = torch.compile(lstm, backend="eager")
for name, layer in (("script", scripted), ("compile", compiled)):
    y2, (h2, c2) = layer(x)
    print(name, [torch.equal(*pair) for pair in ((y, y2), (h, h2), (c, c2))])
torch.jit.script(lstm)(x)
