# The functions of expressions, and those that stand in let and claim only. test_claims.c reads what is expected.
title "functions"
steps T = 3
size n = 3, m = 2
seed 3

input x[t] : n x 1
param A : n x n
param B : n x n
param R : 2 x 3 = [1, -2, 3; -4, 5, 0.5]
param C : n x 1 = [0.5; -1; 2]
L[t] = sum(A @ x[t] + B @ C) + sum(R)
loss sum(t, L[t])

# --- operators ---

claim R + 1 = [2, -1, 4; -3, 6, 1.5]                                          # expect: holds
claim C + C' = [1, -0.5, 2.5; -0.5, -2, 1; 2.5, 1, 4]                         # expect: holds
claim R - [1; 2] = [0, -3, 2; -6, 3, -1.5]                                    # expect: holds
claim C * C' = C @ C'                                                         # expect: holds
claim R ∘ R = R ⊙ R = R^2 = R²                                                # expect: holds
claim 1 / C = [2; -1; 0.5] = C^-1                                             # expect: holds
claim C^3 = C³ = C * C * C                                                    # expect: holds
claim 2^3^2 * ones(1, 1) = 512                                                # expect: holds
claim -C^2 = -(C^2)                                                           # expect: holds
claim A @ B = A · B                                                           # expect: holds
claim (A @ B)' = B' @ A' = Bᵀ @ Aᵀ                                            # expect: holds
claim 6 / 3 @ [4] = 8                                                         # expect: holds
claim R' = [1, -4; -2, 5; 3, 0.5]                                             # expect: holds
claim [C, C] = C @ [1, 1]                                                     # expect: holds
claim [C; C] = [0.5; -1; 2; 0.5; -1; 2]                                       # expect: holds
claim [R, [7; 8]; 1, 2, 3, 4] = [1, -2, 3, 7; -4, 5, 0.5, 8; 1, 2, 3, 4]      # expect: holds
claim [zeros(3, 0), C, zeros(3, 0)] = C                                       # expect: holds
claim C - C - C = -C                                                          # expect: holds

# --- functions ---

