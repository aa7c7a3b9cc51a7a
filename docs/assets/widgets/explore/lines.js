export const lines = ({ units }) => ({ Keras: `keras.layers.LSTM(${units})` });
export const facts = ({ timesteps, features }) => [["Input", `(batch, ${timesteps}, ${features})`]];
