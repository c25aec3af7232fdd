steps T = 3
param W in R^{3 x 3}
hidden h[t] : 3 x 1
set T = 5
loss sum(W)
claim grad(W) is ones(3, 3)
claim t = 3 if t == T
# error 2:1 param W in R^{a x b} is a shape, which stands behind a colon: write param W : m x n
# error 3:1 hidden h[t] : … is a declaration of what is before step 1: write start h[0] : …
# error 4:1 set T = 5 is an option of the command line, --set T=5: here, change the line that declares the name
# error 6:1 claim a is b is what a claim says with =: write claim a = b
# error 7:1 claim a = b if t == T is an index of one value, which is a range: write for t = T..T
