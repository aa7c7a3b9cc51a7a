import torch

time_first = torch.zeros(5, 2, 3)  # timesteps, batch, features
batch_first = torch.zeros(2, 5, 3)  # batch, timesteps, features
print("time first: ", time_first[0].is_contiguous())
print("batch first:", batch_first[:, 0].is_contiguous())
