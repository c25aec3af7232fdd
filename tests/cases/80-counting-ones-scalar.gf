# A linear RNN with two numbers for weights that counts ones, a batch of sequences as rows (a much copied tutorial). The mean over the batch is taken a
# second time; the state after instead of before; the wrong weight on the way back; a target subtracted twice.
#! "bad 1 mean again" : claim grad(wx) = sum(t, sum(G[t] * X[t]))
#! "bad 2 after" : claim grad(wr) = sum(t, sum(G[t] * S[t-1]))
#! "bad 3 other weight" : let E[t] = E[t+1] * wr
#! "bad 4 not divided" : let F[T] = 2 / B * (S[T] - tgt)
steps T = 5
size B = 6
seed 3
input X[t] : B x 1
given tgt : B x 1
param wx, wr : 1 x 1 ~ normal(1, 0.2)
start S[0] : B x 1 = 0
S[t] = wr * S[t-1] + wx * X[t]
loss mse(S[T], tgt)
let G[t] = G[t+1] * wr
let G[T] = 2 / B * (S[T] - tgt)
claim "ok": grad(S[t]) = G[t]
claim "ok wr": grad(wr) = sum(t, sum(G[t] * S[t-1]))
claim "bad 1 mean again": grad(wx) = sum(t, mean(G[t] * X[t]))
claim "bad 2 after": grad(wr) = sum(t, sum(G[t] * S[t]))
let E[t] = E[t+1] * wx
let E[T] = 2 / B * (S[T] - tgt)
claim "bad 3 other weight": grad(S[t]) = E[t]
let F[t] = F[t+1] * wr
let F[T] = 2 * (S[T] - tgt)
claim "bad 4 not divided": grad(wx) = sum(t, sum(F[t] * X[t]))
