import tensorflow as tf
from tf_keras.src.layers.rnn.legacy_cells import BasicLSTMCell

cell = BasicLSTMCell(num_units=4)
x = tf.zeros((2, 3))  # batch, features: one timestep
output, (c, h) = cell(x, cell.zero_state(2, tf.float32))
print(output.shape, c.shape, h.shape)
print([tuple(weights.shape) for weights in cell.trainable_weights])
