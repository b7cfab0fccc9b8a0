-- 0007 一表: what is known of a draft besides what was typed, points on it, its way to the departments, companies on record.
ALTER TABLE forms ADD COLUMN record VARCHAR(18) NOT NULL DEFAULT '';
ALTER TABLE forms ADD COLUMN record_version INTEGER NOT NULL DEFAULT '0';
ALTER TABLE forms ADD COLUMN base JSON;
ALTER TABLE forms ADD COLUMN checked JSON;
ALTER TABLE forms ADD COLUMN confirmed JSON NOT NULL DEFAULT '[]';
ALTER TABLE forms ADD COLUMN prefilled VARCHAR(36) NOT NULL DEFAULT '';
ALTER TABLE forms ADD COLUMN filed VARCHAR(18) NOT NULL DEFAULT '';
CREATE TABLE form_points (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    department VARCHAR(60) NOT NULL,
    pointer VARCHAR(200) NOT NULL,
    label TEXT NOT NULL,
    opinion TEXT NOT NULL,
    basis TEXT NOT NULL,
    before JSON,
    "by" VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    read_at VARCHAR(32),
    explained TEXT NOT NULL,
    dropped_by VARCHAR(16) NOT NULL,
    dropped_at VARCHAR(32),
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_form_points_case ON form_points (hall, "case");
CREATE TABLE form_routes (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    "rows" JSON NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE TABLE companies (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(18) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(120) NOT NULL,
    trade_name VARCHAR(120) NOT NULL,
    industry_term VARCHAR(120) NOT NULL,
    authority_code VARCHAR(120) NOT NULL,
    standing VARCHAR(12) NOT NULL,
    document JSON NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    filed_at VARCHAR(32) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_companies_name ON companies (hall, trade_name, industry_term);
CREATE INDEX ix_companies_filed ON companies (hall, filed_at);

-- 键入 of this machine alone: what was typed into a form and is not saved yet.
CREATE TABLE typed (
    "case" VARCHAR(36) NOT NULL,
    pointer VARCHAR(200) NOT NULL,
    value TEXT NOT NULL,
    before TEXT NOT NULL,
    at VARCHAR(32) NOT NULL,
    PRIMARY KEY ("case", pointer)
);

-- 名称库 of this machine alone: the copy of the centre's register of names, and by what they are found.
CREATE TABLE known_names (
    id VARCHAR(40) NOT NULL,
    standing VARCHAR(12) NOT NULL,
    name VARCHAR(120) NOT NULL,
    trade_name VARCHAR(60) NOT NULL,
    industry_term VARCHAR(60) NOT NULL,
    authority_code VARCHAR(6) NOT NULL,
    until DATE,
    uscc VARCHAR(18) NOT NULL,
    number VARCHAR(60) NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE known_name_keys (
    key VARCHAR(24) NOT NULL,
    id VARCHAR(40) NOT NULL,
    PRIMARY KEY (key, id)
);
CREATE INDEX ix_known_name_keys_id ON known_name_keys (id);
