-- 0002 一表: the form draft of each case.

CREATE TABLE forms (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    form_version VARCHAR(16) NOT NULL,
    document JSON NOT NULL,
    saved_at VARCHAR(32) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id)
);
