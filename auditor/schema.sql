-- The workspace. Rows that describe the tenant carry the span of runs in which they held:
-- since ≤ run and (until IS NULL or until > run). A run that finds nothing new writes nothing here.
-- Keys of items are keyed hashes; names are masked before they arrive; cursors and the services' own
-- ids are written in letters only.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE run (
    seq INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL,
    tenant_name TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'incomplete', 'interrupted')),
    tool_version TEXT NOT NULL,
    rules_digest TEXT NOT NULL,
    full INTEGER NOT NULL,
    resumed INTEGER NOT NULL DEFAULT 0,
    persons_low INTEGER,
    persons_high INTEGER
) STRICT;

CREATE TABLE partition (
    pk INTEGER PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    source TEXT NOT NULL,
    key BLOB NOT NULL,
    name TEXT NOT NULL,
    started INTEGER NOT NULL DEFAULT 0,   -- last run that began to read it
    confirmed INTEGER NOT NULL DEFAULT 0, -- last run that read it to the end
    UNIQUE (tenant_id, source, key)
) STRICT;

CREATE TABLE stream (
    pk INTEGER PRIMARY KEY,
    partition INTEGER NOT NULL,
    key TEXT NOT NULL,
    cursor TEXT NOT NULL DEFAULT '',
    generation INTEGER NOT NULL DEFAULT 0, -- grows with every snapshot of this stream
    snapshot INTEGER NOT NULL DEFAULT 1,   -- a snapshot is being listed
    UNIQUE (partition, key)
) STRICT;

