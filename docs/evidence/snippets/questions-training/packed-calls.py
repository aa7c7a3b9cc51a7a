import torch
from torch.nn.utils.rnn import pack_padded_sequence

for dtype in (torch.float32, torch.float64):
    lstm = torch.nn.LSTM(3, 4, batch_first=True, dtype=dtype)
    padded = torch.ones(2, 50, 3, dtype=dtype)  # 50 timesteps
    packed = pack_padded_sequence(padded, [50, 20], batch_first=True)
    for name, data in [("padded", padded), ("packed", packed)]:
        with torch.profiler.profile() as profiler:
            lstm(data)
        calls = {event.key: event.count for event in profiler.key_averages()}
        for operation in ("aten::mkldnn_rnn_layer", "aten::linear"):
            print(dtype, name, operation, calls.get(operation, 0))
