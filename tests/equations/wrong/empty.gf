# A file without a loss.
# error 1:1 the file is empty: gradflow new rnn gives one to start from
