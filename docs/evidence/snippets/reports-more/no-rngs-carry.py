from flax import nnx

cell = nnx.LSTMCell(3, 4, rngs=nnx.Rngs(0))
cell.initialize_carry((2, 3))
