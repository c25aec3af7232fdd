# Characters that nobody sees, or that show a line otherwise than it is read.
# a terminal obeys [2J
# and 2J
# right to left ‮
# isolated ⁦
# a line of its own claim 1 = 2
# anotherclaim 1 = 2
# tags 󠁁
title "‮"
param W​ : 1 x 1
param V️ : 1 x 1
param ㅤ : 1 x 1
param U : 1 x 1 = csv("a⁩.csv")
a = U ‏+ U
claim "": U = U
claim "tab	ulator": U = U
claim "soft­hyphen": U = U
claim "ㅤ": U = U
claim "U­": U = U
loss 1
# error 2:20 a control character, which has no meaning here: delete it
# error 3:7 a control character, which has no meaning here: delete it
# error 4:17 the character U+202E cannot be seen, or changes what is: delete it
# error 5:12 the character U+2066 cannot be seen, or changes what is: delete it
# error 6:20 the character U+2028 ends no line here: put a line end in its place
# error 7:10 a line ends with CR alone here: save the file with LF, or CR LF
# error 8:8 the character U+E0041 cannot be seen, or changes what is: delete it
# error 9:8 the character U+202E cannot be seen, or changes what is: delete it
# error 10:8 the character U+200B cannot be seen, or changes what is: delete it
# error 11:8 the character U+FE0F cannot be seen, or changes what is: delete it
# error 12:7 the character U+3164 cannot be seen, or changes what is: delete it
# error 13:25 the character U+2069 cannot be seen, or changes what is: delete it
# error 14:7 the character U+200F cannot be seen, or changes what is: delete it
# error 15:8 a control character, which has no meaning here: delete it
# error 16:11 a control character, which has no meaning here: delete it
# error 17:12 the character U+00AD cannot be seen, or changes what is: delete it
# error 18:8 the character U+3164 cannot be seen, or changes what is: delete it
# error 19:9 the character U+00AD cannot be seen, or changes what is: delete it
