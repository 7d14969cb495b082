LIST mood = calm, (cross), sad
It is {mood}. -> END
