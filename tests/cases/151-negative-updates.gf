# The well known script that learns to add binary numbers; its updates are minus the gradient. An issue wants sigmoid_output_to_derivative
# applied to np.dot(layer_1, synapse_1), not to layer_2 (no: the function takes the output); in the same fork the future delta goes through
# synapse_h without .T.
#! "bad synapse_1" : let layer_2_delta[t] = layer_2_error[t] * layer_2[t] * (1 - layer_2[t])
#! "bad synapse_0" : let layer_2_delta[t] = layer_2_error[t] * layer_2[t] * (1 - layer_2[t])
#! "bad synapse_0" : let layer_1_delta[t] = (layer_1_delta[t+1] @ synapse_h' + layer_2_delta[t] @ synapse_1') * layer_1[t] * (1 - layer_1[t])
#! "bad synapse_h" : let layer_2_delta[t] = layer_2_error[t] * layer_2[t] * (1 - layer_2[t])
#! "bad synapse_h" : let layer_1_delta[t] = (layer_1_delta[t+1] @ synapse_h' + layer_2_delta[t] @ synapse_1') * layer_1[t] * (1 - layer_1[t])
steps T = 5
size  hidden = 4
seed  0
given X[t] : 1 x 2 ~ bernoulli(0.5)
given y[t] : 1 x 1 ~ bernoulli(0.5)
param synapse_0 : 2 x hidden
param synapse_1 : hidden x 1
param synapse_h : hidden x hidden
start layer_1[0] : 1 x hidden ~ uniform(0, 1)
layer_1[t] = sigmoid(X[t] @ synapse_0 + layer_1[t-1] @ synapse_h)
dot_2[t] = layer_1[t] @ synapse_1
layer_2[t] = sigmoid(dot_2[t])
loss sum(t, (y[t] - layer_2[t])^2) / 2

let layer_2_error[t] = y[t] - layer_2[t]
let layer_2_delta[t] = layer_2_error[t] * dot_2[t] * (1 - dot_2[t])
let layer_1_delta[t] = (layer_1_delta[t+1] @ synapse_h + layer_2_delta[t] @ synapse_1') * layer_1[t] * (1 - layer_1[t])
claim "ok error": -grad(layer_2[t]) = layer_2_error[t]
claim "bad synapse_1": -grad(synapse_1) = sum(t, layer_1[t]' @ layer_2_delta[t])
claim "bad synapse_0": -grad(synapse_0) = sum(t, X[t]' @ layer_1_delta[t])
claim "bad synapse_h": -grad(synapse_h) = sum(t, layer_1[t-1]' @ layer_1_delta[t])
