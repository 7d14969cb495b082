VAR count = 0
VAR name = "Jo"
VAR best = -> told
EXTERNAL chime()
-> start

=== function say(x)
  {x > 1:
    several {x}
  - else:
    one
  }

=== function twice(x)
~ return x * 2

=== start
Hello {name}. It is {say(2)} and {say(1)}. {twice(3)}
- (opts)
* (first) [One] Chosen one.
* Two[ words], {name}
  { first: You had one before. | You had none. }
* {first} {CHOICE_COUNT() < 5} Three
   ~ count++
   ~ count += 2
* -> after
- {opts > 1: Round again.} {!once only|} {stop|two|three} -> opts

= after
~ temp t = count * 1.5
~ chime()
T is {t}, {count % 2 == 1}. {count / 2}
+ [To the best] -> best
+ Go <>
  on now. -> inner ->
  back -> END

=== inner
* [In] inside
* [Out] outside
- ->->

=== told
It {start.first && not start.after:is|is not} told.
{
 - count == 0: none
 - count == 3: three
 - else: other
}
-> END
