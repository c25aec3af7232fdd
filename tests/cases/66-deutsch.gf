# Deutsche Namen: Fehler am Ausgang ohne Ableitung, Gewichte vertauscht.
#! "bad Ausgang" : let fehler[t] = (ausgang[t] - ziel[t]) * ausgang[t] * (1 - ausgang[t])
#! "bad Gewicht" : let fehler[t] = (ausgang[t] - ziel[t]) * ausgang[t] * (1 - ausgang[t])
#! "bad Gewicht" : let rück[t] = (Ausgangsgewicht' @ fehler[t] + Gewicht' @ rück[t+1]) * (1 - zustand[t]^2)
#! "bad Eingang" : let fehler[t] = (ausgang[t] - ziel[t]) * ausgang[t] * (1 - ausgang[t])
#! "bad Eingang" : let rück[t] = (Ausgangsgewicht' @ fehler[t] + Gewicht' @ rück[t+1]) * (1 - zustand[t]^2)
#! "bad Eingang" : claim grad(Eingangsgewicht) = sum(t, rück[t] @ eingang[t]')
steps T = 4
size n = 3, m = 4, k = 2
input eingang[t] : n x 1
given ziel[t] : k x 1
param Gewicht : m x m
param Eingangsgewicht : m x n
param Ausgangsgewicht : k x m
start zustand[0] : m x 1
zustand[t] = tanh(Gewicht @ zustand[t-1] + Eingangsgewicht @ eingang[t])
ausgang[t] = sigmoid(Ausgangsgewicht @ zustand[t])
loss 0.5 * sum(t, sum((ausgang[t] - ziel[t])^2))
let fehler[t] = ausgang[t] - ziel[t]
let rück[t] = (Ausgangsgewicht' @ fehler[t] + Gewicht' @ rück[t+1]) * (1 - zustand[t+1]^2)
claim "bad Ausgang": grad(Ausgangsgewicht) = sum(t, fehler[t] @ zustand[t]')
claim "bad Gewicht": grad(Gewicht) = sum(t, rück[t] @ zustand[t-1]')
claim "bad Eingang": grad(Eingangsgewicht) = sum(t, rück[t] @ eingang[t-1]')
