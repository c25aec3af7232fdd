# A let of a step that there is not, and a number of steps without the word.
T = 4
input x[t] : 1 x 1
let q[t] = x[t]
let q[2] = 0
let p[0] = x[1]
loss x[1]
claim q[t] = x[t]
# error 2:1 T is one number here, and the file has one step: write steps T = 4, or choose another name
# error 5:7 step 2 is beyond the ends 1..1, where a let is zeros: leave the line out
# error 6:7 step 0 is beyond the ends 1..1, where a let is zeros: leave the line out
