import io
import warnings

import torch
from torch.ao.quantization import quantize_dynamic

warnings.simplefilter("ignore")  # PyTorch says that it is deprecated
torch.manual_seed(0)
lstm, x = torch.nn.LSTM(64, 128, batch_first=True), torch.randn(2, 5, 64)
model = torch.nn.Sequential(lstm)
quantized = quantize_dynamic(model, {torch.nn.LSTM})
for each in (model, quantized):
    torch.save(each.state_dict(), file := io.BytesIO())
    print(type(each[0]).__module__, file.tell() // 1000, "kB")
print("weights:", quantized[0].get_weight()["weight_hh_l0"].dtype)

y, moved = model(x)[0], abs(quantized(x)[0] - model(x)[0]).max()
print(f"outputs up to {abs(y).max():.1f}, moved by less than 0.01:", bool(moved < 0.01))

alone = quantize_dynamic(lstm, {torch.nn.LSTM})
print("the LSTM by itself:", type(alone).__module__)
