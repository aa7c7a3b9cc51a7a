import torch
from torch.nn.utils.rnn import pack_padded_sequence

lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.ones(2, 50, 3)  # 50 timesteps
inputs = {
    "padded": x,
    "packed": pack_padded_sequence(x, [50, 20], batch_first=True),
}
for name, data in inputs.items():
    with torch.profiler.profile() as profiler:
        lstm(data)
    calls = {event.key: event.count for event in profiler.key_averages()}
    for operation in ("aten::mkldnn_rnn_layer", "aten::linear"):
        print(name, operation, calls.get(operation, 0))
