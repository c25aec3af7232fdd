# Judging: tolerances, inequalities, chains, instances, what is not finite.
title "judging"
steps T = 3
size n = 2
seed 1

input x[t] : n x 1
param A : n x n = [1, 2; 3, 4]
param z : n x 1 = 0
param v : n x 1 = 1e-13
param w : n x 1 = 1e-11
y[t] = A @ x[t]
loss sum(t, sum(y[t]))

# --- norm(a - b) <= TOL * max(norm(a), norm(b)), TOL = 1e-6 ---

claim A = A + 2e-6                                                            # expect: holds
claim A = A + 1e-5                                                            # expect: fails
claim A = A + 1e-5  within 1e-4                                               # expect: holds
claim A = A + 4e-6  within 1e-7                                               # expect: fails
claim A = 2 * A  within 0.5                                                   # expect: holds
claim A = 2 * A  within 0.499                                                 # expect: fails
claim A = -A                                                                  # expect: fails
claim A = A'                                                                  # expect: fails
claim A = A  within 0                                                         # expect: holds
claim "a tolerance of sizes": A = 2 * A  within 1/n                           # expect: holds

# --- where one side is exactly zero, the other must be below 1e-12 ---

claim z = v                                                                   # expect: holds
claim v = z                                                                   # expect: holds
claim v = 0                                                                   # expect: holds
claim w = 0                                                                   # expect: fails
claim w = z                                                                   # expect: fails
claim "small is judged like any other": v = w                                 # expect: fails
claim v = 2 * v                                                               # expect: fails
claim z = 0                                                                   # expect: holds
claim 0 = z                                                                   # expect: holds
claim 0 = 0                                                                   # expect: holds

# --- shapes ---

claim A = 0 * A + 1                                                           # expect: fails
claim "no broadcasting": A = 1                                                # expect: error
# error 44:28 the left side is 2 x 2, the right side 1 x 1
claim "nor of zeros(1, 1)": z = zeros(1, 1)                                   # expect: error
# error 46:31 the left side is 2 x 1, the right side 1 x 1
claim y[t] = x[t]'                                                            # expect: error
# error 48:12 the left side is 2 x 1, the right side 1 x 2 at t = 1

# --- inequalities: entry by entry, exact but for rounding ---

claim A <= 4                                                                  # expect: holds
claim A < 4                                                                   # expect: fails
claim A >= 1                                                                  # expect: holds
claim A > 1                                                                   # expect: fails
claim A <= [1, 2; 3, 4]                                                       # expect: holds
claim A <= [5; 4]                                                             # expect: holds
claim A <= [1, 5]                                                             # expect: fails
claim [1; 2] <= [2, 3]                                                        # expect: holds
claim A <= 4 - 1e-12                                                          # expect: holds
claim A >= 1 + 1e-13                                                          # expect: holds
claim A > 1 - 1e-13                                                           # expect: fails
claim A <= 4 - 1e-10                                                          # expect: fails
claim A <= 4 - 1e-10  within 1e-6                                             # expect: holds
claim A <= 3  within 0.25                                                     # expect: holds
claim A <= 3  within 0.2                                                      # expect: fails
claim A < 4  within 1e-6                                                      # expect: holds
claim A > 4 * A - 9  within 0.1                                               # expect: fails
claim -A >= -4                                                                # expect: holds
claim A <= [1, 2, 3]                                                          # expect: error
# error 71:9 the left side is 2 x 2, the right side 1 x 3

# --- chains, link by link ---

claim 0 <= sigmoid(A) <= 1                                                    # expect: holds
claim 0 <= A <= 1                                                             # expect: fails
claim 2 <= A <= 5                                                             # expect: fails
claim A = A' + A - A' = A                                                     # expect: holds
claim A = A' = A                                                              # expect: fails
claim 1 = 1 <= A < 5 > 0                                                      # expect: holds
claim A = A = z                                                               # expect: error
# error 82:13 the left side is 2 x 2, the right side 2 x 1

# --- instances ---

claim y[t] = A @ x[t]                                                         # expect: holds
claim y[t] = A @ x[1]                                                         # expect: fails
claim y[t] = A @ x[1]  for t = 1..1                                           # expect: holds
claim y[j] = A @ x[j]  for j = 1..T                                           # expect: holds
claim t * x[j] = j * x[t]  for j = t..t                                       # expect: holds
claim "ends made of t": j <= t  for j = 1..t                                  # expect: holds
claim "of each other": i <= j  for j = 1..T, i = 1..j                         # expect: holds
claim "t narrowed behind": j <= t - 1  for j = 1..t-1, t = 2..T               # expect: holds
claim "beyond": x[t] = 0  for t = T+1..T+5                                    # expect: holds
claim "none": 1 = 2  for j = 2..1                                             # expect: holds
claim "none of t": y[t] = 0  for t = T+1..T                                   # expect: holds
claim "at some": y[t] = A @ x[2]                                              # expect: fails

# --- not finite ---

claim log(0 * A) = log(0 * A)                                                 # expect: fails
claim sqrt(-A) = sqrt(-A)                                                     # expect: fails
claim 1 / (0 * A) = 0                                                         # expect: fails
claim 0 = sqrt(-A)                                                            # expect: fails
claim sqrt(-A) <= 1                                                           # expect: fails
claim sqrt(-A) >= 1                                                           # expect: fails
claim "infinite, but smaller": log(0 * A) <= 1                                # expect: holds
claim 1 <= exp(1e5 * A)                                                       # expect: holds
claim exp(1e5 * A) <= 1  within 1e-3                                          # expect: fails
claim exp(1e5 * A) <= exp(1e5 * A)                                            # expect: holds
