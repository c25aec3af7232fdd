# Latin-1 in a comment: é
a = 1
# more ÿ
b = Ã(
c = í €
title ""
d = 1  2
loss 1
# error 1:25 the file is not UTF-8: this byte belongs to no character, nor do 5 more further on: save the file as UTF-8
# error 6:8 a control character, which has no meaning here: delete it
# error 7:7 a control character, which has no meaning here: delete it