CREATE TABLE known (
    partition INTEGER NOT NULL,
    key BLOB NOT NULL,
    stream INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    version BLOB,                          -- NULL: read it again when it is listed
    state TEXT NOT NULL,                   -- what stands of it
    booked TEXT NOT NULL,                  -- what run `seen` booked it as
    seen INTEGER NOT NULL,                 -- last run that booked it
    item_id TEXT,                          -- set when it has findings or gaps
    twin BLOB,                             -- keyed hash of what makes two files alike
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_twin ON known (twin) WHERE twin IS NOT NULL AND state = 'complete';
CREATE INDEX known_stream ON known (stream, generation);
CREATE INDEX known_item ON known (partition, item_id) WHERE item_id IS NOT NULL;

CREATE TABLE item_version (
    item_id TEXT NOT NULL,
    partition INTEGER NOT NULL,
    native TEXT,                           -- the service's id in letters; NULL where it is a name
    item TEXT NOT NULL,
    url TEXT NOT NULL,
    owner TEXT NOT NULL,
    created TEXT,
    modified TEXT,
    size INTEGER,
    content_type TEXT NOT NULL,
    version TEXT NOT NULL,
    confidence TEXT NOT NULL,
    count INTEGER NOT NULL,
    "distinct" INTEGER NOT NULL,
    document_type TEXT NOT NULL DEFAULT '',
    document_year INTEGER NOT NULL DEFAULT 0, -- 0 where the paper does not say
    exposure TEXT NOT NULL,
    reach TEXT NOT NULL,
    reach_people INTEGER,
    exposure_reasons TEXT NOT NULL,
    retention_check TEXT NOT NULL DEFAULT '',
    retention_until TEXT,
    measures TEXT NOT NULL DEFAULT '[]',
    breach_class TEXT NOT NULL DEFAULT '',
    since INTEGER NOT NULL,
    until INTEGER,
    closed TEXT NOT NULL DEFAULT ''        -- why it holds no more: see auditor.commit.Closed
) STRICT;
CREATE INDEX item_version_id ON item_version (item_id);
CREATE INDEX item_version_partition ON item_version (partition);

CREATE TABLE finding_version (
    item_id TEXT NOT NULL,
    finding_id TEXT NOT NULL,
    part TEXT NOT NULL,
    locations TEXT NOT NULL,
    kind TEXT NOT NULL,
    confidence TEXT NOT NULL,
    count INTEGER NOT NULL,
    "distinct" INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    document_type TEXT NOT NULL DEFAULT '',
    document_year INTEGER NOT NULL DEFAULT 0,
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;
CREATE INDEX finding_version_item ON finding_version (item_id);
CREATE INDEX finding_version_id ON finding_version (finding_id);

CREATE TABLE grant_version (
    item_id TEXT NOT NULL,
    reach TEXT NOT NULL,
    via TEXT NOT NULL,
    who TEXT NOT NULL,
    people INTEGER,
    expires TEXT,
    password INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;
CREATE INDEX grant_version_item ON grant_version (item_id);

CREATE TABLE gap_version (
    item_id TEXT NOT NULL,                 -- a scope that could not be listed has the scope's own id
    partition INTEGER NOT NULL,
    native TEXT,
    item TEXT NOT NULL,
    part TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    bytes_read INTEGER,
    bytes_total INTEGER,
    suspect INTEGER NOT NULL,
    permission TEXT NOT NULL,
    retry INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    closed TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX gap_version_item ON gap_version (item_id);
CREATE INDEX gap_version_partition ON gap_version (partition);

CREATE TABLE person (item_id TEXT NOT NULL, token BLOB NOT NULL, PRIMARY KEY (item_id, token))
    STRICT, WITHOUT ROWID;                 -- only filled when [privacy] key is set

CREATE TABLE total (
    seq INTEGER NOT NULL,
    partition INTEGER NOT NULL,
    listed INTEGER NOT NULL DEFAULT 0,
    complete INTEGER NOT NULL DEFAULT 0,
    partial INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    scope INTEGER NOT NULL DEFAULT 0,      -- 1: the scope itself could not be listed
    bytes INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0,
    units INTEGER NOT NULL DEFAULT 0,      -- SharePoint's resource units
    seconds REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (seq, partition)
) STRICT, WITHOUT ROWID;

CREATE TABLE control_version (
    tenant_id TEXT NOT NULL,
    control_id TEXT NOT NULL,
    title TEXT NOT NULL,
    pillar TEXT NOT NULL,
    measures TEXT NOT NULL,
    status TEXT NOT NULL,
    evidence TEXT NOT NULL,
    remedy TEXT NOT NULL,
    permission TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;

CREATE TABLE suppression (                 -- only ever added to: who accepted what, and for how long
    pk INTEGER PRIMARY KEY,
    finding_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    owner TEXT NOT NULL,
    created TEXT NOT NULL,
    until TEXT,                            -- last day (UTC) on which it holds; NULL: no end
    since INTEGER NOT NULL,                -- first run in which it holds: the latest one then
    ended INTEGER,                         -- first run in which it was taken back
    revoked TEXT                           -- when that was
) STRICT;
CREATE INDEX suppression_finding ON suppression (finding_id);

-- What the contract calls tables. ``shown`` is the run that is shown of each tenant: the latest,
-- unless a reader lays a temporary table of that name and these views over it.

CREATE VIEW shown AS SELECT tenant_id, max(seq) AS seq FROM run GROUP BY tenant_id;

CREATE VIEW runs AS
SELECT run_id, tenant_id, tenant_name, started, ended, state, tool_version, rules_digest, full,
       persons_low, persons_high
FROM run ORDER BY seq;

CREATE VIEW findings AS
SELECT f.finding_id, r.run_id, r.tenant_id, p.source, p.name AS partition, f.item_id, i.item, i.url,
       f.part, f.locations, f.kind, f.confidence, f.count, f."distinct", f.reasons,
       f.document_type,
       CASE f.kind WHEN 'individual_number' THEN '98da8e66-7299-4ebd-9f82-c871ab37d3ef' ELSE '' END
           AS purview_sit_id,
       (SELECT a.started FROM run a WHERE a.seq =
           (SELECT min(b.since) FROM finding_version b WHERE b.finding_id = f.finding_id))
           AS first_seen,
       CASE WHEN f.until IS NULL OR f.until > s.seq
           THEN (SELECT a.started FROM run a WHERE a.tenant_id = p.tenant_id
                 AND a.seq <= max(f.since, min(p.confirmed, s.seq, coalesce(
                     (SELECT min(g.since) - 1 FROM gap_version g WHERE g.item_id = f.item_id
                      AND g.state IN ('failed', 'skipped')
                      AND g.since <= s.seq AND (g.until IS NULL OR g.until > s.seq)), s.seq)))
                 ORDER BY a.seq DESC LIMIT 1)
           ELSE (SELECT a.started FROM run a WHERE a.tenant_id = p.tenant_id AND a.seq < f.until
                 ORDER BY a.seq DESC LIMIT 1) END AS last_seen,
       CASE WHEN f.until = s.seq THEN 'resolved'
            WHEN EXISTS (SELECT 1 FROM suppression u WHERE u.finding_id = f.finding_id
                         AND u.since <= s.seq AND (u.ended IS NULL OR u.ended > s.seq)
                         AND (u.until IS NULL OR u.until >= substr(r.started, 1, 10)))
                THEN 'suppressed'
            WHEN f.since < s.seq THEN 'unchanged'
            WHEN EXISTS (SELECT 1 FROM finding_version b
                         WHERE b.finding_id = f.finding_id AND b.since < s.seq) THEN 'changed'
            ELSE 'new' END AS status
FROM finding_version f
JOIN item_version i ON i.rowid =
    (SELECT max(j.rowid) FROM item_version j WHERE j.item_id = f.item_id)
JOIN partition p ON p.pk = i.partition
JOIN shown s ON s.tenant_id = p.tenant_id
JOIN run r ON r.seq = s.seq
WHERE f.since <= s.seq
  AND (f.until IS NULL OR f.until > s.seq
       OR (f.until = s.seq AND NOT EXISTS (
            SELECT 1 FROM finding_version b WHERE b.finding_id = f.finding_id
            AND b.since = s.seq AND (b.until IS NULL OR b.until > s.seq))));

CREATE VIEW suppressions AS
SELECT u.finding_id, p.tenant_id, p.source, p.name AS partition, f.item_id, i.item, f.part, f.kind,
       f.confidence, u.reason, u.owner, u.created, u.until, u.revoked,
       CASE WHEN u.ended <= s.seq THEN 'revoked'
            WHEN f.until <= s.seq THEN 'unused'
            WHEN u.until < substr(r.started, 1, 10) THEN 'expired'
            ELSE 'active' END AS state
FROM suppression u
JOIN finding_version f ON f.rowid =
    (SELECT max(b.rowid) FROM finding_version b WHERE b.finding_id = u.finding_id)
JOIN item_version i ON i.rowid =
    (SELECT max(j.rowid) FROM item_version j WHERE j.item_id = f.item_id)
JOIN partition p ON p.pk = i.partition
JOIN shown s ON s.tenant_id = p.tenant_id
JOIN run r ON r.seq = s.seq
WHERE u.since <= s.seq;

-- Where findings of an item are accepted, its confidence is the highest of the others that count;
-- where none is left it is ``suppressed``, so that whatever asks for a confidence leaves it out.
CREATE VIEW items AS
SELECT i.item_id, p.source, p.name AS partition, i.item, i.url, i.owner, i.created, i.modified,
       i.size, i.content_type, i.version,
       CASE WHEN i.confidence = 'sample' OR NOT EXISTS (
                SELECT 1 FROM finding_version f JOIN suppression u ON u.finding_id = f.finding_id
                WHERE f.item_id = i.item_id) THEN i.confidence
            ELSE coalesce(
                (SELECT f.confidence FROM finding_version f
                 WHERE f.item_id = i.item_id AND f.confidence <> 'sample'
                 AND f.since <= s.seq AND (f.until IS NULL OR f.until > s.seq)
                 AND NOT EXISTS (SELECT 1 FROM suppression u WHERE u.finding_id = f.finding_id
                     AND u.since <= s.seq AND (u.ended IS NULL OR u.ended > s.seq)
                     AND (u.until IS NULL OR u.until >= substr(r.started, 1, 10)))
                 ORDER BY instr('high medium low', f.confidence) LIMIT 1), 'suppressed')
           END AS confidence,
       i.count, i."distinct", i.exposure, i.reach,
       i.reach_people, i.exposure_reasons,
       CAST(julianday(r.started) - julianday(coalesce(i.modified, i.created)) AS INTEGER)
           AS age_days,
       i.retention_check, i.measures, i.breach_class, i.document_type, i.retention_until,
       (SELECT count(*) FROM finding_version f
        WHERE f.item_id = i.item_id AND f.since <= s.seq AND (f.until IS NULL OR f.until > s.seq)
        AND EXISTS (SELECT 1 FROM suppression u WHERE u.finding_id = f.finding_id
            AND u.since <= s.seq AND (u.ended IS NULL OR u.ended > s.seq)
            AND (u.until IS NULL OR u.until >= substr(r.started, 1, 10)))) AS suppressed
FROM item_version i
JOIN partition p ON p.pk = i.partition
JOIN shown s ON s.tenant_id = p.tenant_id
JOIN run r ON r.seq = s.seq
WHERE i.since <= s.seq AND (i.until IS NULL OR i.until > s.seq);

CREATE VIEW grants AS
SELECT g.item_id, g.reach, g.via, g.who, g.people, g.expires, g.password
FROM grant_version g
JOIN item_version i ON i.rowid =
    (SELECT max(j.rowid) FROM item_version j WHERE j.item_id = g.item_id)
JOIN partition p ON p.pk = i.partition
JOIN shown s ON s.tenant_id = p.tenant_id
WHERE g.since <= s.seq AND (g.until IS NULL OR g.until > s.seq);

CREATE VIEW coverage AS
SELECT p.source, p.name AS partition, g.item_id, g.item, g.part, g.state, g.reason, g.detail,
       g.bytes_read, g.bytes_total, g.suspect, g.permission
FROM gap_version g
JOIN partition p ON p.pk = g.partition
JOIN shown s ON s.tenant_id = p.tenant_id
WHERE g.since <= s.seq AND (g.until IS NULL OR g.until > s.seq);

CREATE VIEW totals AS
SELECT p.source, p.name AS partition, t.listed + t.scope AS listed, t.complete, t.partial,
       t.skipped, t.failed, t.scope AS not_assessed, t.unchanged, t.bytes, t.requests, t.seconds, t.units
FROM total t
JOIN partition p ON p.pk = t.partition
JOIN shown s ON s.tenant_id = p.tenant_id AND s.seq = t.seq;

CREATE VIEW controls AS
SELECT c.control_id, c.title, c.pillar, c.measures, c.status, c.evidence, c.remedy, c.permission
FROM control_version c
JOIN shown s ON s.tenant_id = c.tenant_id
WHERE c.since <= s.seq AND (c.until IS NULL OR c.until > s.seq);
