from flax import nnx

nnx.LSTMCell(3, 4)
