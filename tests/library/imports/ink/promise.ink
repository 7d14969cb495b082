# title: Promise you won't tell
VAR trust = 1
VAR told = false
-> bell

== bell
# consult
The bell has gone. {Samir stays behind.|He is still there.|He has not moved.}
{trust > 1: He looks up.|He looks at the floor.}
* [Say what you can keep to yourself, and what not.]
    ~ told = true
    ~ raise(trust)
    "I can't promise that," you say. <>
    -> corridor
* "I promise[."]," you say.
    -> corridor
+ {trust < 3} [Wait.]
    # quiet
    You wait. {&One minute.|Another.}
    -> bell

== corridor
In the corridor -> walk ->
He turns {told:towards you|away}.
 * * {told} [Walk with him. # slow]
    You walk together. -> END
 * * [Let him go.]
    He goes.
 - - -> gate

== walk
the lights are low.
->->

== gate
<- talk
<- look
-> DONE

== talk
+ [Talk.] You talk about his maps.

== look
+ [Look back.] You look back. -> DONE

== attic
Nobody ever comes here. -> END

== function raise(ref x)
~ x = x + 1
~ return x
