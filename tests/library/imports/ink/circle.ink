-> start
== start
{true: -> start}
* [Never.] -> END
