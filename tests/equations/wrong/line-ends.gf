steps T = 3param w : 1 x 1
loss w
let a = 1
let b = 2 + w
# error 1:12 a line ends with CR alone here: save the file with LF, or CR LF
# error 2:6 w is not declared
# error 4:11 a line ends with CR alone here: save the file with LF, or CR LF
