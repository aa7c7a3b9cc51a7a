import flax.linen as nn

nn.RNN(nn.LSTMCell(), 4)
