
# Over many steps: the product of the steps between, and how far it can stretch a gradient.

claim "many steps": jacobian(h[t], h[j]) = prod(s, t downto j+1, J1[s])  for j = 1..t-1
claim "one factor": norm2(J1[t]) <= max(1 - h[t]^2) * norm2(W)  within 1e-9
claim "20 steps":   norm2(jacobian(h[t], h[t-20])) < 0.001  for t = 21..T
