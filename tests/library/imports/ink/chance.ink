-> start
== start
You {~wait|walk|talk} {RANDOM(2, 6)} minutes, {TURNS_SINCE(-> start)} turns ago, {TURNS()} in all.
+ [Again.] -> start
+ [Home.] -> END
