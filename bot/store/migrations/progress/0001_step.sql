-- What was practised: a row for each person and scenario, under a pid of its own, so that rows of one person cannot be
-- joined. `box` holds the running attempt and the day the practice is due.
CREATE TABLE progress.step (
    pid BLOB NOT NULL PRIMARY KEY CHECK (length(pid) = 16),
    cohort TEXT,
    scenario TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level IN (0, 1)),
    week INTEGER NOT NULL,
    box BLOB NOT NULL
) WITHOUT ROWID;

-- Who practised in a week, as a pid that is good for that week only.
CREATE TABLE progress.active (
    pid_week BLOB NOT NULL PRIMARY KEY CHECK (length(pid_week) = 16),
    cohort TEXT,
    week INTEGER NOT NULL
) WITHOUT ROWID;

-- Every version of a scenario that was ever served: a run stays with the one it began with.
CREATE TABLE progress.edition (
    hash TEXT NOT NULL PRIMARY KEY,
    scenario TEXT NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
