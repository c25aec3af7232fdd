# Every function and form of the language: P takes part in the loss as sum(P * f), so that its gradient is f itself.
title "Functions"
size n = 3, m = 2, g = 2*m
seed 3

param A : n x n
param B : n x n ~ uniform(0.2, 2)
param R : m x n = [1, -2, 3; -4, 5, 0.5]
param C : n x 1 = [0.5; -1; 2]
param s : 1 x 1 = 0.7
param P01, P02, P03, P04, P05, P06, P07, P08, P09, P10, P11, P12, P13, P14, P15, P16 : n x n
param Q01, Q02, Q03, Q04, Q05, Q06, Q07, Q08, Q09, Q10, Q11, Q12, Q13, Q14, Q15, Q16, Q17, Q18 : m x n
param S01, S02, S03, S04, S05, S06, S07, S08, S09, S10, S11, S12, S13 : 1 x 1
param O1, O2, O3 : n x 1
param M1 : m x 1
param K1 : m*n x 1
param K2 : n x m
param K3 : 1 x n
param K4 : m x 1
param K5 : n x 2
param K6 : 1 x n
param K7 : g x n
param K8 : 4 x n
param K9 : n+m x n
param L1 : 2 x 2
param K10, K12 : m x 3*n
param K11 : 4 x n