claim sigmoid(C) = σ(C) = 1 / (1 + exp(-C))                                   # expect: holds
claim tanh(C) = (exp(C) - exp(-C)) / (exp(C) + exp(-C))                       # expect: holds
claim relu(R) = [1, 0, 3; 0, 5, 0.5]                                          # expect: holds
claim log(exp(C)) = C                                                         # expect: holds
claim sqrt(C^2) = abs(C) = [0.5; 1; 2]                                        # expect: holds
claim sigmoid'(C) = sigmoid(C) * (1 - sigmoid(C))                             # expect: holds
claim tanh'(C) = 1 - tanh(C)^2                                                # expect: holds
claim relu'([-1, 0, 1]) = [0, 0, 1]                                           # expect: holds
claim abs'([-1, 0, 1]) = [-1, 0, 1]                                           # expect: holds
claim exp'(C) = exp(C)                                                        # expect: holds
claim log'(C) = 1 / C                                                         # expect: holds
claim sqrt'(C^2) = 1 / (2 * abs(C))                                           # expect: holds
claim softmax(R) = exp(R) / rowsum(exp(R))                                    # expect: holds
claim softmax(C) = exp(C) / sum(exp(C))                                       # expect: holds
claim log_softmax(R) = log(softmax(R))                                        # expect: holds
claim cross_entropy(C, [0; 1; 0]) = -cols(log_softmax(C)', 2, 2)              # expect: holds
claim cross_entropy(R, [0, 1, 0; 1, 0, 0]) = -sum(log(softmax(R)) * [0, 1, 0; 1, 0, 0])   # expect: holds
claim mse(R, 2 * R) = mean(R^2) = sum(R^2) / 6                                # expect: holds
claim norm(R)^2 = sum(R * R)                                                  # expect: holds
claim rowsum(R) = [2; 1.5]                                                    # expect: holds
claim colsum(R) = [-3, 3, 3.5]                                                # expect: holds
claim diag(C) = [0.5, 0, 0; 0, -1, 0; 0, 0, 2] = diag(C')                     # expect: holds
claim vec(R) = [1; -2; 3; -4; 5; 0.5]                                         # expect: holds
claim reshape(R, 3, 2) = [1, -2; 3, -4; 5, 0.5]                               # expect: holds
claim rows(R, 2, 2) = [-4, 5, 0.5]                                            # expect: holds
claim cols(R, 2, 3) = [-2, 3; 5, 0.5]                                         # expect: holds
claim zeros(2, 3) = 0 * R                                                     # expect: holds
claim ones(m, n) = R^0                                                        # expect: holds
claim eye(n) = diag(ones(n, 1))                                               # expect: holds
claim stop(R) = R                                                             # expect: holds
claim clip(R, -1, 2.5) = [1, -1, 2.5; -1, 2.5, 0.5]                           # expect: holds
claim clip'(R, -2, 3) = [1, 1, 1; 0, 0, 1]                                    # expect: holds
claim (m + n) * ones(1, 1) = 5                                                # expect: holds
claim sum(t, L[t]) / T = (L[1] + L[2] + L[3]) / 3                             # expect: holds

# --- sums and products over a range ---

claim sum(t, x[t]) = x[1] + x[2] + x[3]                                       # expect: holds
claim sum(j, 2..T, x[j]) = x[2] + x[3]                                        # expect: holds
claim sum(j, 1..4, j) = 10                                                    # expect: holds
claim prod(j, 1..4, j) = 24                                                   # expect: holds
claim "left to right": prod(j, 1..2, j * A + (j - 1) * B) = A @ (2 * A + B)   # expect: holds
claim "downwards":     prod(j, 2 downto 1, j * A + (j - 1) * B) = (2 * A + B) @ A   # expect: holds
claim "order matters": prod(j, 2 downto 1, j * A + (j - 1) * B) = A @ (2 * A + B)   # expect: fails
claim sum(j, 1..0, A) = 0                                                     # expect: holds
claim A + sum(j, 1..0, C) = A                                                 # expect: holds
claim A @ sum(j, 5..4, B) = zeros(n, n)                                       # expect: holds
claim prod(j, 1..0, A) = eye(n)                                               # expect: holds
claim prod(j, 1 downto 2, A) @ C = C                                          # expect: holds
claim A @ prod(j, 1..0, R' @ R) = A                                           # expect: holds
claim 2 * prod(j, 1..0, A) + A = 2 * eye(n) + A                               # expect: holds
claim -prod(j, 1..0, A)' = -eye(n)                                            # expect: holds
let tail[t] = L[t] * prod(j, t+1..T, tail[j])
claim "in a recursion": A * prod(j, t+1..T, tail[j]) = A  for t = T..T        # expect: holds
claim A * prod(j, 1..0, L[j]) = A                                             # expect: holds
claim sum(j, 1..T, sum(k, 1..j, k * x[j])) = x[1] + 3 * x[2] + 6 * x[3]       # expect: holds

# --- only in let and claim ---

let big = [1, 2; 3, 4]
claim max(R) = 5                                                              # expect: holds
claim min(R) = -4                                                             # expect: holds
claim norm2(diag(C)) = 2                                                      # expect: holds
claim norm2(C) = norm(C)                                                      # expect: holds
claim norm2(R) = norm2(R')                                                    # expect: holds
claim norm2(C @ [3, 4]) = 5 * norm(C)                                         # expect: holds
claim norm2(zeros(2, 3)) = 0                                                  # expect: holds
claim norm2(A @ B) <= norm2(A) * norm2(B)                                     # expect: holds
claim norm2(big)^2 = 15 + sqrt([221])                                         # expect: holds
claim kron(big, [1, 10]) = [1, 10, 2, 20; 3, 30, 4, 40]                       # expect: holds
claim vec(A @ B) = kron(A, eye(n)) @ vec(B)                                   # expect: holds
claim unit(C) * norm(C) = C                                                   # expect: holds
claim unit(0 * C) = 0                                                         # expect: holds
claim sumto(R, 1, 3) = colsum(R)                                              # expect: holds
claim sumto(R, 2, 1) = rowsum(R)                                              # expect: holds
claim sumto(R, 1, 1) = sum(R)                                                 # expect: holds
claim sumto(R, 2, 3) = R                                                      # expect: holds

# --- choices ---

claim max(R, 1) = [1, 1, 3; 1, 5, 1]                                          # expect: holds
claim min(R, 1) = [1, -2, 1; -4, 1, 0.5]                                      # expect: holds
claim max(R) = max(max(R, C')) = 5                                            # expect: holds
claim (R > 1) * R = [0, 0, 3; 0, 5, 0]                                        # expect: holds
claim (R > 1) > 0                                                             # expect: fails
claim (R > 1) >= 0                                                            # expect: holds
claim (x[T+1] >= 0) * C = C                                                   # expect: holds
claim where(x[T+1], 1, C) = C                                                 # expect: holds
claim where(x[T+1] + 1, 1, C) = ones(n, 1)                                    # expect: holds
claim grad(C, sum(max(C, [2; -1; 2])) * 2) = [0; 1; 1]                        # expect: holds
claim grad(C, sum(min(C, [2; -1; 2])) * 2) = [2; 1; 1]                        # expect: holds
claim grad(C, sum((C > 0) * C)) = [1; 0; 1]                                   # expect: holds
claim grad(C, sum(C > 0)) = 0                                                 # expect: holds
claim grad(C, sum(where(C > 0, log(C), C^2))) = [2; -2; 0.5]                  # expect: holds
claim grad(C, sum(where(C > 2, log(C - 2), C))) = ones(n, 1)                  # expect: holds
claim jacobian(max(C, 0), C) = diag([1; 0; 1])                                # expect: holds
claim jacobian(where(C > 0, 2 * C, C), C) = diag([2; 1; 2])                   # expect: holds

# --- over a range ---

claim hcat(j, 1..3, j * C) = C @ [1, 2, 3]                                    # expect: holds
claim hcat(t, x[t]) = [x[1], x[2], x[3]]                                      # expect: holds
claim vcat(j, 2 downto 1, rows(R, j, j)) = [rows(R, 2, 2); rows(R, 1, 1)]     # expect: holds
claim max(j, 1..3, cols(R, j, j)) = [3; 5]                                    # expect: holds
claim max(t, x[t]) = max(max(x[1], x[2]), x[3])                               # expect: holds
claim [C, hcat(j, 1..t-1, x[j])] @ eye(t) = [C, hcat(j, 1..t-1, x[j])]        # expect: holds
claim [vcat(j, 1..0, C'); C'] = C'                                            # expect: holds
claim hcat(j, 1..t-1, x[j]) = x[t]                                            # expect: error
# error 145:29 the left side is 3 x 0, the right side 3 x 1
claim max(j, 1..t-1, x[j]) = x[t]                                             # expect: error
# error 147:7 max(j, 1..t-1, x[j]): the range is empty
claim hcat(j, 1..2, ones(j, 1)) = C                                           # expect: error
# error 149:7 hcat(j, 1..2, ones(j, 1)): 1 x 1 and 2 x 1, part 1 has 1 rows, part 2 has 2
claim grad(C, sum(max(j, 1..3, C * (j > 1)) * [1; 5; 3])) = [0.5; 5/3; 1.5]   # expect: fails
claim grad(C, sum(max(j, 1..3, C * (j > 1)) * [1; 5; 3])) = [1; 0; 3]         # expect: holds
claim grad(C, sum(max(j, 1..3, C * j^0))) = ones(n, 1)                        # expect: holds
claim grad(x[t], sum(hcat(j, 1..T, j * x[j]))) = t * ones(n, 1)               # expect: holds
claim jacobian(vcat(t, x[t]), x[2]) = [zeros(n, n); eye(n); zeros(n, n)]      # expect: holds

# --- powers of a matrix, which there are none ---

claim A^-1 @ A = eye(n)                                                       # expect: error
# error 159:8 A^-1: ^ goes element by element, and there is no inverse of a matrix here
claim A @ A^3 = A @ A * A                                                     # expect: error
# error 161:12 A^3: ^ goes element by element, and is no power of the matrix
claim A^2 @ A = (A * A) @ A                                                   # expect: holds
claim A^3 * A = A^4                                                           # expect: holds
claim C^3 @ R^0 = C^3 @ R^0                                                   # expect: error
# error 165:11 C^3 @ R^0
