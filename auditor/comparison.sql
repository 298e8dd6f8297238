-- What differs between two runs of a tenant: views of one connection over the table ``pair``, which
-- has one row: tenant_id, old, new (run.seq), old_started, old_day, new_day, rules (1: other ones).
-- ``then`` is the old run, ``now`` the new one. Every view of a change tells source, partition,
-- item_id, item and confidence; ``why`` is a code that comparison.toml has words for.

CREATE TEMP VIEW stood AS
SELECT f.* FROM finding_version f CROSS JOIN pair c
WHERE f.since <= c.old AND (f.until IS NULL OR f.until > c.old);

CREATE TEMP VIEW stands AS
SELECT f.*,
       EXISTS (SELECT 1 FROM suppression u WHERE u.finding_id = f.finding_id AND u.since <= c.new
               AND (u.ended IS NULL OR u.ended > c.new)
               AND (u.until IS NULL OR u.until >= c.new_day)) AS suppressed
FROM finding_version f CROSS JOIN pair c
WHERE f.since <= c.new AND (f.until IS NULL OR f.until > c.new);

-- Places: read (1), not to be read (0), or not looked at (NULL).
CREATE TEMP VIEW place AS
SELECT p.pk, p.source, p.name,
       (SELECT 1 - t.scope FROM total t WHERE t.seq = c.old AND t.partition = p.pk) AS read_then,
       (SELECT 1 - t.scope FROM total t WHERE t.seq = c.new AND t.partition = p.pk) AS read_now
FROM pair c CROSS JOIN partition p WHERE p.tenant_id = c.tenant_id;

CREATE TEMP VIEW item_then AS
SELECT i.*, p.source, p.name, p.read_then, p.read_now
FROM item_version i CROSS JOIN pair c JOIN place p ON p.pk = i.partition
WHERE i.since <= c.old AND (i.until IS NULL OR i.until > c.old);

CREATE TEMP VIEW item_now AS
SELECT i.*, p.source, p.name, p.read_then, p.read_now
FROM item_version i CROSS JOIN pair c JOIN place p ON p.pk = i.partition
WHERE i.since <= c.new AND (i.until IS NULL OR i.until > c.new);

-- How much of an item or place was not read: something (1), or nothing of it was (2).
CREATE TEMP VIEW gap_then AS
SELECT g.*, g.rowid AS at, CASE WHEN g.state IN ('complete', 'partial') THEN 1 ELSE 2 END AS rank
FROM gap_version g CROSS JOIN pair c
WHERE g.since <= c.old AND (g.until IS NULL OR g.until > c.old)
AND g.reason <> 'excluded_by_settings';

CREATE TEMP VIEW gap_now AS
SELECT g.*, g.rowid AS at, CASE WHEN g.state IN ('complete', 'partial') THEN 1 ELSE 2 END AS rank
FROM gap_version g CROSS JOIN pair c
WHERE g.since <= c.new AND (g.until IS NULL OR g.until > c.new)
AND g.reason <> 'excluded_by_settings';

CREATE TEMP VIEW change_new AS
SELECT f.finding_id, i.source, i.name AS partition, f.item_id, i.item, i.url, f.part, f.kind,
       f.confidence, f.count, f."distinct", i.exposure, f.suppressed,
       CASE
         WHEN EXISTS (SELECT 1 FROM stood o
                      WHERE o.item_id = f.item_id AND o.part = f.part AND o.kind = f.kind
                      AND NOT EXISTS (SELECT 1 FROM stands s WHERE s.finding_id = o.finding_id))
           THEN 'confidence'
         WHEN i.read_then IS NULL THEN 'scope'
         WHEN i.read_then = 0
           OR coalesce((SELECT max(g.rank) FROM gap_then g WHERE g.item_id = f.item_id), 0)
            > coalesce((SELECT max(g.rank) FROM gap_now g WHERE g.item_id = f.item_id), 0)
           THEN 'readable'
         WHEN c.rules AND coalesce(
           (SELECT t.version = i.version FROM item_then t WHERE t.item_id = f.item_id),
           max(coalesce(i.created, ''), coalesce(i.modified, '')) < c.old_started
           AND coalesce(i.created, i.modified) IS NOT NULL)
           THEN 'rules'
         WHEN i.created >= c.old_started THEN 'appeared'
         ELSE 'content'
       END AS why
FROM stands f CROSS JOIN pair c JOIN item_now i ON i.item_id = f.item_id
WHERE NOT EXISTS (SELECT 1 FROM stood o WHERE o.finding_id = f.finding_id);

