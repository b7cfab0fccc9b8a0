-- 0006 办件的一生: what happened on a case's way, and the day it is due by, for lists.
ALTER TABLE cases ADD COLUMN life JSON NOT NULL DEFAULT '{}';
ALTER TABLE cases ADD COLUMN due_on DATE;
CREATE INDEX ix_cases_due ON cases (hall, state, due_on);
