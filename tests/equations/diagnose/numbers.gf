# Numbers that somebody has worked out elsewhere: they are fitted, and nothing is proposed.

size m = 2
given x : m x 1 = [1; 2]
param W : m x m
loss sum(W @ x)
given G : m x m = [3, 6; 3, 6]
let by_hand = [0.5, 1; 0.5, 1]
# says: a factor 2 is missing

claim grad(W) = [2, 4; 2, 4]
# says: a factor 2 is too much
claim [-1, -2; -1, -2] = grad(W)
# says: the sign is wrong
claim grad(W) = G
# says: a factor 3 is too much
claim grad(W) = by_hand
# says: because of by_hand
claim grad(W) = [1, 2; 1, 3]