-- Findings of the old run that the new one does not have, whatever became of them.
CREATE TEMP VIEW lost AS
SELECT f.finding_id, i.source, i.name AS partition, i.partition AS pk, f.item_id, i.item, i.url,
       f.part, f.kind, f.confidence, f.count, f."distinct", i.exposure,
       CASE
         WHEN EXISTS (SELECT 1 FROM stands s
                      WHERE s.item_id = f.item_id AND s.part = f.part AND s.kind = f.kind
                      AND NOT EXISTS (SELECT 1 FROM stood o WHERE o.finding_id = s.finding_id))
           THEN 'confidence'
         ELSE replace(coalesce(
           (SELECT CASE WHEN n.version = i.version THEN 'same' ELSE 'content' END
            FROM item_now n WHERE n.item_id = f.item_id),
           nullif((SELECT v.closed FROM item_version v
                   WHERE v.item_id = f.item_id AND v.until <= c.new
                   ORDER BY v.until DESC, v.rowid DESC LIMIT 1), ''),
           'unknown'), 'same', CASE WHEN c.rules THEN 'rules' ELSE 'settings' END)
       END AS why,
       coalesce((SELECT max(g.rank) FROM gap_now g WHERE g.item_id = f.item_id), 0)
       > coalesce((SELECT max(g.rank) FROM gap_then g WHERE g.item_id = f.item_id), 0) AS unread
FROM stood f CROSS JOIN pair c JOIN item_then i ON i.item_id = f.item_id
WHERE NOT EXISTS (SELECT 1 FROM stands s WHERE s.finding_id = f.finding_id);

-- What cannot be read any more is not resolved.
CREATE TEMP VIEW change_resolved AS
SELECT finding_id, source, partition, item_id, item, url, part, kind, confidence, count, "distinct",
       exposure, why
FROM lost WHERE NOT unread OR why IN ('deleted', 'scope', 'excluded');

CREATE TEMP VIEW change_changed AS
SELECT f.finding_id, i.source, i.name AS partition, f.item_id, i.item, i.url, f.part, f.kind,
       f.confidence, o.count AS count_then, f.count, o."distinct" AS distinct_then, f."distinct",
       i.exposure, f.suppressed
FROM stands f JOIN stood o ON o.finding_id = f.finding_id
JOIN item_now i ON i.item_id = f.item_id
WHERE o.count <> f.count OR o."distinct" <> f."distinct";

CREATE TEMP VIEW level (exposure, height) AS
VALUES ('private', 0), ('internal', 1), ('unknown', 2), ('external', 3), ('public', 4);

CREATE TEMP VIEW moved_level AS
SELECT i.item_id, i.source, i.name AS partition, i.item, i.url, i.confidence, i."distinct",
       t.exposure AS exposure_then, i.exposure, t.reach AS reach_then, i.reach,
       t.reach_people AS reach_people_then, i.reach_people, i.exposure_reasons,
       NOT EXISTS (SELECT 1 FROM stands f WHERE f.item_id = i.item_id
                   AND f.confidence <> 'sample' AND NOT f.suppressed) AS suppressed,
       (SELECT height FROM level l WHERE l.exposure = i.exposure)
       - (SELECT height FROM level l WHERE l.exposure = t.exposure) AS up
FROM item_now i JOIN item_then t ON t.item_id = i.item_id
WHERE t.exposure <> i.exposure AND i.confidence <> 'sample';

CREATE TEMP VIEW change_exposure_up AS SELECT * FROM moved_level WHERE up > 0;

CREATE TEMP VIEW change_exposure_down AS SELECT * FROM moved_level WHERE up < 0;

-- The first of the gaps that tell the most of an item or place which could be read before, and
-- sources that this run did not look into. ``known``: it is sure that it was read before.
CREATE TEMP VIEW change_unreachable AS
SELECT g.item_id, p.source, p.name AS partition, g.item, g.part, g.state, g.reason, g.detail,
       g.permission, g.suspect,
       CASE WHEN g.state = 'not_assessed' THEN coalesce(p.read_then, 0)
            ELSE EXISTS (SELECT 1 FROM item_then t WHERE t.item_id = g.item_id)
              OR EXISTS (SELECT 1 FROM gap_then h WHERE h.item_id = g.item_id) END AS known,
       CASE WHEN g.state <> 'not_assessed'
            THEN (SELECT count(*) FROM stood o WHERE o.item_id = g.item_id)
            ELSE (SELECT count(*) FROM item_then t JOIN stood o ON o.item_id = t.item_id
                  WHERE t.partition = p.pk)
               + (SELECT count(*) FROM place q JOIN item_then t ON t.partition = q.pk
                  JOIN stood o ON o.item_id = t.item_id
                  WHERE p.name = p.source AND q.source = p.source AND q.pk <> p.pk
                  AND q.read_now IS NULL) END AS findings,
       '' AS confidence
FROM gap_now g JOIN place p ON p.pk = g.partition
WHERE g.at = (SELECT h.at FROM gap_now h WHERE h.item_id = g.item_id
              ORDER BY h.rank DESC, h.at LIMIT 1)