w01 = sum(P01 * sigmoid(A)) + sum(P02 * tanh(A)) + sum(P03 * exp(A)) + sum(P04 * log(B)) + sum(P05 * sqrt(B))
w02 = sum(P06 * sigmoid'(A)) + sum(P07 * tanh'(A)) + sum(P08 * exp'(A)) + sum(P09 * log'(B)) + sum(P10 * sqrt'(B))
w03 = sum(Q01 * relu(R)) + sum(Q02 * abs(R)) + sum(Q03 * relu'(R)) + sum(Q04 * abs'(R))
w04 = sum(Q05 * clip(R, -1, 2.5)) + sum(Q06 * clip'(R, -1, m / 2)) + sum(Q07 * softmax(R)) + sum(Q08 * log_softmax(R))
w05 = sum(O1 * softmax(C)) + sum(O2 * log_softmax(C)) + S01 * cross_entropy(R, [0, 1, 0; 1, 0, 0])
w06 = S02 * cross_entropy(C, [0; 1; 0]) + S03 * mse(R, 2 * R) + S04 * sum(R) + S05 * mean(R) + S06 * norm(R)
w07 = sum(M1 * rowsum(R)) + sum(K3 * colsum(R)) + sum(P11 * diag(C)) + sum(K1 * vec(R)) + sum(K2 * reshape(R, n, m))
w08 = sum(K6 * rows(R, m, m)) + sum(K4 * cols(R, n-1, n-1)) + sum(K5 * cols(A, n-1, n)) + sum(P12 * eye(n))
w09 = sum(Q09 * stop(R)) + sum(Q10 * (R^2 - R^3 / 4 + m^-1)) + sum(Q11 * (-R^2 * (1 - R))) + sum(Q12 * (2 - (R - 1)))
w10 = S07 * sqrt(n) + S08 * (2 * 3 - 1) + sum(O3 * (A @ B' @ C / sqrt(n))) + S09 * (C' @ C) + S10 * (s @ [4] @ s)
w11 = sum(K7 * [R; 2 * R]) + sum(K8 * [zeros(1, n); ones(2, n); 1, 2, 3]) + sum(K9 * [A; R])
w12 = sum(L1 * [s, 2; s, s / 2]) + S11 * prod(j, 1..4, j) / 24 + S12 * sum(j, 1..n, j * s)
w13 = sum(P13 * softplus(A)) + sum(P14 * softplus'(A)) + sum(Q13 * leaky_relu(R, 1 / n)) + S13 * entry(R, m, n-1)
w14 = sum(Q14 * leaky_relu'(R, -0.5)) + sum(P15 * max(A, C)) + sum(P16 * min(C', 2 * A)) + sum(Q15 * max(0, R))
w15 = sum(Q16 * ((R > 0.7) + (s <= R) - (R >= 3) / (n < 4))) + sum(Q17 * where(R > 1, R * 2, where(s < 1, 0, R)))
w16 = sum(K10 * hcat(j, 1..3, R / j)) + sum(K11 * vcat(j, m downto 1, j * R)) + sum(Q18 * max(j, 1..3, R * (j - 2)))
w17 = sum(K12 * [hcat(j, 1..0, R), hcat(j, 2..3, R), R])
loss w01 + w02 + w03 + w04 + w05 + w06 + w07 + w08 + w09 + w10 + w11 + w12 + w13 + w14 + w15 + w16 + w17

claim grad(P01) = sigmoid(A)
claim grad(P02) = tanh(A)
claim grad(P03) = exp(A)
claim grad(P04) = log(B)
claim grad(P05) = sqrt(B)
claim grad(P06) = sigmoid'(A)
claim grad(P07) = tanh'(A)
claim grad(P08) = exp'(A)
claim grad(P09) = log'(B)
claim grad(P10) = sqrt'(B)
claim grad(P11) = diag(C)
claim grad(P12) = eye(n)
claim grad(P13) = softplus(A)
claim grad(P14) = softplus'(A)
claim grad(P15) = max(A, C)
claim grad(P16) = min(C', 2 * A)
claim grad(Q01) = relu(R)
claim grad(Q02) = abs(R)
claim grad(Q03) = relu'(R)
claim grad(Q04) = abs'(R)
claim grad(Q05) = clip(R, -1, 2.5)
claim grad(Q06) = clip'(R, -1, m / 2)
claim grad(Q07) = softmax(R)
claim grad(Q08) = log_softmax(R)
claim grad(Q09) = stop(R)
claim grad(Q10) = R^2 - R^3 / 4 + m^-1
claim grad(Q11) = -R^2 * (1 - R)
claim grad(Q12) = 2 - (R - 1)
claim grad(Q13) = leaky_relu(R, 1 / n)
claim grad(Q14) = leaky_relu'(R, -0.5)
claim grad(Q15) = relu(R)
claim grad(Q16) = (R > 0.7) + (s <= R) - (R >= 3) / (n < 4)
claim grad(Q17) = where(R > 1, R * 2, where(s < 1, 0, R))
claim grad(Q18) = abs(R)
claim grad(K10) = hcat(j, 1..3, R / j)
claim grad(K11) = vcat(j, m downto 1, j * R)
claim grad(K12) = [R, R, R]
claim grad(S01) = cross_entropy(R, [0, 1, 0; 1, 0, 0])
claim grad(S02) = cross_entropy(C, [0; 1; 0])
claim grad(S03) = mse(R, 2 * R)
claim grad(S04) = sum(R)
claim grad(S05) = mean(R)
claim grad(S06) = norm(R)
claim grad(S07) = sqrt(n)
claim grad(S08) = 2 * 3 - 1
claim grad(S09) = C' @ C
claim grad(S10) = s @ [4] @ s
claim grad(S11) = prod(j, 1..4, j) / 24
claim grad(S12) = sum(j, 1..n, j * s)
claim grad(S13) = entry(R, m, n-1)
claim grad(O1) = softmax(C)
claim grad(O2) = log_softmax(C)
claim grad(O3) = A @ B' @ C / sqrt(n)
claim grad(M1) = rowsum(R)
claim grad(K1) = vec(R)
claim grad(K2) = reshape(R, n, m)
claim grad(K3) = colsum(R)
claim grad(K4) = cols(R, n-1, n-1)
claim grad(K5) = cols(A, n-1, n)
claim grad(K6) = rows(R, m, m)
claim grad(K7) = [R; 2 * R]
claim grad(K8) = [zeros(1, n); ones(2, n); 1, 2, 3]
claim grad(K9) = [A; R]
claim grad(L1) = [s, 2; s, s / 2]

# What lets and claims alone have: zero times it.
let z01 = max(A) - max(A) + min(R) - min(R) + norm2(A) - norm2(A)
let z02 = kron(R, C) - kron(R, C)
let z03 = unit(A) * norm(A) - A + unit(zeros(n, n))
let z04 = sumto(R, 1, n) - colsum(R) + sumto(R, 1, 1) - sum(R)
let z05 = sumto(R, m, 1) - rowsum(R)
claim grad(s) = sum(L1 * [1, 0; 1, 0.5]) + S10 * 8 * s + S12 * n * (n + 1) / 2 + z01 + sum(z02) + sum(z03) + sum(z04) + sum(z05)
