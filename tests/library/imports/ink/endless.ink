VAR steps = 0
-> start
== start
{steps} steps.
+ [One more.]
  ~ steps = steps + 1
  -> start