AND g.rank > coalesce((SELECT max(h.rank) FROM gap_then h WHERE h.item_id = g.item_id), 0)
UNION ALL
SELECT '', q.source, '', '', '', 'not_assessed', 'source_off', '', '', 0, 1,
       (SELECT count(*) FROM place r JOIN item_then t ON t.partition = r.pk
        JOIN stood o ON o.item_id = t.item_id WHERE r.source = q.source), ''
FROM place q WHERE q.source <> 'controls'
GROUP BY q.source HAVING max(q.read_then) = 1 AND max(q.read_now) IS NULL;

CREATE TEMP VIEW change_readable AS
SELECT g.item_id, p.source, p.name AS partition, g.item, g.part, g.state, g.reason, g.detail,
       '' AS confidence
FROM gap_then g CROSS JOIN pair c JOIN place p ON p.pk = g.partition
WHERE g.at = (SELECT h.at FROM gap_then h WHERE h.item_id = g.item_id
              ORDER BY h.rank DESC, h.at LIMIT 1)
AND g.rank > coalesce((SELECT max(h.rank) FROM gap_now h WHERE h.item_id = g.item_id), 0)
AND (EXISTS (SELECT 1 FROM gap_now h WHERE h.item_id = g.item_id)
     OR coalesce((SELECT v.closed FROM gap_version v
                  WHERE v.item_id = g.item_id AND v.until <= c.new
                  ORDER BY v.until DESC, v.rowid DESC LIMIT 1), '')
        NOT IN ('deleted', 'scope', 'excluded'));

CREATE TEMP VIEW change_moved AS
SELECT i.item_id, i.source, i.name AS partition, t.item AS item_then, i.item, i.url, i.confidence
FROM item_now i JOIN item_then t ON t.item_id = i.item_id WHERE t.item <> i.item;

CREATE TEMP VIEW accepted_then AS
SELECT f.finding_id, u.reason, u.owner, u.until, u.ended
FROM suppression u CROSS JOIN pair c CROSS JOIN stands f
WHERE f.finding_id = u.finding_id AND u.since <= c.old AND (u.ended IS NULL OR u.ended > c.old)
AND (u.until IS NULL OR u.until >= c.old_day);

CREATE TEMP VIEW change_suppressed AS
SELECT f.finding_id, i.source, i.name AS partition, f.item_id, i.item, i.url, f.part, f.kind,
       f.confidence, f.count, f."distinct", i.exposure, u.reason, u.owner, u.until
FROM suppression u CROSS JOIN pair c CROSS JOIN stands f
JOIN item_now i ON i.item_id = f.item_id
WHERE f.finding_id = u.finding_id AND u.since <= c.new AND (u.ended IS NULL OR u.ended > c.new)
AND (u.until IS NULL OR u.until >= c.new_day)
AND NOT EXISTS (SELECT 1 FROM accepted_then a WHERE a.finding_id = f.finding_id);

CREATE TEMP VIEW change_unsuppressed AS
SELECT f.finding_id, i.source, i.name AS partition, f.item_id, i.item, i.url, f.part, f.kind,
       f.confidence, f.count, f."distinct", i.exposure, a.reason, a.owner, a.until,
       CASE WHEN a.ended <= c.new THEN 'revoked' ELSE 'expired' END AS why
FROM accepted_then a CROSS JOIN pair c CROSS JOIN stands f
JOIN item_now i ON i.item_id = f.item_id
WHERE f.finding_id = a.finding_id AND NOT f.suppressed
AND EXISTS (SELECT 1 FROM stood o WHERE o.finding_id = f.finding_id);

-- Findings of both runs, by whether the new one could look at them.
CREATE TEMP VIEW kept AS
SELECT f.finding_id, f.confidence,
       o.count <> f.count OR o."distinct" <> f."distinct" AS changed,
       coalesce(i.read_now, 0) = 0
       OR EXISTS (SELECT 1 FROM gap_now g WHERE g.item_id = f.item_id AND (g.rank = 2
           OR i.since <= c.old AND NOT EXISTS (SELECT 1 FROM gap_then h WHERE h.item_id = f.item_id)))
           AS unseen
FROM stands f CROSS JOIN pair c JOIN stood o ON o.finding_id = f.finding_id
JOIN item_now i ON i.item_id = f.item_id;

CREATE TEMP VIEW grants_then AS
SELECT g.* FROM grant_version g CROSS JOIN pair c
WHERE g.since <= c.old AND (g.until IS NULL OR g.until > c.old);

CREATE TEMP VIEW grants_now AS
SELECT g.* FROM grant_version g CROSS JOIN pair c
WHERE g.since <= c.new AND (g.until IS NULL OR g.until > c.new);
