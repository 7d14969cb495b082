-- Who can be reached. WITHOUT ROWID: a rowid would keep the order in which people joined.
CREATE TABLE vault.person (
    tag BLOB NOT NULL PRIMARY KEY CHECK (length(tag) = 16),
    kid INTEGER NOT NULL,
    box BLOB NOT NULL,
    cohort TEXT
) WITHOUT ROWID;
