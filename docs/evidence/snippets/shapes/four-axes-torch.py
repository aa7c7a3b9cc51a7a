import torch

x = torch.zeros(2, 5, 7, 3)  # 2 sentences of 5 words of 7 characters of 3 features
of_characters = torch.nn.LSTM(3, 4, batch_first=True)
of_words = torch.nn.LSTM(4, 6, batch_first=True)

_, (h, _) = of_characters(x.reshape(2 * 5, 7, 3))  # each word is a sequence
words = h[-1].reshape(2, 5, 4)
_, (h, _) = of_words(words)
print(tuple(x.shape), "->", tuple(words.shape), "->", tuple(h[-1].shape))
